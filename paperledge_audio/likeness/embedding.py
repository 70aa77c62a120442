"""Speaks lines in voices and embeds them; embeddings are kept, and those of stock voices ship."""

from __future__ import annotations

import hashlib
import io
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.errors import TakeError
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.reading import read_bytes
from paperledge_audio.files.resources import cache_folder, read_packaged_bytes
from paperledge_audio.files.writing import write_over
from paperledge_audio.likeness.search import WHOLE
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.voices.blends import choose_draft_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from paperledge_audio.engines import Engine
    from paperledge_audio.likeness.search import Weights
    from paperledge_audio.verify.encoder import Embedding, Encoder
    from paperledge_audio.voices.profiles import Voice

FORMAT = 2
"""The format of a kept file; part of every name."""
LARGEST = 10_000_000
"""Bytes of a kept file: an embedding has some hundred numbers, a file a dozen embeddings."""
DIGEST = 32
"""Bytes of sha256 that a kept file begins with."""
SHIPPED = "stock.npz"
"""The embeddings of stock voices, by `VoiceEmbedder.name`; `python -m tests.bench.stock` writes it.
To speak their lines takes minutes."""


@dataclass(frozen=True, slots=True, eq=False)
class VoiceEmbedder:
    """Speaks lines in voices and embeds them, several at a time."""

    engine: Engine
    encoder: Encoder
    pool: Executor
    on_take: Callable[[float], None] = lambda _seconds: None
    """Called after each line, with its length in seconds."""

    def embed(self, voices: Sequence[Voice], lines: Sequence[str]) -> NDArray[np.float64]:
        """Embeddings, [voices, lines, d], each kept in the cache. Raises what the engine raises."""
        names = [self.name(voice, lines) for voice in voices]
        kept = [_find_kept(name, len(lines)) for name in names]
        unknown = [voice for voice, one in zip(voices, kept, strict=True) if one is None]
        fresh = iter(self._speak(unknown, lines) if unknown else ())
        found = []
        for name, one in zip(names, kept, strict=True):
            found.append(next(fresh) if one is None else one)
            if one is None:
                _keep(name, found[-1])
        return np.array(found)

    def embed_stock(self, voices: Sequence[Voice], lines: Sequence[str]) -> NDArray[np.float64]:
        """The same, kept one voice after the other: they take minutes."""
        return np.concatenate([self.embed([voice], lines) for voice in voices])

    def _speak(self, voices: Sequence[Voice], lines: Sequence[str]) -> NDArray[np.float64]:
        def one(task: tuple[Voice, str]) -> Embedding:
            voice, line = task
            segment = Segment(0, "speech", (Span(line, line),), voice.name, 0, 0, 0.0)
            take = self.engine.speak(segment, voice)
            self.on_take(duration_s(take.sound))
            return self.encoder.embed(take.clip)

        tasks = [(voice, line) for voice in voices for line in lines]
        return np.array([*self.pool.map(one, tasks)]).reshape(len(voices), len(lines), -1)

    def count_missing(self, voices: Sequence[Voice], lines: Sequence[str]) -> int:
        """How many lines `embed_stock` would have to speak."""
        fresh = [one for one in voices if _find_kept(self.name(one, lines), len(lines)) is None]
        return len(fresh) * len(lines)

    def name(self, voice: Voice, lines: Sequence[str]) -> str:
        """By which the embeddings are kept: it tells everything that they depend on."""
        facts = [
            FORMAT,
            self.engine.fingerprint,
            self.engine.timbre(voice),
            voice.language,
            voice.pace,
            self.encoder.fingerprint,
            *lines,
        ]
        return sha256(json.dumps(facts).encode())


@cache
def read_shipped() -> Mapping[str, NDArray[np.float64]]:
    """Embeddings of the stock voices' lines, [lines, d], by their names."""
    with np.load(io.BytesIO(read_packaged_bytes(__package__, SHIPPED)), allow_pickle=False) as file:
        return dict(file)


def make_blend(weights: Weights, voices: Sequence[Voice], language: str = "") -> Voice:
    """The blend of stock voices with these `weights`, heaviest first.

    Its accent is `language`, by default that of most of the blend.
    """
    parts = sorted(zip(weights, voices, strict=True), key=lambda part: (-part[0], part[1].name))
    parts = [part for part in parts if part[0]]
    shares: dict[str, int] = {}
    for weight, voice in parts:
        shares[voice.language] = shares.get(voice.language, 0) + weight
    packs = tuple((voice.packs[0][0], weight / WHOLE) for weight, voice in parts)
    return replace(
        parts[0][1],
        language=language or max(shares, key=lambda accent: shares[accent]),
        draft=choose_draft_engine(parts[0][1].studio, packs),
        packs=packs,
    )


def _keep(name: str, embeddings: NDArray[np.float64]) -> None:
    data = embeddings.astype("<f8").tobytes()
    file = cache_folder() / "likeness" / name
    with suppress(OSError):  # what can't be kept is computed again next time
        file.parent.mkdir(parents=True, exist_ok=True)
        write_over(file, hashlib.sha256(data).digest() + data)


def _find_kept(name: str, lines: int) -> NDArray[np.float64] | None:
    """The embeddings of some lines, [lines, d]; None where there are none that are whole."""
    if name in read_shipped():
        return read_shipped()[name]
    file = cache_folder() / "likeness" / name
    try:
        data = read_bytes(file, LARGEST, "embeddings", error=TakeError)
        if hashlib.sha256(data[DIGEST:]).digest() != data[:DIGEST]:
            return None
        kept = np.frombuffer(data[DIGEST:], "<f8").reshape(lines, -1)
    except (TakeError, ValueError):
        return None
    return kept if kept.size and np.isfinite(kept).all() else None
