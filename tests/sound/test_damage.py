"""Every kind of file is read whole; one that is cut off or damaged is refused in one line."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from paperledge_audio.errors import SoundError
from paperledge_audio.sound.reading import check_whole, read_clip
from paperledge_audio.sound.reading.kinds import KINDS, recognise
from tests.sound.making import FORMS, FRAMES, RATE, Program, encoded, sound, write

pytestmark = pytest.mark.fuzz


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, program: Program) -> dict[str, bytes]:
    """Each form, written when it is first wanted."""
    folder = tmp_path_factory.mktemp("forms")

    class Made(dict[str, bytes]):
        def __missing__(self, name: str) -> bytes:
            write(FORMS[name], folder / name, program)
            self[name] = (folder / name).read_bytes()
            return self[name]

    return Made()


def refused(file: Path, data: bytes) -> str:
    """The one line that a file with these bytes gets, without its path."""
    file.write_bytes(data)
    with pytest.raises(SoundError) as caught:
        read_clip(file)
    line = str(caught.value)
    assert line.startswith(f"{file}: ")
    assert "\n" not in line
    assert caught.value.remedy
    return line.removeprefix(f"{file}: ")


LOST = re.compile(r"ends before its time|is damaged: |is cut off or damaged|is not a sound file")


def test_every_kind_has_an_example(made: dict[str, bytes]) -> None:
    kinds = {kind.name for kind in KINDS}
    assert {form.kind for form in FORMS.values()} == kinds
    for name, form in FORMS.items():
        kind = recognise(made[name][:32]) if not made[name].startswith(b"ID3") else None
        assert kind is None or kind.name == form.kind


@pytest.mark.parametrize("name", FORMS)
def test_a_whole_file_is_read_to_the_last_sample(
    tmp_path: Path, name: str, made: dict[str, bytes]
) -> None:
    file = tmp_path / name
    file.write_bytes(made[name])
    check_whole(file)
    clip = read_clip(file)
    assert (clip.rate, clip.channels) == (RATE, 2)
    if FORMS[name].exact:
        assert np.array_equal(clip.samples, sound())
    elif FORMS[name].libsndfile:
        samples, _ = soundfile.read(file, dtype="float32", always_2d=True)
        assert np.array_equal(clip.samples, samples)
    else:  # a codec may begin late and fill its last block
        assert abs(clip.frames - FRAMES) < 0.1 * RATE
        middle = clip.samples[FRAMES // 4 : FRAMES // 2]
        level = np.sqrt(np.mean(sound() ** 2))
        assert np.sqrt(np.mean(middle**2)) == pytest.approx(level, rel=0.06)  # 0.5 dB


@pytest.mark.parametrize("name", FORMS)
def test_the_first_half_of_a_file_is_refused(
    tmp_path: Path, name: str, made: dict[str, bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    data = made[name]
    assert LOST.match(refused(tmp_path / name, data[: len(data) // 2 + 1]))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", FORMS)
def test_a_file_without_its_end_is_refused(
    tmp_path: Path, name: str, made: dict[str, bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    assert LOST.match(refused(tmp_path / name, made[name][: -FORMS[name].last]))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.summed])
@pytest.mark.parametrize("way", ["a bit", "zeros", "a gap"])
def test_damage_in_the_middle_shows_where_there_is_a_checksum(
    tmp_path: Path,
    name: str,
    way: str,
    made: dict[str, bytes],
    capfd: pytest.CaptureFixture[str],
) -> None:
    data, middle = made[name], len(made[name]) // 2
    hurt = {
        "a bit": data[:middle] + bytes([data[middle] ^ 16]) + data[middle + 1 :],
        "zeros": data[:middle] + bytes(1000) + data[middle + 1000 :],
        "a gap": data[:middle] + data[middle + 1000 :],
    }[way]
    assert LOST.match(refused(tmp_path / name, hurt))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["vorbis.ogg", "flac.oga"])
def test_an_ogg_without_its_last_page_is_refused(
    tmp_path: Path, name: str, made: dict[str, bytes]
) -> None:
    data = made[name]
    assert LOST.match(refused(tmp_path / name, data[: data.rindex(b"OggS")]))


def test_an_ogg_that_lacks_a_page_in_between_is_refused(
    tmp_path: Path, made: dict[str, bytes]
) -> None:
    data = made["vorbis.ogg"]
    pages = [match.start() for match in re.finditer(b"OggS", data)]
    hurt = data[: pages[3]] + data[pages[4] :]
    assert refused(tmp_path / "x.ogg", hurt).startswith("is damaged: a page is missing")


@pytest.mark.parametrize("name", ["vorbis.ogg", "ffmpeg.mp3"])
def test_sounds_one_after_the_other_are_refused(
    tmp_path: Path, name: str, made: dict[str, bytes]
) -> None:
    assert refused(tmp_path / name, 2 * made[name]).startswith("holds several sounds")


LENGTHS = {"16.wav": b"data", "24.rf64": b"data", "24.aiff": b"SSND", "24.au": b".snd"}
"""Where four bytes that state a length stand: behind this, in an AU four bytes later."""


def stating(name: str, data: bytes, size: int) -> bytes:
    at = data.index(LENGTHS[name]) + 4 * (2 if name.endswith("au") else 1)
    order = ">" if name.endswith(("aiff", "au")) else "<"
    return data[:at] + struct.pack(f"{order}I", size) + data[at + 4 :]


@pytest.mark.parametrize("name", LENGTHS)
def test_a_header_that_states_less_than_there_is_is_refused(
    tmp_path: Path, name: str, made: dict[str, bytes]
) -> None:
    for size in (12, len(made[name]) // 2):
        line = refused(tmp_path / name, stating(name, made[name], size))
        assert re.match(rf"is damaged: it states {size} bytes of sound, but \d+ more follow", line)


@pytest.mark.parametrize("name", [name for name in LENGTHS if "rf64" not in name])
@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 0x7FFFF000, 0x7FFFFFFF, 0x80000000, 0x7F000008])
def test_a_writer_into_a_pipe_states_no_length(
    tmp_path: Path, name: str, size: int, made: dict[str, bytes]
) -> None:
    (tmp_path / name).write_bytes(made[name])
    whole = read_clip(tmp_path / name)
    (tmp_path / name).write_bytes(stating(name, made[name], size))
    clip = read_clip(tmp_path / name)
    assert np.array_equal(clip.samples[: whole.frames], whole.samples)
    assert clip.frames - whole.frames < 20  # what follows the sound is taken for sound


PIPED = {
    "wav": (*("-c:a", "pcm_s24le"), "-f", "wav"),
    "aiff": (*("-c:a", "pcm_s24be"), "-f", "aiff"),
    "au": (*("-c:a", "pcm_s24be"), "-f", "au"),
    "caf": (*("-c:a", "pcm_s24be"), "-f", "caf"),
    "w64": (*("-c:a", "pcm_s24le"), "-f", "w64"),
    "flac": ("-sample_fmt", "s32", "-f", "flac"),
    "mka": ("-c:a", "flac", "-sample_fmt", "s32", "-f", "matroska"),
}


@pytest.mark.parametrize("ending", PIPED)
def test_what_ffmpeg_writes_into_a_pipe_is_read(
    tmp_path: Path, ending: str, program: Program
) -> None:
    file = tmp_path / f"piped.{ending}"
    file.write_bytes(encoded(program, sound(), *PIPED[ending], "-"))
    assert np.array_equal(read_clip(file).samples, sound())


@pytest.mark.parametrize("name", ["24.flac", "ffmpeg.mp3", "adts.aac", "16.wav"])
def test_a_tag_in_front_or_behind_is_no_damage(
    tmp_path: Path, name: str, made: dict[str, bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_bytes(made[name])
    whole = read_clip(file)
    id3 = b"ID3\x03\0\0\0\0\x01\x10" + bytes(144)
    file.write_bytes(id3 + made[name] + b"TAG" + bytes(125))
    assert np.array_equal(read_clip(file).samples, whole.samples)
    assert capfd.readouterr().err == ""


def test_a_flac_whose_sum_is_wrong_is_refused(tmp_path: Path, made: dict[str, bytes]) -> None:
    data = bytearray(made["24.flac"])
    data[8 + 18] ^= 1
    assert refused(tmp_path / "x.flac", bytes(data)).startswith(
        "is damaged: the sound doesn't fit its checksum"
    )
    data[8 + 18 : 8 + 34] = bytes(16)  # an encoder that works out none
    (tmp_path / "x.flac").write_bytes(data)
    assert np.array_equal(read_clip(tmp_path / "x.flac").samples, sound())


@pytest.mark.parametrize("stated", [1, 10, 4000])
def test_an_mp3_whose_header_states_another_length_is_refused(
    tmp_path: Path, stated: int, made: dict[str, bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    data = made["ffmpeg.mp3"]
    at = data.index(b"Info") + 8
    hurt = data[:at] + struct.pack(">I", stated) + data[at + 4 :]
    assert LOST.match(refused(tmp_path / "x.mp3", hurt))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 32000, 48000])
@pytest.mark.parametrize("channels", [1, 2])
def test_mp3s_of_every_rate_are_followed_from_frame_to_frame(
    tmp_path: Path, rate: int, channels: int
) -> None:
    out = io.BytesIO()
    soundfile.write(out, sound(rate, channels), rate, format="MP3", subtype="MPEG_LAYER_III")
    file = tmp_path / "x.mp3"
    file.write_bytes(out.getvalue())
    assert read_clip(file).frames == rate
    assert LOST.match(refused(file, out.getvalue()[:-1]))


def test_a_finished_file_is_held_against_itself_whatever_its_length(
    tmp_path: Path, made: dict[str, bytes]
) -> None:
    file = tmp_path / "x.mp3"
    file.write_bytes(made["ffmpeg.mp3"][:-1])
    with pytest.raises(SoundError, match=r"x\.mp3: ends before its time"):
        check_whole(file)
    file.write_bytes(b"no sound file")
    check_whole(file)  # a decoder will say what it is not
