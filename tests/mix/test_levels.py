"""Level matching: by loudness, one gain a take, one gain a piece."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from paperledge_audio import units
from paperledge_audio.engines.model import Take
from paperledge_audio.mix.levels import Levels, match_music, match_speech
from paperledge_audio.mix.mixing import mixdown
from paperledge_audio.mix.model import ProcessedTake
from paperledge_audio.show.model import MusicSettings
from paperledge_audio.sound.clip import Clip, amplify, convert_channels, load, silence
from paperledge_audio.sound.measuring.meter import measure_loudness, measure_powers
from paperledge_audio.voices.deliveries import Delivery
from tests.samples import plain_segment
from tests.sounds import arranged

MakeTake = Callable[..., Take]
MakeTone = Callable[..., Clip]
MakeBox = Callable[..., MusicSettings]


RATE = 24000


def levels(most_db: float, *spoken: tuple[str, Clip]) -> Levels:
    takes = [Take(plain_segment("word", voice=voice), clip, (), "test/1") for voice, clip in spoken]
    measured = [ProcessedTake(take, take.sound, measure_powers(take.sound)) for take in takes]
    return match_speech(measured, "ernis", most_db)


def test_a_guest_becomes_as_loud_as_the_host(make_tone: MakeTone) -> None:
    # Half the amplitude is 6.02 dB less.
    host, guest = make_tone(440.0, 4.0, 0.4, rate=RATE), make_tone(440.0, 2.0, 0.2, rate=RATE)
    found = levels(0.0, ("ernis", host), ("emma", guest))
    assert found.gains_db == pytest.approx((0.0, units.decibels(2.0)), abs=0.01)
    assert found.speech_lufs == pytest.approx(measure_loudness(host).integrated_lufs, abs=0.01)
    longer = make_tone(440.0, 40.0, 0.2, rate=RATE)
    assert levels(0.0, ("emma", longer), ("ernis", host)).gains_db[1] == 0.0


@pytest.mark.parametrize("host", [[], [("ernis", silence(RATE, RATE))]])
def test_where_the_host_is_silent_voices_match_the_one_that_speaks_longest(
    host: list[tuple[str, Clip]], make_tone: MakeTone
) -> None:
    short, long = make_tone(440.0, 1.0, 0.4, rate=RATE), make_tone(440.0, 4.0, 0.2, rate=RATE)
    gains = levels(0.0, *host, ("emma", short), ("lee", long)).gains_db
    assert gains[-2:] == pytest.approx((units.decibels(0.5), 0.0), abs=0.01)


def test_an_aside_that_is_softer_stays_softer(make_tone: MakeTone) -> None:
    # 20 s at one level and 5 s at 6.02 dB less: the voice's loudness lies a little under the
    # first, within 1 dB, and 2 dB is the most that either is moved.
    loud, aside = make_tone(440.0, 20.0, 0.4, rate=RATE), make_tone(440.0, 5.0, 0.2, rate=RATE)
    first, second = levels(2.0, ("ernis", loud), ("ernis", aside)).gains_db
    assert -1.0 < first < 0.0
    assert second == 2.0
    assert levels(0.0, ("ernis", loud), ("ernis", aside)).gains_db == (0.0, 0.0)


def test_takes_that_differ_by_less_than_the_bound_become_equal(make_tone: MakeTone) -> None:
    clips = [make_tone(440.0, 5.0, 0.2 * units.gain(db), rate=RATE) for db in (-1.0, 0.0, 1.0)]
    gains = levels(3.0, *(("ernis", clip) for clip in clips)).gains_db
    placed = [
        measure_loudness(amplify(clip, gain)).integrated_lufs
        for clip, gain in zip(clips, gains, strict=True)
    ]
    assert max(placed) - min(placed) < 0.001


def test_a_short_take_is_moved_by_its_share_of_three_seconds(make_tone: MakeTone) -> None:
    long = make_tone(440.0, 30.0, 0.2, rate=RATE)
    third, whole = (make_tone(440.0, s, 0.2 * units.gain(-1.5), rate=RATE) for s in (1.0, 3.0))
    own = [levels(6.0, ("ernis", long), ("ernis", clip)).gains_db[1] for clip in (third, whole)]
    assert own[1] == pytest.approx(1.5, abs=0.15)  # the pooled loudness is a little lower
    assert own[0] == pytest.approx(0.5, abs=0.05)


def test_gain_before_does_not_matter(make_tone: MakeTone) -> None:
    takes = [("a", make_tone(440.0, 4.0, 0.2, rate=RATE)), ("b", make_tone(300.0, 3.0, rate=RATE))]
    moved = [(voice, amplify(clip, -9.0)) for voice, clip in takes]
    assert levels(2.0, *moved).gains_db == pytest.approx(levels(2.0, *takes).gains_db, abs=0.001)


@pytest.mark.parametrize("most_db", [0.0, 2.0])
def test_a_delivery_has_its_level_whatever_takes_are_matched(
    make_tone: MakeTone, most_db: float
) -> None:
    clip = make_tone(440.0, 5.0, 0.2, rate=RATE)
    takes = [
        Take(replace(plain_segment("word"), delivery=Delivery(energy_db=db)), clip, (), "test/1")
        for db in (0.0, -3.0, 1.5)
    ]
    measured = [ProcessedTake(take, take.sound, measure_powers(take.sound)) for take in takes]
    gains = match_speech(measured, measured[0].voice, most_db).gains_db
    placed = [measure_loudness(amplify(clip, gain)).integrated_lufs for gain in gains]
    assert [lufs - placed[0] for lufs in placed] == pytest.approx([0.0, -3.0, 1.5], abs=0.01)


def test_the_gain_is_bounded_and_silence_gets_none(make_tone: MakeTone) -> None:
    host = make_tone(440.0, 4.0, 0.4, rate=RATE)
    found = levels(
        2.0,
        ("ernis", host),
        ("faint", make_tone(440.0, 1.0, 0.004, rate=RATE)),
        ("silent", silence(RATE, RATE)),
        ("short", make_tone(440.0, 0.1, 0.4, rate=RATE)),
    )
    assert found.gains_db == (0.0, 12.0, 0.0, 0.0)


def test_what_is_soft_inside_a_voice_stays_soft_without_a_chain(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    loud = make_tone(440.0, 4.0, 0.4, rate=RATE).samples[:, 0]
    takes = [
        make_take(loud, 0),
        make_take(loud[:36000] / 2, 1, voice="emma"),
        make_take(loud[:36000] / 4, 2, voice="emma"),
    ]
    host, first, second = arranged(takes, ["A"], {}, make_box()).placed
    assert host.gain_db == 0.0
    assert first.gain_db == second.gain_db > 0.0


def test_music_stands_2_lu_under_the_speech_however_loud_its_file_is(
    make_take: MakeTake, make_tone: MakeTone
) -> None:
    takes = [make_take(make_tone(440.0, 4.0, 0.1, rate=24000).samples[:, 0])]
    piece = convert_channels(make_tone(300.0, 8.0, 0.5), 2)
    speech = measure_loudness(convert_channels(takes[0].clip, 2)).integrated_lufs
    host = measure_loudness(takes[0].clip).integrated_lufs
    for db in (-10.0, 0.0):
        clip = amplify(piece, db)
        gain = match_music(host, {"intro": clip})["intro"]
        placed = measure_loudness(amplify(clip, gain)).integrated_lufs
        assert placed - speech == pytest.approx(-2.0, abs=0.01)


def test_silent_music_or_speech_moves_nothing(make_tone: MakeTone) -> None:
    assert match_music(-20.0, {"bed": silence(44100, 44100, 2)}) == {"bed": 0.0}
    silent = levels(2.0, ("ernis", silence(RATE, RATE))).speech_lufs
    assert match_music(silent, {"bed": make_tone(440.0, 4.0, channels=2)}) == {"bed": 0.0}
    assert match_music(-20.0, {}) == {}


def test_in_the_mix_both_voices_are_as_loud(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    noise = np.random.default_rng(2).normal(0.0, 0.1, 24000 * 4)
    takes = [make_take(noise, 0), make_take(noise[::-1] / 3, 1, voice="emma")]
    timeline = arranged(takes, ["A"], {}, make_box())
    mix = load(mixdown(timeline, make_box()))
    host, guest = (
        measure_loudness(Clip(mix.samples[cue.start : cue.end], mix.rate)) for cue in timeline.cues
    )
    assert host.integrated_lufs == pytest.approx(guest.integrated_lufs, abs=0.1)
