"""Runs the `run:` steps of workflows and actions as a runner would, without GitHub."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.preview_repository import AUTHOR

GH = """\
#!/usr/bin/env bash
# Stands in for GitHub's own client: comments are files named by their numbers.
set -eu
cd "$COMMENTS"
echo "$*" >> calls
case "$*" in
  *PATCH*)
    number=$(grep -o 'issues/comments/[0-9]*' <<< "$*" | grep -o '[0-9]*$') ;;
  *POST*)
    number=$(find . -name '[0-9]*' | wc -l) ;;
  *)
    mark=$(grep -o '<!--.*-->' <<< "$*")
    find . -name '[0-9]*' -exec grep -lF "$mark" {} + | grep -o '[0-9]*$' || true
    exit 0 ;;
esac
cp "$(grep -o 'body=@.*' <<< "$*" | cut -c7-)" "$number"
"""

CURL = """\
#!/usr/bin/env bash
# Stands in for GitLab: a first page of notes, of others and, where AGAIN is set, one of ours.
set -eu
echo "$*" >> "$COMMENTS/calls"
case "$*" in
  *--request*)
    cp "$(grep -o 'body@[^ ]*' <<< "$*" | cut -c6-)" "$COMMENTS/body" ;;
  *page=1)
    mark=$(head -n 1 preview.md)
    echo '[{"id": 1, "body": "'"$mark"' mine!", "author": {"username": "eve"}}'
    if [ -n "${AGAIN:-}" ]; then
      echo ',{"id": 42, "body": "'"$mark"'", "author": {"username": "project_5_bot_1"}}'
    fi
    echo ']' ;;
  *)
    echo '[]' ;;
esac
"""


@dataclass
class Runner:
    """A runner in `workspace`; `facts` are what expressions look up, by their whole text."""

    workspace: Path
    temp: Path
    facts: dict[str, str] = field(default_factory=dict)
    output: str = ""

    def __post_init__(self) -> None:
        for name in ("bin", "comments", "runner"):
            (self.temp / name).mkdir(parents=True)
        (self.temp / "bin" / "gh").write_text(GH)
        (self.temp / "bin" / "curl").write_text(CURL)
        (self.temp / "bin" / "pip").write_text("#!/bin/sh\n")
        (self.temp / "bin" / "paperledge").write_text(
            f"#!{sys.executable}\nfrom paperledge_audio.cli import main\nmain()\n"
        )
        (self.temp / "bin" / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        for program in (self.temp / "bin").iterdir():
            program.chmod(0o755)

    def expanded(self, text: str) -> str:
        """The text with its `${{ }}` looked up; a fact that is not known is an error."""
        return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda found: self.facts[found[1]], str(text))

    def run(self, step: dict[str, Any], **more: str) -> int:
        """Run a step's script with bash as GitHub does; its outputs become facts."""
        outputs = self.temp / "runner" / "outputs"
        outputs.write_text("")
        environment = {name: self.expanded(value) for name, value in step.get("env", {}).items()}
        root = Path(__file__).resolve().parents[2]
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={
                **{k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")},
                **AUTHOR,
                "PATH": f"{self.temp / 'bin'}:{os.environ['PATH']}",
                "PYTHONPATH": str(root),
                "GITHUB_ACTIONS": "true",
                "GITHUB_OUTPUT": str(outputs),
                "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md"),
                "RUNNER_TEMP": str(self.temp / "runner"),
                "COMMENTS": str(self.temp / "comments"),
                **environment,
                **more,
            },
        )
        self.output = done.stdout
        for line in outputs.read_text().splitlines():
            name, _, value = line.partition("=")
            self.facts[f"steps.{step['id']}.outputs.{name}"] = value
        return done.returncode


def steps(file: Path) -> dict[str, dict[str, Any]]:
    """The steps of an action or of a workflow's only job that have a script, by their ids."""
    document = yaml.safe_load(file.read_text("utf-8"))
    if "runs" in document:
        listed = document["runs"]["steps"]
    else:
        (job,) = document["jobs"].values()
        listed = job["steps"]
    return {step["id"]: step for step in listed if "run" in step}


def gitlab_step(file: Path) -> dict[str, Any]:
    """The script of a GitLab file's only job, whose lines run in one shell, as a step."""
    (job,) = yaml.safe_load(file.read_text("utf-8")).values()
    return {"id": "gitlab", "run": "\n".join(job["script"])}
