"""A second opinion on a sentence, without a recogniser: the draft engine's own reading of it.

The two are aligned frame by frame. A word that is said twice makes the alignment go back in the
reading, and one that is not said makes it leave that out; a recogniser, who knows how people write,
often passes over both. A name that none knows is as near to the reading as other words are; another
name is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines import open_engine
from paperledge_audio.errors import EngineError
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.sound.measuring.cepstra import (
    HOP,
    RATE,
    compute_heard_cepstra,
    measure_distances,
)
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.voices.finding import stock_voice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.engines.model import Take
    from paperledge_audio.sound.clip import Clip

FRAME_S = HOP / RATE
LEAST_S = 0.1
"""A shorter sound holds no word."""
STRETCH = 0.5
"""The price of a frame in which only one of the two goes on, beside the distance of the sounds,
whose mean is about 3 where the words are the same."""
MOST_STEP = 2
"""Frames of the reading: more than that at once leaves words out."""
BACK = 2.0
"""The price of going back to the start of a word. Good takes gain nothing by it."""
LEAVE_OUT = 14.0
"""The price of leaving words out: of 641 good takes one gained 9 by it, the others at most 5."""
ANOTHER = 4.7
"""Two sounds so far apart are no repetition: a word that is drawn out goes back, too."""
STRANGE = 4.8
"""A word so far from the reading is another one: of 306 names in good takes, studio and draft, none
was."""
_GIVEN = re.compile(r"\[([^\[\]]+)\]\(/([^/()]+)/\)")


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """Words of a sentence, and where they begin, in seconds from its start."""

    words: str
    at_s: float


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """How a sound differs from a reading of its words."""

    repeated: tuple[PlacedWords, ...] = ()
    """Words that are said twice, where the second time begins."""
    missing: tuple[PlacedWords, ...] = ()
    """Words that are not said, where they would be."""
    strange: tuple[str, ...] = ()
    """Words that sound otherwise than in the reading. Small ones often do in a good take, too."""


class SecondReader:
    """Reads sentences by itself and compares; raises MissingError where the engine is missing."""

    def __init__(self) -> None:
        self._engine = open_engine("hibari")
        self._voice = stock_voice("af_heart")

    def compare(self, clip: Clip, said: str) -> SecondOpinion:
        """What a clip says otherwise than a text, whose given phonemes stand as `[word](/…/)`.

        Of a text that the engine can't speak there is nothing to say.
        """
        spans = tuple(list_spans(said))
        segment = Segment(0, "speech", spans, self._voice.name, 0, 0, 0.0)
        try:
            reading = self._engine.speak(segment, self._voice)
        except EngineError:
            return SecondOpinion()
        return compare(clip, reading)


def compare(clip: Clip, reading: Take) -> SecondOpinion:
    """What a clip says otherwise than a reading of the same words, whose times are known."""
    if duration_s(clip) < LEAST_S:
        return SecondOpinion()
    heard, when_heard = compute_heard_cepstra(clip)
    meant, when_meant = compute_heard_cepstra(reading.clip)
    words = [word for word in reading.words if any(map(str.isalnum, word.text))]
    size = reading.sound.rate * FRAME_S
    starts = np.searchsorted(when_meant, [word.start / size for word in words])
    ends = np.maximum(np.searchsorted(when_meant, [word.end / size for word in words]) - 1, starts)
    starts, ends = np.minimum(starts, len(meant) - 1), np.minimum(ends, len(meant) - 1)
    costs = measure_distances(heard, meant)
    path = follow(costs, starts, ends, back=BACK)
    distances = costs[np.arange(len(path)), path]

    def place(first: int, last: int, frame: int) -> PlacedWords:
        """The words whose sound in the reading lies between these frames, there."""
        inside = np.flatnonzero((starts >= first) & (ends <= last))
        at_s = round(float(when_heard[frame]) * FRAME_S, 2)
        return PlacedWords(" ".join(words[n].text for n in inside), at_s)

    repeated = []
    for again in (np.flatnonzero(np.diff(path) < 0) + 1).tolist():
        low, high = path[again], path[again - 1]
        past = np.flatnonzero(path[again:] > high)
        end = again + past[0] if len(past) else len(path)
        if distances[again:end].mean() <= ANOTHER:
            repeated.append(place(low, high, again))
    around = np.concatenate(([-1], follow(costs, starts, ends, leave_out=LEAVE_OUT), [len(meant)]))
    left_out = [
        place(around[after] + 1, around[after + 1] - 1, min(after, len(heard) - 1))
        for after in np.flatnonzero(np.diff(around) > MOST_STEP).tolist()
    ]
    missing = [one for one in left_out if one.words]
    parts = [
        distances[(start <= path) & (path <= end)] for start, end in zip(starts, ends, strict=True)
    ]
    strange = [
        word.text
        for word, part in zip(words, parts, strict=True)
        if not part.size or part.mean() >= STRANGE
    ]
    return SecondOpinion(tuple(repeated), tuple(missing), tuple(strange))


def follow(
    costs: NDArray[np.float64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    *,
    back: float = np.inf,
    leave_out: float = np.inf,
) -> NDArray[np.int64]:
    """The frame of the reading that each frame heard goes with, along the cheapest way.

    Each step goes on by a frame, stands, or leaves one out; from the end of a word it may go back
    to the start of that or of one before, or leave words out, at these prices. Viterbi's algorithm;
    `costs` are [frames heard, frames read], `starts` and `ends` the words' first and last frames.
    """
    heard, meant = costs.shape
    here, firsts = np.arange(meant), np.arange(len(starts))
    ahead = firsts - firsts[:, np.newaxis]
    prices = np.select([ahead <= 0, ahead > 1], [back, leave_out], np.inf)
    total = np.full(meant, np.inf)
    total[starts] = costs[0, starts] + leave_out
    total[0] = costs[0, 0]
    came = np.zeros((heard, meant), np.int64)
    for frame in range(1, heard):
        best, source = total + STRETCH, here.copy()
        for step, price in ((1, 0.0), (MOST_STEP, STRETCH)):
            moved = total[:-step] + price
            better = np.flatnonzero(moved < best[step:])
            best[better + step], source[better + step] = moved[better], better
        jumps = total[ends][:, np.newaxis] + prices
        origin = jumps.argmin(axis=0)
        price = jumps[origin, firsts]
        jumped = price < best[starts]
        best[starts[jumped]], source[starts[jumped]] = price[jumped], ends[origin[jumped]]
        total, came[frame] = best + costs[frame], source
    finish = total[ends] + leave_out
    whole = total[-1] <= finish.min()
    path = [meant - 1 if whole else int(ends[finish.argmin()])]
    for frame in range(heard - 1, 0, -1):
        path.append(int(came[frame, path[-1]]))
    return np.array(path[::-1])


def list_spans(said: str) -> list[Span]:
    """The spans of a spoken text, whose given phonemes stand as `[word](/phonemes/)`."""
    spans, place = [], 0
    for match in _GIVEN.finditer(said):
        plain = said[place : match.start()]
        spans += [Span(plain, plain), Span(match[1], match[1], phonemes=match[2])]
        place = match.end()
    return [*spans, Span(said[place:], said[place:])]
