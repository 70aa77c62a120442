"""Music, recordings and finished files made to do harm: one line each, soon, in little memory."""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.limits import limited_each
from tests.sound.making import sound
from tests.tone_show import SCRIPT, SHOW, VOICE

pytestmark = pytest.mark.fuzz

HOLE = 1_400_000_000
"""Bytes of a file that has next to none on the disk."""
MOST_MB = 200
PARTS = "is damaged: it has more than 10000 parts"
RNG = np.random.default_rng(7)


def wav(*, rate: int = 44100, channels: int = 1, size: int = 4000, bits: int = 16) -> bytes:
    """The header of a WAV; sound of 32 bits is floating point."""
    frame, kind = channels * bits // 8, 3 if bits == 32 else 1
    fields = (kind, channels, rate, rate * frame, frame, bits)
    head = struct.pack("<4sI8sIHHIIHH", b"RIFF", size + 36, b"WAVEfmt ", 16, *fields)
    return head + struct.pack("<4sI", b"data", size)


def hollow(head: bytes, size: int, tail: bytes = b"") -> Callable[[Path], None]:
    """A file of `size` bytes behind its head, all of it a hole but for the tail."""

    def write(file: Path) -> None:
        file.write_bytes(head)
        os.truncate(file, len(head) + size - len(tail))
        with file.open("ab") as end:
            end.write(tail)

    return write


def holding(value: float) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        samples = np.zeros((90_000, 2), np.float32)
        samples[80_000, 1] = value
        soundfile.write(file, samples, 44100, subtype="FLOAT", format="WAV")

    return write


def saved(kind: str, subtype: str) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        soundfile.write(file, sound(9000, 1), 44100, subtype=subtype, format=kind)

    return write


MINUTES_20 = 20 * 60 * 44100 * 8
ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
HOSTILE: dict[str, tuple[Callable[[Path], None], str]] = {
    **{
        f"{rate} Hz.wav": (hollow(wav(rate=rate), 4000), f"has {rate} samples a second")
        for rate in (1, 8, 100, 3999, 0x7FFFFFF8)
    },
    "six channels.wav": (hollow(wav(channels=6, size=24_000), 24_000), "has 6 channels"),
    "1024 channels.wav": (hollow(wav(channels=1024, size=204_800), 204_800), "has 1024 channels"),
    "not a number.wav": (holding(np.nan), "holds samples that are not numbers"),
    "endless.wav": (holding(np.inf), "holds samples that are not numbers"),
    "too loud.wav": (holding(1e30), "goes 600 dB beyond full scale"),
    "not a number at last.wav": (
        hollow(wav(channels=2, bits=32, size=MINUTES_20), MINUTES_20, b"\0\0\xc0\x7f"),
        "holds samples that are not numbers",
    ),
    "one frame.mp3": (hollow(b"\xff\xfb\x90\0", 413), "can be decoded|ffmpeg can read"),
    "instrument.xi": (saved("XI", "DPCM_16"), "XI .* is not supported|no format has the ending"),
    "pure.raw": (hollow(b"", 90_000), "not a sound file of a kind|no format has the ending"),
    "hole.wav": (hollow(b"RIFF\xff\xff\xff\x7fWAVE", HOLE), PARTS),
    "hole.w64": (hollow(bytes.fromhex("726966662e91cf11a5d6") + bytes(30), HOLE), PARTS),
    "hole.aiff": (hollow(b"FORM\xff\xff\xff\x7fAIFF", HOLE), PARTS),
    "hole.caf": (hollow(b"caff\0\1\0\0", HOLE), PARTS),
    "hole.wma": (hollow(ASF + b"\x1e" + bytes(7), HOLE), PARTS),
    "hole.ac3": (hollow(b"\x0b\x77\0\0\0\x40", HOLE), "is larger than 300 MB"),
    "hole.eac3": (hollow(b"\x0b\x77\0\0\0\x80", HOLE), "is larger than 300 MB"),
    "hole.aac": (hollow(b"\xff\xf1\x50\x80\1\x1f\xfc", HOLE), "is larger than 300 MB"),
    "hole.mp3": (hollow(b"\xff\xfb\x90\0", HOLE), "no frame begins at byte 417"),
    "hole.flac": (hollow(b"fLaC", HOLE), "can read|can be decoded"),
    "hole.opus": (hollow(b"OggS", HOLE), "a page doesn't fit its checksum"),
    "hole.m4a": (hollow(b"\0\0\0\x08ftyp", HOLE), "is not a sound file that ffmpeg can read"),
    "noise.wma": (
        hollow(ASF + b"\x1e" + bytes(7) + RNG.bytes(9000), 0),
        "ends before its time",
    ),
    "playlist.m4a": (
        hollow(b"#EXTM3U\n#EXTINF:1,\nhole.wav\n#EXT-X-ENDLIST\n", 0),
        "not a sound file of a kind|ffmpeg can read",
    ),
}
"""How each is made, and what is said of it as music and by `verify`."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    (made / "voices").mkdir()
    (made / "voices" / "tone.toml").write_text(VOICE)
    for name, (write, _) in HOSTILE.items():
        write(made / name)
        show = made / name.replace(".", " ")
        show.mkdir()
        (show / "show.toml").write_text(f'{SHOW}\n[music]\nintro = "../{name}"\n')
        (show / "x.md").write_text(SCRIPT)
    return made


CONSENT = ("--consent-by", "A", "--consent-date", "2026-03-01", "--consent-for", "this")
COMMANDS: dict[str, Callable[[str], list[str]]] = {
    "check": lambda name: ["check", f"{name.replace('.', ' ')}/x.md"],
    "fit": lambda name: ["voices", "fit", name, "-o", "me.toml", *CONSENT],
    "verify": lambda name: ["verify", name],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_hostile_sound_is_refused_with_one_line(folder: Path, command: str) -> None:
    calls = [COMMANDS[command](name) for name in HOSTILE]
    for name, ended in zip(HOSTILE, limited_each(folder, calls), strict=True):
        said = ended.refusal(MOST_MB)
        expected = "" if command == "fit" and "channels" in name else HOSTILE[name][1]
        assert name in said, (command, name, said)
        assert re.search(expected, said), (command, name, said)
