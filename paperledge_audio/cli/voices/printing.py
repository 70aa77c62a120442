"""Problems and facts of voices, as text and as JSON."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from paperledge_audio.errors import MissingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.check.voices import Readiness
    from paperledge_audio.voices.profiles import Voice

NAMED = 4
"""At most so many of the voices that share a problem are named."""


def format_problems(found: Sequence[Readiness]) -> Iterator[str]:
    """A line for each problem; a problem of several voices is one line with their names.

    A problem of a file has the file's name instead.
    """
    shared: dict[str, list[str]] = {}
    for one in found:
        for problem in one.problems:
            shared.setdefault(str(problem), []).append("" if problem.path else one.name)
    for line, names in shared.items():
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        who = ", ".join(names[:NAMED])
        yield f"{who}{more}: {line}" if who else line


def exit_code(found: Sequence[Readiness]) -> int:
    """0; 1 if a voice has a fault; 3 if something only has to be installed."""
    problems = [problem for one in found for problem in one.problems]
    if any(not isinstance(problem, MissingError) for problem in problems):
        return 1
    return MissingError.exit_code if problems else 0


def describe_profile(voice: Voice) -> dict[str, Any]:
    """A profile as JSON."""
    facts = dataclasses.asdict(voice)
    facts["path"] = str(voice.path)
    facts["packs"] = [{"path": str(path), "weight": weight} for path, weight in voice.packs]
    facts["consent"]["date"] = str(voice.consent.date) if voice.consent.date else None
    facts["pronounce"] = dict(voice.pronounce)
    if model := voice.coqui:
        facts["coqui"] |= {
            "model": str(model.model),
            "config": str(model.config) if model.config else None,
            "reference": [str(clip) for clip in model.reference],
        }
    return facts


def describe_problems(one: Readiness) -> list[dict[str, Any]]:
    """The problems of a voice as JSON."""
    return [
        {**problem.facts(), "missing": isinstance(problem, MissingError)}
        for problem in one.problems
    ]
