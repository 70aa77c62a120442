"""The decoded file meets the target, not just what went into the encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperledge_audio.audio import Clip, silence
from paperledge_audio.deliver.encode import TOLERANCE_LU, encode_to_target
from paperledge_audio.deliver.formats import FORMATS
from paperledge_audio.errors import DeliveryError, MasterError
from paperledge_audio.mix import measure, target_for
from tests.deliver.making import RATE, speechlike

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
    encoded = encode_to_target(mix, target, MP3, kbps, file)
    with MP3.decoded(file) as heard:
        again = measure(heard)
        assert heard.frames == encoded.frames == mix.frames
    assert again == encoded.measured
    assert abs(target.level_of(again) - target.level) <= TOLERANCE_LU
    assert again.true_peak_dbtp <= target.true_peak_dbtp
    assert encoded.master.limited_db > 0  # the test is one of the limiter too
    assert encoded.master.before == measure(mix)


def test_silence_has_no_loudness_to_reach(tmp_path: Path) -> None:
    with pytest.raises(MasterError, match="silent"):
        encode_to_target(
            silence(RATE, RATE, 2), target_for("apple", 2), MP3, 128, tmp_path / "x.mp3"
        )


def test_an_unknown_bitrate_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="100 kb/s"):
        encode_to_target(silence(1, RATE, 2), target_for("apple", 2), MP3, 100, tmp_path / "x.mp3")
