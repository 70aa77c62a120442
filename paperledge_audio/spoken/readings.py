"""Other readings of a segment: what an engine, which is deterministic, may be given instead.

A reading says which segments are spoken for one, and which range of each is kept; `engines.reading`
puts the sound together. The printed words and their times stay those of the one segment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from paperledge_audio.errors import ScriptError, brief, suggest
from paperledge_audio.spoken.lexicon.entries import load_built_in
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.splitting import CLAUSE_ENDS, SHORT

if TYPE_CHECKING:
    from paperledge_audio.spoken.model import Segment

SLOWER, QUICKER = 0.92, 1.12
"""Of the pace: plainly another one, and still natural."""
PLAIN = "plain"
"""What a header calls the first reading."""
LEAST_PART = 20
"""Characters of a part, since a word or two on their own are what models say worst."""
CARRIER = "And so it goes on. "
"""A sentence of plain words, which ends in a pause that can be cut."""


@dataclass(frozen=True, slots=True)
class ReadingPart:
    """A segment to speak, and the range of its spoken text that is kept."""

    segment: Segment
    start: int
    end: int
    at: int = 0
    """Where that lies in the spoken text of the segment that is read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A row of `READINGS`."""

    about: str
    list_parts: Callable[[Segment], tuple[ReadingPart, ...]]
    """What is spoken for a segment, in order; nothing where this reading of it doesn't exist."""
    by_hand: bool = False
    """Whether only a person can tell if it is right."""
    by_other_engine: bool = False
    """Whether the engine of the voice's other quality speaks."""


def list_readings(segment: Segment) -> tuple[str, ...]:
    """The names of the readings that a segment has, in the order of the table."""
    return tuple(name for name, reading in READINGS.items() if reading.list_parts(segment))


def list_parts(segment: Segment) -> tuple[ReadingPart, ...]:
    """What is spoken for a segment in its reading; all of it where it doesn't have that one."""
    parts = READINGS[segment.reading].list_parts(segment) if segment.reading else ()
    return parts or _list_whole(segment)


def uses_other_engine(segment: Segment) -> bool:
    """Whether the engine of the voice's other quality speaks a segment."""
    return bool(segment.reading) and READINGS[segment.reading].by_other_engine


def choose_readings(
    segments: Sequence[Segment], chosen: Mapping[str, str], path: str
) -> tuple[Segment, ...]:
    """The segments in the readings that a header chooses, by their spoken words.

    Raises ScriptError for a reading that there isn't.
    """
    for name in chosen.values():
        if name != PLAIN and name not in READINGS:
            raise ScriptError(
                f"readings: no reading is called {brief(name)}",
                suggest(name, (PLAIN, *READINGS)),
                path=path,
            )
    names = {key: "" if name == PLAIN else name for key, name in chosen.items()}
    keys = map(key_of, segments)
    return tuple(
        replace(one, reading=names.get(key, ""), chosen=key in names)
        for one, key in zip(segments, keys, strict=True)
    )


def key_of(segment: Segment) -> str:
    """What a header calls a segment by: its spoken words, so that other lines may change."""
    return " ".join(segment.spoken.split())


def _list_whole(segment: Segment) -> tuple[ReadingPart, ...]:
    return (ReadingPart(segment, 0, len(segment.spoken)),)


def _list_at_pace(factor: float, segment: Segment) -> tuple[ReadingPart, ...]:
    delivery = replace(segment.delivery, pace=round(segment.delivery.pace * factor, 4)).bounded()
    return _list_whole(replace(segment, delivery=delivery))


def _split(segment: Segment) -> tuple[ReadingPart, ...]:
    """Both sides of the end of a clause or sentence: of the one nearest to the middle."""
    said, middle = segment.spoken, len(segment.spoken) // 2
    ends = (at for at, sign in enumerate(said) if sign in CLAUSE_ENDS + ".?!")
    places = [at + 1 for at in ends if said[at + 1 : at + 2] == " "]
    for place in sorted(places, key=lambda at: abs(at - middle)):
        sides = (place, len(said) - place)
        first, second = _cut(segment, 0, place), _cut(segment, place + 1, len(said))
        if min(sides) >= LEAST_PART and first and second:
            before, after = replace(first, rises=False), len(second.spoken)
            return (*_list_whole(before), ReadingPart(second, 0, after, at=place + 1))
    return ()


def _cut(segment: Segment, start: int, end: int) -> Segment | None:
    """The segment of a range of the spoken text; None where that cuts a word with phonemes."""
    spans, place = [], 0
    for span in segment.spans:
        first, last = max(start - place, 0), min(end - place, len(span.said))
        place += len(span.said)
        if first >= last:
            continue
        if (said := span.said[first:last]) != span.said and span.phonemes:
            return None
        spans.append(replace(span, text=said, said=said))
    return replace(segment, spans=tuple(spans))


def _carry(segment: Segment) -> tuple[ReadingPart, ...]:
    """Behind a sentence that is cut off again: models say a word or two too fast and too loud."""
    if len(segment.spoken) > SHORT:
        return ()
    carried = replace(segment, spans=(Span("", CARRIER), *segment.spans))
    return (ReadingPart(carried, len(CARRIER), len(carried.spoken)),)


def _sound_otherwise(segment: Segment) -> tuple[ReadingPart, ...]:
    """Words that the lexicon has two sounds of, with the other one."""
    spans = tuple(replace(span, phonemes=_find_other_sound(span)) for span in segment.spans)
    return _list_whole(replace(segment, spans=spans)) if spans != segment.spans else ()


def _find_other_sound(span: Span) -> str:
    lexicon, word = load_built_in(), span.said.lower()
    if word in lexicon.heteronyms:
        noun, verb = lexicon.heteronyms[word]
        return noun if span.phonemes == verb else verb
    if word in lexicon.senses:
        second, _ = lexicon.senses[word]
        return "" if span.phonemes == second else second
    return span.phonemes


READINGS: Mapping[str, Reading] = {
    "in two parts": Reading("its clauses spoken one by one, and joined", _split),
    "slower": Reading(f"at {SLOWER:g} of its pace", partial(_list_at_pace, SLOWER)),
    "quicker": Reading(f"at {QUICKER:g} of its pace", partial(_list_at_pace, QUICKER)),
    "after a sentence": Reading("after another sentence, which is cut off again", _carry),
    "other sound": Reading(
        "with the lexicon's other pronunciation", _sound_otherwise, by_hand=True
    ),
    "other engine": Reading(
        "by the engine of the voice's other quality", _list_whole, by_other_engine=True
    ),
}
"""In the order in which they are tried: the least audible first."""
