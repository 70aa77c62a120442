"""Sound encoded in parts: one stream, as good at the joins as anywhere else."""

from __future__ import annotations

import json
import subprocess
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from paperledge_audio.deliver.encode import mp3, mp3frames, mp3join
from paperledge_audio.deliver.encode.mp3lame import PARTS, Parts
from paperledge_audio.sound.clip import BLOCK, Clip, silence
from tests.deliver.making import speechlike

FRAME = mp3frames.SAMPLES
SMALL = Parts(length=98, overlap=49, settled=20)
WHOLE = Parts(length=10**6)
"""More than any sound here: no joins."""


def noise(frames: int, channels: int = 2) -> Clip:
    rng = np.random.default_rng(3)
    return Clip(rng.uniform(-0.5, 0.5, (frames, channels)).astype(np.float32), mp3.RATE)


def hits(frames: int, channels: int = 2) -> Clip:
    """A faint hiss with a loud click at each frame from which a part begins to be encoded, at
    each from which it may be joined, and two frames after each."""
    samples = noise(frames, channels).samples * np.float32(0.002)
    for start in range(SMALL.length, frames // FRAME, SMALL.length):
        for frame in (start, start + 2, start + SMALL.settled, start + SMALL.settled + 2):
            samples[frame * FRAME : frame * FRAME + 40] = 0.8
    return Clip(samples, mp3.RATE)


SOUNDS: dict[str, Callable[[int, int], Clip]] = {
    "speech": speechlike,
    "silence": lambda frames, channels: silence(frames, mp3.RATE, channels),
    "noise": noise,
    "hits": hits,
}
THREE_PARTS = 3 * SMALL.length * FRAME + 777


def music(data: bytes) -> mp3frames.Stream:
    """Without the header frame."""
    return mp3frames.parse(data[mp3frames.frame_bytes(data[:4]) :])


def bits(data: bytes, start: int, count: int) -> int:
    return int.from_bytes(data, "big") >> (len(data) * 8 - start - count) & ((1 << count) - 1)


def main_data_bits(stream: mp3frames.Stream, frame: int, channels: int) -> int:
    """The sum of part2_3_length, the first 12 of each 59 bits of side info for a channel."""
    first = 9 + (5 if channels == 1 else 3) + 4 * channels
    at = stream.starts[frame] + 4
    side = stream.data[at : at + (17 if channels == 1 else 32)]
    return sum(bits(side, first + 59 * n, 12) for n in range(2 * channels))


@pytest.mark.parametrize("name", SOUNDS)
@pytest.mark.parametrize(("channels", "kbps"), [(2, 64), (2, 128), (2, 192), (1, 320)])
def test_every_frame_finds_its_main_data_and_none_overlap(
    name: str, channels: int, kbps: int
) -> None:
    clip = SOUNDS[name](THREE_PARTS, channels)
    data = mp3.encode(clip, kbps, parts=SMALL)
    assert mp3.decode(data).frames == clip.frames
    stream = music(data)
    assert {stream.data[start + 2] >> 4 for start in stream.starts[:-1]} == {data[2] >> 4}
    slots = ended = 0  # bytes of main data that lie before the frame, and up to where they're used
    for frame in range(stream.frames):
        begins = slots - stream.reservoir(frame)
        assert begins >= ended, frame
        slots += len(stream.slot(frame))
        ended = begins + -(-main_data_bits(stream, frame, channels) // 8)
        assert ended <= slots, frame


@pytest.mark.parametrize("kbps", mp3.ATTENUATION_DB)
@pytest.mark.parametrize("channels", mp3.CHANNELS)
def test_the_average_is_the_bitrate(kbps: int, channels: int) -> None:
    stream = music(mp3.encode(speechlike(THREE_PARTS, channels), kbps, parts=SMALL))
    exact = stream.frames * 144_000 * kbps / mp3.RATE
    # Above 128 kb/s in stereo no frame is padded, which costs less than a byte each.
    lost = stream.frames if channels == 2 and kbps > 128 else 1
    assert exact - lost <= len(stream.data) <= exact + 1


def joins_of(clip: Clip, kbps: int, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, list[int]]:
    """The clip in small parts, and the frames of the file from which each new part goes on."""
    found: list[mp3join.Join | None] = []
    find = mp3join.find

    def noted(*arguments: object) -> mp3join.Join | None:
        found.append(find(*arguments))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(mp3join, "find", noted)
    data = mp3.encode(clip, kbps, parts=SMALL)
    places = [n * SMALL.length + join.after for n, join in enumerate(found, start=1) if join]
    assert len(places) == len(found)  # every part was joined
    return data, places


def errors(clip: Clip, data: bytes) -> NDArray[np.float64]:
    """The largest difference to the clip in each frame of the file, in order."""
    wrong = np.abs(mp3.decode(data).samples.astype(np.float64) - clip.samples).max(axis=1)
    # A decoder drops 576 + 529 samples at the start, so frame n begins at 1152 n - 1105.
    wrong = np.pad(wrong, (1105, -(len(wrong) + 1105) % FRAME))
    largest: NDArray[np.float64] = wrong.reshape(-1, FRAME).max(axis=1)
    return largest


@pytest.mark.parametrize("name", ["speech", "noise", "hits"])
@pytest.mark.parametrize(("channels", "kbps"), [(2, 64), (2, 128), (2, 192)])
def test_a_join_is_no_worse_than_any_other_place(
    name: str, channels: int, kbps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = SOUNDS[name](THREE_PARTS, channels)
    whole = errors(clip, mp3.encode(clip, kbps, parts=WHOLE))
    data, places = joins_of(clip, kbps, monkeypatch)
    parts = errors(clip, data)
    assert len(places) == 2
    for place in places:
        near = slice(place - 2, place + 4)
        # Two encodings of one noise differ by chance; a step or uncancelled aliasing would be
        # as large as the sound, ten times the error that a frame is allowed.
        assert parts[near].max() <= 1.5 * max(whole[near].max(), np.median(whole))
    # Before the first join nothing differs at all.
    assert (parts[: places[0] - 1] == whole[: places[0] - 1]).all()


def test_where_no_join_is_found_one_encoder_goes_on() -> None:
    clip = speechlike(THREE_PARTS)
    never = Parts(SMALL.length, SMALL.overlap, settled=SMALL.overlap)
    assert mp3.encode(clip, 128, parts=never) == mp3.encode(clip, 128, parts=WHOLE)


def test_after_a_part_that_could_not_be_joined_the_next_one_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clip, find = speechlike(THREE_PARTS), mp3join.find
    calls: list[mp3join.Join | None] = []

    def not_the_first(*arguments: object) -> mp3join.Join | None:
        calls.append(find(*arguments))  # type: ignore[arg-type]
        return calls[-1] if len(calls) > 1 else None

    monkeypatch.setattr(mp3join, "find", not_the_first)
    heard = mp3.decode(mp3.encode(clip, 128, parts=SMALL))
    assert len(calls) == 2
    assert all(calls[1:])
    assert heard.frames == clip.frames
    whole = mp3.decode(mp3.encode(clip, 128, parts=WHOLE))
    noise_of = [float(np.std(one.samples - clip.samples)) for one in (heard, whole)]
    assert noise_of[0] == pytest.approx(noise_of[1], rel=0.02)


@pytest.mark.parametrize(("channels", "kbps"), [(1, 64), (2, 128)])
def test_the_bytes_do_not_depend_on_the_number_of_threads(channels: int, kbps: int) -> None:
    clip = speechlike(THREE_PARTS, channels)
    one, four = (mp3.encode(clip, kbps, workers=n, parts=SMALL) for n in (1, 4))
    assert one == four


EDGES = [
    part * SMALL.length * FRAME + overlap * FRAME + beside
    for part in (1, 2)
    for overlap in (0, SMALL.overlap)
    for beside in (-1, 0, 1)
]


@pytest.mark.parametrize("frames", EDGES)
def test_lengths_around_the_ends_of_parts_are_exact(frames: int) -> None:
    assert mp3.decode(mp3.encode(noise(frames, 1), 96, parts=SMALL)).frames == frames


@given(st.integers(1, 3 * SMALL.length * FRAME), st.sampled_from([64, 128, 192]))
@settings(max_examples=12, deadline=None)
def test_every_length_is_exact(frames: int, kbps: int) -> None:
    data = mp3.encode(speechlike(frames), kbps, parts=SMALL)
    assert mp3.Decoded(data).frames == mp3.decode(data).frames == frames


@dataclass(frozen=True, slots=True)
class Hum:
    """A sound of any length that takes no memory, and notes what is read of it."""

    frames: int
    reads: list[tuple[int, int]]
    rate: int = mp3.RATE
    channels: int = 1

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        self.reads.append((start, end))
        hum: NDArray[np.float64] = 0.3 * np.sin(0.01 * np.arange(start, end))
        return hum.astype(np.float32)[:, np.newaxis]


def test_a_sound_is_read_once_in_order_a_block_at_a_time() -> None:
    sound = Hum(THREE_PARTS, [])
    mp3.encode(sound, 64, parts=SMALL)
    starts, ends = zip(*sound.reads, strict=True)
    assert starts == (0, *ends[:-1])
    assert ends[-1] == sound.frames
    assert max(end - start for start, end in sound.reads) <= BLOCK


def test_working_memory_is_that_of_a_few_parts_however_long_the_sound() -> None:
    sound = Hum(24 * SMALL.length * FRAME, [])
    tracemalloc.start()
    data = mp3.encode(sound, 64, workers=1, parts=SMALL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    part = (SMALL.length + SMALL.overlap) * FRAME * 2  # bytes: 16 bits, mono
    # The part at work, those that wait, the one being cut, and the copies made for the encoder.
    assert peak - 2 * len(data) <= 8 * part < 2 * sound.frames


def test_the_parts_that_are_used_repeat_the_padding_and_leave_many_frames_to_join() -> None:
    assert PARTS.length % 49 == 0
    assert PARTS.overlap - PARTS.settled > 20


def test_other_programs_find_one_constant_stream(
    program: Callable[[str], str], tmp_path: Path
) -> None:
    for channels, kbps in ((1, 64), (2, 128), (2, 192)):
        clip = speechlike(THREE_PARTS, channels)
        file = tmp_path / f"{kbps}.mp3"
        file.write_bytes(mp3.encode(clip, kbps, parts=SMALL))
        said = subprocess.run(
            [program("mp3val"), file], capture_output=True, text=True, check=True
        ).stdout
        assert [
            line for line in said.splitlines() if "WARNING" in line and "tags" not in line
        ] == []
        assert "CBR" in said
        probe = [program("ffprobe"), "-v", "error", "-of", "json", "-show_packets", "-show_streams"]
        shown = json.loads(subprocess.run([*probe, file], capture_output=True, check=True).stdout)
        assert shown["streams"][0]["bit_rate"] == str(kbps * 1000)
        sizes = {int(packet["size"]) for packet in shown["packets"]}
        assert max(sizes) - min(sizes) <= 1
        raw = subprocess.run(
            [program("ffmpeg"), "-v", "error", "-i", file, "-f", "s16le", "-"],
            capture_output=True,
            check=True,
        )
        assert raw.stderr == b""
        assert len(raw.stdout) == clip.frames * channels * 2
