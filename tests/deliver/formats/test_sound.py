"""Every row of the table of formats: what is decoded is what was encoded, where it was."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from paperledge_audio import units
from paperledge_audio.deliver import FORMATS
from paperledge_audio.deliver.encode.settings import EncoderSettings
from paperledge_audio.deliver.encode.to_target import master_and_encode
from paperledge_audio.deliver.formats import SUFFIXES, Format
from paperledge_audio.master.targets import target_for
from paperledge_audio.sound.clip import load
from paperledge_audio.sound.resampling import convert_rate
from tests.deliver.formats.forms import COVER, ODD, encoded, tag
from tests.deliver.making import RATE, bounced, speechlike
from tests.deliver.test_encode import spiky


def test_the_table_is_whole() -> None:
    assert list(FORMATS) == ["mp3", "m4a", "m4b", "opus", "flac", "wav"]
    assert tuple(f".{name}" for name in FORMATS) == SUFFIXES
    for name, row in FORMATS.items():
        assert row.name == name
        assert row.lossless == (not row.bitrate_mode)
        assert row.find_attenuation_db(128) >= 0.0


@pytest.mark.parametrize("frames", [1, 1000, ODD])
@pytest.mark.parametrize("channels", [1, 2])
def test_what_is_decoded_is_as_long_as_the_time_line_and_in_its_place(
    form: Format, frames: int, channels: int, tmp_path: Path
) -> None:
    """Opus has 48 kHz: there it is the time line's length, rescaled to the nearest frame."""
    clip = speechlike(frames, channels)
    heard = encoded(form, clip, tmp_path / f"x{form.suffix}")
    assert heard.frames == units.rescale(frames, RATE, form.rate)
    assert (heard.rate, heard.channels) == (form.rate, channels)
    if frames > 1000:
        given = load(convert_rate(clip, form.rate)).samples[:, 0]
        spectra = np.fft.rfft([given, heard.samples[:, 0]], 2 * len(given))
        together = np.fft.irfft(spectra[1] * np.conj(spectra[0]))
        assert np.argmax(together) == 0  # neither late nor early, not by one frame


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.lossless])
def test_a_lossless_format_changes_nothing_but_the_last_of_16_bits(
    name: str, tmp_path: Path
) -> None:
    clip = speechlike(ODD)
    heard = encoded(FORMATS[name], clip, tmp_path / f"x.{name}")
    assert np.abs(heard.samples - clip.samples).max() <= 0.5 / 32768 * (1 + 1e-6)


def test_the_same_sound_gives_the_same_bytes(form: Format, tmp_path: Path) -> None:
    one, two = tmp_path / f"one{form.suffix}", tmp_path / f"two{form.suffix}"
    for file in (one, two):
        encoded(form, speechlike(ODD), file)
        form.tag(file, tag(), COVER)
    assert one.read_bytes() == two.read_bytes()
    assert sorted(tmp_path.iterdir()) == [one, two]  # nothing else is left


def test_going_back_in_a_decoded_file_gives_the_same_samples(form: Format, tmp_path: Path) -> None:
    file = tmp_path / f"x{form.suffix}"
    whole = encoded(form, speechlike(ODD), file).samples
    with form.open_sound(file) as sound:
        for start, end in ((30_000, 40_000), (29_999, 30_001), (0, 10), (45_000, len(whole))):
            assert np.allclose(sound.read(start, end), whole[start:end], rtol=0, atol=2.0**-22)
        assert sound.read(7, 7).shape == (0, 2)


def test_a_lossless_format_converges_at_once(tmp_path: Path) -> None:
    calls = []
    wav = FORMATS["wav"]

    def counted(*given: Any) -> None:
        calls.append(given)
        wav.encode(*given)

    once = dataclasses.replace(wav, encode=counted)
    for channels in (1, 2):
        target = target_for("apple", channels)
        settings = EncoderSettings(128)
        master_and_encode(bounced(spiky(3, channels)), target, once, settings, tmp_path / "x.wav")
    assert len(calls) == 2
