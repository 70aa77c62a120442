"""Script and show → the segments to record, in order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from paperledge_audio.errors import PaperledgeError, ScriptError, locate_errors, raise_first
from paperledge_audio.script.blocks.directives import check_inline, split_delivery
from paperledge_audio.script.blocks.notes import leave_out_notes
from paperledge_audio.script.model import (
    Credit,
    DeliveryChange,
    Heading,
    ListItem,
    PaceChange,
    Question,
    Quote,
    Speech,
    TextBlock,
)
from paperledge_audio.script.outline import outline
from paperledge_audio.spoken.lexicon.entries import Lexicon, load_built_in
from paperledge_audio.spoken.segmenter import Segmenter, refuse_misplaced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperledge_audio.script.model import Script
    from paperledge_audio.show.model import Show
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.casting import Cast, CastMember
    from paperledge_audio.voices.profiles import Voice

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
    segmenter = Segmenter(lambda voice: build_lexicon(show, voice, script), show, script.path)
    if show.words.opening:
        segmenter.say(show.words.opening, "opening", cast.host, path=str(show.path))
    _say_blocks(segmenter, script, cast)
    for words in (show.disclosure.spoken, show.words.closing):
        if words:
            segmenter.say(words, "closing", cast.host, path=str(show.path))
    return tuple(segmenter.segments)


def make_line_segments(text: str, show: Show, part: CastMember) -> tuple[Segment, ...]:
    """The segments of a single line, without the show's own words.

    The voice's pronunciations override the show's; `text` may have the inline markup of scripts
    and begin with a delivery. Raises SpokenError for what can't be said, and ScriptError for a
    directive that can't be followed.
    """
    segmenter = Segmenter(lambda voice: build_lexicon(show, voice), show)
    text = leave_out_notes(text)
    check_inline(text, line=0)
    delivery, said = split_delivery(text, line=0)
    segmenter.say(said, "speech", part, delivery=delivery)
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


def _say_blocks(segmenter: Segmenter, script: Script, cast: Cast) -> None:
    """Say all blocks of the script; raises after all have been tried."""
    starts = {start.block: chapter for chapter, start in enumerate(outline(script))}
    places = _find_places(script)
    begun = spoken = False
    errors: list[PaperledgeError] = []
    for index, block in enumerate(script.blocks):
        segmenter.chapter = starts.get(index, segmenter.chapter)
        try:
            if isinstance(block, TextBlock):
                begun, spoken = True, False
                segmenter.say_block(
                    block, ROLES[type(block)], cast.member_for(block), places.get(index, "")
                )
                spoken = True
            elif isinstance(block, DeliveryChange | PaceChange):
                segmenter.change(block, cast.voices.values())
            elif not begun:
                raise refuse_misplaced(block).located(path=script.path)
            elif spoken:  # after words that can't be spoken, a directive has nothing before it
                segmenter.direct(block)
        except PaperledgeError as error:
            if error.line is None:  # not of this block
                raise
            errors.append(error)
    raise_first([*errors, *segmenter.finish()])
    if not begun:
        raise ScriptError("has no words to speak", "write some", path=script.path)


def _find_places(script: Script) -> dict[int, str]:
    """The items of lists that have several: index of the block → "on", or "end" for the last."""
    found: dict[int, str] = {}
    said = [(i, block) for i, block in enumerate(script.blocks) if isinstance(block, TextBlock)]
    for (one, before), (two, after) in pairwise(said):
        if isinstance(before, ListItem) and isinstance(after, ListItem):
            found |= {one: "on", two: "end"}
    return found
