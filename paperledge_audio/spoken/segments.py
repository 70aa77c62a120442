"""Script and show → the segments to record, in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from paperledge_audio.errors import ScriptError, SpokenError
from paperledge_audio.script.model import (
    Credit,
    Heading,
    ListItem,
    Music,
    Pause,
    Question,
    Quote,
    Speech,
)
from paperledge_audio.script.outline import outline
from paperledge_audio.script.printed.formulas import in_print
from paperledge_audio.script.printed.markup import printed
from paperledge_audio.spoken.lexicon.entries import Lexicon, built_in
from paperledge_audio.spoken.model import Segment
from paperledge_audio.spoken.names.credits import shortened
from paperledge_audio.spoken.pauses import rest
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import read
from paperledge_audio.spoken.splitting import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperledge_audio.script.model import Printed, Script
    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.casting import Cast, Part
    from paperledge_audio.voices.profiles import Voice

ROLES: dict[type[Printed], str] = {
    Heading: "heading",
    Speech: "speech",
    Quote: "quote",
    ListItem: "item",
    Question: "question",
    Credit: "credit",
}


def segments(script: Script, show: Show, cast: Cast) -> tuple[Segment, ...]:
    """Everything that the voices of `cast` will say, with the show's own words around the script.

    The script's own pronunciations lie over those of the voice that speaks, these over the
    show's, and those over the built-in lexicon. Raises SpokenError, with path and line, for text
    that can't be said, and ScriptError for a directive that has nothing before it or a script
    without words.
    """
    teller = _Teller(script, show, cast)
    teller.show_says(show.words.opening, "opening")
    starts = {start.block: chapter for chapter, start in enumerate(outline(script))}
    for index, block in enumerate(script.blocks):
        teller.chapter = starts.get(index, teller.chapter)
        if isinstance(block, Pause):
            teller.pause(block)
        elif isinstance(block, Music):
            teller.music(block)
        else:
            teller.block(block)
    if not teller.own_words:
        raise ScriptError("has no words to speak", "write some", path=script.path or None)
    teller.show_says(show.disclosure.spoken, "closing")
    teller.show_says(show.words.closing, "closing")
    return tuple(teller.segments)


def chapter_titles(script: Script) -> tuple[str, ...]:
    """The titles of the chapters that `Segment.chapter` counts; `outline` tells how they come."""
    return tuple(start.title for start in outline(script))


def lexicon_for(script: Script, show: Show, voice: Voice) -> Lexicon:
    """The built-in lexicon, over it the show's pronunciations, the voice's and the script's.

    The script knows best what it means; a voice corrects the show where it says a name badly.
    """
    lexicon = _layered(built_in(), show.pronounce.items(), str(show.path))
    lexicon = _layered(lexicon, voice.pronounce, str(voice.path))
    return _layered(lexicon, script.episode.pronounce, script.path)


def _layered(lexicon: Lexicon, layer: Iterable[tuple[str, str]], path: str) -> Lexicon:
    try:
        return lexicon.over(layer)
    except SpokenError as error:
        raise SpokenError(error.what, error.remedy, path=path or None) from None


class _Teller:
    """Collects segments; each new one settles the pause after the one before."""

    def __init__(self, script: Script, show: Show, cast: Cast) -> None:
        self.script, self.show, self.cast = script, show, cast
        self.lexicons: dict[str, Lexicon] = {}
        self.segments: list[Segment] = []
        self.own_words = False
        self.chapter = 0
        self.asked_for: float | None = None

    def block(self, block: Printed) -> None:
        role = ROLES[type(block)]
        self._say(block.text, role, self.cast.part(block), block.line, self.script.path)
        self.own_words = True

    def show_says(self, text: str, role: str) -> None:
        if text:
            self._say(text, role, self.cast.host, 0, str(self.show.path))

    def pause(self, block: Pause) -> None:
        self._last(block, "pause")
        self.asked_for = (self.asked_for or 0.0) + block.seconds

    def music(self, block: Music) -> None:
        last = self._last(block, "music")
        if last.music_after:
            raise ScriptError(
                "two pieces of music in one place",
                "remove one, or put words between them",
                path=self.script.path or None,
                line=block.line,
            )
        self.segments[-1] = replace(last, music_after=block.name)

    def _last(self, block: Pause | Music, what: str) -> Segment:
        if not self.own_words:
            raise ScriptError(
                f"a {what} stands before the first words",
                "move it behind them; the show's intro plays before them anyway",
                path=self.script.path or None,
                line=block.line,
            )
        return self.segments[-1]

    def _say(self, text: str, role: str, part: Part, line: int, path: str) -> None:
        page = printed(text, line)
        spans = read(page, Context(self._lexicon(part.voice), role), path)
        if role == "credit":
            spans = shortened(spans, self.show.words.credit_names)
        said = pieces(spans)
        if not any(char.isalpha() for piece in said for char in piece.spoken):
            raise SpokenError(
                f"nothing of {page.text[:40]!r} is spoken",
                "add words or remove it",
                path=path or None,
                line=line or None,
            )
        self._rest_before(role, part)
        for index, piece in enumerate(said):
            last = index == len(said) - 1
            within = rest(role, "clause" if piece.cut else "sentence", piece.spoken[-1:]).seconds
            self.segments.append(
                Segment(
                    index=len(self.segments),
                    role=role,
                    spans=tuple(replace(span, text=in_print(span.text)) for span in piece.spans),
                    voice=part.voice.name,
                    line=page.line_at(piece.start) if line else 0,
                    chapter=self.chapter,
                    pause_after=0.0 if last else within,
                    speaker=part.name,
                )
            )

    def _rest_before(self, role: str, part: Part) -> None:
        if self.segments:
            last = self.segments[-1]
            pause = self.asked_for
            if pause is None:
                turn = role == "speech" and last.speaker != part.name
                pause = rest(last.role, "turn" if turn else role, last.spoken[-1:]).seconds
            self.segments[-1] = replace(last, pause_after=pause)
        self.asked_for = None

    def _lexicon(self, voice: Voice) -> Lexicon:
        if voice.name not in self.lexicons:
            self.lexicons[voice.name] = lexicon_for(self.script, self.show, voice)
        return self.lexicons[voice.name]
