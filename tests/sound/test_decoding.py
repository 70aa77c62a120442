"""A file that is decoded while it is read gives the same frames in any order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.sound import decoding
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.decoding import DecodedSound
from tests.sound.making import RATE, sound

FRAMES = 2 * RATE


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of MP3, whose decoder has a memory."""
    made = tmp_path_factory.mktemp("decoded") / "x.mp3"
    made.write_bytes(mp3.encode_bytes(Clip(sound(FRAMES), RATE), 96))
    return made


def open_file(file: Path) -> DecodedSound:
    return DecodedSound(file, "MP3")


@given(
    st.lists(st.tuples(st.integers(0, FRAMES), st.integers(0, FRAMES)), min_size=1, max_size=8),
    st.sampled_from([0.0, 0.05, 0.5, 30.0]),
)
def test_any_order_of_reading_gives_the_same_frames(
    file: Path, places: list[tuple[int, int]], kept_s: float
) -> None:
    opened = open_file(file)
    whole = opened.read(0, FRAMES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "KEPT_S", kept_s)
        read = open_file(file)
        for one, other in places:
            start, end = sorted((one, other))
            assert np.array_equal(read.read(start, end), whole[start:end])
        read.close()
    opened.close()


def test_a_step_back_within_what_is_kept_decodes_nothing_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_file(file)
    opened.read(0, RATE)
    monkeypatch.setattr(DecodedSound, "_opened", None)
    for end in range(RATE, FRAMES, 4000):
        opened.read(end - 8000, end)
    opened.close()
