"""The picture's figures: who sounds when, how high, and how far music steps back."""

from __future__ import annotations

import numpy as np
import pytest

from paperledge_audio.mix.overview import make_overview
from paperledge_audio.sound.clip import Clip
from tests.sounds import MakeBox, MakeTake, MakeTone, arranged

RATE = 44100
COLUMNS = 200


def test_speech_music_and_ducking_stand_where_they_sound(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    box = make_box(duck_db=-12.0, duck_fade_s=0.2, voice_over_intro_s=2.0)
    intro = make_tone(220.0, 6.0, 0.1, channels=2)
    host = make_take(make_tone(440.0, 6.0, 0.4, rate=24000).samples[:, 0], 0)
    guest = make_take(make_tone(660.0, 2.0, 0.4, rate=24000).samples[:, 0], 1, voice="emma")
    timeline = arranged([host, guest], ("One",), {"intro": intro}, box)
    seen = make_overview(timeline, box, COLUMNS)
    middles = (np.arange(COLUMNS) + 0.5) * timeline.frames / COLUMNS / RATE
    first, second = ((cue.start / RATE, cue.end / RATE) for cue in timeline.cues)

    def inside(span: tuple[float, float]) -> np.ndarray:
        return (middles > span[0] + 0.2) & (middles < span[1] - 0.2)

    assert (seen.host[inside(first)] > 0.3).all()
    assert (seen.guests[inside(second)] > 0.3).all()
    assert not seen.guests[inside(first)].any()
    assert not seen.host[inside(second)].any()
    assert (seen.music[middles < 3.0] > 0).all()
    assert not seen.music[middles > 6.1].any()
    under = (middles > first[0] + 0.1) & (middles < 5.9)  # the intro's last seconds
    assert seen.ducking_db[under] == pytest.approx(-12.0)
    alone = middles < first[0] - 0.5
    assert seen.ducking_db[alone] == pytest.approx(0.0)
    assert not seen.ducking_db[middles > 6.1].any()  # nothing plays that could step back
    # -12 dB is a factor of 0.251; the intro's own level is the same on both sides of it
    ratio = seen.music[under].mean() / seen.music[alone].mean()
    assert ratio == pytest.approx(10 ** (-12 / 20), rel=0.02)


def test_without_music_there_is_none(make_take: MakeTake, make_box: MakeBox) -> None:
    take = make_take(np.full(24000, 0.2, np.float32))
    seen = make_overview(arranged([take], ("One",), {}, make_box()), make_box(), 50)
    assert not seen.music.any()
    assert not seen.ducking_db.any()
    assert isinstance(take.sound, Clip)
    assert seen.host.max() == pytest.approx(0.2, rel=0.1)
