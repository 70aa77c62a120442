"""What the bits of a frame say, and which frames can follow one another."""

from __future__ import annotations

import numpy as np
import pytest

from paperledge_audio.deliver.encode import mp3, mp3frames, mp3join
from paperledge_audio.deliver.encode.mp3lame import Parts
from paperledge_audio.errors import SoundError
from paperledge_audio.sound.clip import Clip

CLICK = 30
"""The frame in whose first granule a click comes."""


def stream(*, clicks: bool) -> mp3frames.Stream:
    """A faint hiss, always the same, with a click or without."""
    samples = np.random.default_rng(5).uniform(-1e-3, 1e-3, (60 * mp3frames.SAMPLES, 2))
    if clicks:
        samples[CLICK * mp3frames.SAMPLES] = 0.9
    data = mp3.encode(Clip(samples.astype(np.float32), mp3.RATE), 128, parts=Parts(length=100))
    return mp3frames.parse(data[mp3frames.frame_bytes(data[:4]) :])


def test_a_click_has_short_windows_and_what_is_around_it_has_long_ones() -> None:
    quiet, loud = stream(clicks=False), stream(clicks=True)
    within = range(5, 55)  # the hiss that starts and stops is an attack too
    short = [n for n in within if any(loud.window_after(n) + loud.window_before(n))]
    assert short
    assert min(short) >= CLICK - 1
    assert max(short) <= CLICK + 2
    assert not any(any(quiet.window_after(n)) for n in within)
    # Within one stream the windows of neighbours always have the same shape where they overlap.
    for n in range(1, loud.frames):
        assert loud.window_after(n - 1) == loud.window_before(n)


def test_streams_join_only_where_their_windows_fit() -> None:
    quiet, loud = stream(clicks=False), stream(clicks=True)
    refused = 0
    for before, after in ((quiet, loud), (loud, quiet)):
        for frame in range(CLICK - 4, CLICK + 6):
            fits = before.window_after(frame - 1) == after.window_before(frame)
            enough = before.reservoir(frame) >= after.reservoir(frame)
            refused += enough and not fits
            found = mp3join.find(before, after, 0, settled=frame)
            assert (found == mp3join.Join(frame, frame)) is (fits and enough)
    assert refused  # there were frames that only their windows kept apart


def test_a_part_of_a_frame_is_left_out() -> None:
    whole = stream(clicks=False)
    cut = mp3frames.parse(whole.data[:-1])
    assert cut.starts == whole.starts[:-1]
    assert cut.data == whole.data[: cut.starts[-1]]
    assert mp3frames.parse(b"").frames == 0


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("00000000", id="no sync"),
        pytest.param("fff39064", id="MPEG-2"),
        pytest.param("fffd9064", id="Layer II"),
        pytest.param("fffb9464", id="48 kHz"),
        pytest.param("fffb0064", id="free bitrate"),
        pytest.param("fffbf064", id="no bitrate"),
    ],
)
def test_what_is_no_frame_is_refused(header: str) -> None:
    with pytest.raises(SoundError, match=f"holds {header} where a frame"):
        mp3frames.parse(bytes.fromhex(header) + bytes(2000))
