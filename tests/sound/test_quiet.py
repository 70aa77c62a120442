"""What libraries say of a sound file never reaches standard error: that is for our lines."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.limits import limited_each
from tests.sound.making import sound
from tests.tone_show import SCRIPT, SHOW, VOICE

pytestmark = pytest.mark.fuzz

RNG = np.random.default_rng(1)


def mp3() -> bytes:
    out = io.BytesIO()
    soundfile.write(out, sound(channels=1), 44100, format="MP3", subtype="MPEG_LAYER_III")
    return out.getvalue()


def id3(flags: bytes, body: bytes) -> bytes:
    return b"ID3\x03\0" + flags + bytes([0, 0, 0, len(body)]) + body


NOISY = {
    "an extended header that is too long": id3(b"\x40", b"\xff" * 4 + bytes(96)) + mp3(),
    "a frame larger than its tag": id3(b"\0", b"TIT2\x7f\xff\xff\xff\0\0" + bytes(90)) + mp3(),
    "a tag of four bytes": id3(b"\0", bytes(4)) + mp3(),
    "junk in the middle": mp3()[:4000] + b"junk" * 100 + mp3()[4400:],
    "layer I": b"\xff\xff\x14\0" * 3000,
    "a frame, then noise": b"\xff\xfb\x90\0" + RNG.bytes(40_000),
}


@pytest.mark.parametrize("name", NOISY)
def test_libmpg123_says_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "voices").mkdir()
    (tmp_path / "x.mp3").write_bytes(NOISY[name])
    (tmp_path / "voices" / "tone.toml").write_text(VOICE)
    (tmp_path / "scripts" / "x.md").write_text(SCRIPT)
    show = SHOW + '\n[music]\nintro = "../x.mp3"\n'
    (tmp_path / "scripts" / "show.toml").write_text(show)
    for ended in limited_each(tmp_path, [["verify", "x.mp3"], ["check", "scripts/x.md"]]):
        lines = ended.err.splitlines()
        assert ended.code in {0, 1}
        places = ("PROBLEM", "x.mp3: ", "scripts/", f"{tmp_path}/scripts/../x.mp3: ")
        assert all(line.startswith(places) for line in lines), lines
