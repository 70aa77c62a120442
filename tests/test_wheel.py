"""The wheel carries Ernis, the show's defaults and its music: it renders a lone script anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from paperledge_audio.cli.init.making import PACKAGED, WORKFLOWS
from tests.samples import ROOT

pytestmark = pytest.mark.wheel

LONE = """\
---
title: A Lone Script
date: 2025-10-21
---

Hello, learning crew! This script has no show of its own.
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_it_carries_what_ships(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    bundled = "paperledge_audio/bundled"
    for file in sorted((ROOT / "voices").rglob("*.*")):
        assert f"{bundled}/{file.relative_to(ROOT)}" in names
    for file in sorted((ROOT / "scripts" / "music").iterdir()):
        assert f"{bundled}/{file.relative_to(ROOT)}" in names
    assert f"{bundled}/scripts/show.toml" in names
    assert {f"{bundled}/docs/{name}" for _, name in WORKFLOWS.values()} <= names
    places = (
        "/".join((package.replace(".", "/"), *parts)) for package, *parts in PACKAGED.values()
    )
    assert {*places} <= names
    assert "paperledge_audio/py.typed" in names
    assert any(name.endswith("licenses/NOTICE") for name in names)


def test_installed_it_has_every_stock_voice(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "from paperledge_audio.cli import main; main()",
            "voices",
            "list",
            "--json",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    )
    voices = json.loads(ran.stdout)["voices"]
    assert sum(voice["stock"] for voice in voices) == 28
    assert all(voice["speaks"] == ["studio", "draft"] for voice in voices)


@pytest.mark.model
def test_installed_it_renders_a_lone_script(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "lone.md").write_text(LONE)
    code = (
        "import paperledge_audio, sys; print(paperledge_audio.__file__, file=sys.stderr)\n"
        "from paperledge_audio.cli import main; main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "render", "lone.md", "--quality", "draft", "--json"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(tmp_path / "site"),
            "PAPERLEDGE_CACHE": str(tmp_path / "cache"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.startswith(str(tmp_path / "site"))
    (release,) = json.loads(ran.stdout)["releases"]
    assert release["duration_s"] > 8  # the intro plays
    assert release["loudness"]["integrated_lufs"] == pytest.approx(-16.0, abs=0.1)
