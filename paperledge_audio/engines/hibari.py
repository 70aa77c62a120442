"""hibari (Apache-2.0), distilled from Kokoro's af_heart: the fast draft engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.durations import trim
from paperledge_audio.engines.g2p import (
    encode_tokens,
    import_hibari,
    load_dictionaries,
    pronounce,
)
from paperledge_audio.engines.graphs import HIBARI_DURATIONS, add_output
from paperledge_audio.engines.model import Take
from paperledge_audio.engines.sessions import INSTALL as RUNTIME
from paperledge_audio.engines.sessions import open_session
from paperledge_audio.engines.words import make_take
from paperledge_audio.english import INSTALL
from paperledge_audio.errors import MissingError
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.resources import require_package
from paperledge_audio.sound.clip import Clip

if TYPE_CHECKING:
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice

MODEL = "hibari.onnx"
HOP = 600
"""Samples a frame of the durations: two of the spectrum's frames of 300."""
MOST_TOKENS = 400
"""Longer texts are outside what the model was trained on."""
SEED = 0
"""Of the noise in the sound: the same words give the same samples."""
RATE = 24000


class HibariEngine:
    """Speaks in its one voice, whatever the profile; guests have the host's timbre."""

    name = "hibari"

    def __init__(self) -> None:
        package = import_hibari()
        from hibari import __version__, dsp  # noqa: PLC0415

        model = (Path(package.ASSETS) / MODEL).read_bytes()
        self.fingerprint = f"hibari/{__version__}/2"
        self._sha256 = sha256(model)
        self._synth = dsp.synth
        self._session = open_session(add_output(model, HIBARI_DURATIONS), self.name)

    def timbre(self, voice: Voice) -> str:
        """How fast it speaks; it has one voice."""
        return f"{voice.pace}"

    def direction(self, segment: Segment) -> str:  # noqa: ARG002 - the engines' signature
        """Nothing: it speaks plainly."""
        return ""

    def models(self, voice: Voice) -> dict[str, str]:  # noqa: ARG002 - it has one voice
        """The one net that speaks."""
        return {MODEL: self._sha256}

    def timing(self, voice: Voice) -> str:  # noqa: ARG002 - the engines' signature
        """The model's own durations."""
        return "durations"

    def prepare(self, voice: Voice) -> None:  # noqa: ARG002 - the engines' signature
        """Load the dictionaries; the model is small."""
        load_dictionaries()

    def speak(self, segment: Segment, voice: Voice) -> Take:
        """Record `segment`; raises EngineError where it is longer than the model can take."""
        pronunciation = pronounce(segment)
        ids = encode_tokens(pronunciation, segment, MOST_TOKENS, "hibari")
        *spectra, durations = self._session.run(
            {"ids": ids, "speed": np.array([voice.pace], np.float32)}
        )
        samples = self._synth(*(part[0] for part in spectra), np.random.default_rng(SEED))
        clip, marks = trim(Clip(samples, RATE), pronunciation, durations.ravel(), HOP)
        return make_take(segment, clip, marks, self.fingerprint)


def check_ready(voice: Voice) -> None:  # noqa: ARG001 - it has one voice
    """Look whether it can speak here; raises MissingError where it can't."""
    if not (require_package("hibari", INSTALL) / "assets" / MODEL).is_file():
        raise MissingError("hibari's model is missing", INSTALL)
    require_package("onnxruntime", RUNTIME)


def open_engine() -> HibariEngine:
    """Load the model."""
    return HibariEngine()
