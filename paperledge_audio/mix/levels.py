"""Level matching: every voice as loud as the host, the music in a fixed relation to the speech.

By gated loudness (BS.1770), never by peak, and one gain for a whole voice or piece: what is soft
inside a take stays soft.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.audio import Joined, duration_s
from paperledge_audio.mix.meter import hop_powers, integrated_lufs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperledge_audio.audio import Clip, Sound
    from paperledge_audio.engines.model import Take

MOST_VOICE_GAIN_DB = 12.0
"""A voice further off than this is a fault of its engine, and raising it would raise its noise."""
MOST_MUSIC_GAIN_DB = 20.0
"""From a loud commercial master to a faint recording."""
MUSIC_LU = -2.0
"""Music on its own against speech, a matter of taste: present, and a step behind the host."""
TWO_LOUDSPEAKERS_LU = 10.0 * math.log10(2.0)
"""What a mono clip gains in loudness when both channels play it."""


def host_of(takes: Sequence[Take]) -> str:
    """The voice that speaks the longest; of equals, the one that speaks first."""
    spoken_s: dict[str, float] = {}
    for take in takes:
        voice = take.segment.voice
        spoken_s[voice] = spoken_s.get(voice, 0.0) + duration_s(take.sound)
    return max(spoken_s, key=lambda voice: spoken_s[voice])


def voice_gains(takes: Sequence[Take]) -> dict[str, float]:
    """For each voice the gain in dB that makes it as loud as the host, within ±12 dB.

    The host's own gain is 0, and so is that of a voice with no loudness to measure (silence, or
    less than 400 ms in all).
    """
    host = host_of(takes)
    voices = list(dict.fromkeys(take.segment.voice for take in takes))
    if len(voices) == 1:
        return {host: 0.0}
    loudness = {voice: _loudness(_all_of(takes, voice)) for voice in voices}
    return {
        voice: _bounded(loudness[host] - loudness[voice], MOST_VOICE_GAIN_DB) for voice in voices
    }


def music_gains(takes: Sequence[Take], music: Mapping[str, Clip]) -> dict[str, float]:
    """For each stereo piece the gain in dB that puts it 2 LU under the host, within ±20 dB."""
    if not music:
        return {}
    speech = _loudness(_all_of(takes, host_of(takes))) + TWO_LOUDSPEAKERS_LU
    return {
        name: _bounded(speech + MUSIC_LU - _loudness(clip), MOST_MUSIC_GAIN_DB)
        for name, clip in music.items()
    }


def _all_of(takes: Sequence[Take], voice: str) -> Sound:
    return Joined([take.sound for take in takes if take.segment.voice == voice])


def _loudness(sound: Sound) -> float:
    return integrated_lufs(hop_powers(sound))


def _bounded(gain_db: float, most: float) -> float:
    return units.even_db(min(max(gain_db, -most), most)) if math.isfinite(gain_db) else 0.0
