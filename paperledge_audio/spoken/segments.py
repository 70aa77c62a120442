"""Script and show → the segments to record, in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from paperledge_audio.errors import PaperledgeError, ScriptError, SpokenError, raise_first
from paperledge_audio.script.limits import LONGEST_PARAGRAPH
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
from paperledge_audio.spoken.splitting import MOST, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from paperledge_audio.script.model import Printed, Script
    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.casting import Cast, CastMember
    from paperledge_audio.voices.profiles import Voice

_SHOWN = 40
"""Characters of a text that an error shows."""
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
    without words; the errors of further blocks are the first one's `others`.
    """
    segmenter = _Segmenter(lambda voice: lexicon_for(show, voice, script), show.words.credit_names)
    if show.words.opening:
        segmenter.say(show.words.opening, "opening", cast.host, path=str(show.path))
    _say_blocks(segmenter, script, cast)
    for words in (show.disclosure.spoken, show.words.closing):
        if words:
            segmenter.say(words, "closing", cast.host, path=str(show.path))
    return tuple(segmenter.segments)


def line_segments(text: str, show: Show, part: CastMember) -> tuple[Segment, ...]:
    """What somebody says for a line on its own: none of the show's words around it.

    The voice's own pronunciations lie over the show's; `text` may hold the inline markup of
    scripts. Raises SpokenError for what can't be said.
    """
    segmenter = _Segmenter(lambda voice: lexicon_for(show, voice), show.words.credit_names)
    segmenter.say(text, "speech", part)
    return tuple(segmenter.segments)


def chapter_titles(script: Script) -> tuple[str, ...]:
    """The titles of the chapters that `Segment.chapter` counts; `outline` tells how they come."""
    return tuple(start.title for start in outline(script))


def lexicon_for(show: Show, voice: Voice, script: Script | None = None) -> Lexicon:
    """The built-in lexicon, over it the show's pronunciations, the voice's and the script's.

    The script knows best what it means; a voice corrects the show where it says a name badly.
    """
    lexicon = _layered(built_in(), show.pronounce.items(), str(show.path))
    lexicon = _layered(lexicon, voice.pronounce, str(voice.path))
    return _layered(lexicon, script.episode.pronounce, script.path) if script else lexicon


def _layered(lexicon: Lexicon, layer: Iterable[tuple[str, str]], path: str) -> Lexicon:
    try:
        return lexicon.over(layer)
    except SpokenError as error:
        raise SpokenError(error.what, error.remedy, path=path or None) from error


def _say_blocks(segmenter: _Segmenter, script: Script, cast: Cast) -> None:
    """Everything that stands in the script itself; raises when all blocks have been tried."""
    starts = {start.block: chapter for chapter, start in enumerate(outline(script))}
    begun = spoken = False
    errors: list[PaperledgeError] = []
    for index, block in enumerate(script.blocks):
        segmenter.chapter = starts.get(index, segmenter.chapter)
        try:
            if not isinstance(block, Pause | Music):
                begun, spoken = True, False
                part = cast.part(block)
                segmenter.say(block.text, ROLES[type(block)], part, block.line, script.path)
                spoken = True
            elif not begun:
                raise _misplaced(block, script.path)
            elif spoken:  # what follows words that can't be spoken has nothing to stand behind
                segmenter.direct(block, script.path)
        except PaperledgeError as error:
            if error.line is None:  # not of this block
                raise
            errors.append(error)
    raise_first(errors)
    if not begun:
        raise ScriptError("has no words to speak", "write some", path=script.path or None)


def _misplaced(block: Pause | Music, path: str) -> ScriptError:
    what = "pause" if isinstance(block, Pause) else "music"
    return ScriptError(
        f"a {what} stands before the first words",
        "move it behind them; the show's intro plays before them anyway",
        path=path or None,
        line=block.line,
    )


class _Segmenter:
    """Collects segments; each new one settles the pause after the one before."""

    def __init__(self, lexicon: Callable[[Voice], Lexicon], credit_names: int) -> None:
        """`lexicon` gives a voice's own; longer credits than `credit_names` are shortened."""
        self.segments: list[Segment] = []
        self.chapter = 0
        self._lexicon, self._credit_names = lexicon, credit_names
        self._lexicons: dict[str, Lexicon] = {}
        self._asked_for: float | None = None

    def direct(self, block: Pause | Music, path: str) -> None:
        """Pause, or play music, after what was said last."""
        if isinstance(block, Pause):
            self._asked_for = (self._asked_for or 0.0) + block.seconds
            return
        last = self.segments[-1]
        if last.music_after:
            raise ScriptError(
                "two pieces of music in one place",
                "remove one, or put words between them",
                path=path or None,
                line=block.line,
            )
        self.segments[-1] = replace(last, music_after=block.name)

    def say(self, text: str, role: str, part: CastMember, line: int = 0, path: str = "") -> None:
        """Let `part` say a block of text, which begins at `line` of the file at `path`."""
        if len(text) > LONGEST_PARAGRAPH:
            raise SpokenError(
                f"{text[:_SHOWN]!r}… is longer than {LONGEST_PARAGRAPH} characters",
                "shorten or divide it",
                path=path or None,
                line=line or None,
            )
        page = printed(text, line)
        spans = read(page, Context(self._lexicon_of(part.voice), role), path)
        if role == "credit":
            spans = shortened(spans, self._credit_names)
        said = pieces(spans)
        if not any(char.isalpha() for piece in said for char in piece.spoken):
            raise SpokenError(
                f"nothing of {page.text[:_SHOWN]!r} is spoken",
                "add words or remove it",
                path=path or None,
                line=line or None,
            )
        if long := next((piece for piece in said if piece.size > MOST), None):
            shown = page.text[long.start : long.start + _SHOWN]
            raise SpokenError(
                f"{shown!r}… takes {long.size} characters to say without a place to breathe",
                f"divide it by spaces; {MOST} are the most",
                path=path or None,
                line=page.line_at(long.start) if line else None,
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

    def _rest_before(self, role: str, part: CastMember) -> None:
        if self.segments:
            last = self.segments[-1]
            pause = self._asked_for
            if pause is None:
                turn = role == "speech" and last.speaker != part.name
                pause = rest(last.role, "turn" if turn else role, last.spoken[-1:]).seconds
            self.segments[-1] = replace(last, pause_after=pause)
        self._asked_for = None

    def _lexicon_of(self, voice: Voice) -> Lexicon:
        if voice.name not in self._lexicons:
            self._lexicons[voice.name] = self._lexicon(voice)
        return self._lexicons[voice.name]
