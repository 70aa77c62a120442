"""Real voices say the line, as a recogniser hears and as ffmpeg measures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.verify.recogniser import read_back
from paperledge_audio.verify.wording import count_word_errors
from tests.audition.test_recording import loudness_lufs

LINE = "Researchers trained a network on 21 datasets, and it beat the old one by 18.5%."
VOICES = ("ernis", "am_adam", "bf_alice")
"""The host, and both accents and genders. All 31 were read back like this when they were
added: of 651 words none was heard wrong."""


@pytest.mark.model
def test_every_voice_says_the_line_equally_loud(
    show_folder: Path, paperledge: Callable[..., Any], program: Callable[[str], str]
) -> None:
    ran = paperledge("voices", "audition", *VOICES, "--line", LINE)
    assert ran.code == 0, ran.err
    wrong = words = 0
    for name in VOICES:
        file = Path(f"audition/{name}.mp3")
        lufs, peak_dbtp = loudness_lufs(program, file)
        assert lufs == pytest.approx(-23.0, abs=0.1), name
        assert peak_dbtp <= -1.0, name
        errors, count = count_word_errors(LINE, read_back(mp3.decode(file.read_bytes())))
        wrong, words = wrong + errors, words + count
    assert words == len(VOICES) * 16  # 21 and 18.5 are a word each, percent is one more
    assert wrong <= 0.03 * words
