"""The short form of `make faults`: one row of each kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.checking import complaints
from tests.faults.disturbing import may_mount
from tests.faults.faults import FAULTS
from tests.faults.scene import Scene, make_scene

pytestmark = pytest.mark.faults

CHOSEN = (
    "SIGTERM once",
    "SIGINT twice",
    "SIGHUP once",
    "SIGINT while another writes",
    "out: 64 KB left",
    "cache: read-only",
    "temporary: 0 KB left",
    "out: removed while mixing",
    "script: edited while mastering",
    "music: edited while speaking",
    "takes: .flac flipped",
    "takes: .json a folder",
    "takes: .flac a pipe while speaking",
    "two at once",
    "ffmpeg complains without end",
    "ffmpeg is killed half way",
    "surroundings: no HOME, no cache",
    "ulimit -n 32",
    "ulimit -v 350 MB",
    "unheard: render",
)


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scene]:
    """By the format that is rendered."""
    folder = tmp_path_factory.mktemp("scenes")
    return {form: make_scene(folder / form, form) for form in ("mp3", "m4a")}


@pytest.mark.parametrize("name", CHOSEN)
def test_whatever_happens_nothing_is_lost(
    name: str, scenes: dict[str, Scene], tmp_path: Path
) -> None:
    fault = FAULTS[name]
    if fault.mounts and not may_mount():
        pytest.skip("to make a small disk needs the right to mount")
    assert complaints(name, fault, scenes[fault.form].copy(tmp_path / "scene")) == []
