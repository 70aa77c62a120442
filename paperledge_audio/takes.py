"""The content-addressed store of takes: what was spoken once is not spoken again.

    <cache>/takes/ab/abcdef….flac    24-bit mono, the engine's own rate
    <cache>/takes/ab/abcdef….json    the marks and what the take is; last, a sha256 over all of it

The name is a hash of everything that changes the sound and of nothing else. The sha256 is over the
name, all of the JSON before it and the FLAC file, and nothing is believed before it agrees.
Files appear by rename, the JSON last. So writers may race or be killed at any instant, and disks
may change any bit; the worst that is left is a take that will be made again. Finding a take
renews the time of its JSON; when the store grows over its limit, the takes that were not wanted
for longest go. What is found is a promise: its samples are read from the file when they are
wanted, so that an hour of takes needs no more memory than a minute.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from paperledge_audio.engines.g2p import marked
from paperledge_audio.engines.words import timed_take
from paperledge_audio.errors import TakeError, brief, mapped
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.reading import list_folder, read_bytes
from paperledge_audio.files.writing import NO_ROOM, write_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from paperledge_audio.engines.model import Engine, Marks, Take
    from paperledge_audio.sound.clip import Clip
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice

log = logging.getLogger(__name__)

FORMAT = 3
"""Of an entry; part of every name, so that entries of another shape are not found."""
FULL_SCALE = 1 << 23
"""Of 24-bit samples."""
ABANDONED_S = 3600
"""No write takes an hour; a part as old as that belongs to nobody."""
SEAL = b',"sha256":'
"""What stands in an entry's JSON between all that it says and the hash of that."""
LARGEST_FACTS, LARGEST_SOUND = 1_000_000, 100_000_000
"""Bytes of an entry's files: of a sentence that takes twenty minutes."""
LARGEST_SCALE = 1 << 20
"""120 dB over full scale."""
_ENTRY = re.compile(r"[0-9a-f]{64}\.(flac|json)")
_PART = re.compile(rf"\.{_ENTRY.pattern}\.[0-9a-f]{{8}}\.part")
"""What `files.write_whole` writes a take's files into."""
LIMIT_BYTES = 4_000_000_000
"""Of a store by default: about a hundred hours of takes."""


@dataclass(frozen=True, slots=True)
class Stock:
    """How much a store holds."""

    takes: int
    bytes: int


@dataclass(frozen=True, slots=True)
class KeptSound:
    """The sound of a kept take, read from its file."""

    path: Path
    rate: int
    frames: int
    scale: int
    """What the file's samples, within ±1, are to be multiplied by."""
    channels: int = 1

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`; raises TakeError where the file is gone or cut."""
        try:
            with soundfile.SoundFile(self.path) as file:
                file.seek(start)
                whole = file.read(end - start, dtype="int32", always_2d=True)
            if len(whole) != end - start:
                raise EOFError
        except (OSError, EOFError, soundfile.SoundFileError) as error:
            with suppress(OSError):
                self.path.with_suffix(".json").unlink()  # so that it is spoken again
            raise TakeError(
                "a take vanished from the store while it was needed",
                "render again",
                path=self.path,
            ) from error
        samples: NDArray[np.float32] = (whole >> 8).astype(np.float32)
        return samples * np.float32(self.scale / FULL_SCALE)


class TakeStore:
    """Takes below a folder. Safe with many threads and processes at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "takes"
        self.damaged: set[str] = set()
        """Names of the takes that were found damaged, and so are made again."""

    def find(self, name: str, segment: Segment, engine: str) -> Take | None:
        """The kept take called `name` (see `take_id`), or None where there is none that is whole.

        `segment` is what it says, `engine` the fingerprint of what would speak it.
        """
        facts_file, flac = self._file(name, ".json"), self._file(name, ".flac")
        if not os.path.lexists(facts_file):
            return None
        try:
            text = read_bytes(facts_file, LARGEST_FACTS, "a take", error=TakeError)
            body, _, seal = text.rpartition(SEAL)
            data = read_bytes(flac, LARGEST_SOUND, "a take", error=TakeError)
            if seal != _seal(name, body, data):
                raise ValueError("the take is not what was kept")
            sound, marks = _facts(text, flac)
        except (TakeError, ValueError, soundfile.LibsndfileError):
            self.damaged.add(name)
            log.info("the take %s is damaged and will be made again", facts_file)
            return None
        with suppress(OSError):
            os.utime(facts_file)  # it was wanted: prune others first
        return timed_take(segment, sound, marks, engine, name)

    def keep(self, name: str, take: Take) -> Take:
        """Keep `take` as `name`; returns it as it will be found: old and new ones sound the same.

        Raises TakeError where it can't be written.
        """
        clip, flac = take.clip, self._file(name, ".flac")
        data, scale = _encoded(clip)
        facts = {
            "rate": clip.rate,
            "frames": clip.frames,
            "scale": scale,
            "marks": take.marks,
            "said": take.segment.spoken,
            "voice": take.segment.voice,
            "engine": take.engine,
        }
        text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        body = text.removesuffix("}").encode()
        try:
            flac.parent.mkdir(parents=True, exist_ok=True)
            write_over(flac, data)
            write_over(self._file(name, ".json"), body + SEAL + _seal(name, body, data))
        except OSError as error:
            remedy = (
                "free some space there" if error.errno in NO_ROOM else "make it a writable folder"
            )
            raise TakeError(
                f"a take can't be kept: {error.strerror}",
                f"{remedy}, or point PAPERLEDGE_CACHE to another folder",
                path=flac.parent,
            ) from error
        sound = KeptSound(flac, clip.rate, clip.frames, scale)
        return timed_take(take.segment, sound, take.marks, take.engine, name)

    def stock(self) -> Stock:
        """How many takes there are, and how much room they take."""
        sizes = [size for *_, size in self._entries()]
        return Stock(len(sizes), sum(sizes))

    def prune(self, limit_bytes: int = LIMIT_BYTES) -> Stock:
        """Remove the takes that were not wanted for longest until the rest fits the limit.

        Returns what was removed. What killed writers left behind for more than an hour goes too.
        The folder may be somebody's: what a store would not have called so stays.
        """
        for part in self._files():
            with suppress(OSError):
                if _PART.fullmatch(part.name) and part.stat().st_mtime < time.time() - ABANDONED_S:
                    part.unlink()
        entries = sorted(self._entries())
        excess = sum(size for *_, size in entries) - limit_bytes
        removed = freed = 0
        for _, entry, size in entries:
            if freed >= excess and limit_bytes > 0:  # with a limit of 0 empty files go as well
                break
            _remove(entry.with_suffix(".json"))  # first: without it nothing counts
            _remove(entry.with_suffix(".flac"))
            removed, freed = removed + 1, freed + size
        return Stock(removed, freed)

    def _entries(self) -> Iterator[tuple[float, Path, int]]:
        """When each take was last wanted, its files' path without suffix, and their bytes.

        Whatever has such a name counts, be it half a take or a folder.
        """
        wanted: dict[Path, float] = {}
        sizes: dict[Path, int] = {}
        for file in self._files():  # a take's .flac before its .json, whose time counts
            if not (_ENTRY.fullmatch(file.name) and file.stem.startswith(file.parent.name)):
                continue
            with (
                mapped(TakeError, "can't be read", "make it readable", path=file),
                suppress(FileNotFoundError),  # somebody else pruned it just now
            ):
                facts, entry = file.lstat(), file.with_suffix("")
                wanted[entry] = facts.st_mtime
                sizes[entry] = sizes.get(entry, 0) + facts.st_size
        return ((wanted[entry], entry, size) for entry, size in sizes.items())

    def _files(self) -> Iterator[Path]:
        """All that lies where takes may lie, in order; raises TakeError for what can't be read."""
        for folder in list_folder(self.folder, TakeError, must_exist=False):
            if len(folder.name) == 2:
                yield from list_folder(folder, TakeError, must_exist=False)

    def _file(self, name: str, suffix: str) -> Path:
        return self.folder / name[:2] / (name + suffix)


def take_id(engine: Engine, segment: Segment, voice: Voice) -> str:
    """The name of a take: a sha256 over all that changes how it sounds.

    What is printed, where it stands and what follows it don't count; what is said, how it is
    pronounced, by which engine and in which voice do.
    """
    parts = [FORMAT, engine.fingerprint, engine.timbre(voice), marked(segment)]
    return sha256(json.dumps(parts, ensure_ascii=False).encode())


def _seal(name: str, body: bytes, sound: bytes) -> bytes:
    """The end of an entry's JSON: the sha256 of all that the entry is."""
    digest = hashlib.sha256()
    for part in (name.encode(), body, sound):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return b'"%s"}' % digest.hexdigest().encode()


def _facts(text: bytes, flac: Path) -> tuple[KeptSound, Marks]:
    """What an entry's JSON says of its FLAC file.

    Raises ValueError where that is no take, or not that file.
    """
    try:
        facts = parse_json(text)
        rate, frames, scale = (_count(facts[name]) for name in ("rate", "frames", "scale"))
        marks = tuple((_count(said), _count(frame)) for said, frame in facts["marks"])
    except (LookupError, TypeError) as error:
        raise ValueError(f"it says too little: {error}") from error
    places = [said for said, _ in marks]
    if not marks or places != sorted(places) or max(frame for _, frame in marks) > frames:
        raise ValueError("its marks lead out of it")
    with soundfile.SoundFile(flac) as file:
        if (file.samplerate, file.frames, file.channels) != (rate, frames, 1):
            raise ValueError("its sound is another one")
    if scale.bit_count() != 1 or scale > LARGEST_SCALE:
        raise ValueError(f"its scale is {scale}")
    return KeptSound(flac, rate, frames, scale), marks


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{brief(value)} is no count")
    return value


def _remove(path: Path) -> None:
    """Remove whatever is there; raises TakeError where it stays."""
    with mapped(TakeError, "can't be removed", "remove it", path=path), suppress(FileNotFoundError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _encoded(clip: Clip) -> tuple[bytes, int]:
    """FLAC bytes and the power of two that the samples were divided by to fit ±1."""
    scale = 1
    while clip.peak >= scale * (FULL_SCALE - 1) / FULL_SCALE:
        scale *= 2
    whole = np.rint(clip.samples[:, 0].astype(np.float64) / scale * FULL_SCALE).astype(np.int32)
    out = io.BytesIO()
    soundfile.write(out, whole << 8, clip.rate, format="FLAC", subtype="PCM_24")
    return out.getvalue(), scale
