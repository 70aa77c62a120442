"""What can be said of a script before anybody speaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperledge_audio.errors import PaperledgeError
from paperledge_audio.script import Music, Pause, Quote, Script, Speech
from paperledge_audio.spoken import Segment, segments, unknown_words
from paperledge_audio.voices.casting import cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.script import Block
    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.casting import Cast

LETTERS_PER_S = 17.0
"""Spoken characters a second, spaces included, at pace 1, in studio quality: measured on five
episodes of four minutes, 16.9 to 17.2; `tests/test_episode.py` holds it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend ("error") or to look at ("warning")."""

    level: str
    line: int | None
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Lint:
    """What there is to know of a script."""

    findings: tuple[Finding, ...]
    words: int
    """Printed ones."""
    segments: int
    duration_s: float
    """Estimated, without music."""
    speakers: tuple[tuple[str, str], ...] = ()
    """Who speaks, each once, in order: the name that captions show, and the voice's."""


def lint(
    script: Script, show: Show, known: Callable[[str], bool], guess: Callable[[str], str]
) -> Lint:
    """Look at the metadata, then at every block for what can't be spoken or would be guessed.

    `known` tells whether a dictionary holds a word, `guess` how an engine would say it.
    """
    findings = list(_metadata(script))
    errors = list(_miscast(script, show))
    told: list[Segment] = []
    if not errors:
        company = cast(script, show)
        errors = _unspeakable(script, show, company)
        if not errors:
            told = list(segments(script, show, company))
            findings += [
                Finding(
                    "warning",
                    word.line,
                    f"how to say {word.word!r} would be guessed",
                    f"listen, then add to [pronounce] in show.toml: {word.entry}",
                )
                for word in unknown_words(script, show, company, known, guess)
            ]
    findings += [Finding("error", error.line, error.what, error.remedy) for error in errors]
    return Lint(
        findings=tuple(findings),
        words=sum(len(segment.text.split()) for segment in told),
        segments=len(told),
        duration_s=sum(estimated_s(segment) for segment in told),
        speakers=tuple(dict.fromkeys((segment.speaker, segment.voice) for segment in told)),
    )


def estimated_s(segment: Segment) -> float:
    """How long a segment and the pause after it will last, in seconds, at pace 1."""
    return len(segment.spoken.strip()) / LETTERS_PER_S + segment.pause_after


def _metadata(script: Script) -> list[Finding]:
    episode = script.episode
    found = []
    if episode.title_is_guess:
        found.append(
            Finding(
                "warning",
                1,
                f"the title {episode.title!r} is a guess",
                "correct it and remove title_is_guess",
            )
        )
    for key, there in (
        ("summary", episode.summary),
        ("authors", episode.authors),
        ("paper.title", episode.paper.title),
        ("paper.url", episode.paper.url),
    ):
        if not there:
            found.append(Finding("warning", 1, f"{key} is empty", "players and feeds show it"))
    return found


def _miscast(script: Script, show: Show) -> Iterator[PaperledgeError]:
    """The complaint about each name that says nobody, where it stands first.

    What is wrong with the voices of the show's own roles is raised.
    """
    seen: set[tuple[type[Block], str]] = set()
    for block in script.blocks:
        if not isinstance(block, Speech | Quote) or (type(block), block.speaker) in seen:
            continue
        seen.add((type(block), block.speaker))
        try:
            cast(replace(script, blocks=(block,)), show)
        except PaperledgeError as error:
            if error.line != block.line:
                raise
            yield error


def _unspeakable(script: Script, show: Show, company: Cast) -> list[PaperledgeError]:
    """The complaint about each block that can't be spoken, and about the whole if there is one."""
    found = []
    for block in script.blocks:
        if isinstance(block, Pause | Music):
            continue
        try:
            segments(replace(script, blocks=(block,)), show, company)
        except PaperledgeError as error:
            found.append(error)
    if not found:
        try:
            segments(script, show, company)
        except PaperledgeError as error:
            found.append(error)
    return found
