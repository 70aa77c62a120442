"""Coqui TTS (coqui-tts, MPL-2.0): any of its models, a host's own voice included.

The package is the extra `coqui`. Sentences are ours, so Coqui never splits; the samples are taken
as the model makes them, before Coqui's padding and normalising.
"""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from paperledge_audio.engines import open_engine as open_other
from paperledge_audio.engines.coqui import alignment, package
from paperledge_audio.engines.coqui.files import asked, files_of, hashes, named
from paperledge_audio.engines.coqui.ipa import to_ipa
from paperledge_audio.engines.coqui.letters import to_letters
from paperledge_audio.engines.coqui.model import Model
from paperledge_audio.engines.durations import trimmed
from paperledge_audio.engines.g2p import read
from paperledge_audio.engines.words import timed_take
from paperledge_audio.errors import EngineError
from paperledge_audio.files.hashing import sha256
from paperledge_audio.sound.clip import Clip

if TYPE_CHECKING:
    from paperledge_audio.engines.coqui.files import Files
    from paperledge_audio.engines.g2p import Reading
    from paperledge_audio.engines.model import Take
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice

log = logging.getLogger(__name__)


class Coqui:
    """Speaks with the model that a voice names; each is loaded once, when it is first asked."""

    name = "coqui"

    def __init__(self) -> None:
        self.fingerprint = f"coqui/{package.versions()}/hibari-g2p-0.2/1"
        self._models: dict[tuple[Files, str], Model] = {}
        self._loading = Lock()

    def models(self, voice: Voice) -> dict[str, str]:
        """Everything that the voice's model is made of, its clips included."""
        return hashes(files_of(voice))

    def timbre(self, voice: Voice) -> str:
        """All of a voice that changes how it sounds here."""
        wanted = asked(voice)
        parts = [
            sorted(self.models(voice).items()),
            wanted.speaker,
            wanted.language,
            voice.language,
            voice.pace,
        ]
        return sha256(json.dumps(parts).encode())

    def timing(self, voice: Voice) -> str:
        """Where the words' times come from: "durations" of the model, or "alignment"."""
        return "durations" if self._model(voice).timed else "alignment"

    def prepare(self, voice: Voice) -> None:
        """Load the voice's model."""
        self._model(voice)

    def speak(self, segment: Segment, voice: Voice) -> Take:
        """Record `segment`; raises EngineError where it is longer than its model is made for."""
        model = self._model(voice)
        reading = _reading(segment, voice, model)
        if len(reading.phonemes) > model.most:
            raise EngineError(
                f"the sentence has {len(reading.phonemes)} symbols, coqui takes {model.most}",
                "split the sentence",
                line=segment.line or None,
                segment=segment.index,
            )
        try:
            spoken = model.say(reading.phonemes, voice)
            clip = Clip(spoken.samples, model.rate)
            durations = spoken.durations or _aligned(clip, reading, segment, voice)
        except EngineError as error:
            place = {"line": segment.line or None, "segment": segment.index}
            raise error.located(**place) from error
        clip, marks = trimmed(clip, reading, durations, 1)
        return timed_take(segment, clip, marks, self.fingerprint)

    def _model(self, voice: Voice) -> Model:
        files = replace(files_of(voice), reference=())  # voices of other clips share the model
        key = (files, repr(hashes(files)))
        with self._loading:
            if key not in self._models:
                log.info("loads %s", files.model)
                self._models[key] = Model(files)
        self._models[key].check(voice)
        return self._models[key]


def _reading(segment: Segment, voice: Voice, model: Model) -> Reading:
    if not model.phonemes:
        return to_letters(segment, model.symbols, lower=model.lower)
    return to_ipa(read(segment, british=voice.language == "en-GB"), model.symbols, segment)


def _aligned(clip: Clip, reading: Reading, segment: Segment, voice: Voice) -> tuple[int, ...]:
    draft = open_other("hibari").speak(segment, voice)
    return alignment.durations(clip, reading, draft.clip, draft.marks)


def ready(voice: Voice) -> None:
    """Look whether `voice` can speak here; raises MissingError or VoiceError where it can't."""
    package.versions()
    files = files_of(voice)
    tuple(named(files))


def open_engine() -> Coqui:
    """Look whether Coqui TTS is installed; models are loaded when voices ask for them."""
    return Coqui()
