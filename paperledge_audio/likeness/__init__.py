"""Likeness: the blend of stock voices that is most like a recorded host, and what lies beyond."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from paperledge_audio.errors import MissingError
from paperledge_audio.files.temporary import make_workspace
from paperledge_audio.likeness.embedding import VoiceEmbedder, make_blend
from paperledge_audio.likeness.lines import PROOF, SEARCH, make_line
from paperledge_audio.likeness.manner import measure_manner
from paperledge_audio.likeness.quality import open_quality_net
from paperledge_audio.likeness.reference import Reference, read_reference
from paperledge_audio.likeness.search import search
from paperledge_audio.likeness.shaping import Shape, Shaper
from paperledge_audio.likeness.space import VoiceSpace
from paperledge_audio.likeness.speakers import compare_speakers
from paperledge_audio.likeness.trials import Judge
from paperledge_audio.verify.encoder import average
from paperledge_audio.verify.recogniser import read_back
from paperledge_audio.verify.wording import count_word_errors
from paperledge_audio.voices.packs import blend, read_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperledge_audio.likeness.manner import Manner
    from paperledge_audio.likeness.search import Weights
    from paperledge_audio.likeness.shaping import Intoning
    from paperledge_audio.likeness.space import Rows
    from paperledge_audio.likeness.trials import Trial
    from paperledge_audio.sound.clip import Clip
    from paperledge_audio.verify.encoder import Embedding, Encoder
    from paperledge_audio.voices.profiles import Voice

__all__ = [
    "Fit",
    "Proof",
    "RecordedVoice",
    "Reference",
    "Shaped",
    "VoiceEmbedder",
    "embed_reference",
    "fit",
    "read_reference",
    "shape",
]


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


@dataclass(frozen=True, slots=True, eq=False)
class RecordedVoice:
    """How a recording sounds to a speaker encoder."""

    embedding: Embedding
    itself: float | None
    """The likeness of one half of its clips to the other; None for one clip."""
    groups: float
    """The likeness of the two groups into which its parts fall most easily; see `speakers`."""


def embed_reference(reference: Reference, encoder: Encoder) -> RecordedVoice:
    """Hear a recording's clips."""
    found = [encoder.embed(clip) for clip in reference.clips]
    return RecordedVoice(
        embedding=average(found),
        itself=float(average(found[::2]) @ average(found[1::2])) if len(found) > 1 else None,
        groups=compare_speakers(reference.clips, encoder),
    )


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


@dataclass(frozen=True, slots=True)
class Proof:
    """How a voice does on the lines that no search uses."""

    likeness: float
    """The cosine of its embedding with the recording's."""
    quality: float
    """1 to 5, by the quality net."""
    pitch_hz: float
    """The median F0."""
    misheard: int | None
    """Words that a recogniser hears as others; None where it is not installed."""


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """The voice beyond the blends, with its proof and that of what it came from."""

    rows: Rows | None
    """Its pack; None if no voice beyond the blends was understood as well as the stock voice."""
    pace: float
    nearest: Proof
    blend: Proof
    found: Proof
    recorded: Manner
    front: tuple[Trial, ...]
    """The best of what was tried, the likest first: each has more quality than those before it."""
    tried: int


def shape(
    fitted: Fit,
    stock: Sequence[Voice],
    reference: Reference,
    target: Embedding,
    embedder: VoiceEmbedder,
    *,
    trials: int,
    like: float,
    start: Rows | None = None,
    on_manner: Callable[[float], None] = lambda _seconds: None,
) -> Shaped:
    """Search beyond the blends of `stock` voices with so many `trials`.

    It begins at the pack `start`, by default at the fitted blend. `like`, from 0 to 1, is the part
    of `MOST_LOSS` that the quality may lose. The embedder hears of each trial, and `on_manner` of
    each manner that is weighed before. Raises what the engine raises, and MissingError without the
    quality net.
    """
    with make_workspace() as folder:
        shaper = Shaper(
            engine=cast("Intoning", embedder.engine),
            judge=Judge(target, embedder.encoder, open_quality_net()),
            pool=embedder.pool,
            space=VoiceSpace([read_pack(voice.packs[0][0]) for voice in stock]),
            template=fitted.voice,
            recorded=measure_manner(reference.clips),
            folder=folder,
            on_trial=embedder.on_take,
            on_manner=on_manner,
        )
        nearest = next(voice for voice in stock if voice.name == fitted.nearest)
        rows = blend(fitted.voice.packs)[0] if start is None else start
        loss = like * MOST_LOSS
        return _choose(shaper, shaper.shape(rows, nearest, trials, loss), fitted, nearest, loss)


def _choose(shaper: Shaper, shaped: Shape, fitted: Fit, nearest: Voice, loss: float) -> Shaped:
    """The best shape that is understood as well as the nearest stock voice.

    One that has lost no more quality than `loss`, on lines that no search uses, comes first.
    """
    before, blended = (_prove(shaper, voice) for voice in (nearest, fitted.voice))
    found = Shaped(None, 1.0, before, blended, blended, shaper.recorded, shaped.front, shaped.tried)
    for voice in shaped.voices:
        proof = _prove(shaper, voice)
        kept = proof.quality >= before.quality - loss
        understood = before.misheard is None or (proof.misheard or 0) <= before.misheard
        if proof.likeness <= blended.likeness or not understood:
            continue
        if kept or found.rows is None:
            found = replace(found, rows=blend(voice.packs)[0], pace=voice.pace, found=proof)
        if kept:
            break
    return found


MOST_LOSS = 0.2
"""Points of quality: the scale of people's judgements has four; stock voices differ by 0.2."""


def _prove(shaper: Shaper, voice: Voice) -> Proof:
    def speak(text: str) -> Clip:
        return shaper.engine.speak(make_line(text), voice).clip

    clips = [*shaper.pool.map(speak, PROOF)]
    trial = shaper.judge.hear(clips)
    misheard = None
    with suppress(MissingError):
        heard = [*shaper.pool.map(read_back, clips)]
        misheard = sum(count_word_errors(*pair)[0] for pair in zip(PROOF, heard, strict=True))
    return Proof(trial.likeness, trial.quality, trial.pitch_hz, misheard)
