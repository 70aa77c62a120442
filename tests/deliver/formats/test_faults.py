"""Wrong files, missing programs and full disks: one clear line in every format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from paperledge_audio.deliver import FORMATS, preflight
from paperledge_audio.deliver.encode.settings import EncoderSettings
from paperledge_audio.deliver.formats import Format, format_for
from paperledge_audio.errors import DeliveryError, MissingError, SoundError, UsageError
from paperledge_audio.sound import ffmpeg
from paperledge_audio.sound.clip import load
from paperledge_audio.sound.resampling import convert_rate
from paperledge_audio.sound.scratch import map_full_disk
from paperledge_audio.verify import verify
from tests.deliver.formats.forms import COVER, ODD, SHOW, delivered, encoded, tag, usable
from tests.deliver.making import RATE, SCRIPT, speechlike, with_output

pytestmark = pytest.mark.faults


def test_a_wrong_file_is_told_in_one_line(form: Format, tmp_path: Path) -> None:
    file = tmp_path / f"x{form.suffix}"
    for data in (b"", b"no sound at all " * 100):
        file.write_bytes(data)
        with pytest.raises(SoundError, match=r"x\.\w+: is not "), form.open_sound(file) as sound:
            load(sound)


def test_a_file_that_was_cut_off_is_found(form: Format, tmp_path: Path) -> None:
    file = tmp_path / f"x{form.suffix}"
    encoded(form, speechlike(RATE * 4), file)
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])
    with pytest.raises(
        SoundError, match=r"x\.\w+: (ends before its time|is not \w+ that can be decoded)"
    ):
        verify(file)


def test_another_format_under_a_wrong_name_is_found(tmp_path: Path) -> None:
    encoded(FORMATS["wav"], speechlike(ODD), tmp_path / "x.wav")
    for name in ("flac", "opus", "mp3"):
        wrong = (tmp_path / "x.wav").rename(tmp_path / f"x.{name}")
        with (
            pytest.raises(SoundError, match="is WAV, not"),
            FORMATS[name].open_sound(wrong),
        ):
            pass
        wrong.rename(tmp_path / "x.wav")
    with pytest.raises(SoundError, match="no format has the ending"):
        verify((tmp_path / "x.wav").rename(tmp_path / "x.wma"))


def test_bitrates_and_channels_that_are_not_offered_are_refused(form: Format) -> None:
    if not form.lossless:
        with pytest.raises(DeliveryError, match=f"100 kb/s is not a bitrate for {form.name}; use"):
            form.check(100, 2)
    for kbps in (64, 96, 128, 192):
        form.check(kbps, 1)
        form.check(kbps, 2)
    with pytest.raises(DeliveryError, match="6 channels"):
        form.check(128, 6)


def test_an_unknown_format_is_known_before_anything_is_spoken(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'opsu' is unknown; did you mean 'opus'"):
        preflight(SCRIPT, with_output(SHOW, format="opsu"), tmp_path, "look")
    assert format_for("opus").suffix == ".opus"


def test_a_missing_ffmpeg_is_known_before_anything_is_spoken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError, match=r"writing M4A needs ffmpeg; run: .+ install ffmpeg"):
        preflight(SCRIPT, with_output(SHOW, format="m4a"), tmp_path, "look")
    for name in ("mp3", "opus", "flac", "wav"):
        preflight(SCRIPT, with_output(SHOW, format=name), tmp_path, "look")


def test_an_ffmpeg_that_is_too_old_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ffmpeg", "ffprobe"):
        old = tmp_path / name
        old.write_text("#!/bin/sh\necho ffmpeg version 4.4.2 Copyright\n")
        old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(MissingError, match=r"needs ffmpeg 5 or later, and this is ffmpeg 4\.4\.2"):
        FORMATS["m4a"].check_needs()


def test_an_ffmpeg_that_fails_says_why(tmp_path: Path) -> None:
    usable(FORMATS["m4a"])
    arguments = ("-f", "f32le", "-i", "pipe:0", "-c:a", "nosuchcodec")
    with pytest.raises(DeliveryError, match=r"ffmpeg could not encode: .*nosuchcodec"):
        ffmpeg.encode(arguments, [bytes(4000)], tmp_path / "x.m4a")


@contextmanager
def smallest_files(most: int) -> Iterator[None]:
    """No file may grow beyond `most` bytes: a disk that is full."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("most", [3_000, 20_000])
def test_a_disk_that_fills_up_while_encoding_is_one_line(
    form: Format, most: int, tmp_path: Path
) -> None:
    sound = convert_rate(speechlike(RATE * 9), form.rate)
    with (
        smallest_files(most),
        pytest.raises(DeliveryError, match=r"can't be written|could not encode"),
        map_full_disk("the sound"),
    ):
        form.encode(sound, tmp_path / f"x{form.suffix}", EncoderSettings(128))


def test_a_disk_that_fills_up_while_tagging_is_one_line(form: Format, tmp_path: Path) -> None:
    file = tmp_path / f"x{form.suffix}"
    encoded(form, speechlike(ODD), file)
    with (
        smallest_files(file.stat().st_size + 1000),
        pytest.raises(DeliveryError, match="file for the sound can't be written"),
        map_full_disk("the sound"),
    ):
        form.tag(file, tag(), COVER + bytes(20_000))


def test_a_disk_that_is_full_leaves_nothing_behind(tmp_path: Path) -> None:
    with (
        smallest_files(2_000_000),
        pytest.raises(DeliveryError, match="file for the mix can't be written"),
    ):
        delivered(SHOW, tmp_path, "mp3")
    assert list(tmp_path.iterdir()) == []
