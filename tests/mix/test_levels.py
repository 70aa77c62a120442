"""Level matching: by loudness, one gain a voice, one gain a piece."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from paperledge_audio import units
from paperledge_audio.audio import Clip, amplified, loaded, silence, with_channels
from paperledge_audio.engines.model import Take
from paperledge_audio.mix import arrange, measure, mixdown
from paperledge_audio.mix.levels import host_of, music_gains, voice_gains
from paperledge_audio.show import MusicBox

MakeTake = Callable[..., Take]
MakeTone = Callable[..., Clip]
MakeBox = Callable[..., MusicBox]


def test_the_host_speaks_longest_and_then_first(make_take: MakeTake) -> None:
    takes = [
        make_take(np.zeros(24000), 0, voice="guest"),
        make_take(np.zeros(24000), 1, voice="ernis"),
    ]
    assert host_of(takes) == "guest"
    assert host_of([*takes, make_take(np.zeros(9), 2, voice="ernis")]) == "ernis"


def test_a_guest_becomes_as_loud_as_the_host(make_take: MakeTake, make_tone: MakeTone) -> None:
    # Half the amplitude is 6.02 dB less.
    host = make_tone(440.0, 4.0, 0.4, rate=24000).samples[:, 0]
    guest = make_tone(440.0, 2.0, 0.2, rate=24000).samples[:, 0]
    takes = [make_take(host, 0), make_take(guest, 1, voice="emma")]
    gains = voice_gains(takes)
    assert gains["ernis"] == 0.0
    assert gains["emma"] == pytest.approx(units.decibels(2.0), abs=0.01)


def test_what_is_soft_inside_a_voice_stays_soft(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    loud = make_tone(440.0, 4.0, 0.4, rate=24000).samples[:, 0]
    takes = [
        make_take(loud, 0),
        make_take(loud[:36000] / 2, 1, voice="emma"),
        make_take(loud[:36000] / 4, 2, voice="emma"),
    ]
    host, first, second = arrange(takes, ["A"], {}, make_box()).placed
    assert host.gain_db == 0.0
    assert first.gain_db == second.gain_db > 0.0


def test_the_gain_is_bounded_and_silence_gets_none(
    make_take: MakeTake, make_tone: MakeTone
) -> None:
    host = make_tone(440.0, 4.0, 0.4, rate=24000).samples[:, 0]
    takes = [
        make_take(host, 0),
        make_take(host[:24000] / 100, 1, voice="faint"),
        make_take(host[:24000] * 0, 2, voice="silent"),
        make_take(host[:2400], 3, voice="short"),
    ]
    assert voice_gains(takes) == {"ernis": 0.0, "faint": 12.0, "silent": 0.0, "short": 0.0}


def test_music_stands_2_lu_under_the_speech_however_loud_its_file_is(
    make_take: MakeTake, make_tone: MakeTone
) -> None:
    takes = [make_take(make_tone(440.0, 4.0, 0.1, rate=24000).samples[:, 0])]
    piece = with_channels(make_tone(300.0, 8.0, 0.5), 2)
    speech = measure(with_channels(takes[0].clip, 2)).integrated_lufs
    for db in (-10.0, 0.0):
        clip = amplified(piece, db)
        gain = music_gains(takes, {"intro": clip})["intro"]
        placed = measure(amplified(clip, gain)).integrated_lufs
        assert placed - speech == pytest.approx(-2.0, abs=0.01)


def test_silent_music_or_speech_moves_nothing(make_take: MakeTake, make_tone: MakeTone) -> None:
    takes = [make_take(make_tone(440.0, 4.0, rate=24000).samples[:, 0])]
    assert music_gains(takes, {"bed": silence(44100, 44100, 2)}) == {"bed": 0.0}
    silent = [make_take(np.zeros(24000))]
    assert music_gains(silent, {"bed": make_tone(440.0, 4.0, channels=2)}) == {"bed": 0.0}
    assert music_gains(takes, {}) == {}


def test_in_the_mix_both_voices_are_as_loud(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    noise = np.random.default_rng(2).normal(0.0, 0.1, 24000 * 4)
    takes = [make_take(noise, 0), make_take(noise[::-1] / 3, 1, voice="emma")]
    timeline = arrange(takes, ["A"], {}, make_box())
    mix = loaded(mixdown(timeline, make_box()))
    host, guest = (
        measure(Clip(mix.samples[cue.start : cue.end], mix.rate)) for cue in timeline.cues
    )
    assert host.integrated_lufs == pytest.approx(guest.integrated_lufs, abs=0.1)
