"""An entry of a store of takes: what a FLAC file and a JSON beside it say of a take.

    abcdef….flac    24-bit mono, the engine's own rate
    abcdef….json    marks, figures, what the take is; last, a sha256 over all of it

The name is a hash of everything that changes the sound and of nothing else. The sha256 covers the
name, the JSON before it and the FLAC file. A kept take reads its samples when they are needed, so
an hour of takes needs no more memory than a minute.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
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
from paperledge_audio.errors import TakeError, brief
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.reading import open_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from paperledge_audio.engines.model import Engine, Marks, Take
    from paperledge_audio.sound.clip import Clip
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice


FORMAT = 3
"""The format of entries; part of every name, so that other formats are not found."""
FULL_SCALE = 1 << 23
"""Of 24-bit samples."""
SEAL = b',"sha256":'
"""Separates the content of an entry's JSON from its hash."""
LARGEST_FACTS, LARGEST_SOUND = 1_000_000, 100_000_000
"""Bytes of an entry's files: of a sentence that takes twenty minutes."""
LARGEST_SCALE = 1 << 20
"""120 dB over full scale."""


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


def encode_entry(name: str, take: Take, flac: Path) -> tuple[bytes, bytes, Take]:
    """The JSON and the FLAC file of a take's entry, and the take as it will be read from `flac`."""
    clip = take.clip
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
    sound = KeptSound(flac, clip.rate, clip.frames, scale)
    kept = make_take(take.segment, sound, take.marks, take.engine, name)
    return seal_entry(name, body, data), data, replace(kept, figures=figures)


def seal_entry(name: str, body: bytes, sound: bytes) -> bytes:
    """The JSON of an entry: `body`, which has no closing brace, and the sha256 over all of it."""
    digest = hashlib.sha256()
    for part in (name.encode(), body, sound):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return body + SEAL + b'"%s"}' % digest.hexdigest().encode()


def is_sealed(name: str, text: bytes, sound: bytes) -> bool:
    """Whether the JSON and the FLAC file of an entry are what was kept under that name."""
    return text == seal_entry(name, text.rpartition(SEAL)[0], sound)


def decode_entry(text: bytes, flac: Path) -> tuple[KeptSound, Marks, TakeFigures | None]:
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
    try:
        with soundfile.SoundFile(flac) as file:
            found = file.samplerate, file.frames, file.channels
    except soundfile.LibsndfileError as error:
        raise ValueError(str(error)) from error
    if found != (rate, frames, 1):
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


def _encode(clip: Clip) -> tuple[bytes, int]:
    """FLAC bytes and the power of two that the samples were divided by to fit ±1."""
    scale = 1
    while clip.peak >= scale * (FULL_SCALE - 1) / FULL_SCALE:
        scale *= 2
    whole = np.rint(clip.samples[:, 0].astype(np.float64) / scale * FULL_SCALE).astype(np.int32)
    out = io.BytesIO()
    soundfile.write(out, whole << 8, clip.rate, format="FLAC", subtype="PCM_24")
    return out.getvalue(), scale
