"""Script and show → the segments to record, in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from paperledge_audio.errors import (
    PaperledgeError,
    ScriptError,
    SpokenError,
    locate_errors,
    raise_first,
)
from paperledge_audio.script.blocks.notes import leave_out_notes
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
from paperledge_audio.script.printed.formulas import show_formulas
from paperledge_audio.script.printed.markup import strip_markup
from paperledge_audio.spoken.lexicon.entries import Lexicon, load_built_in
from paperledge_audio.spoken.model import Segment
from paperledge_audio.spoken.names.credits import shorten_credit
from paperledge_audio.spoken.pauses import find_rest
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import scan
from paperledge_audio.spoken.splitting import MOST, split_block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from paperledge_audio.script.model import Script, TextBlock
    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.casting import Cast, CastMember
    from paperledge_audio.voices.profiles import Voice

_SHOWN = 40
"""Characters of a text that an error shows."""
ROLES: dict[type[TextBlock], str] = {
    Heading: "heading",
    Speech: "speech",
    Quote: "quote",
    ListItem: "item",
    Question: "question",
    Credit: "credit",
}


def make_segments(script: Script, show: Show, cast: Cast) -> tuple[Segment, ...]:
    """Everything that the voices of `cast` will say, the show's own words included.

    The script's pronunciations override the voice's, these the show's, and those the built-in
    lexicon. Raises SpokenError, with path and line, for text
    that can't be said, and ScriptError for a directive that has nothing before it or a script
    without words; the errors of further blocks are the first one's `others`.
    """
    segmenter = _Segmenter(
        lambda voice: build_lexicon(show, voice, script), show.words.credit_names
    )
    if show.words.opening:
        segmenter.say(show.words.opening, "opening", cast.host, path=str(show.path))
    _say_blocks(segmenter, script, cast)
    for words in (show.disclosure.spoken, show.words.closing):
        if words:
            segmenter.say(words, "closing", cast.host, path=str(show.path))
    return tuple(segmenter.segments)


def make_line_segments(text: str, show: Show, part: CastMember) -> tuple[Segment, ...]:
    """The segments of a single line, without the show's own words.

    The voice's pronunciations override the show's; `text` may have the inline markup of
    scripts. Raises SpokenError for what can't be said.
    """
    segmenter = _Segmenter(lambda voice: build_lexicon(show, voice), show.words.credit_names)
    segmenter.say(leave_out_notes(text)[0], "speech", part)
    return tuple(segmenter.segments)


def list_chapter_titles(script: Script) -> tuple[str, ...]:
    """The titles of the chapters that `Segment.chapter` indexes; see `outline`."""
    return tuple(start.title for start in outline(script))


def build_lexicon(show: Show, voice: Voice, script: Script | None = None) -> Lexicon:
    """The built-in lexicon, overridden by the show's, the voice's and the script's pronunciations.

    A voice may correct the show for a name that it says badly.
    """
    lexicon = _add_layer(load_built_in(), show.pronounce.items(), str(show.path))
    lexicon = _add_layer(lexicon, voice.pronounce, str(voice.path))
    return _add_layer(lexicon, script.episode.pronounce, script.path) if script else lexicon


def _add_layer(lexicon: Lexicon, layer: Iterable[tuple[str, str]], path: str) -> Lexicon:
    with locate_errors(path=path):
        return lexicon.add_layer(layer)


def _say_blocks(segmenter: _Segmenter, script: Script, cast: Cast) -> None:
    """Say all blocks of the script; raises after all have been tried."""
    starts = {start.block: chapter for chapter, start in enumerate(outline(script))}
    begun = spoken = False
    errors: list[PaperledgeError] = []
    for index, block in enumerate(script.blocks):
        segmenter.chapter = starts.get(index, segmenter.chapter)
        try:
            if not isinstance(block, Pause | Music):
                begun, spoken = True, False
                part = cast.member_for(block)
                segmenter.say(block.text, ROLES[type(block)], part, block.line, script.path)
                spoken = True
            elif not begun:
                raise _refuse_misplaced(block, script.path)
            elif spoken:  # after words that can't be spoken, a directive has nothing before it
                segmenter.direct(block, script.path)
        except PaperledgeError as error:
            if error.line is None:  # not of this block
                raise
            errors.append(error)
    raise_first(errors)
    if not begun:
        raise ScriptError("has no words to speak", "write some", path=script.path)


def _refuse_misplaced(block: Pause | Music, path: str) -> ScriptError:
    what = "pause" if isinstance(block, Pause) else "music"
    return ScriptError(
        f"a {what} stands before the first words",
        "move it after them; the show's intro plays before them anyway",
        path=path,
        line=block.line,
    )


class _Segmenter:
    """Collects segments; each new one sets the pause after the one before."""

    def __init__(self, lexicon: Callable[[Voice], Lexicon], credit_names: int) -> None:
        """`lexicon` gives a voice's own; longer credits than `credit_names` are shortened."""
        self.segments: list[Segment] = []
        self.chapter = 0
        self._lexicon, self._credit_names = lexicon, credit_names
        self._lexicons: dict[str, Lexicon] = {}
        self._asked_for: float | None = None

    def direct(self, block: Pause | Music, path: str) -> None:
        """Pause, or play music, after the last words."""
        if isinstance(block, Pause):
            self._asked_for = (self._asked_for or 0.0) + block.seconds
            return
        last = self.segments[-1]
        if last.music_after:
            raise ScriptError(
                "two pieces of music in one place",
                "remove one, or put words between them",
                path=path,
                line=block.line,
            )
        self.segments[-1] = replace(last, music_after=block.name)

    def say(self, text: str, role: str, part: CastMember, line: int = 0, path: str = "") -> None:
        """Add the segments of a block that `part` says, from `line` of the file at `path`."""
        if len(text) > LONGEST_PARAGRAPH:
            raise SpokenError(
                f"{text[:_SHOWN]!r}… is longer than {LONGEST_PARAGRAPH} characters",
                "shorten or divide it",
                path=path,
                line=line,
            )
        page = strip_markup(text, line)
        spans = scan(page, Context(self._lexicon_of(part.voice), role), path)
        if role == "credit":
            spans = shorten_credit(spans, self._credit_names)
        said = split_block(spans)
        if not any(char.isalpha() for piece in said for char in piece.spoken):
            raise SpokenError(
                f"nothing of {page.text[:_SHOWN]!r} is spoken",
                "add words or remove it",
                path=path,
                line=line,
            )
        if long := next((piece for piece in said if piece.size > MOST), None):
            shown = page.text[long.start : long.start + _SHOWN]
            raise SpokenError(
                f"{shown!r}… takes {long.size} characters to say without a place to breathe",
                f"divide it by spaces; {MOST} are the most",
                path=path,
                line=page.line_at(long.start) if line else None,
            )
        self._rest_before(role, part)
        for index, piece in enumerate(said):
            last = index == len(said) - 1
            within = find_rest(
                role, "clause" if piece.cut else "sentence", piece.spoken[-1:]
            ).seconds
            self.segments.append(
                Segment(
                    index=len(self.segments),
                    role=role,
                    spans=tuple(
                        replace(span, text=show_formulas(span.text)) for span in piece.spans
                    ),
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
                pause = find_rest(last.role, "turn" if turn else role, last.spoken[-1:]).seconds
            self.segments[-1] = replace(last, pause_after=pause)
        self._asked_for = None

    def _lexicon_of(self, voice: Voice) -> Lexicon:
        if voice.name not in self._lexicons:
            self._lexicons[voice.name] = self._lexicon(voice)
        return self._lexicons[voice.name]
