"""hibari (Apache-2.0), distilled from Kokoro's af_heart: the fast draft engine.

It follows direction by itself: its spectra, the residual included, are predicted from F0 and
energy, so the graph is cut there and they are predicted anew. docs/DELIVERY.md has what that costs:
little. F0 changed behind the graph breaks the sound, and Kokoro is many times slower, so neither
serves for the directed sentences of a draft.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.durations import round_frames, trim
from paperledge_audio.engines.g2p import (
    encode_tokens,
    import_hibari,
    load_dictionaries,
    pronounce,
)
from paperledge_audio.engines.graphs import HIBARI_DURATIONS, add_output
from paperledge_audio.engines.model import Take
from paperledge_audio.engines.prosody.direction import find_direction, spell_direction
from paperledge_audio.engines.prosody.energy import emphasise_level
from paperledge_audio.engines.prosody.performing import perform
from paperledge_audio.engines.sessions import INSTALL as RUNTIME
from paperledge_audio.engines.sessions import Session, open_session
from paperledge_audio.engines.stages import Stage, StagedNet, split
from paperledge_audio.engines.words import make_take
from paperledge_audio.errors import MissingError
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.resources import require_package
from paperledge_audio.sound.clip import Clip
from paperledge_audio.spoken.english import INSTALL
from paperledge_audio.voices.engines import ENGINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

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

LENGTHS, DURATIONS = "/Sub_output_0", "/Clip_output_0"
CONTEXT, TEXT, ALIGNED = "/Transpose_55_output_0", "/Transpose_22_output_0", "/Reshape_42_output_0"
F0, ENERGY = "f0", "/Mul_62_output_0"
SPECTRA = ("lh", "theta", "ln", "lr", "phi", F0)
"""What the sound is made from."""
STAGES = (
    Stage("reading", ("ids",), (LENGTHS, CONTEXT, TEXT)),
    Stage("melody", (DURATIONS, CONTEXT, TEXT), (F0, ENERGY, ALIGNED)),
    Stage("sound", (F0, ENERGY, ALIGNED), SPECTRA[:-1]),
)
"""Its graph is cut at the same places as its teacher's."""


class HibariEngine:
    """Speaks in its one voice, whatever the profile; guests have the host's timbre."""

    name = "hibari"

    def __init__(self) -> None:
        package = import_hibari()
        from hibari import __version__, dsp  # noqa: PLC0415

        model = self._model = (Path(package.ASSETS) / MODEL).read_bytes()
        self.fingerprint = f"hibari/{__version__}/2"
        self._sha256 = sha256(model)
        self._synth = dsp.synth

    @cached_property
    def _session(self) -> Session:
        return open_session(add_output(self._model, HIBARI_DURATIONS), self.name)

    @cached_property
    def _staged(self) -> StagedNet:
        """For what is directed: to split the graph takes as long as to load it."""
        return StagedNet(split(self._model, STAGES), STAGES, self.name)

    def timbre(self, voice: Voice) -> str:
        """How fast it speaks; it has one voice."""
        return f"{voice.pace}"

    def direction(self, segment: Segment) -> str:
        """All of it."""
        return spell_direction(segment, ENGINES[self.name].follows)

    def models(self, voice: Voice) -> dict[str, str]:  # noqa: ARG002 - it has one voice
        """The one net that speaks."""
        return {MODEL: self._sha256}

    def timing(self, voice: Voice) -> str:  # noqa: ARG002 - the engines' signature
        """The model's own durations."""
        return "durations"

    def prepare(self, voice: Voice) -> None:  # noqa: ARG002 - the engines' signature
        """Load the dictionaries, and the model as plain speech needs it."""
        load_dictionaries()
        self._session  # noqa: B018 - is loaded by being asked for

    def speak(self, segment: Segment, voice: Voice) -> Take:
        """Record `segment`; raises EngineError where it is longer than the model can take."""
        pronunciation = pronounce(segment)
        ids = encode_tokens(pronunciation, segment, MOST_TOKENS, "hibari")
        pace = np.float32(voice.pace)
        if self.direction(segment):
            lengths, known = self._staged.read({"ids": ids})
            plain = round_frames(lengths / pace)
            direction = find_direction(segment, pronunciation)
            durations, made = perform(self._staged, plain, known, direction)
            samples = self._sound([made[name] for name in SPECTRA])
            samples = emphasise_level(samples, durations, direction)
        else:
            *spectra, durations = self._session.run({"ids": ids, "speed": pace.reshape(1)})
            samples = self._sound(spectra)
        clip, marks = trim(Clip(samples, RATE), pronunciation, durations.ravel(), HOP)
        return make_take(segment, clip, marks, self.fingerprint)

    def _sound(self, spectra: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        samples: NDArray[np.float32] = self._synth(
            *(part[0] for part in spectra), np.random.default_rng(SEED)
        )
        return samples


def check_ready(voice: Voice) -> None:  # noqa: ARG001 - it has one voice
    """Look whether it can speak here; raises MissingError where it can't."""
    if not (require_package("hibari", INSTALL) / "assets" / MODEL).is_file():
        raise MissingError("hibari's model is missing", INSTALL)
    require_package("onnxruntime", RUNTIME)


def open_engine() -> HibariEngine:
    """Load the model."""
    return HibariEngine()
