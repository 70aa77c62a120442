"""What others install this program by."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from paperledge_audio.cli import COMMANDS
from tests.samples import ROOT

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_calls_a_command_for_scripts_and_nothing_else(hook: dict[str, Any]) -> None:
    program, command = shlex.split(hook["entry"])
    assert (program, hook["language"], command in COMMANDS) == ("paperledge", "python", True)
    chosen = [
        path for path in ("scripts/x.md", "show/scripts/y.txt") if re.search(hook["files"], path)
    ]
    assert len(chosen) == 2
    for other in ("README.md", "scripts/show.toml", "scripts/music/x.md.wav", "myscripts/x.md"):
        assert not re.search(hook["files"], other)


def test_a_container_is_built_from_packages_and_runs_as_nobody_special() -> None:
    lines = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8")).splitlines()
    steps = [line.partition(" ")[::2] for line in lines if line and not line.startswith("#")]
    last = dict(steps)
    assert last["ENTRYPOINT"] == '["paperledge"]'
    assert last["USER"] != "root"
    assert not any(re.search(r"curl|wget|https?://", line) for line in lines)
    commands = [line for name, line in steps if name == "RUN" and line.startswith("paperledge")]
    assert [shlex.split(line)[1] in COMMANDS for line in commands] == [True]
    ignored = set(Path(ROOT / ".dockerignore").read_text("utf-8").split())
    assert {".git", ".venv", "out"} <= ignored
