"""Matches the levels of takes, voices and music.

By gated loudness (BS.1770), with one gain for a whole take or piece, so its dynamics stay. Every
sound is measured once.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.sound.measuring.meter import integrated_lufs, measure_powers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperledge_audio.mix.model import ProcessedTake
    from paperledge_audio.sound.clip import Sound

MOST_VOICE_GAIN_DB = 12.0
"""A larger difference is a fault of the engine, and raising the voice would raise its noise."""
MOST_MUSIC_GAIN_DB = 20.0
"""From a loud commercial master to a faint recording."""
MUSIC_LU = -2.0
"""How far music on its own is below the speech: a matter of taste."""
TWO_LOUDSPEAKERS_LU = 10.0 * math.log10(2.0)
"""What a mono clip gains in loudness when both channels play it."""
SURE_S = 3.0
"""From this length on (EBU R 128's short-term window) a take's loudness says how loudly it is
spoken. That of a shorter one depends as much on its words, and counts in part."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The gains that match takes and voices."""

    gains_db: tuple[float, ...]
    """For each take, in order."""
    speech_lufs: float
    """What voices are matched to, before any gain, mono; minus infinity where all is silent."""


def match_speech(takes: Sequence[ProcessedTake], host: str, most_db: float) -> Levels:
    """The gain of each take: that of its voice, and its own.

    A voice's gain makes it as loud as `host`, within ±12 dB, or as whoever speaks longest where the
    host says nothing that can be measured; theirs is 0. A take's own
    brings it to the rest of its voice within ±`most_db`, so an aside spoken softer than that stays
    softer; a take shorter than 3 s is moved by its share of that time only. What has no loudness
    to measure (silence, or less than 400 ms) gets no gain. On top of all that a take has the level
    that its delivery asks for (`energy_db`), which engines leave to the mix.
    """
    spoken: Counter[str] = Counter()
    for take in takes:
        spoken[take.voice] += take.sound.frames
    of_voice = {voice: _pool_loudness(takes, voice) for voice in spoken}
    measured = math.isfinite(of_voice.get(host, -math.inf))
    aim_lufs = of_voice[host if measured else spoken.most_common(1)[0][0]]
    gains = []
    for take in takes:
        own_lufs = of_voice[take.voice]
        to_host = _clamp(aim_lufs - own_lufs, MOST_VOICE_GAIN_DB)
        share = min(duration_s(take.sound) / SURE_S, 1.0)
        to_voice = _clamp((own_lufs - integrated_lufs(take.powers)) * share, most_db)
        delivery = take.take.segment.delivery
        gains.append(units.even_db(to_host + to_voice + delivery.energy_db))
    return Levels(tuple(gains), aim_lufs)


def match_music(speech_lufs: float, music: Mapping[str, Sound]) -> dict[str, float]:
    """For each stereo piece the gain in dB that puts it 2 LU under the speech, within ±20 dB."""
    aim = speech_lufs + TWO_LOUDSPEAKERS_LU + MUSIC_LU
    return {
        name: _clamp(aim - integrated_lufs(measure_powers(clip)), MOST_MUSIC_GAIN_DB)
        for name, clip in music.items()
    }


def _pool_loudness(takes: Sequence[ProcessedTake], voice: str) -> float:
    """The loudness of all takes of a voice, end to end."""
    return integrated_lufs(np.concatenate([t.powers for t in takes if t.voice == voice]))


def _clamp(gain_db: float, most_db: float) -> float:
    return units.even_db(min(max(gain_db, -most_db), most_db)) if math.isfinite(gain_db) else 0.0
