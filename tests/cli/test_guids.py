"""An episode's id outlives the names of its show, its script and its file."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path("scripts/one-hand.md")
KEPT = Path("scripts/guids.toml")
Call = Callable[..., Any]


def guid_of(slug: str) -> str:
    manifest = json.loads(Path(f"out/{slug}/{slug}.manifest.json").read_text("utf-8"))
    assert manifest["guid"] == manifest["episode"]["guid"]
    return str(manifest["guid"])


def test_the_id_stays_when_everything_is_renamed(show_folder: Path, paperledge: Call) -> None:
    assert paperledge("render", SCRIPT).code == 0
    first = guid_of("one-hand")
    assert uuid.UUID(first)
    assert not KEPT.exists()  # a render writes no file into the checkout
    ran = paperledge("guids", SCRIPT)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "scripts/guids.toml")
    assert first in ran.out

    toml = Path("scripts/show.toml")
    toml.write_text(toml.read_text().replace('title = "Toneledge"', 'title = "Another"'))
    text = SCRIPT.read_text().replace("title: The Sound of One Hand", "title: One Hand")
    SCRIPT.write_text(text)
    assert paperledge("render", SCRIPT).code == 0
    assert guid_of("one-hand") == first
    assert paperledge("guids", SCRIPT).code == 0  # the file knows the new title

    renamed = SCRIPT.rename("scripts/hand.md")
    before = KEPT.read_bytes()
    ran = paperledge("render", renamed)
    assert guid_of("hand") == first
    assert (
        "its guid is that of 'one-hand', which it was called; "
        "to keep it, run: paperledge guids scripts/hand.md"
    ) in ran.err
    assert KEPT.read_bytes() == before
    ran = paperledge("guids", renamed, "--check")
    assert (ran.code, ran.out.splitlines()[-1]) == (1, "scripts/guids.toml would be written")
    assert KEPT.read_bytes() == before
    assert paperledge("guids", renamed).code == 0
    assert paperledge("guids", renamed, "--check").code == 0
    assert "one-hand" not in KEPT.read_text()
    assert "guid" not in paperledge("render", renamed).err


def test_a_new_script_by_an_old_name_is_another_episode(
    show_folder: Path, paperledge: Call
) -> None:
    text = SCRIPT.read_text()
    assert paperledge("guids", SCRIPT).code == 0
    assert paperledge("guids", SCRIPT.rename("scripts/hand.md")).code == 0
    SCRIPT.write_text(text.replace("One Hand", "Two Hands"))
    ran = paperledge("guids", SCRIPT, "--json")
    (change,) = json.loads(ran.out)["changes"]
    assert KEPT.read_text().count(change["guid"]) == 1


def test_the_headers_own_id_comes_first(show_folder: Path, paperledge: Call) -> None:
    assert paperledge("guids", SCRIPT).code == 0
    SCRIPT.write_text(SCRIPT.read_text().replace("date:", "guid: buzz-4711\ndate:"))
    assert paperledge("render", SCRIPT).code == 0
    assert guid_of("one-hand") == "buzz-4711"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('["../x"]\nguid = "a"\n', "scripts/guids.toml:1:2: ../x: has the part '..'"),
        ('[x]\nguid = "a"\n[y]\nguid = "a"\n', "scripts/guids.toml:4:1: y.guid: 'x' has it, too"),
        ('[x]\nguid = "a"\nname = "b"\n', "scripts/guids.toml:3:1: x.name: is not a known key"),
        ("[x]\n", "scripts/guids.toml:1:2: x.guid: is missing; add 'guid'"),
        ('x = "a"\n', "guids.toml:1:1: x: 'a' is not a table of settings; write its keys below it"),
        ('["a/b"]\nguid = "a"\n', "guids.toml:1:2: a/b: is no script's name; name a script of"),
        ('[x]\nguid = ""\n', "scripts/guids.toml:2:1: x.guid: is empty; write it"),
        ("", "scripts/guids.toml: holds no ids; restore it, or remove it to begin anew"),
        ("# none\n", "scripts/guids.toml: holds no ids; restore it"),
        (f'[x]\nguid = "{"a" * 201}"\n', "x.guid: has 201 characters; write at most 200"),
        ("[x", "scripts/guids.toml: is not valid TOML: "),
    ],
)
def test_what_is_wrong_with_the_file_is_told_with_its_line(
    show_folder: Path, paperledge: Call, text: str, what: str
) -> None:
    KEPT.write_text(text)
    for command in ("guids", "render"):
        ran = paperledge(command, SCRIPT)
        assert (ran.code, what in ran.line) == (1, True), ran.err
    assert not Path("out").exists()
