"""Blocks → segments, one block after another."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from paperledge_audio.errors import ScriptError, SpokenError, brief, suggest
from paperledge_audio.script.blocks.directives import write_directive
from paperledge_audio.script.limits import LONGEST_PARAGRAPH
from paperledge_audio.script.model import (
    DeliveryChange,
    Effect,
    Heading,
    Music,
    PaceChange,
    Pause,
)
from paperledge_audio.script.printed.formulas import show_formulas
from paperledge_audio.script.printed.markup import strip_markup
from paperledge_audio.spoken.direction.arcs import find_arc, is_aside
from paperledge_audio.spoken.direction.emphasis import emphasise, find_levels
from paperledge_audio.spoken.direction.pauses import find_rest, rest_s, vary
from paperledge_audio.spoken.direction.questions import rises
from paperledge_audio.spoken.model import Segment
from paperledge_audio.spoken.people.credits import shorten_credit
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import scan
from paperledge_audio.spoken.splitting import MOST, SpeechChunk, split_at, split_block
from paperledge_audio.voices.deliveries import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from paperledge_audio.script.model import TextBlock
    from paperledge_audio.script.printed.markup import PrintedText
    from paperledge_audio.show.model import Show
    from paperledge_audio.spoken.lexicon.entries import Lexicon
    from paperledge_audio.spoken.model import Span
    from paperledge_audio.voices.casting import CastMember
    from paperledge_audio.voices.profiles import Voice

_SHOWN = 40
"""Characters of a text that an error shows."""
_SHOWS_OWN = ("opening", "closing")
"""Roles of the show's own words, which are plain."""
_NO_CHANGE, _USUAL_PACE = DeliveryChange("plain", 0), PaceChange(1.0, 0)


class Segmenter:
    """Collects segments; each new one sets the pause after the one before."""

    def __init__(self, lexicon: Callable[[Voice], Lexicon], show: Show, path: str = "") -> None:
        """`lexicon` gives a voice's own; `path` is the script's."""
        self._path = path
        self.segments: list[Segment] = []
        self.chapter = 0
        self._lexicon, self._words, self._pauses = lexicon, show.words, show.pauses
        self._sounds = dict(show.music.sounds)
        self._absent = {name for name, file in show.music.files.items() if not file}
        self._lexicons: dict[str, Lexicon] = {}
        self._asked_for: float | None = None
        self._stretch, self._pace = _NO_CHANGE, 1.0
        self._unused: dict[type, DeliveryChange | PaceChange] = {}
        """The changes after which nothing has been said yet."""
        self._heading = 0
        """The line of a heading that is not said and has nothing under it yet."""

    def direct(self, block: Pause | Music | Effect) -> None:
        """Pause, or play music or a sound, after the last words.

        Raises ScriptError for what the show doesn't have, and for two pieces of music.
        """
        if not self.segments:
            raise refuse_misplaced(block).located(path=self._path)
        if isinstance(block, Pause):
            self._asked_for = (self._asked_for or 0.0) + block.seconds
            return
        last = self.segments[-1]
        if isinstance(block, Effect):
            if block.name not in self._sounds:
                raise ScriptError(
                    f"the show has no sound {block.name!r}",
                    suggest(block.name, self._sounds)
                    if self._sounds
                    else f'add {block.name} = "music/{block.name}.wav" under [sounds] in show.toml',
                    path=self._path,
                    line=block.line,
                )
            self.segments[-1] = replace(last, sounds_after=(*last.sounds_after, block.name))
            return
        if block.name in self._absent:
            raise ScriptError(
                f"[music: {block.name}] stands here, but the show has no {block.name}",
                f"set music.{block.name} in show.toml, or remove the directive",
                path=self._path,
                line=block.line,
            )
        if last.music_after:
            raise ScriptError(
                "two pieces of music in one place",
                "remove one, or put words between them",
                path=self._path,
                line=block.line,
            )
        self.segments[-1] = replace(last, music_after=block.name)

    def change(self, block: DeliveryChange | PaceChange, voices: Iterable[Voice]) -> None:
        """Change the delivery or the pace up to the next heading.

        Raises ScriptError for a delivery that none of the `voices` has, and for a change that
        nothing was said after.
        """
        before = self._unused.pop(type(block), None)
        if replace(block, line=0) not in {_NO_CHANGE, _USUAL_PACE}:
            self._unused[type(block)] = block
        if not isinstance(block, DeliveryChange):
            self._pace = block.pace
            if before:
                raise self._refuse_unused(before)
            return
        known = {name for voice in voices for name in voice.every_delivery}
        if block.name not in known:
            raise ScriptError(
                f"no voice has a delivery {brief(block.name)}",
                suggest(block.name, known),
                path=self._path,
                line=block.line,
            )
        self._stretch = block
        if before:
            raise self._refuse_unused(before)

    def say_block(self, block: TextBlock, role: str, part: CastMember, place: str = "") -> None:
        """Add the segments of a block of the script; `place` is that of an item in its list."""
        unused, self._unused = list(self._unused.values()), {}
        if isinstance(block, Heading):
            self._stretch, self._pace = _NO_CHANGE, 1.0
            if unused:
                raise self._refuse_unused(unused[0])
            if self._words.headings == "silent":
                before, self._heading = self._heading, block.line
                if before:
                    raise self._refuse_empty_heading(before)
                return
        delivery = getattr(block, "delivery", "")
        self.say(block.text, role, part, block.line, self._path, delivery=delivery, place=place)

    def say(
        self,
        text: str,
        role: str,
        part: CastMember,
        line: int = 0,
        path: str = "",
        *,
        delivery: str = "",
        place: str = "",
    ) -> None:
        """Add the segments of a text that `part` says, from `line` of the file at `path`.

        `delivery` is the one that the text asks for itself, `place` that of an item in its list.
        """
        if len(text) > LONGEST_PARAGRAPH:
            raise SpokenError(
                f"{text[:_SHOWN]!r}… is longer than {LONGEST_PARAGRAPH} characters",
                "shorten or divide it",
                path=path,
                line=line,
            )
        page = strip_markup(text, line)
        _refuse_brackets(page, part.voice, path)
        spans = scan(page, Context(self._lexicon_of(part.voice), role), path)
        if role == "credit":
            spans = shorten_credit(spans, self._words.credit_names)
        name, named = self._find_delivery(delivery, part.voice, path, line)
        pieces = _split(page, spans, path)
        directed = self._words.delivery != "plain" and role not in _SHOWS_OWN
        levels = find_levels(page, spans) if directed else b""
        to = self._name_next(role, part)
        for (chunk, pause), sentence in zip(pieces, _find_sentences(pieces), strict=True):
            said = emphasise(chunk.spans, chunk.start, levels) if directed else chunk.spans
            segment = Segment(
                index=len(self.segments),
                role=role,
                spans=tuple(replace(span, text=show_formulas(span.text)) for span in said),
                voice=part.voice.name,
                line=page.line_at(chunk.start) if line else 0,
                chapter=self.chapter,
                pause_after=0.0,
                speaker=part.name,
                starts_block=chunk is pieces[0][0],
            )
            if directed:
                aside = "aside" if is_aside(segment.text) else ""
                segment = replace(
                    segment,
                    delivery=find_arc(role, place, sentence, aside).then(named).bounded(),
                    delivery_name=name,
                    rises=rises(segment.spoken),
                )
            self._add(segment, to, self._asked_for if segment.starts_block else pause)
            to = "clause" if chunk.cut else "sentence"
        self._asked_for = None

    def finish(self) -> tuple[ScriptError, ...]:
        """The errors of a last heading that is not said and has nothing under it, and of a change.

        That is one that nothing is said after.
        """
        empty = [self._refuse_empty_heading(self._heading)] if self._heading else []
        return (*empty, *map(self._refuse_unused, self._unused.values()))

    def _refuse_unused(self, block: DeliveryChange | PaceChange) -> ScriptError:
        return ScriptError(
            f"{write_directive(block)} has no words after it; it holds up to the next heading",
            "put it before words, below their heading, or remove it",
            path=self._path,
            line=block.line,
        )

    def _refuse_empty_heading(self, line: int) -> ScriptError:
        return ScriptError(
            "a heading has nothing under it, and headings are silent",
            'write text under it, or set headings = "spoken" in show.toml',
            path=self._path,
            line=line,
        )

    def _name_next(self, role: str, part: CastMember) -> str:
        """What follows the last segment, as the table of pauses names it."""
        heading, self._heading = self._heading, 0
        if heading:
            return "heading"
        turn = role == "speech" and self.segments and self.segments[-1].speaker != part.name
        return "turn" if turn else role

    def _add(self, segment: Segment, to: str, pause: float | None) -> None:
        """Append a segment, which the table calls `to`, after exactly `pause` if that is given."""
        if self.segments:
            last, asked = self.segments[-1], pause is not None
            if pause is None:
                pause = self._rest_between(last, segment, to)
            self.segments[-1] = replace(last, pause_after=pause, asks_pause=asked)
        self.segments.append(segment)

    def _rest_between(self, last: Segment, following: Segment, to: str) -> float:
        row = find_rest(last.role, to, last.spoken[-1:])
        if not row.kind or self._words.delivery == "plain":
            return rest_s(row, self._pauses)
        varied = vary(len(last.spoken), len(following.spoken))
        return rest_s(row, self._pauses, last.delivery.pauses * varied)

    def _find_delivery(self, own: str, voice: Voice, path: str, line: int) -> tuple[str, Delivery]:
        """The name of the delivery that holds, "" for plain, and its values with the pace."""
        name, known = own or self._stretch.name, voice.every_delivery
        if name not in known:
            line = line if own else self._stretch.line
            self._stretch = _NO_CHANGE  # one error is enough
            literal = f", or write \\[{own[:_SHOWN]}] to have it read aloud" if own else ""
            raise ScriptError(
                f"{voice.name} has no delivery {brief(name)}",
                suggest(name, known) + literal,
                path=path,
                line=line,
            )
        pace = Delivery(pace=self._pace)
        return "" if name == _NO_CHANGE.name else name, known[name].then(pace)

    def _lexicon_of(self, voice: Voice) -> Lexicon:
        if voice.name not in self._lexicons:
            self._lexicons[voice.name] = self._lexicon(voice)
        return self._lexicons[voice.name]


_Piece = tuple[SpeechChunk, float | None]
"""A chunk, and the seconds of a pause that the script asks for before it, if it does."""


def _split(page: PrintedText, spans: Sequence[Span], path: str) -> list[_Piece]:
    """The chunks of a block; raises SpokenError and ScriptError for what can't be said."""
    pauses: dict[int, float] = {}
    for offset, seconds in page.pauses:
        pauses[offset] = pauses.get(offset, 0.0) + seconds
    pieces: list[_Piece] = []
    before: Iterator[float | None] = iter((None, *pauses.values()))
    for part in split_at(spans, list(pauses)):
        chunks = split_block(part.spans, goes_on=part.cut)
        if not any(char.isalpha() for chunk in chunks for char in chunk.spoken):
            raise _refuse_wordless(page, path)
        placed = [replace(chunk, start=part.start + chunk.start) for chunk in chunks]
        pieces += zip(placed, (next(before), *(None for _ in placed[1:])), strict=True)
    if next(before, None) is not None:
        raise _refuse_wordless(page, path)
    if long := next((chunk for chunk, _ in pieces if chunk.size > MOST), None):
        shown = page.text[long.start : long.start + _SHOWN]
        raise SpokenError(
            f"{shown!r}… takes {long.size} characters to say without a place to breathe",
            f"break it up with spaces; the limit is {MOST}",
            path=path,
            line=page.line_at(long.start) if page.line else None,
        )
    return pieces


def _refuse_wordless(page: PrintedText, path: str) -> SpokenError | ScriptError:
    line = page.line or None
    if not page.pauses:
        what = f"nothing of {page.text[:_SHOWN]!r} is spoken"
        return SpokenError(what, "add words or remove it", path=path, line=line)
    return ScriptError(
        "a pause stands at the edge of the words",
        "put it on a line of its own, with a blank line before and after it",
        path=path,
        line=line,
    )


def _refuse_brackets(page: PrintedText, voice: Voice, path: str) -> None:
    """Raise ScriptError for a delivery's name in brackets where it would be read aloud."""
    for offset, word in page.brackets:
        if (name := word.lower()) in voice.every_delivery:
            raise ScriptError(
                f"[{word}] would be read aloud here",
                f"begin a paragraph or an item with one [{name}] and a space, or write \\[{word}]",
                path=path,
                line=page.line_at(offset) if page.line else None,
            )


def refuse_misplaced(block: Pause | Music | Effect) -> ScriptError:
    """The error of a directive before any words."""
    what = {Pause: "a pause", Music: "music", Effect: "a sound"}[type(block)]
    return ScriptError(
        f"{what} stands before the first words",
        "move it after them; the show's intro plays before them anyway",
        line=block.line,
    )


def _find_sentences(pieces: Sequence[_Piece]) -> list[str]:
    """For each piece whether it is of the first or the last of several sentences."""
    numbers = [0, *accumulate(not chunk.cut for chunk, _ in pieces[:-1])]
    names = {0: "first", numbers[-1]: "last"} if numbers[-1] else {}
    return [names.get(number, "") for number in numbers]
