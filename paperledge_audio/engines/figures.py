"""What is measured of every take when it is made: figures that gates compare.

Cheap, without a model, and the same on every run.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.g2p import sound_out, spell_sounds
from paperledge_audio.engines.model import TakeFigures
from paperledge_audio.engines.prosody.phonemes import PRIMARY, SECONDARY, SHORT_VOWELS, VOWELS
from paperledge_audio.sound.measuring.clicks import measure_click_db
from paperledge_audio.sound.measuring.speech import WINDOW_S, level_db, measure_speech

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.engines.model import Take
    from paperledge_audio.sound.measuring.speech import SpeechWindows
    from paperledge_audio.spoken.model import Segment

FALL = 2
"""Windows that a hole takes to begin: what was silenced falls at once."""
PAUSES = ".,;:!?-—"
"""Where a voice may pause."""
NEAR_PAUSE_S = 0.1
"""How far from its mark a pause may begin or end."""
LEAST_SPEECH_S = 1.0
"""A shorter phrase, as "How?", is drawn out or not as its place asks for, and has tempo 1."""
SOUNDS_S = (0.088, 0.064, 0.047, 0.067, 0.061)
"""What each sound of `count_sounds` takes: least squares over Ernis's takes of the example
episodes, in both qualities; `python -m tests.bench.pace` prints them, and what they leave."""


def measure_take(take: Take) -> TakeFigures:
    """The figures of a take."""
    samples = take.clip.samples[:, 0].astype(np.float64)
    windows = measure_speech(samples, take.sound.rate)
    power = windows.power
    spoken_s = max(int(np.count_nonzero(windows.speech)), 1) * WINDOW_S
    hole_start, hole_end = windows.find_hole(FALL)
    return TakeFigures(
        level_db=level_db(power),
        tempo=_measure_tempo(estimate_speech_s(take.segment), spoken_s),
        silence_s=round(_measure_silence_s(take, windows), 3),
        dropout_s=round((hole_end - hole_start) * WINDOW_S, 3),
        start_db=level_db(windows.powers[0], power),
        end_db=level_db(windows.powers[-1], power),
        clipped=_count_clipped(samples),
        dc_db=level_db((float(samples.sum()) / max(len(samples), 1)) ** 2, power),
        spike_db=measure_click_db(samples),
    )


def _measure_tempo(expected_s: float, spoken_s: float) -> float:
    return round(expected_s / spoken_s, 3) if expected_s >= LEAST_SPEECH_S else 1.0


def estimate_speech_s(segment: Segment) -> float:
    """How long the sounds of a segment take on average at its pace, without silences."""
    return float(np.dot(count_sounds(segment), SOUNDS_S)) / segment.delivery.pace


def count_sounds(segment: Segment) -> tuple[float, ...]:
    """Its vowels, short vowels, consonants, stresses (secondary: half), ends of phrases."""
    sounds = "".join(phonemes for _, phonemes in sound_out(spell_sounds(segment)))
    vowels = sum(char in VOWELS for char in sounds)
    short = sum(char in SHORT_VOWELS for char in sounds)
    primary, secondary = sounds.count(PRIMARY), sounds.count(SECONDARY)
    others = sum(map(str.isalpha, sounds)) - vowels - primary - secondary  # marks are letters
    stresses = primary + secondary / 2
    return vowels - short, short, others, stresses, sum(map(sounds.count, PAUSES))


def _measure_silence_s(take: Take, windows: SpeechWindows) -> float:
    """The longest silence inside that no sign of the text is near."""
    text, rate = take.segment.spoken, take.sound.rate
    offsets, frames = [said for said, _ in take.marks], [frame for _, frame in take.marks]
    near = NEAR_PAUSE_S / WINDOW_S
    allowed = np.zeros(len(windows.speech), bool)
    for place, sign in enumerate(text):
        if sign in PAUSES and frames:
            before = max(bisect_right(offsets, place) - 1, 0)
            after = min(bisect_right(offsets, place + 1), len(frames) - 1)
            first = frames[before] / rate / WINDOW_S - near
            last = frames[after] / rate / WINDOW_S + near
            allowed[max(int(first), 0) : max(int(last), 0)] = True
    inside = windows.list_inner_runs(~windows.speech & ~allowed)
    return float((inside[:, 1] - inside[:, 0]).max(initial=0)) * WINDOW_S


def _count_clipped(samples: NDArray[np.float64]) -> int:
    """Samples that stay at the take's peak, on either side, for three in a row."""
    peak = float(np.abs(samples).max(initial=0.0))
    flat = (np.abs(samples) >= peak * 0.9999) & (peak > 0)
    return int(np.count_nonzero(flat[2:] & flat[1:-1] & flat[:-2]))
