"""A sound kept on disk is the same sound."""

from __future__ import annotations

import errno
from concurrent.futures import ThreadPoolExecutor
from typing import Self

import numpy as np
import pytest

from paperledge_audio.errors import DeliveryError
from paperledge_audio.sound.clip import Clip, load
from paperledge_audio.sound.scratch import Spool, open_scratch_file, spool

NOISE = np.random.default_rng(0).normal(0.0, 0.5, (150_000, 2)).astype(np.float32)


def test_every_sample_comes_back_from_any_place() -> None:
    with spool(Clip(NOISE, 44100), 2) as kept:
        assert (kept.rate, kept.channels, kept.frames) == (44100, 2, 150_000)
        assert np.array_equal(load(kept).samples, NOISE)
        assert np.array_equal(kept.read(140_001, 140_005), NOISE[140_001:140_005])
        assert kept.read(5, 5).shape == (0, 2)


def test_stereo_becomes_mono_by_its_mean_and_mono_stereo_by_itself() -> None:
    with spool(Clip(NOISE, 44100), 1) as mono:
        assert np.array_equal(load(mono).samples[:, 0], NOISE.mean(axis=1, dtype=np.float32))
    with spool(Clip(NOISE[:, 0], 44100), 2) as stereo:
        assert np.array_equal(load(stereo).samples, NOISE[:, [0, 0]])


def test_what_threads_set_aside_at_once_comes_back_to_each() -> None:
    clips = [Clip(NOISE[n * 1000 : (n + 1) * 1000 + n], 24000) for n in range(100)]
    with open_scratch_file() as scratch, ThreadPoolExecutor(4) as pool:

        def there_and_back(clip: Clip) -> tuple[Spool, Clip]:
            spool = scratch.put(clip)
            return spool, load(spool)  # while others write into the same file

        for clip, (spool, at_once) in zip(clips, pool.map(there_and_back, clips), strict=True):
            assert np.array_equal(at_once.samples, clip.samples)
            assert (spool.rate, spool.channels, spool.frames) == (24000, 2, clip.frames)
            assert np.array_equal(load(spool).samples, clip.samples)
            assert np.array_equal(spool.read(3, 9), clip.read(3, 9))


def test_a_scratch_file_that_is_gone_gives_nothing() -> None:
    with open_scratch_file() as scratch:
        spool = scratch.put(Clip(NOISE, 44100))
    with pytest.raises(ValueError, match="closed"):
        spool.read(0, 1)


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None: ...

        def flush(self) -> None: ...

        def seek(self, place: int) -> int:
            return place

        def write(self, _: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", Full)
    with (
        pytest.raises(DeliveryError, match=r"can't be written: No space left.*TMPDIR"),
        spool(Clip(NOISE, 44100), 2),
    ):
        pass
    with (
        open_scratch_file() as scratch,
        pytest.raises(DeliveryError, match=r"can't be written: No space.*TMPDIR"),
    ):
        scratch.put(Clip(NOISE, 44100))
