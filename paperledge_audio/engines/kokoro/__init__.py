"""Kokoro-82M (hexgrad, Apache-2.0), int8 ONNX export: the studio engine."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.durations import round_frames, trim
from paperledge_audio.engines.g2p import encode_tokens, load_dictionaries, pronounce
from paperledge_audio.engines.kokoro.model import (
    MODEL,
    SHA256,
    VERSION,
    find_fast_graph,
    find_parts,
    has_fast_graph,
    load_weights,
    make_fast_graph,
)
from paperledge_audio.engines.kokoro.stages import STAGES
from paperledge_audio.engines.model import Take
from paperledge_audio.engines.prosody.direction import find_direction, spell_direction
from paperledge_audio.engines.prosody.energy import emphasise_level
from paperledge_audio.engines.prosody.performing import perform
from paperledge_audio.engines.sessions import INSTALL as RUNTIME
from paperledge_audio.engines.stages import StagedNet, split
from paperledge_audio.engines.words import make_take
from paperledge_audio.errors import VoiceError
from paperledge_audio.files.resources import require_package
from paperledge_audio.sound.clip import Clip
from paperledge_audio.spoken.english import INSTALL as READER
from paperledge_audio.voices.engines import ENGINES
from paperledge_audio.voices.packs import (
    ROWS,
    Packs,
    blend,
    hash_rows,
    read_pack,
    shorten_paths,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.engines.g2p import Pronunciation
    from paperledge_audio.engines.stages import Known
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice

HOP = 600
"""Samples a model frame."""
MOST_TOKENS = ROWS
"""Without the 0 at both ends."""
RATE = 24000


class Kokoro:
    """Speaks through one net, which several threads may use at once."""

    name = "kokoro"

    def __init__(self, *, fast: bool) -> None:
        """`fast`: with the rewritten graph, not the one that is shipped."""
        variant = f"fast-{VERSION}" if fast else "shipped"
        self.fingerprint = f"kokoro/{SHA256[:16]}/{variant}/hibari-g2p-0.2/2"
        self._fast = fast

    @cached_property
    def _net(self) -> StagedNet:
        models = find_fast_graph() if self._fast else split(load_weights(), STAGES)
        return StagedNet(models, STAGES, "Kokoro", is_optimised=self._fast)

    def timbre(self, voice: Voice) -> str:
        """The packs' values, the accent and the pace."""
        accent = "british" if voice.is_british else "american"
        return f"{hash_voice(voice)}/{accent}/{voice.pace}"

    def direction(self, segment: Segment) -> str:
        """All of it."""
        return spell_direction(segment, ENGINES[self.name].follows)

    def models(self, voice: Voice) -> dict[str, str]:
        """The net as shipped, and the voice's packs."""
        return {MODEL: SHA256, **hash_packs(voice)}

    def timing(self, voice: Voice) -> str:  # noqa: ARG002 - the engines' signature
        """The model's own durations."""
        return "durations"

    def prepare(self, voice: Voice) -> None:
        """Load the model, and the dictionaries beside it."""
        load_dictionaries(british=voice.is_british)
        self._net  # noqa: B018 - is loaded by being asked for

    def intone(
        self, segment: Segment, voice: Voice
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Each token's length in frames [n], and F0 in Hz [2f], without the sound.

        They cost a twentieth of it, and are those of speech without direction.
        """
        _, known, durations = self._read(segment, voice)
        f0, _, _ = self._net.intone(durations, known)
        return durations, f0

    def speak(self, segment: Segment, voice: Voice) -> Take:
        """Record `segment`; raises EngineError where it is longer than the model can take."""
        pronunciation, known, durations = self._read(segment, voice)
        direction = find_direction(segment, pronunciation)
        durations, made = perform(self._net, durations, known, direction)
        samples = emphasise_level(made["audio"].reshape(-1), durations, direction)
        clip, marks = trim(Clip(samples, RATE), pronunciation, durations, HOP)
        return make_take(segment, clip, marks, self.fingerprint)

    def _read(
        self, segment: Segment, voice: Voice
    ) -> tuple[Pronunciation, Known, NDArray[np.float32]]:
        """What the segment's sounds are, what the net knows of them, and their lengths [n]."""
        pronunciation = pronounce(segment, british=voice.is_british)
        ids = encode_tokens(pronunciation, segment, MOST_TOKENS, "Kokoro")
        style = load_style(voice)[len(pronunciation.phonemes) - 1]
        lengths, known = self._net.read({"tokens": ids, "style": style})
        return pronunciation, known, round_frames(lengths / np.float32(voice.pace))


def check_ready(voice: Voice) -> None:
    """Look whether `voice` can speak here; raises MissingError or VoiceError where it can't."""
    find_parts()
    require_package("onnxruntime", RUNTIME)
    require_package("hibari", READER)
    _read_packs(voice)


def open_engine() -> Kokoro:
    """The rewritten graph, or the shipped one where that can't be had; loaded when it speaks."""
    return Kokoro(fast=has_fast_graph() or make_fast_graph())


def foresee_engine() -> Kokoro:
    """The same, for a machine that has not rewritten the graph yet: it is taken for granted."""
    return Kokoro(fast=True)


def _list_packs(voice: Voice) -> Packs:
    if not voice.packs:
        raise VoiceError("names no Kokoro pack", "add [kokoro] pack = …", path=voice.path)
    return voice.packs


def _read_packs(voice: Voice) -> tuple[NDArray[np.float32], str]:
    """The voice's style vectors and their hash; raises VoiceError for others than were fitted."""
    rows, sha256 = blend(_list_packs(voice))
    if voice.pack_sha256 and sha256 != voice.pack_sha256:
        raise VoiceError(
            f"{voice.packs[0][0].name} is not the pack that was fitted to {voice.fitted_to}",
            "fit it again, or remove sha256 from [kokoro]",
            path=voice.path,
        )
    return rows, sha256


def hash_voice(voice: Voice) -> str:
    """The hash of the voice's style vectors, whatever their files' formats."""
    return _read_packs(voice)[1]


def hash_packs(voice: Voice) -> dict[str, str]:
    """Each of the voice's packs, in a blend with its weight, → its hash."""
    packs = _list_packs(voice)
    names = shorten_paths([path for path, _ in packs])
    return {
        name if len(packs) == 1 else f"{name} × {weight:.6g}": hash_rows(read_pack(path))
        for name, (path, weight) in zip(names, packs, strict=True)
    }


def load_style(voice: Voice) -> NDArray[np.float32]:
    """The voice's style vectors, float32 [510, 1, 256]; row n - 1 is for a text of n tokens."""
    return _read_packs(voice)[0]
