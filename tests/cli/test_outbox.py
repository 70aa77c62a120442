"""render --outbox: the finished folder, handed over."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.servers import PASSWORD, S3, USER, Server


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_render_hands_its_folder_over(show_folder: Path, paperledge: Callable[..., Any]) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "--outbox", "box")
    assert ran.code == 0, ran.err
    assert "box/one-hand" in ran.out.splitlines()
    assert contents(Path("box/one-hand")) == contents(Path("out/one-hand"))
    again = paperledge("render", "scripts/one-hand.md", "--outbox", "box", "--json")
    assert json.loads(again.out)["releases"][0]["handed_over"] == "box/one-hand"
    assert [entry.name for entry in Path("box").iterdir()] == ["one-hand"]


def test_the_outbox_is_another_folder(show_folder: Path, paperledge: Callable[..., Any]) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "-o", "x", "--outbox", "./x")
    assert (ran.code, ran.line) == (
        2, "--outbox names the same folder as -o; name another, or leave it out"
    )  # fmt: skip


def test_a_place_that_is_taken_is_told_before_anybody_speaks(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    Path("box").mkdir()
    Path("box/one-hand").write_text("mine")
    ran = paperledge("render", "scripts/one-hand.md", "--outbox", "box")
    assert ran.code == 1
    assert "box/one-hand: is in the way" in ran.err
    assert not Path("out").exists()


def test_a_folder_is_listed_and_an_episode_withdrawn(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    paperledge("render", "scripts/one-hand.md", "--outbox", "box")
    (row,) = json.loads(paperledge("outbox", "list", "box", "--json").out)["episodes"]
    assert (row["slug"], row["title"], row["problem"]) == ("one-hand", "The Sound of One Hand", "")
    assert "one-hand" in paperledge("outbox", "list", "file://" + str(Path("box").absolute())).out
    Path("box/one-hand/diary.txt").write_text("mine")
    ran = paperledge("outbox", "withdraw", "one-hand", "--outbox", "box")
    assert ran.line.startswith("box/one-hand/diary.txt: was not made by this program")
    Path("box/one-hand/diary.txt").unlink()
    count = len([*Path("box/one-hand").iterdir()])
    ran = paperledge("outbox", "withdraw", "one-hand", "--outbox", "box", "--json")
    assert json.loads(ran.out)["files"] == count
    assert [*Path("box").iterdir()] == []
    assert paperledge("outbox", "list", "box").out == "box: no episodes\n"
    ran = paperledge("outbox", "withdraw", "one-hand", "--outbox", "box")
    assert (ran.code, ran.line) == (
        1, "box/one-hand: is not there; see what is: paperledge outbox list box"
    )  # fmt: skip


def test_a_feed_says_that_a_withdrawn_episode_would_be_lost(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    show = Path("scripts/show.toml")
    text = 'base_url = "https://tone.example"\nwebsite = "https://tone.example"\n'
    show.write_text(f'{text}description = "Tones."\n{show.read_text()}')
    second = Path("scripts/one-hand.md").read_text().replace("One Hand", "Two Hands")
    Path("scripts/two-hands.md").write_text(second)
    paperledge("render", "scripts/one-hand.md", "scripts/two-hands.md", "--outbox", "box")
    assert paperledge("feed", "box", "-o", "feed.xml").code == 0
    assert paperledge("outbox", "withdraw", "two-hands", "--outbox", "box").code == 0
    ran = paperledge("feed", "box", "-o", "feed.xml")
    assert ran.code == 1
    assert "would lose the episode 'The Sound of Two Hands'" in ran.line
    assert paperledge("feed", "box", "-o", "feed.xml", "--allow-loss").code == 0


def test_a_render_hands_over_to_a_server(
    show_folder: Path, paperledge: Callable[..., Any], server: Server
) -> None:
    secret = f"sftp://{USER}:{PASSWORD}@127.0.0.1:"
    address = str(server.address).replace("sftp://127.0.0.1:", secret)
    ran = paperledge("render", "scripts/one-hand.md", "--outbox", address, "--json")
    assert ran.code == 0, ran.err
    place = json.loads(ran.out)["releases"][0]["handed_over"]
    assert place.startswith(f"{server.address}/one-hand/")
    files = {Path(name).name: data for name, data in server.files().items()}
    assert files == contents(Path("out/one-hand"))
    assert all(PASSWORD.encode() not in data for data in files.values())
    assert PASSWORD not in ran.out + ran.err
    (row,) = json.loads(paperledge("outbox", "list", address, "--json").out)["episodes"]
    assert (row["place"], row["problem"]) == (place, "")
    listed = paperledge("outbox", "list", address)
    assert "The Sound of One Hand" in listed.out
    assert PASSWORD not in listed.out
    ran = paperledge("outbox", "withdraw", "one-hand", "--outbox", address)
    assert ran.out.startswith(f"{server.address}/one-hand: withdrawn, {len(files)} files")
    assert server.files() == {}


def test_a_server_that_lacks_the_bucket_is_told_before_anybody_speaks(
    show_folder: Path, paperledge: Callable[..., Any], s3: S3
) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "--outbox", "s3://none/box")
    assert ran.code == 1
    assert ran.line.endswith("there is no such bucket; make it, or correct the address")
    assert not Path("out").exists()


def test_a_server_that_fails_at_the_end_leaves_the_release_here(
    show_folder: Path, paperledge: Callable[..., Any], server: Server
) -> None:
    server.script.refuse_from(6)
    ran = paperledge("render", "scripts/one-hand.md", "--outbox", address_of(server))
    assert ran.code == 1
    assert "run it again: what is there already is not sent again" in ran.err
    assert "Traceback" not in ran.err
    assert Path("out/one-hand/one-hand.manifest.json").exists()
    server.script.reset()
    ran = paperledge("render", "scripts/one-hand.md", "--outbox", address_of(server))
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("address", ["s3://key:hush@box/x", "sftp://ann:hush@h:x/y", "qq://hush"])
def test_a_bad_address_is_wrong_usage_and_not_printed(
    address: str, show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    for command in (("render", "scripts/one-hand.md", "--outbox", address),
                    ("outbox", "list", address),
                    ("outbox", "withdraw", "one-hand", "--outbox", address)):  # fmt: skip
        ran = paperledge(*command)
        assert (ran.code, ran.out) == (2, "")
        assert "hush" not in ran.line


def address_of(server: Server) -> str:
    return str(server.address).replace("sftp://", f"sftp://{USER}@")
