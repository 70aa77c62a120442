"""Shards: each take in one of them, and together all that the episodes need."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.errors import UsageError
from paperledge_audio.takes import Shard, parse_shard
from tests.cli.test_render import snapshot

COUNT = 3
RENDER = ("render", "scripts", "-o", "out")


@given(st.text("0123456789abcdef", min_size=64, max_size=64), st.integers(1, 1000))
def test_every_take_is_in_one_shard(take_id: str, count: int) -> None:
    assert sum(Shard(number, count).has(take_id) for number in range(1, count + 1)) == 1


@pytest.mark.parametrize("text", ["", "3", "0/8", "9/8", "1/0", "1/1001", "3/8 ", "-1/8", "٣/٨"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="write it as 3/8"):
        parse_shard(text)


def test_shards_make_each_take_once_and_gather_finishes_the_same_episodes(
    show_folder: Path, paperledge: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Path("scripts/one-hand.md").read_text()
    Path("scripts/two.md").write_text(text.replace("The tone is", "A tone is"))
    paperledge(*RENDER)
    expected = snapshot(Path("out"))
    shared = show_folder / "shared"
    monkeypatch.setenv("PAPERLEDGE_STORE", str(shared))
    made = 0
    for number in range(1, COUNT + 1):
        if number == COUNT:
            short = paperledge("gather", "scripts", "-o", "gathered", "--json")
            assert short.code == 1
            assert not Path("gathered").exists()
        monkeypatch.setenv("PAPERLEDGE_CACHE", str(show_folder / f"job-{number}"))
        ran = paperledge(*RENDER, "--shard", f"{number}/{COUNT}", "--json", "--jobs", "1")
        rows = json.loads(ran.out)["scripts"]
        assert [row["slug"] for row in rows] == ["one-hand", "two"]
        assert {row["made"] + row["reused"] + row["others"] for row in rows} == {7}
        made += sum(row["made"] for row in rows)
    assert made == len(list(Path("shared").glob("*.take")))
    (one, two) = json.loads(short.out)["errors"]
    assert one["what"].endswith(f"of 7 takes are not in the store {shared.as_uri()}")
    assert (one["path"], two["path"]) == ("scripts/one-hand.md", "scripts/two.md")
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(show_folder / "last"))
    assert paperledge("gather", "scripts", "-o", "gathered").code == 0
    assert snapshot(Path("gathered")) == expected


def test_takes_from_before_there_was_a_store_reach_it(
    show_folder: Path, paperledge: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    paperledge(*RENDER)
    monkeypatch.setenv("PAPERLEDGE_STORE", str(show_folder / "shared"))
    ran = paperledge(*RENDER, "--shard", "1/1", "--json")
    assert [(row["made"], row["reused"]) for row in json.loads(ran.out)["scripts"]] == [(0, 7)]
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(show_folder / "elsewhere"))
    assert paperledge("gather", "scripts", "-o", "gathered").code == 0
    assert snapshot(Path("gathered")) == snapshot(Path("out"))


def test_gather_makes_what_is_missing_if_it_may(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    takes = Path(os.environ["PAPERLEDGE_CACHE"]) / "takes"
    refused = paperledge("gather", "scripts", "-o", "out")
    assert refused.line == (
        f"scripts/one-hand.md:12: 7 of 7 takes are not in the store {takes}; "
        "name the --store that the shards had, render the shards that are missing, or add --make"
    )
    refused = paperledge("gather", "scripts", "-o", "out", "--store", "shared")
    assert refused.line == (
        "scripts/one-hand.md:12: 7 of 7 takes are not in the store "
        f"{(show_folder / 'shared').as_uri()}; render the shards that are missing, or add --make"
    )
    assert paperledge("gather", "scripts", "-o", "out", "--make").code == 0
    assert Path("out/one-hand/one-hand.mp3").is_file()


def test_a_shard_tells_its_errors_as_a_render_does(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    Path("scripts/bad.md").write_text("")
    ran = paperledge(*RENDER, "--shard", "1/1")
    assert ran.code == 1
    assert "scripts/bad.md" in ran.err
    assert "one-hand: shard 1/1 | 7 takes made" in ran.out


@pytest.mark.parametrize("options", [
    ["--outbox", "box"], ["--stems", "stems"], ["--verified"], ["--format", "epub"], ["--plot"],
    ["--page"],
])  # fmt: skip
def test_what_concerns_an_episode_is_for_gather(
    show_folder: Path, paperledge: Callable[..., Any], options: list[str]
) -> None:
    ran = paperledge(*RENDER, "--shard", "1/1", *options)
    assert ran.code == 2
    assert ran.line == f"--shard writes no episode; give {options[0]} to gather"


def test_a_shard_without_a_shared_store_says_where_its_takes_are(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    takes = Path(os.environ["PAPERLEDGE_CACHE"]) / "takes"
    ran = paperledge(*RENDER, "--shard", "1/2")
    assert ran.code == 0
    assert ran.err.splitlines()[-1].startswith(f"the takes are in {takes}, for gather on this ")
    assert json.loads(paperledge(*RENDER, "--shard", "2/2", "--json").out)["store"] == str(takes)
    assert paperledge("gather", "scripts").code == 0
    at = ("--store", "shared")
    assert "the takes are in" not in paperledge(*RENDER, "--shard", "1/2", *at).err
    ran = paperledge(*RENDER, "--shard", "1000/1000", *at)
    assert ran.err == "one-hand: nothing to speak\n"
    assert ran.out == "one-hand: shard 1000/1000 | 0 takes made, 0 reused, 7 in other shards\n"
