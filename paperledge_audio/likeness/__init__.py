"""Likeness: the blend of stock voices that comes nearest to a recorded host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.likeness.embedding import VoiceEmbedder, blended
from paperledge_audio.likeness.encoder import centre
from paperledge_audio.likeness.lines import PROOF, SEARCH
from paperledge_audio.likeness.reference import Reference, read_reference
from paperledge_audio.likeness.search import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.likeness.encoder import Embedding, Encoder
    from paperledge_audio.likeness.search import Weights
    from paperledge_audio.voices.profiles import Voice

__all__ = ["Fit", "Reference", "VoiceEmbedder", "fit", "heard_as", "read_reference"]


@dataclass(frozen=True, slots=True)
class Fit:
    """The blend that was found, and how like the recording it is.

    Every likeness is the cosine of two embeddings, 1 at most, and was measured with lines that
    the search never heard.
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
    """Of one half of the recording to the other: nobody is nearer to a voice than its owner. None
    for a recording that is too short to be halved."""
    same_voice: float
    """On average of a stock voice to itself, in other words."""
    other_voice: float
    """On average of one stock voice to another."""
    tried: int
    """Blends that were spoken."""


def heard_as(reference: Reference, encoder: Encoder) -> tuple[Embedding, float | None]:
    """The recorded voice's embedding, and the likeness of one half of its pieces to the other."""
    pieces = [encoder.embedding(piece) for piece in reference.pieces]
    if len(pieces) < 2:
        return centre(pieces), None
    return centre(pieces), float(centre(pieces[::2]) @ centre(pieces[1::2]))


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
    known = embedder.known(stock, (*SEARCH, *PROOF))
    looked, proven = (
        np.array([centre(lines) for lines in part])
        for part in (known[:, : len(SEARCH)], known[:, len(SEARCH) :])
    )

    def spoken(blends: Sequence[Weights]) -> list[Embedding]:
        voices = [blended(weights, stock, language) for weights in blends]
        return [centre(lines) for lines in embedder.heard(voices, SEARCH)]

    found = search(spoken, looked, target, most_tries)
    voice = blended(found.weights, stock, language)
    (proof,) = embedder.heard([voice], PROOF)
    nearest = int(np.argmax(proven @ target))
    alike = looked @ proven.T
    names = {one.packs[0][0]: one.name for one in stock}
    return Fit(
        voice=voice,
        blend=tuple((names[pack], weight) for pack, weight in voice.packs),
        nearest=stock[nearest].name,
        before=float(proven[nearest] @ target),
        after=float(centre(proof) @ target),
        itself=itself,
        same_voice=float(np.diag(alike).mean()),
        other_voice=float(alike[~np.eye(len(alike), dtype=bool)].mean()),
        tried=found.tried,
    )
