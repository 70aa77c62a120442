"""The decoded file meets the target, not just what went into the encoder."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from paperledge_audio import units
from paperledge_audio.deliver.encode.settings import EncoderSettings
from paperledge_audio.deliver.encode.to_target import TOLERANCE_LU, master_and_encode
from paperledge_audio.deliver.formats import FORMATS
from paperledge_audio.errors import DeliveryError, MasterError
from paperledge_audio.master.targets import target_for
from paperledge_audio.sound.clip import Clip, Sound, amplify, load, silence
from paperledge_audio.sound.measuring.meter import measure_loudness
from tests.deliver.making import RATE, bounced, speechlike

MP3 = FORMATS["mp3"]


def spiky(seconds: int, channels: int) -> Clip:
    """Quiet speech with a click twice a second, 15 dB above it: work for the limiter."""
    clip = speechlike(seconds * RATE, channels, level=0.02)
    samples = clip.samples.copy()
    samples[RATE // 4 :: RATE // 2] += 0.18
    return Clip(samples, RATE)


@pytest.mark.parametrize(("channels", "kbps"), [(2, 128), (2, 64), (1, 64), (2, 192), (1, 320)])
def test_the_decoded_file_meets_loudness_and_true_peak(
    channels: int, kbps: int, tmp_path: Path
) -> None:
    mix = spiky(6, channels)
    target = target_for("apple", channels)
    file = tmp_path / "x.mp3"
    encoded = master_and_encode(bounced(mix), target, MP3, EncoderSettings(kbps), file)
    with MP3.open_sound(file) as heard:
        again = measure_loudness(heard)
        assert heard.frames == encoded.frames == mix.frames
    assert again == encoded.loudness
    assert abs(target.level_of(again) - target.level) <= TOLERANCE_LU
    assert again.true_peak_dbtp <= target.true_peak_dbtp
    assert encoded.master.limited_db > 0  # the test is one of the limiter too
    assert encoded.master.before == measure_loudness(mix)


def test_silence_has_no_loudness_to_reach(tmp_path: Path) -> None:
    with pytest.raises(MasterError, match="silent"):
        master_and_encode(
            bounced(silence(RATE, RATE, 2)),
            target_for("apple", 2),
            MP3,
            EncoderSettings(128),
            tmp_path / "x.mp3",
        )


def test_an_unknown_bitrate_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="100 kb/s"):
        master_and_encode(
            bounced(silence(1, RATE, 2)),
            target_for("apple", 2),
            MP3,
            EncoderSettings(100),
            tmp_path / "x.mp3",
        )


def test_a_codec_that_can_not_be_corrected_is_told_with_its_figures(tmp_path: Path) -> None:
    clip = speechlike(RATE, 1)
    soft = amplify(clip, -19.3 - measure_loudness(clip).integrated_lufs)

    @contextmanager
    def always_soft(_: Path) -> Iterator[Sound]:
        yield soft

    stubborn = dataclasses.replace(FORMATS["wav"], open_sound=always_soft)
    with pytest.raises(MasterError, match=r"the wav reaches -19\.30 LUFS and .*, not -19 LUFS"):
        master_and_encode(
            bounced(clip),
            target_for("apple", 1),
            stubborn,
            EncoderSettings(128),
            tmp_path / "x.wav",
        )


def test_a_file_of_another_length_is_never_delivered(tmp_path: Path) -> None:
    @contextmanager
    def shorter(_: Path) -> Iterator[Sound]:
        yield speechlike(RATE - 1, 1)

    wrong = dataclasses.replace(FORMATS["wav"], open_sound=shorter)
    with pytest.raises(DeliveryError, match="the wav decodes to 44099 frames, not 44100"):
        master_and_encode(
            bounced(speechlike(RATE, 1)),
            target_for("apple", 1),
            wrong,
            EncoderSettings(128),
            tmp_path / "x.wav",
        )


@pytest.mark.parametrize("name", ["mp3", "opus", "wav"])
def test_a_target_of_another_kind_is_met_just_so(name: str, tmp_path: Path) -> None:
    """What is aimed at is the target's to say: here the RMS of all samples."""
    target = target_for("acx", 1, 192)
    form = FORMATS[name]
    made = master_and_encode(
        bounced(speechlike(RATE * 3, 1)), target, form, EncoderSettings(192), tmp_path / f"x.{name}"
    )
    with form.open_sound(tmp_path / f"x.{name}") as heard:
        rms = units.decibels(float(np.sqrt(np.mean(np.square(load(heard).samples)))))
    assert rms == pytest.approx(-20.0, abs=TOLERANCE_LU + 0.001)
    assert made.loudness.true_peak_dbtp <= -3.0
