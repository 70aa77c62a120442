"""The content-addressed store of takes on this machine.

    <cache>/takes/ab/abcdef….flac    24-bit mono, the engine's own rate
    <cache>/takes/ab/abcdef….json    marks, figures, what the take is; last, a sha256 over all of it

The name is a hash of everything that changes the sound and of nothing else. The sha256 covers the
name, the JSON before it and the FLAC file, and is checked before anything is used. Files appear by
rename, the JSON last. So writers may race or be killed, and disks may change bits: at worst a take
is made again. Finding a take renews the time of its JSON; if the store exceeds its limit, the takes
that were unused for longest are removed. A kept take reads its samples when they are needed, so an
hour of takes needs no more memory than a minute. With a shared store behind it, a take that is not
here is copied from there, a new one is kept here, then there, and `share` sends what only is here.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import math
import os
import re
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from paperledge_audio.engines.figures import measure_take
from paperledge_audio.engines.g2p import spell_sounds
from paperledge_audio.engines.model import TakeFigures
from paperledge_audio.engines.reading import spell_reading
from paperledge_audio.engines.words import make_take
from paperledge_audio.errors import TakeError, brief, map_errors
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.reading import list_folder, open_file, read_bytes
from paperledge_audio.files.writing import NO_ROOM, write_over
from paperledge_audio.takes.shared import StoreSize, do_at_once
from paperledge_audio.takes.speeds import Speeds
from paperledge_audio.units import seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from paperledge_audio.engines.model import Engine, Marks, Take
    from paperledge_audio.sound.clip import Clip
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.takes.shared import SharedTakes
    from paperledge_audio.voices.profiles import Voice

log = logging.getLogger(__name__)

FORMAT = 3
"""The format of entries; part of every name, so that other formats are not found."""
FULL_SCALE = 1 << 23
"""Of 24-bit samples."""
ABANDONED_S = 3600
"""No write takes an hour; older partial files are abandoned."""
SEAL = b',"sha256":'
"""Separates the content of an entry's JSON from its hash."""
LARGEST_FACTS, LARGEST_SOUND = 1_000_000, 100_000_000
"""Bytes of an entry's files: of a sentence that takes twenty minutes."""
LARGEST_SCALE = 1 << 20
"""120 dB over full scale."""
_ENTRY = re.compile(r"[0-9a-f]{64}\.(flac|json)")
_PART = re.compile(rf"\.{_ENTRY.pattern}\.[0-9a-f]{{8}}\.part")
"""Names of partial files of `files.write_whole`."""
LIMIT_BYTES = 4_000_000_000
"""The default limit: about a hundred hours of takes."""


@dataclass(frozen=True, slots=True)
class KeptSound:
    """The sound of a kept take, read from its file."""

    path: Path
    rate: int
    frames: int
    scale: int
    """The factor for the file's samples, which are within ±1."""
    channels: int = 1

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`; raises TakeError where the file is gone or cut."""
        try:
            with (
                open_file(self.path, LARGEST_SOUND, "a take", error=TakeError) as flac,
                soundfile.SoundFile(flac.fileno(), closefd=False) as file,
            ):
                file.seek(start)
                whole = file.read(end - start, dtype="int32", always_2d=True)
            if len(whole) != end - start:
                raise EOFError
        except (TakeError, OSError, EOFError, soundfile.SoundFileError) as error:
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
    """Takes in a folder. Safe for many threads and processes at once.

    `shared` is the store that other machines use as well, if there is one.
    """

    def __init__(self, folder: Path, shared: SharedTakes | None = None) -> None:
        self.folder = folder / "takes"
        self.shared = shared
        self.speeds = Speeds(folder)
        """How fast takes are made here."""
        self._absent: set[str] = set()
        """Names of takes that the shared store was just asked for."""
        self._shared: set[str] = set()
        """Names of takes that the shared store is known to have."""
        self.damaged: set[str] = set()
        """Names of damaged takes, which are made again."""

    def fetch(self, names: Sequence[str]) -> None:
        """Copy those of these takes that are not here from the shared store, many at once.

        The next `find` of one that is not there does not ask again.
        """

        def fetch(name: str) -> None:
            if not self._fetch(name):
                self._absent.add(name)

        if self.shared:
            here = {name for name in names if self.has(name)}
            do_at_once(fetch, dict.fromkeys(name for name in names if name not in here))

    def share(self, names: Iterable[str]) -> frozenset[str]:
        """Send those of these takes that only this machine has to the shared store, many at once.

        Returns those that it has then. Asks once for each take that was here before. Raises
        TakeError where the shared store can't be read or written.
        """

        def share(name: str) -> None:
            if self.shared and not self.shared.has(name):
                files = self._load(name)
                if files is None:
                    return
                self.shared.write(name, *files)
            self._shared.add(name)

        asked = frozenset(names)
        if self.shared:
            do_at_once(share, asked - self._shared)
        return asked & self._shared

    def has(self, name: str) -> bool:
        """Whether this machine has a take called `name`; it is not read."""
        return os.path.lexists(self._file(name, ".json"))

    def find(self, name: str, segment: Segment, engine: str) -> Take | None:
        """The kept take called `name` (see `take_id`), or None if there is none that is intact.

        `segment` is its text, `engine` the fingerprint of the engine. Raises TakeError where the
        shared store can't be read.
        """
        take = self._find_here(name, segment, engine)
        if take is None and self.shared:
            if name in self._absent:
                self._absent.discard(name)
            elif self._fetch(name):
                take = self._find_here(name, segment, engine)
        return take

    def look(self, names: Iterable[str]) -> dict[str, float | None]:
        """Which of these takes there are, each with its length in seconds; changes nothing.

        The length of one that only the shared store has is None.
        """
        found: dict[str, float | None] = {}
        absent = []
        for name in dict.fromkeys(names):
            if entry := self._read(name):
                found[name] = seconds(entry[0].frames, entry[0].rate)
            else:
                absent.append(name)

        def look(name: str) -> None:
            if self.shared and self.shared.has(name):
                found[name] = None

        if self.shared:
            do_at_once(look, absent)
        return found

    def _find_here(self, name: str, segment: Segment, engine: str) -> Take | None:
        entry = self._read(name)
        if entry is None:
            return None
        with suppress(OSError):
            os.utime(self._file(name, ".json"))  # it was used: prune others first
        sound, marks, figures = entry
        take = make_take(segment, sound, marks, engine, name)
        return replace(take, figures=figures or measure_take(take))

    def _read(self, name: str) -> tuple[KeptSound, Marks, TakeFigures | None] | None:
        """The sound, marks and figures of a take that is here and intact."""
        files = self._load(name)
        try:
            return _facts(files[0], self._file(name, ".flac")) if files else None
        except (TakeError, ValueError, soundfile.LibsndfileError):
            self._note_damaged(name)
            return None

    def _load(self, name: str) -> tuple[bytes, bytes] | None:
        """The JSON and the FLAC file of a take that is here and is what was kept."""
        facts_file, flac = self._file(name, ".json"), self._file(name, ".flac")
        if not os.path.lexists(facts_file):
            return None
        try:
            text = read_bytes(facts_file, LARGEST_FACTS, "a take", error=TakeError)
            data = read_bytes(flac, LARGEST_SOUND, "a take", error=TakeError)
            body, _, seal = text.rpartition(SEAL)
            if seal != _seal(name, body, data):
                raise TakeError("the take is not what was kept")
        except TakeError:
            self._note_damaged(name)
            return None
        return text, data

    def _note_damaged(self, name: str) -> None:
        self.damaged.add(name)
        log.info("the take %s is damaged and will be made again", self._file(name, ".json"))

    def keep(self, name: str, take: Take) -> Take:
        """Keep `take` as `name`; returns it as `find` will, so that all takes sound alike.

        Raises TakeError where it can't be written.
        """
        clip, flac = take.clip, self._file(name, ".flac")
        data, scale = _encode(clip)
        figures = measure_take(take)
        facts = {
            "rate": clip.rate,
            "frames": clip.frames,
            "scale": scale,
            "marks": take.marks,
            "said": take.segment.spoken,
            "voice": take.segment.voice,
            "engine": take.engine,
            "figures": asdict(figures),
        }
        text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        body = text.removesuffix("}").encode()
        sealed = body + SEAL + _seal(name, body, data)
        self._write(name, sealed, data)
        if self.shared:
            self.shared.write(name, sealed, data)
            self._shared.add(name)
        sound = KeptSound(flac, clip.rate, clip.frames, scale)
        kept = make_take(take.segment, sound, take.marks, take.engine, name)
        return replace(kept, figures=figures)

    def _fetch(self, name: str) -> bool:
        """Copy a take from the shared store; False if it has none that is intact."""
        found = self.shared.read(name) if self.shared else None
        if found is None:
            return False
        text, sound = found
        body, _, seal = text.rpartition(SEAL)
        if seal != _seal(name, body, sound):
            self.damaged.add(name)
            log.info("the shared take %s is damaged and will be made again", name)
            return False
        self._write(name, text, sound)
        self._shared.add(name)
        self.damaged.discard(name)
        return True

    def _write(self, name: str, text: bytes, sound: bytes) -> None:
        flac = self._file(name, ".flac")
        try:
            flac.parent.mkdir(parents=True, exist_ok=True)
            write_over(flac, sound)
            write_over(self._file(name, ".json"), text)
        except OSError as error:
            remedy = (
                "free some space there" if error.errno in NO_ROOM else "make it a writable folder"
            )
            raise TakeError(
                f"a take can't be kept: {error.strerror}",
                f"{remedy}, or point PAPERLEDGE_CACHE to another folder",
                path=flac.parent,
            ) from error

    def measure_size(self) -> StoreSize:
        """How many takes there are, and their size."""
        sizes = [size for *_, size in self._entries()]
        return StoreSize(len(sizes), sum(sizes))

    def prune(self, limit_bytes: int = LIMIT_BYTES) -> StoreSize:
        """Remove the takes that were unused for longest until the rest fits the limit.

        Returns what was removed. Partial files of more than an hour ago are removed, too. Files
        with names that a store doesn't use stay.
        """
        for part in self._files():
            with suppress(OSError):
                if _PART.fullmatch(part.name) and part.stat().st_mtime < time.time() - ABANDONED_S:
                    part.unlink()
        entries = sorted(self._entries())
        excess = sum(size for *_, size in entries) - limit_bytes
        removed = freed = 0
        for _, entry, size in entries:
            if (
                freed >= excess and limit_bytes > 0
            ):  # with a limit of 0 empty files are removed, too
                break
            _remove(entry.with_suffix(".json"))  # first: without it nothing counts
            _remove(entry.with_suffix(".flac"))
            removed, freed = removed + 1, freed + size
        return StoreSize(removed, freed)

    def _entries(self) -> Iterator[tuple[float, Path, int]]:
        """When each take was last used, its files' path without suffix, and their size.

        Anything with such a name counts, even half a take or a folder.
        """
        used: dict[Path, float] = {}
        sizes: dict[Path, int] = {}
        for file in self._files():  # a take's .flac before its .json, whose time counts
            if not (_ENTRY.fullmatch(file.name) and file.stem.startswith(file.parent.name)):
                continue
            with (
                map_errors(TakeError, "can't be read", "make it readable", path=file),
                suppress(FileNotFoundError),  # another process removed it just now
            ):
                facts, entry = file.lstat(), file.with_suffix("")
                used[entry] = facts.st_mtime
                sizes[entry] = sizes.get(entry, 0) + facts.st_size
        return ((used[entry], entry, size) for entry, size in sizes.items())

    def _files(self) -> Iterator[Path]:
        """All that lies where takes may lie, in order; raises TakeError for what can't be read."""
        for folder in list_folder(self.folder, TakeError, must_exist=False):
            if len(folder.name) == 2:
                yield from list_folder(folder, TakeError, must_exist=False)

    def _file(self, name: str, suffix: str) -> Path:
        return self.folder / name[:2] / (name + suffix)


def take_id(engine: Engine, segment: Segment, voice: Voice) -> str:
    """The name of a take: a sha256 over all that changes how it sounds.

    The words, their pronunciation, their direction as far as the engine follows it, the engine and
    the voice count, and so does a reading that isn't the plain one; the printed text, its place and
    what follows don't.
    """
    parts: list[object] = [FORMAT, engine.fingerprint, engine.timbre(voice), spell_sounds(segment)]
    if direction := engine.direction(segment):
        parts.append(direction)
    parts += spell_reading(engine, segment)
    return sha256(json.dumps(parts, ensure_ascii=False).encode())


def _seal(name: str, body: bytes, sound: bytes) -> bytes:
    """The end of an entry's JSON: the sha256 of the whole entry."""
    digest = hashlib.sha256()
    for part in (name.encode(), body, sound):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return b'"%s"}' % digest.hexdigest().encode()


def _facts(text: bytes, flac: Path) -> tuple[KeptSound, Marks, TakeFigures | None]:
    """What an entry's JSON says of its FLAC file; one of an older version has no figures.

    Raises ValueError where that is no take, or not that file.
    """
    try:
        facts = parse_json(text)
        rate, frames, scale = (_count(facts[name]) for name in ("rate", "frames", "scale"))
        marks = tuple((_count(said), _count(frame)) for said, frame in facts["marks"])
        figures = _read_figures(facts["figures"]) if "figures" in facts else None
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
    return KeptSound(flac, rate, frames, scale), marks, figures


def _read_figures(found: Mapping[str, float]) -> TakeFigures | None:
    """The figures, or None where they are another version's; raises TypeError for other values."""
    if set(found) != {field.name for field in fields(TakeFigures)}:
        return None
    if not all(math.isfinite(value) for value in found.values()):
        raise ValueError("its figures are no numbers")
    return TakeFigures(**found)  # type: ignore[arg-type]


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{brief(value)} is not a count")
    return value


def _remove(path: Path) -> None:
    """Remove anything at a path; raises TakeError if that fails."""
    with (
        map_errors(TakeError, "can't be removed", "remove it", path=path),
        suppress(FileNotFoundError),
    ):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _encode(clip: Clip) -> tuple[bytes, int]:
    """FLAC bytes and the power of two that the samples were divided by to fit ±1."""
    scale = 1
    while clip.peak >= scale * (FULL_SCALE - 1) / FULL_SCALE:
        scale *= 2
    whole = np.rint(clip.samples[:, 0].astype(np.float64) / scale * FULL_SCALE).astype(np.int32)
    out = io.BytesIO()
    soundfile.write(out, whole << 8, clip.rate, format="FLAC", subtype="PCM_24")
    return out.getvalue(), scale
