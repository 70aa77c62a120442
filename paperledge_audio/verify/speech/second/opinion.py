"""A second opinion on a sentence, without a recogniser: the draft engine's own reading of it.

The two are aligned frame by frame. A word that is said twice makes the alignment go back in the
reading, and one that is not said makes it leave that out; a recogniser, who knows how people write,
often passes over both. A name that none knows is as near to the reading as other words are; another
name is not.
"""

from __future__ import annotations

import re
from contextlib import suppress
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
from paperledge_audio.verify.speech.second.aligning import BACK, LEAVE_OUT, MOST_STEP, follow
from paperledge_audio.voices.finding import stock_voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from paperledge_audio.engines.model import Take
    from paperledge_audio.sound.clip import Clip
    from paperledge_audio.verify.speech.sentences import PlacedSentence

FRAME_S = HOP / RATE
LEAST_S = 0.1
"""A shorter sound holds no word."""
LEAST_READING_S = 1.0
"""A shorter phrase is drawn out or not as its place asks for."""
ANOTHER = 4.7
"""Two sounds so far apart are no repetition: a word that is drawn out goes back, too."""
LEAST_AGAIN_S = 0.06
"""A word that is said again takes longer: of 92 that were planted, the
shortest, a "to", took 0.07 s."""
STRANGE = 4.8
"""A word so far from the reading is another one: of 306 names in good takes, studio and draft, none
was."""
SPARE_S = 0.6
"""Within so long an added word is looked for: over more than that a slower pace adds up."""
SHORTEST_S = 0.03
"""Words that were added take more than this for each phoneme."""
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
    spare_s: float = np.inf
    """How long a sound it has at most that the reading has nothing for, up to `SPARE_S`. Infinite
    where there is no reading."""
    tempo: float | None = None
    """How long the reading takes at the script's pace, against this; None for a short reading, or
    where the pace is not known."""

    def has_room(self, sounds: int) -> bool:
        """Whether a word of so many phonemes, which isn't in the reading, may be in the sound."""
        return self.spare_s >= min(sounds * SHORTEST_S, SPARE_S / 2)


class SecondReader:
    """Reads sentences by itself and compares; raises MissingError where the engine is missing."""

    def __init__(self) -> None:
        self._engine = open_engine("hibari")
        self._voice = stock_voice("af_heart")

    def compare(self, clip: Clip, sentence: PlacedSentence) -> SecondOpinion:
        """What a clip says otherwise than a sentence means.

        Where the engine can't speak that, there is nothing to say.
        """
        reading = self._read(sentence.said)
        return compare(clip, reading, sentence.pace) if reading else SecondOpinion()

    def measure_tempo(self, clip: Clip, sentence: PlacedSentence) -> float | None:
        """The tempo of a clip alone."""
        reading = self._read(sentence.said)
        both = put_together(clip, reading) if reading else None
        return both.measure_tempo(sentence.pace) if both else None

    def _read(self, said: str) -> Take | None:
        segment = Segment(0, "speech", tuple(list_spans(said)), self._voice.name, 0, 0, 0.0)
        with suppress(EngineError):
            return self._engine.speak(segment, self._voice)
        return None


@dataclass(frozen=True, slots=True)
class BothReadings:
    """The cepstra of a clip and of a reading of its words, without silence, and where words are."""

    heard: NDArray[np.float64]
    when_heard: NDArray[np.int64]
    meant: NDArray[np.float64]
    words: tuple[str, ...]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    """The first and the last frame of each word in `meant`."""
    whole: float
    """How long the reading is against the clip, silences included."""

    def measure_tempo(self, pace: float | None) -> float | None:
        """How long the reading takes at a pace, against the clip; None for a short one.

        Of its sounds and of the whole the one nearer to that pace: music fills the silences of a
        clip, and readings differ in their pauses.
        """
        if pace is None or len(self.meant) * FRAME_S < LEAST_READING_S:
            return None
        of_sounds, of_whole = len(self.meant) / len(self.heard) / pace, self.whole / pace
        return round(of_sounds if abs(of_sounds - 1) < abs(of_whole - 1) else of_whole, 3)

    def place(self, first: int, last: int, frame: int) -> PlacedWords:
        """The words that lie between these frames of the reading, at a frame of the clip."""
        inside = np.flatnonzero((self.starts >= first) & (self.ends <= last))
        at_s = round(float(self.when_heard[min(frame, len(self.heard) - 1)]) * FRAME_S, 2)
        return PlacedWords(" ".join(self.words[n] for n in inside), at_s)


def put_together(clip: Clip, reading: Take) -> BothReadings | None:
    """A clip and a reading, whose words' times are known; None where there is nothing to hear."""
    words = [word for word in reading.words if any(map(str.isalnum, word.text))]
    if duration_s(clip) < LEAST_S or not words:
        return None
    heard, when_heard = compute_heard_cepstra(clip)
    meant, when_meant = compute_heard_cepstra(reading.clip)
    size = reading.sound.rate * FRAME_S
    starts = np.searchsorted(when_meant, [word.start / size for word in words])
    ends = np.maximum(np.searchsorted(when_meant, [word.end / size for word in words]) - 1, starts)
    starts, ends = np.minimum(starts, len(meant) - 1), np.minimum(ends, len(meant) - 1)
    texts = tuple(word.text for word in words)
    whole = duration_s(reading.sound) / duration_s(clip)
    return BothReadings(heard, when_heard, meant, texts, starts, ends, whole)


def compare(clip: Clip, reading: Take, pace: float | None = None) -> SecondOpinion:
    """What a clip says otherwise than a reading of the same words, whose times are known.

    `pace`: the script's, where it is known.
    """
    both = put_together(clip, reading)
    if both is None:
        return SecondOpinion()
    costs = measure_distances(both.heard, both.meant)
    path = follow(costs, both.starts, both.ends, back=BACK)
    distances = costs[np.arange(len(path)), path]
    straight = follow(costs, both.starts, both.ends, leave_out=LEAVE_OUT)
    return SecondOpinion(
        tuple(_list_repeated(both, path, distances)),
        tuple(_list_missing(both, straight)),
        tuple(_list_strange(both, path, distances)),
        _measure_spare_s(follow(costs, both.starts, both.ends)),
        both.measure_tempo(pace),
    )


def _list_repeated(
    both: BothReadings, path: NDArray[np.int64], distances: NDArray[np.float64]
) -> Iterator[PlacedWords]:
    """Where the way goes back; what follows, and both times together, sound like these words."""
    for again in (np.flatnonzero(np.diff(path) < 0) + 1).tolist():
        low, high = path[again], path[again - 1]
        before, past = np.flatnonzero(path[:again] < low), np.flatnonzero(path[again:] > high)
        first = before[-1] + 1 if len(before) else 0
        end = again + past[0] if len(past) else len(path)
        alike = max(distances[first:end].mean(), distances[again:end].mean()) <= ANOTHER
        if alike and (end - again) * FRAME_S >= LEAST_AGAIN_S:
            yield both.place(low, high, again)


def _list_missing(both: BothReadings, path: NDArray[np.int64]) -> Iterator[PlacedWords]:
    """Where the way leaves words out."""
    around = np.concatenate(([-1], path, [len(both.meant)]))
    for frame in np.flatnonzero(np.diff(around) > MOST_STEP).tolist():
        found = both.place(around[frame] + 1, around[frame + 1] - 1, frame)
        if found.words:
            yield found


def _list_strange(
    both: BothReadings, path: NDArray[np.int64], distances: NDArray[np.float64]
) -> Iterator[str]:
    """The words that are far from their reading, or that the way doesn't pass."""
    for word, start, end in zip(both.words, both.starts, both.ends, strict=True):
        part = distances[(start <= path) & (path <= end)]
        if not part.size or part.mean() >= STRANGE:
            yield word


def _measure_spare_s(path: NDArray[np.int64]) -> float:
    """How much more of the clip than of the reading there is, at most, within `SPARE_S`."""
    ahead = np.arange(len(path)) - path
    size = min(round(SPARE_S / FRAME_S) + 1, len(path))
    most = np.lib.stride_tricks.sliding_window_view(ahead, size).max(axis=1)
    return round(float((most - ahead[: len(most)]).max()) * FRAME_S, 2)


def list_spans(said: str) -> list[Span]:
    """The spans of a spoken text, whose given phonemes stand as `[word](/phonemes/)`."""
    spans, place = [], 0
    for match in _GIVEN.finditer(said):
        plain = said[place : match.start()]
        spans += [Span(plain, plain), Span(match[1], match[1], phonemes=match[2])]
        place = match.end()
    return [*spans, Span(said[place:], said[place:])]
