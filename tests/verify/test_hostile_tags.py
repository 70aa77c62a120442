"""A tag made to do harm is a finding of one line, soon and in little memory."""

from __future__ import annotations

import re
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from mutagen import MutagenError
from mutagen.ogg import OggPage

from paperledge_audio.deliver import FORMATS
from paperledge_audio.deliver.encode import mp3
from paperledge_audio.deliver.tags import id3, vorbis
from paperledge_audio.errors import SoundError
from tests.deliver.formats.forms import encoded, usable
from tests.deliver.making import RATE, speechlike
from tests.limits import Ended, limited_each
from tests.sound.making import Program

pytestmark = pytest.mark.fuzz

GIGABYTE = 1 << 30
PAGE: Any = OggPage
UNREAD = r"the tag has \d+ bytes, more than \d+, and is not read"


def synchsafe(size: int) -> bytes:
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def tag(frames: bytes, *, version: int = 3, flags: int = 0, size: int | None = None) -> bytes:
    stated = synchsafe(len(frames) if size is None else size)
    return b"ID3" + bytes([version, 0, flags]) + stated + frames


def frame(name: bytes, data: bytes, flags: int = 0, *, version: int = 3) -> bytes:
    size = synchsafe(len(data)) if version == 4 else struct.pack(">I", len(data))
    return name + size + struct.pack(">H", flags) + data


def bomb() -> bytes:
    """A quarter of a megabyte that unfolds to 256 MB of text."""
    return zlib.compress(b"\0" + b"a" * (GIGABYTE >> 2))


def chapters(depth: int, name: bytes = b"CHAP") -> bytes:
    inner = b""
    for _ in range(depth):
        times = bytes(16) if name == b"CHAP" else b"\0\0"
        inner = frame(name, b"x\0" + times + inner)
    return inner


HOSTILE_ID3: dict[str, tuple[Callable[[], bytes], str]] = {
    "compressed text": (
        lambda: tag(frame(b"TIT2", struct.pack(">I", GIGABYTE) + bomb(), 0x80)),
        "the tag's TIT2 frame is compressed or encrypted",
    ),
    "compressed text of version 2.4": (
        lambda: tag(frame(b"USLT", bytes(4) + bomb(), 0x09, version=4), version=4),
        "the tag's USLT frame is compressed or encrypted",
    ),
    "a compressed picture": (
        lambda: tag(frame(b"APIC", bytes(4) + bomb(), 0x80)),
        "the tag's APIC frame is compressed or encrypted",
    ),
    "an encrypted title": (
        lambda: tag(frame(b"TIT2", b"\0" + bytes(9), 0x40)),
        "the tag's TIT2 frame is compressed or encrypted",
    ),
    "a compressed title in a chapter": (
        lambda: tag(frame(b"CHAP", b"x\0" + bytes(16) + frame(b"TIT2", bytes(4) + bomb(), 0x80))),
        "the tag's TIT2 frame is compressed or encrypted",
    ),
    "chapters in chapters": (lambda: tag(chapters(2000)), "has a CHAP frame inside a CHAP frame"),
    "tables in tables": (lambda: tag(chapters(2000, b"CTOC")), "has a CTOC frame inside a CTOC"),
    "pictures with one name": (
        lambda: tag(frame(b"APIC", b"\0a\0\3\0a") * 15_000),
        "the tag has more than 2000 frames",
    ),
    "empty frames": (lambda: tag(frame(b"XXXX", b"") * 29_000), "missing: title"),
    "more than is read": (lambda: tag(bytes(id3.LARGEST_BYTES)), UNREAD),
    "an extended header of gigabytes": (
        lambda: tag(b"\x7f\xff\xff\xff" + bytes(96), flags=0x40),
        "none that can be read",
    ),
    "a frame of gigabytes": (
        lambda: tag(b"TIT2\x7f\xff\xff\xff\0\0" + bytes(90)),
        "missing: ",
    ),
    "a text of unsynchronised bytes": (
        lambda: tag(frame(b"TIT2", b"\0" + b"\xff\0" * 140_000), flags=0x80),
        "missing: host",
    ),
    "a text of line ends": (
        lambda: tag(frame(b"TIT2", b"\0" + b"\0" * 290_000)),
        "missing: host",
    ),
}


def told(*files: Path) -> list[str]:
    """What `verify` says of the tag of each file of a folder, or of the file."""
    calls = [["verify", file.name] for file in files]
    return [_told(ended) for ended in limited_each(files[0].parent, calls)]


def _told(ended: Ended) -> str:
    assert ended.code == 1, ended
    assert ended.peak_mb < 300
    if ended.err:
        return ended.refusal()
    return "\n".join(line for line in ended.out.splitlines() if " tag" in line)


@pytest.fixture(scope="module")
def told_of_id3(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder, bare = tmp_path_factory.mktemp("id3"), mp3.encode_bytes(speechlike(RATE), 128)
    files = [folder / f"{number}.mp3" for number in range(len(HOSTILE_ID3))]
    for file, (make, _) in zip(files, HOSTILE_ID3.values(), strict=True):
        file.write_bytes(make() + bare)
    return dict(zip(HOSTILE_ID3, told(*files), strict=True))


@pytest.mark.parametrize("name", HOSTILE_ID3)
def test_a_hostile_id3_tag_is_a_finding(told_of_id3: dict[str, str], name: str) -> None:
    assert re.search(HOSTILE_ID3[name][1], told_of_id3[name])


def comments(count: int, each: bytes, total: int | None = None) -> bytes:
    """A Vorbis comment block."""
    listed = (struct.pack("<I", len(each)) + each) * count
    return struct.pack("<I", 0) + struct.pack("<I", count if total is None else total) + listed


def with_flac_block(data: bytes, kind: int, block: bytes) -> bytes:
    """The file with a block behind its STREAMINFO, the only one it has kept."""
    stream, rest = data[4:42], data[4:]
    while not rest[0] & 0x80:
        rest = rest[4 + int.from_bytes(rest[1:4], "big") :]
    rest = rest[4 + int.from_bytes(rest[1:4], "big") :]
    head = bytes([0x80 | kind]) + len(block).to_bytes(3, "big")
    return data[:4] + b"\0" + stream[1:] + head + block + rest


HOSTILE_FLAC: dict[str, tuple[int, Callable[[], bytes], str]] = {
    "comments of sixteen megabytes": (4, lambda: bytes((1 << 24) - 1), UNREAD),
    "a quarter of a million comments": (4, lambda: comments(240_000, b""), ""),
    "a comment of gigabytes": (4, lambda: comments(0, b"", 1) + b"\xff" * 4, ""),
    "billions of comments": (4, lambda: comments(1, b"A=b", 0xFFFFFFFF), "not a valid Vorbis"),
    "chapters": (4, lambda: comments(15_000, "CHAPTER٣٣٣=٠٠:٠٠:٠٠.٠٠٠".encode()), ""),
    "no comments": (1, lambda: bytes((1 << 24) - 1), "not a valid Vorbis"),
}


@pytest.mark.parametrize("name", HOSTILE_FLAC)
def test_a_hostile_flac_tag_is_read_or_refused_in_little_memory(tmp_path: Path, name: str) -> None:
    kind, make, message = HOSTILE_FLAC[name]
    file = tmp_path / "x.flac"
    encoded(FORMATS["flac"], speechlike(RATE), file)
    file.write_bytes(with_flac_block(file.read_bytes(), kind, make()))
    tracemalloc.start()
    try:
        said = str(len(vorbis.read(file).facts))
    except (SoundError, MutagenError) as error:
        said = str(error)
    assert tracemalloc.get_traced_memory()[1] < 150e6
    tracemalloc.stop()
    assert re.search(message or "^0$", said)


def test_a_hostile_tag_of_a_wav_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "x.wav"
    encoded(FORMATS["wav"], speechlike(RATE), file)
    plain = file.read_bytes()
    hostile = (
        (None, tag(chapters(2000)), "has a CHAP frame inside a CHAP"),
        (None, tag(b"", size=(1 << 28) - 1), UNREAD),
        (0xFFFFFFF0, tag(chapters(2)), "has a CHAP frame inside a CHAP"),
    )
    files = [tmp_path / f"{number}.wav" for number in range(len(hostile))]
    for one, (size, inner, _) in zip(files, hostile, strict=True):
        stated = struct.pack("<I", len(inner) if size is None else size)
        one.write_bytes(plain + b"id3 " + stated + inner)
    for said, (_, _, message) in zip(told(*files), hostile, strict=True):
        assert re.search(message, said)


def test_a_hostile_tag_of_an_opus_file_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "x.opus"
    encoded(usable(FORMATS["opus"]), speechlike(RATE), file)
    packet = b"OpusTags" + comments(1, b"TITLE=" + b"a" * (2 << 20))
    with file.open("rb") as source:
        head, _tag, *sound = read_pages(source)
    pages = [head, *PAGE.from_packets([packet]), *sound]
    for sequence, page in enumerate(pages):
        page.sequence, page.serial = sequence, head.serial
    file.write_bytes(b"".join(page.write() for page in pages))
    assert re.search(UNREAD, told(file)[0])


def read_pages(file: BinaryIO) -> list[Any]:
    pages: list[Any] = []
    with suppress(EOFError):
        while True:
            pages.append(PAGE(file))
    return pages


def box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(data), name) + data


def nested(depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        inner = box(b"trak", inner)
    return inner


HOSTILE_MP4: dict[str, tuple[Callable[[], bytes], str]] = {
    "boxes in boxes": (lambda: nested(5000), "ffmpeg can't decode all of it"),
    "a million boxes": (
        lambda: box(b"udta", box(b"free", b"") * 900_000),
        "the tag has more than 10000 boxes side by side",
    ),
    "a picture of many megabytes": (lambda: box(b"udta", bytes(9_000_000)), UNREAD),
    "a list of gigabytes": (
        lambda: box(b"udta", struct.pack(">I4s", 0x7FFFFFFF, b"meta")),
        "none that can be read",
    ),
}


@pytest.mark.parametrize("name", HOSTILE_MP4)
def test_a_hostile_tag_of_an_m4a_is_a_finding(tmp_path: Path, name: str, program: Program) -> None:
    program("ffmpeg")
    make, message = HOSTILE_MP4[name]
    file = tmp_path / "x.m4a"
    encoded(usable(FORMATS["m4a"]), speechlike(RATE), file)
    data = file.read_bytes()
    at = data.index(b"moov") - 4
    size = struct.unpack(">I", data[at : at + 4])[0]
    moov, rest = data[at + 8 : at + size], data[at + size :]
    hole = box(b"free", bytes(size - 8))  # so that the sound stays where it is
    file.write_bytes(data[:at] + hole + rest + box(b"moov", moov + make()))
    assert re.search(message, told(file)[0])
