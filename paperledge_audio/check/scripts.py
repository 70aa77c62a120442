"""Checks of a script before it is rendered."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.deliver.feed.guids import read_guids
from paperledge_audio.engines.g2p import guess_phonemes
from paperledge_audio.errors import PaperledgeError, brief
from paperledge_audio.plan import estimate_take_s, plan_script
from paperledge_audio.script.model import (
    FULL,
    DeliveryChange,
    Directive,
    Music,
    PaceChange,
    Quote,
    Speech,
    TextBlock,
)
from paperledge_audio.script.parsing import parse
from paperledge_audio.script.printed.markup import strip_markup
from paperledge_audio.spoken.direction.unfollowed import find_unfollowed, note_unfollowed
from paperledge_audio.spoken.english import is_known
from paperledge_audio.spoken.readings import key_of
from paperledge_audio.spoken.unknown import find_unknown_words
from paperledge_audio.voices.casting import cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.script import Episode, Script
    from paperledge_audio.script.model import Block
    from paperledge_audio.show.model import Show
    from paperledge_audio.spoken import Segment
    from paperledge_audio.spoken.unknown import Guess


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to correct ("error"), to look at ("warning") or to know ("note")."""

    level: str
    line: int | None
    what: str
    remedy: str = ""
    path: str = ""
    """The file that is at fault, if that isn't the script."""
    column: int | None = None

    def describe(self, script: Path) -> str:
        """The finding of a script as a line, behind the file that is at fault."""
        place = self.path or str(script)
        for number in (self.line, self.column):
            place = f"{place}:{number}" if number else place
        text = "; ".join(part for part in (self.what, self.remedy) if part)
        return f"{place}: {self.level}: {text}"


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
        plan = self.plan
        return sum(estimate_take_s(s, plan) + s.pause_after for s in plan.segments) if plan else 0.0

    @property
    def speakers(self) -> tuple[tuple[str, str], ...]:
        """Who speaks, each once, in order: the name that captions show, and the voice's."""
        return tuple(dict.fromkeys((one.speaker, one.voice) for one in self.segments))


def lint_script(
    source: bytes,
    path: str,
    show: Show,
    known: Callable[[str], bool] = is_known,
    guess: Guess = guess_phonemes,
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
        return Lint((*_check_metadata(episode), *list_faults(error, path)))
    return lint(plan, known, guess)


def lint(
    plan: ScriptPlan, known: Callable[[str], bool] = is_known, guess: Guess = guess_phonemes
) -> Lint:
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
    notes = (
        Finding("note", note.line, f"{note.what} is left out: {note.text}")
        for note in plan.script.left_out
    )
    labels = _check_labels(plan.script, plan.show)
    music = _check_outro(plan)
    direction = _check_direction(plan)
    metadata = _check_metadata(plan.script.episode)
    readings = _check_readings(plan)
    return Lint((*metadata, *notes, *labels, *guesses, *direction, *music, *readings), plan)


def list_faults(error: PaperledgeError, script: str) -> tuple[Finding, ...]:
    """An error and its others as findings of the script at the path `script`."""
    return tuple(
        Finding(
            "error", e.line, e.what, e.remedy, "" if e.path in {None, script} else e.path, e.column
        )
        for e in error.all
    )


def find_clashes(episodes: Iterable[tuple[str, Episode]]) -> Iterator[tuple[str, Finding]]:
    """An error, by path, for each script of a show that has what only an earlier one may have.

    That is a season and number, but for trailers and bonuses, and a guid, of the header or of
    guids.toml. Raises ScriptError for a guids.toml that can't be read.
    """
    known: dict[object, str] = {}
    kept = cache(read_guids)
    for path, episode in episodes:
        number = episode.number if episode.kind == FULL else None
        beside = kept(Path(path).parent).get(Path(path).stem)
        for what, value in (
            ("season and number", number and (episode.season, number)),
            ("guid", episode.guid or (beside.guid if beside else "")),
        ):
            first = known.setdefault((what, value), path)
            if value and first != path:
                yield (
                    path,
                    Finding(
                        "error", 1, f"has the {what} of {first}", "correct or remove one of them"
                    ),
                )


def _check_outro(plan: ScriptPlan) -> Iterator[Finding]:
    """A warning where the outro is asked for after the last words, so that it plays twice."""
    if "outro" not in plan.show.music.files:
        return
    for block in reversed(plan.script.blocks):
        if not isinstance(block, Directive):
            return
        if isinstance(block, Music) and block.name == "outro":
            what = "the outro plays twice, since it plays after the last words anyway"
            yield Finding("warning", block.line, what, f"remove line {block.line}")


def _check_direction(plan: ScriptPlan) -> Iterator[Finding]:
    """A warning for each voice whose engine can't follow all that the script asks of it.

    And one where the show ignores what the script asks for, and one for every open mark.
    """
    blocks = plan.script.blocks
    asks = [b for b in blocks if isinstance(b, DeliveryChange | PaceChange) or _has_delivery(b)]
    if asks and plan.show.words.delivery == "plain":
        yield Finding(
            "warning",
            asks[0].line,
            'deliveries and paces are ignored: show.toml has delivery = "plain"',
            'for them to be heard, set delivery = "directed" there',
        )
    for block in blocks:
        if isinstance(block, TextBlock):
            page = strip_markup(block.text, block.line)
            for offset in page.unclosed:
                word = page.text[offset : offset + _SHOWN].split()[0]
                yield Finding(
                    "warning",
                    page.line_at(offset),
                    f"nothing closes the emphasis of {word}",
                    "write the same stars after the last word, or \\* for a star",
                )
    for voice in plan.voices.values():
        if note := note_unfollowed(plan.segments, voice, plan.quality):
            first = find_unfollowed(plan.segments, voice, plan.quality)[0]
            yield Finding("warning", first.line, note, "it will be spoken without")


def _check_readings(plan: ScriptPlan) -> Iterator[Finding]:
    """A warning for each chosen reading whose sentence is gone."""
    said = set(map(key_of, plan.segments))
    for key, name in plan.script.episode.readings:
        if key not in said:
            what = f"readings: no sentence is {brief(key)} any more, which was to be read {name!r}"
            yield Finding("warning", 1, what, "remove the entry, or choose again: paperledge again")


def _has_delivery(block: Block) -> bool:
    return bool(getattr(block, "delivery", ""))


_SHOWN = 40
"""Characters of a word that a finding shows."""
_LABEL = re.compile(r"(?P<mark>\*\*|__)(?P<name>[^*_\n]{1,40})(?P=mark):\s")
"""A name in bold with the colon outside, which makes nobody speak."""


def _check_labels(script: Script, show: Show) -> Iterator[Finding]:
    """Paragraphs that seem to be meant for a voice: `**Emma**: Hello.`."""
    for block in script.blocks:
        label = isinstance(block, Speech | Quote) and _LABEL.match(block.text)
        if not label or not isinstance(block, Speech | Quote) or block.speaker:
            continue
        turn = replace(block, speaker=label["name"].strip())
        try:
            cast(replace(script, blocks=(turn,)), show)
        except PaperledgeError:
            continue  # no voice has that name
        yield Finding(
            "warning",
            block.line,
            f"the host reads {label[0].strip()} aloud",
            f"for {label['name']} to speak, put the colon inside: **{label['name']}:**",
        )


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
    about = {
        "authors": episode.authors,
        "paper.title": episode.paper.title,
        "paper.url": episode.paper.url,
    }
    lacks = [] if episode.summary else ["summary is empty"]
    lacks += [f"{key} is empty" for key, there in about.items() if not there]
    if not any(about.values()):
        lacks[-len(about) :] = ["it names no paper (authors, paper.title, paper.url)"]
    found += [Finding("warning", 1, what, "players and feeds show it") for what in lacks]
    return found
