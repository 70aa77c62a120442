"""Replaces the parts of torchaudio that can't be loaded on a machine without a GPU.

Coqui imports torchaudio for its filters and spectrograms, which are plain torch. But importing
torchaudio first loads a compiled extension, and the one in the package index is linked against
CUDA's libraries; where those are missing the whole import fails. Nothing that we use needs the
extension, so an empty module takes its place.

`torchaudio.load` uses torchcodec, which needs FFmpeg's shared libraries in certain versions. It is
replaced everywhere, so that reference clips are read alike on every machine.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from paperledge_audio.sound.reading import read_clip

if TYPE_CHECKING:
    from collections.abc import Callable

EXTENSION = "torchaudio._extension"


def import_torchaudio() -> ModuleType:
    """Import torchaudio, without its compiled extension where that can't be loaded."""
    try:
        torchaudio = import_module("torchaudio")
    except OSError:
        sys.modules[EXTENSION] = _make_extension()
        torchaudio = import_module("torchaudio")
    torchaudio.load = _load  # type: ignore[attr-defined]
    return torchaudio


def _make_extension() -> Any:
    """What torchaudio's own extension module offers where it was built without one."""
    module: Any = ModuleType(EXTENSION)
    module.__path__ = []
    module._IS_TORCHAUDIO_EXT_AVAILABLE = False  # noqa: SLF001 - torchaudio's name for it

    def check_cuda_version() -> None:
        """There is none to check."""

    def fail_if_no_align(function: Callable[..., Any]) -> Callable[..., Any]:
        """Forced alignment is the extension's; we never call it."""
        return function

    module._check_cuda_version = check_cuda_version  # noqa: SLF001
    module.fail_if_no_align = fail_if_no_align
    return module


def _load(path: Any, *_: Any, **__: Any) -> tuple[Any, int]:
    """A sound file as a float tensor [channels, frames] and its rate, like torchaudio's own."""
    torch = import_module("torch")
    clip = read_clip(Path(path))
    return torch.from_numpy(clip.samples.T.copy()), clip.rate
