"""Coqui TTS (coqui-tts, MPL-2.0, the extra `coqui`): any of its models, cloning ones included.

Segments are sentences already, so Coqui doesn't split; samples are taken from the model, before
Coqui's padding and normalising.
"""

from __future__ import annotations

import json
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from paperledge_audio.engines import open_engine as open_other
from paperledge_audio.engines.coqui import alignment, package
from paperledge_audio.engines.coqui.files import (
    find_files,
    hash_files,
    list_named_files,
    require_model,
)
from paperledge_audio.engines.coqui.ipa import to_ipa
from paperledge_audio.engines.coqui.letters import to_letters
from paperledge_audio.engines.coqui.model import LoadedModel
from paperledge_audio.engines.durations import trim
from paperledge_audio.engines.g2p import pronounce
from paperledge_audio.engines.prosody.direction import spell_direction
from paperledge_audio.engines.words import make_take
from paperledge_audio.errors import EngineError, locate_errors
from paperledge_audio.files.hashing import sha256
from paperledge_audio.sound.clip import Clip
from paperledge_audio.voices.engines import ENGINES

if TYPE_CHECKING:
    from paperledge_audio.engines.coqui.files import ModelFiles
    from paperledge_audio.engines.g2p import Pronunciation
    from paperledge_audio.engines.model import Take
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice


class Coqui:
    """Speaks with the model that a voice names; each is loaded once, on first use."""

    name = "coqui"

    def __init__(self) -> None:
        self.fingerprint = f"coqui/{package.describe_versions()}/hibari-g2p-0.2/1"
        self._models: dict[tuple[ModelFiles, str], LoadedModel] = {}
        self._loading = Lock()

    def direction(self, segment: Segment) -> str:
        """The pace; a model that has none speaks at its own."""
        return spell_direction(segment, ENGINES[self.name].follows)

    def models(self, voice: Voice) -> dict[str, str]:
        """All files of the voice's model, its clips included."""
        return hash_files(find_files(voice))

    def timbre(self, voice: Voice) -> str:
        """Everything of a voice that changes its sound in this engine."""
        asked = require_model(voice)
        parts = [
            sorted(self.models(voice).items()),
            asked.speaker,
            asked.language,
            voice.language,
            voice.pace,
        ]
        return sha256(json.dumps(parts).encode())

    def timing(self, voice: Voice) -> str:
        """Where word times come from: the model's "durations", or "alignment"."""
        return "durations" if self._model(voice).timed else "alignment"

    def prepare(self, voice: Voice) -> None:
        """Load the voice's model."""
        self._model(voice)

    def speak(self, segment: Segment, voice: Voice) -> Take:
        """Record `segment`; raises EngineError where it is longer than its model is made for."""
        model = self._model(voice)
        pronunciation = _pronounce(segment, voice, model)
        if len(pronunciation.phonemes) > model.most:
            raise EngineError(
                f"the sentence has {len(pronunciation.phonemes)} symbols, coqui takes {model.most}",
                "split the sentence",
                **segment.place,
            )
        with locate_errors(**segment.place):
            pace = voice.pace * segment.delivery.pace if model.paced else voice.pace
            spoken = model.say(pronunciation.phonemes, replace(voice, pace=pace))
            clip = Clip(spoken.samples, model.rate)
            durations = spoken.durations or _align(clip, pronunciation, segment, voice)
        clip, marks = trim(clip, pronunciation, durations, 1)
        return make_take(segment, clip, marks, self.fingerprint)

    def _model(self, voice: Voice) -> LoadedModel:
        files = replace(find_files(voice), reference=())  # voices with other clips share the model
        key = (files, repr(hash_files(files)))
        with self._loading:
            if key not in self._models:
                self._models[key] = LoadedModel(files)
        self._models[key].check(voice)
        return self._models[key]


def _pronounce(segment: Segment, voice: Voice, model: LoadedModel) -> Pronunciation:
    if not model.phonemes:
        return to_letters(segment, model.symbols, lower=model.lower)
    return to_ipa(pronounce(segment, british=voice.is_british), model.symbols, segment)


def _align(
    clip: Clip, pronunciation: Pronunciation, segment: Segment, voice: Voice
) -> tuple[int, ...]:
    draft = open_other("hibari").speak(segment, voice)
    return alignment.align_durations(clip, pronunciation, draft.clip, draft.marks)


def check_ready(voice: Voice) -> None:
    """Look whether `voice` can speak here; raises MissingError or VoiceError where it can't."""
    package.describe_versions()
    files = find_files(voice)
    tuple(list_named_files(files))


def open_engine() -> Coqui:
    """Look whether Coqui TTS is installed; models are loaded when voices ask for them."""
    return Coqui()
