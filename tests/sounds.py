"""Takes made by hand, tones, and a music box: what the tests of this room are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.engines.model import Take, Word
from paperledge_audio.mix.model import Timeline
from paperledge_audio.mix.processing import RATE, process
from paperledge_audio.mix.timeline import arrange
from paperledge_audio.show.model import MusicSettings, VoiceChain
from paperledge_audio.sound.clip import Clip, Sound, convert_channels, load, resample
from paperledge_audio.spoken.model import Segment, Span

MakeTake = Callable[..., Take]
MakeTone = Callable[..., Clip]
MakeBox = Callable[..., MusicSettings]


NOTHING = VoiceChain(
    leveling_db=0.0,
    even_peaks=False,
    high_pass_hz=0.0,
    deess_db=0.0,
    compression_ratio=1.0,
    compression_lu=6.0,
)
"""A voice chain that changes nothing."""


def arranged(
    takes: Sequence[Take], titles: Sequence[str], music: Mapping[str, Sound], box: MusicSettings
) -> Timeline:
    """The takes on a time line, as they are: no voice chain, no leveling. The host is ernis."""
    stereo = {
        name: resample(convert_channels(load(sound), 2), RATE)
        if (sound.rate, sound.channels) != (RATE, 2)
        else sound
        for name, sound in music.items()
    }
    return arrange([process(take, NOTHING) for take in takes], titles, stereo, box, host="ernis")


@pytest.fixture(scope="session")
def make_tone() -> MakeTone:
    """tone(hz, seconds, amplitude, rate, channels, phase) → Clip."""

    def tone(
        hz: float,
        seconds: float,
        amplitude: float = 0.5,
        *,
        rate: int = 44100,
        channels: int = 1,
        phase: float = 0.0,
    ) -> Clip:
        time = np.arange(round(seconds * rate)) / rate
        wave = amplitude * np.sin(2 * np.pi * hz * time + phase)
        return Clip(np.repeat(wave[:, np.newaxis], channels, axis=1).astype(np.float32), rate)

    return tone


@pytest.fixture(scope="session")
def make_take() -> MakeTake:
    """take(samples, index, voice, chapter, pause_after, music_after, sounds_after, words,
    rate) → Take."""

    def take(
        samples: NDArray[Any],
        index: int = 0,
        *,
        voice: str = "ernis",
        chapter: int = 0,
        pause_after: float = 0.5,
        asks_pause: bool = False,
        music_after: str = "",
        sounds_after: tuple[str, ...] = (),
        words: tuple[Word, ...] | None = None,
        rate: int = 24000,
    ) -> Take:
        segment = Segment(
            index,
            "speech",
            (Span("word", "word"),),
            voice,
            line=index + 10,
            chapter=chapter,
            pause_after=pause_after,
            music_after=music_after,
            sounds_after=sounds_after,
            asks_pause=asks_pause,
        )
        if words is None:
            words = (Word("word", 0, len(samples)),)
        return Take(segment, Clip(np.asarray(samples, np.float32), rate), words, "test/1")

    return take


@pytest.fixture(scope="session")
def make_box() -> MakeBox:
    """box(**changes) → MusicBox with the show's defaults."""

    def box(**changes: Any) -> MusicSettings:
        settings: dict[str, Any] = {
            "voice_over_intro_s": 3.0,
            "outro_under_voice_s": 2.0,
            "duck_db": -14.0,
            "duck_fade_s": 1.2,
            "stings_at_chapters": False,
        }
        return MusicSettings(None, None, None, None, **(settings | changes))

    return box
