"""The transcript as plain text: paragraphs, each new speaker by name."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.mix.model import Cue, Timeline
    from paperledge_audio.script.model import Script


def compose(script: Script, timeline: Timeline) -> str:
    """The printed text, a paragraph per block of the script; "Name: " before a new speaker."""
    out, speaker = [], ""
    for cues in split_paragraphs(script, timeline):
        name = cues[0].segment.speaker
        out.append(join_words(cues) if name == speaker else f"{name}: {join_words(cues)}")
        speaker = name
    return "\n\n".join(out) + "\n"


def compose_lyrics(script: Script, timeline: Timeline) -> str:
    """The same for a tag, where a lone speaker needs no name."""
    text = compose(script, timeline).removesuffix("\n")
    speakers = {cue.segment.speaker for cue in timeline.cues if cue.segment.text.strip()}
    return text if len(speakers) > 1 else text.removeprefix(f"{min(speakers, default='')}: ")


def split_paragraphs(script: Script, timeline: Timeline) -> Iterator[Sequence[Cue]]:
    """The cues of each block, in order; the show's own words are a paragraph each."""
    starts = [block.line for block in script.blocks]
    run: list[Cue] = []
    before = None
    for cue in timeline.cues:
        if not cue.segment.text.strip():
            continue
        line = cue.segment.line
        here = (bisect_right(starts, line) if line else -1, cue.segment.role, cue.segment.voice)
        if run and here != before:
            yield run
            run = []
        run.append(cue)
        before = here
    if run:
        yield run


def join_words(cues: Sequence[Cue]) -> str:
    """The printed words of some cues, single spaces between them."""
    return " ".join(word for cue in cues for word in cue.segment.text.split())
