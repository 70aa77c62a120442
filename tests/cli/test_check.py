"""What `check` says of scripts, and of the files around them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
SCRIPT, SHOW = "scripts/one-hand.md", Path("scripts/show.toml")


@pytest.mark.parametrize(
    ("file", "added", "line"),
    [
        ("scripts/show.toml", "\nnonsense = 1\n", 11),
        ("scripts/show.toml", "\nnonsense\n", None),
        ("voices/tone.toml", "\nnonsense = 1\n", 9),
    ],
)
def test_a_fault_stands_behind_the_file_that_has_it(
    show_folder: Path, paperledge: Call, file: str, added: str, line: int | None
) -> None:
    with Path(file).open("a") as end:
        end.write(added)
    shutil.copy(SCRIPT, "scripts/other.md")
    checked = paperledge("check", SCRIPT, "scripts/other.md")
    assert checked.code == 1
    (said,) = checked.err.splitlines()
    assert file in said.partition(": ")[0]
    assert SCRIPT not in said
    for script in json.loads(paperledge("check", SCRIPT, "--json").out)["scripts"]:
        (finding,) = script["findings"]
        assert finding["path"].endswith(file)
        assert finding["line"] == line
        assert file not in finding["what"]


def test_a_finding_of_a_script_has_its_path(show_folder: Path, paperledge: Call) -> None:
    with Path(SCRIPT).open("a") as end:
        end.write("\nThis has a \u2e2e in it.\n")
    (document,) = json.loads(paperledge("check", SCRIPT, "--json").out)["scripts"]
    assert [(f["path"], f["line"]) for f in document["findings"]] == [(SCRIPT, 25)]
