"""Likeness: the blend of stock voices that is most like a recorded host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.likeness.embedding import VoiceEmbedder, make_blend
from paperledge_audio.likeness.encoder import average
from paperledge_audio.likeness.lines import PROOF, SEARCH
from paperledge_audio.likeness.reference import Reference, read_reference
from paperledge_audio.likeness.search import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.likeness.encoder import Embedding, Encoder
    from paperledge_audio.likeness.search import Weights
    from paperledge_audio.voices.profiles import Voice

__all__ = ["Fit", "Reference", "VoiceEmbedder", "embed_reference", "fit", "read_reference"]


@dataclass(frozen=True, slots=True)
class Fit:
    """The blend that was found, and how like the recording it is.

    Every likeness is the cosine of two embeddings, 1 at most, measured with lines that the search
    does not use.
    """

    voice: Voice
    """Speaks the blend."""
    blend: tuple[tuple[str, float], ...]
    """Stock voices with their weights, heaviest first."""
    nearest: str
    """The stock voice that is most like the recording."""
    before: float
    """The likeness of `nearest` to the recording."""
    after: float
    """The likeness of the blend to the recording."""
    itself: float | None
    """The likeness of one half of the recording to the other, an upper bound. None for a recording
    that is too short to be halved."""
    same_voice: float
    """The average likeness of a stock voice to itself, on other lines."""
    other_voice: float
    """The average likeness of one stock voice to another."""
    tried: int
    """Blends that were spoken."""


def embed_reference(reference: Reference, encoder: Encoder) -> tuple[Embedding, float | None]:
    """The recorded voice's embedding, and the likeness of one half of its clips to the other."""
    found = [encoder.embed(clip) for clip in reference.clips]
    if len(found) < 2:
        return average(found), None
    return average(found), float(average(found[::2]) @ average(found[1::2]))


def fit(
    target: Embedding,
    embedder: VoiceEmbedder,
    stock: Sequence[Voice],
    most_tries: int,
    *,
    itself: float | None = None,
    language: str = "",
) -> Fit:
    """The blend of `stock` voices that is most like `target`, measured with other lines.

    `language` is the accent to speak with; by default it is that of most of the blend. Raises what
    the engine raises.
    """
    known = embedder.embed_stock(stock, (*SEARCH, *PROOF))
    looked, proven = (
        np.array([average(lines) for lines in part])
        for part in (known[:, : len(SEARCH)], known[:, len(SEARCH) :])
    )

    def spoken(blends: Sequence[Weights]) -> list[Embedding]:
        voices = [make_blend(weights, stock, language) for weights in blends]
        return [average(lines) for lines in embedder.embed(voices, SEARCH)]

    found = search(spoken, looked, target, most_tries)
    voice = make_blend(found.weights, stock, language)
    (proof,) = embedder.embed([voice], PROOF)
    nearest = int(np.argmax(proven @ target))
    alike = looked @ proven.T
    names = {one.packs[0][0]: one.name for one in stock}
    return Fit(
        voice=voice,
        blend=tuple((names[pack], weight) for pack, weight in voice.packs),
        nearest=stock[nearest].name,
        before=float(proven[nearest] @ target),
        after=float(average(proof) @ target),
        itself=itself,
        same_voice=float(np.diag(alike).mean()),
        other_voice=float(alike[~np.eye(len(alike), dtype=bool)].mean()),
        tried=found.tried,
    )
