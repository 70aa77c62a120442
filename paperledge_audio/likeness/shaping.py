"""Shapes a voice out of a blend: first how it speaks, then how it sounds, then both.

Manner is fitted to what was measured in the recording. Lengths and pitch are known before there is
sound, so hundreds of manners cost a minute. Then both halves are searched by the encoder, held back
by the bounds of `trials`; that needs the sound of some lines a trial, which change from round to
round so that the voice is not fitted to them. At last the best places of the search say lines that
it never heard, since one may be good at the search's lines alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np

from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.likeness.evolving import evolve
from paperledge_audio.likeness.lines import CHOICE, SEARCH, TRIED, make_line
from paperledge_audio.likeness.manner import Manner, find_range_st, measure_manner
from paperledge_audio.likeness.predicting import pursue
from paperledge_audio.likeness.trials import Bounds, Trial, TrialMemory, find_front
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.voices.packs import hash_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from numpy.typing import NDArray

    from paperledge_audio.engines import Engine
    from paperledge_audio.likeness.predicting import Values
    from paperledge_audio.likeness.space import Place, Rows, VoiceSpace
    from paperledge_audio.likeness.trials import Judge
    from paperledge_audio.sound.clip import Clip
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice

    class Intoning(Engine, Protocol):
        """An engine that tells lengths and pitch before it speaks."""

        def intone(
            self, segment: Segment, voice: Voice
        ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
            """Lengths of tokens in frames, and F0 in Hz."""
            ...


ROUNDS = 2
"""The model's own F0 and that of its sound differ a little; the second round knows by how much."""
MANNERS = 240
"""Trials a round."""
WEIGHED = ROUNDS * MANNERS
PITCH, RANGE = 0.1, 0.05
"""What a semitone off the recording's median and range costs."""
VOICED_HZ = 40.0
"""The model's F0 is below it where there is no voice."""
LEAST_FRAMES = 50
SAID = (*TRIED, CHOICE)
"""All that a trial may say."""
SLOWEST, FASTEST = 0.85, 1.15
"""Paces at which the model still speaks well."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What was found."""

    voices: tuple[Voice, ...]
    """The best first, by lines that the search doesn't use. Their packs are temporary."""
    front: tuple[Trial, ...]
    """What else could have been had: no trial beats these in likeness and in quality."""
    tried: int


@dataclass(frozen=True, slots=True, eq=False)
class Shaper:
    """Speaks places of the space and searches them."""

    engine: Intoning
    judge: Judge
    pool: Executor
    space: VoiceSpace
    template: Voice
    """Its accent and profile; only packs and pace are changed."""
    recorded: Manner
    folder: Path
    """For packs, one a trial."""
    on_trial: Callable[[float], None] = lambda _seconds: None
    """Called after each trial of sound with the seconds that it spoke, which are 0 for one that is
    remembered."""
    on_manner: Callable[[float], None] = lambda _seconds: None
    """Called after each manner that was weighed, which has no sound; there are `WEIGHED`."""

    def shape(self, start: Rows, nearest: Voice, trials: int, loss: float) -> Shape:
        """Search from the pack `start`, in so many `trials` of sound.

        `nearest` is the stock voice whose quality may lose `loss` points. Raises what the engine
        raises.
        """
        bounds = {
            lines: Bounds(
                self.judge.hear(self._speak(nearest, lines)), loss, self.recorded.pitch_hz
            )
            for lines in SAID
        }
        timbre, manner = self.space.timbre.place(start), self.space.manner.place(start)

        def make(timbre_now: Place, manner_now: Place, pace: float = 1.0) -> Voice:
            return self._make_voice(
                self.space.move(start, timbre_now - timbre, manner_now - manner), pace
            )

        manner_found = self._fit_manner(lambda place: make(timbre, place), manner)
        pace = self._find_pace(make(timbre, manner_found))
        memory = self._remember(pace)
        tried: list[tuple[float, Trial]] = []

        def speak(place: Place) -> Voice:
            return make(place[: len(timbre)], place[len(timbre) :], pace)

        def hear(places: Sequence[Place], turn: int) -> Values:
            lines = SAID[turn]
            found = self._try([speak(place) for place in places], lines, memory)
            here = bounds[lines]
            priced = [(here.find_price(one), one) for one in found]
            tried.extend(priced)
            return np.array(
                [(*one.embedding, here.find_slack(one), price) for price, one in priced]
            )

        best_first = pursue(
            hear,
            self.judge.target,
            np.concatenate([timbre, manner_found]),
            trials,
            first=len(timbre),
            lines=len(TRIED),
        )
        fair = [one for price, one in tried if not price]
        return Shape(tuple(map(speak, best_first)), tuple(find_front(fair)), len(tried))

    def _fit_manner(self, make: Callable[[Place], Voice], start: Place) -> Place:
        """The manner whose pitch and range are the recording's."""
        found, off = start, (0.0, 0.0)
        if not self.recorded.pitch_hz:
            return start
        for _ in range(ROUNDS):

            def weigh(place: Place, off: tuple[float, float] = off) -> float:
                voice = make(place)
                pitch_st, range_st = self._intone(voice)
                _forget(voice)
                return -PITCH * abs(pitch_st - off[0]) - RANGE * abs(range_st - off[1])

            found = evolve(partial(self._weigh_each, weigh), start, MANNERS, 0.5)
            voice = make(found)
            told, heard = self._intone(voice), measure_manner(self._speak(voice))
            off = (told[0] - self._apart_st(heard.pitch_hz), told[1] - self._wider_st(heard))
        return found

    def _weigh_each(self, weigh: Callable[[Place], float], places: Sequence[Place]) -> list[float]:
        """What each manner is worth; several are weighed at once."""
        worths = []
        for worth in self.pool.map(weigh, places):
            worths.append(worth)
            self.on_manner(0.0)
        return worths

    def _intone(self, voice: Voice) -> tuple[float, float]:
        """Semitones that the model's own median and range of F0 are above the recording's."""
        curves = [self.engine.intone(make_line(text), voice)[1] for text in SEARCH]
        f0 = np.concatenate(curves)
        f0 = f0[f0 > VOICED_HZ]
        if len(f0) < LEAST_FRAMES:
            return np.inf, np.inf
        return (
            self._apart_st(float(np.median(f0))),
            find_range_st(f0) - self.recorded.range_st,
        )

    def _apart_st(self, pitch_hz: float) -> float:
        return float(12 * np.log2(pitch_hz / self.recorded.pitch_hz)) if pitch_hz else 0.0

    def _wider_st(self, heard: Manner) -> float:
        return heard.range_st - self.recorded.range_st

    def _find_pace(self, voice: Voice) -> float:
        """The pace at which the voice says as many syllables a second as the recording."""
        rate = measure_manner(self._speak(voice)).rate
        if not rate or not self.recorded.rate:
            return 1.0
        return round(min(max(self.recorded.rate / rate, SLOWEST), FASTEST), 2)

    def _try(
        self, voices: Sequence[Voice], lines: Sequence[str], memory: TrialMemory
    ) -> list[Trial]:
        """What is heard of voices; several are spoken at once."""

        def hear(name: str, voice: Voice) -> tuple[str, float, Trial]:
            clips = self._speak(voice, lines)
            return name, sum(map(duration_s, clips)), self.judge.hear(clips)

        names = [f"{_name(voice)}/{SAID.index(lines)}" for voice in voices]
        fresh = {
            name: voice
            for name, voice in zip(names, voices, strict=True)
            if name not in memory.known
        }
        found: dict[str, Trial] = {}
        for name, seconds, trial in self.pool.map(hear, fresh, fresh.values()):
            found[name] = trial
            self.on_trial(seconds)
        memory.keep(found)
        for name, voice in zip(names, voices, strict=True):
            _forget(voice)
            if name not in fresh:
                self.on_trial(0.0)
        return [memory.known[name] for name in names]

    def _speak(self, voice: Voice, lines: Sequence[str] = SEARCH) -> list[Clip]:
        return [self.engine.speak(make_line(text), voice).clip for text in lines]

    def _make_voice(self, rows: Rows, pace: float) -> Voice:
        file = self.folder / f"{hash_rows(rows)}.bin"
        file.write_bytes(rows.astype("<f4").tobytes())
        return replace(self.template, packs=((file, 1.0),), pace=pace)

    def _remember(self, pace: float) -> TrialMemory:
        """The trials that this search has kept on this machine."""
        facts = [
            FORMAT,
            self.engine.fingerprint,
            self.judge.encoder.fingerprint,
            self.judge.quality.fingerprint,
            self.judge.target.tobytes().hex(),
            self.template.language,
            pace,
            SAID,
        ]
        name = sha256(json.dumps(facts).encode())
        memory = TrialMemory(cache_folder() / "likeness" / f"{name}.json", len(self.judge.target))
        memory.load()
        return memory


FORMAT = 2
"""Of a memory's facts."""


def _name(voice: Voice) -> str:
    """A trial's name: the hash of its pack, which is its file's name."""
    return voice.packs[0][0].stem


def _forget(voice: Voice) -> None:
    """Remove a trial's pack."""
    voice.packs[0][0].unlink(missing_ok=True)
