"""Checks of a script before it is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.errors import PaperledgeError
from paperledge_audio.plan import plan_script
from paperledge_audio.script import parse
from paperledge_audio.script.model import FULL
from paperledge_audio.spoken import find_unknown_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.script import Episode
    from paperledge_audio.show.model import Show
    from paperledge_audio.spoken import Segment

LETTERS_PER_S = 17.0
"""Spoken characters a second, spaces included, at pace 1, in studio quality: measured on five
episodes of four minutes, 16.9 to 17.2; `tests/test_episode.py` holds it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to correct ("error") or to look at ("warning")."""

    level: str
    line: int | None
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Lint:
    """The result of checking a script."""

    findings: tuple[Finding, ...]
    plan: ScriptPlan | None = None
    """None if it can't be spoken."""

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What is spoken."""
        return self.plan.segments if self.plan else ()

    @property
    def words(self) -> int:
        """How many are printed."""
        return sum(len(segment.text.split()) for segment in self.segments)

    @property
    def duration_s(self) -> float:
        """Estimated, without music."""
        return sum(map(estimate_s, self.segments))

    @property
    def speakers(self) -> tuple[tuple[str, str], ...]:
        """Who speaks, each once, in order: the name that captions show, and the voice's."""
        return tuple(dict.fromkeys((one.speaker, one.voice) for one in self.segments))


def lint_script(
    source: bytes, path: str, show: Show, known: Callable[[str], bool], guess: Callable[[str], str]
) -> Lint:
    """Check the script in `source`, which was read from `path`.

    See `lint`; a script that can't be spoken gets an error for every faulty block. Raises errors
    of other files, and those that stop the script from being read at all.
    """
    try:
        plan = plan_script(source, path, show, quality="studio")
    except PaperledgeError as error:
        if error.path not in {None, path}:
            raise
        episode = parse(source, path).episode
        faults = (Finding("error", e.line, e.what, e.remedy) for e in (error, *error.others))
        return Lint((*_check_metadata(episode), *faults))
    return lint(plan, known, guess)


def lint(plan: ScriptPlan, known: Callable[[str], bool], guess: Callable[[str], str]) -> Lint:
    """Check a script's metadata, and find words whose pronunciation would be a guess.

    `known`: whether a dictionary has a word; `guess`: the phonemes that an engine would use.
    """
    guesses = (
        Finding(
            "warning",
            word.line,
            f"how to say {word.word!r} would be guessed",
            f"listen, then add to [pronounce] in show.toml: {word.entry}",
        )
        for word in find_unknown_words(plan.script, plan.show, plan.cast, known, guess)
    )
    return Lint((*_check_metadata(plan.script.episode), *guesses), plan)


def find_same_numbers(episodes: Iterable[tuple[str, Episode]]) -> dict[str, Finding]:
    """By path, an error for each script of a show that has the season and number of an earlier one.

    A trailer or a bonus may have the number of its episode.
    """
    known: dict[tuple[int | None, int], str] = {}
    found = {}
    for path, episode in episodes:
        if episode.number is None or episode.kind != FULL:
            continue
        first = known.setdefault((episode.season, episode.number), path)
        if first != path:
            found[path] = Finding(
                "error", 1, f"has the season and number of {first}", "correct one of them"
            )
    return found


def estimate_s(segment: Segment) -> float:
    """The estimated length of a segment and the pause after it, in seconds, at pace 1."""
    return len(segment.spoken.strip()) / LETTERS_PER_S + segment.pause_after


def _check_metadata(episode: Episode) -> list[Finding]:
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
