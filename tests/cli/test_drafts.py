"""A draft is no release: it replaces none, gets out only when told, and says what it is."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mutagen.id3 import ID3

SCRIPT = "scripts/one-hand.md"
DRAFT = ("render", SCRIPT, "--quality", "draft")
TITLE = "The Sound of One Hand"


def contents(folder: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(Path(folder).iterdir())}


def spoken(show: Path) -> list[Path]:
    return list((show.parent / "cache").rglob("*.flac"))


def test_a_draft_replaces_no_studio_release_without_force(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    assert paperledge("render", SCRIPT).code == 0
    before = contents("out/one-hand")
    for take in spoken(show_folder):
        take.unlink()
    ran = paperledge(*DRAFT)
    assert ran.code == 1
    assert ran.line == (
        "out/one-hand: is in studio quality, and a draft would replace it; "
        "name another folder or add --force"
    )
    assert contents("out/one-hand") == before
    assert not spoken(show_folder)
    assert paperledge(*DRAFT, "--force").code == 0
    assert contents("out/one-hand") != before
    assert paperledge(*DRAFT).code == 0  # a draft replaces a draft
    assert paperledge("render", SCRIPT).code == 0  # and a release replaces it
    assert contents("out/one-hand") == before


def test_a_draft_goes_to_the_outbox_only_when_told(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    ran = paperledge(*DRAFT, "--outbox", "box")
    assert ran.code == 1
    assert ran.line == (
        f"{SCRIPT}: is a draft, which is not for publishing; "
        "render it in studio quality, or add --allow-draft"
    )
    assert not spoken(show_folder)
    assert paperledge(*DRAFT, "--outbox", "box", "--allow-draft").code == 0
    assert contents("box/one-hand") == contents("out/one-hand")
    assert paperledge("render", SCRIPT, "--outbox", "box").code == 0
    ran = paperledge(*DRAFT, "-o", "drafts", "--outbox", "box", "--allow-draft")
    assert ran.code == 1
    assert ran.line.startswith("box/one-hand: is in studio quality, and a draft would replace it")
    ran = paperledge(*DRAFT, "--allow-draft")
    assert (ran.code, ran.line) == (
        2, "--allow-draft needs --outbox; leave it out, or name an outbox"
    )  # fmt: skip


def test_a_draft_says_so_in_the_tag_the_item_and_the_manifest(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    for quality, title in (("draft", f"Draft: {TITLE}"), ("studio", TITLE)):
        assert paperledge("render", SCRIPT, "--quality", quality).code == 0
        stem = Path("out/one-hand/one-hand")
        manifest = json.loads(stem.with_suffix(".manifest.json").read_text("utf-8"))
        item = ET.parse(stem.with_suffix(".item.xml")).getroot()  # noqa: S314 - our own
        tag = ID3(stem.with_suffix(".mp3"))  # type: ignore[no-untyped-call]
        assert str(tag["TIT2"]) == title
        assert item.findtext("title") == title
        assert (manifest["episode"]["title"], manifest["settings"]["quality"]) == (title, quality)


def test_verify_names_the_quality_and_a_title_that_hides_it(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    sound = Path("out/one-hand/one-hand.mp3")
    assert paperledge(*DRAFT).code == 0
    ran = paperledge("verify", sound)
    assert "ok       quality              draft, not for publishing" in ran.out.splitlines()
    item = sound.with_suffix(".item.xml")
    item.write_text(item.read_text("utf-8").replace("Draft: ", ""), "utf-8")
    ran = paperledge("verify", sound, "--json")
    (report,) = json.loads(ran.out)["reports"]
    (found,) = (one for one in report["findings"] if one["name"] == "quality")
    assert (found["ok"], found["detail"]) == (
        False, "draft, not for publishing, but not by the title in the feed item"
    )  # fmt: skip


def test_a_feed_passes_over_drafts_and_pages_and_names_them(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    toml = Path("scripts/show.toml")
    more = 'website = "https://x.example/"\nbase_url = "https://x.example/p"\n'
    toml.write_text(f'{more}description = "Tones."\n{toml.read_text()}')
    assert paperledge("render", SCRIPT).code == 0
    again = Path("scripts/two-hands.md")
    again.write_text(Path(SCRIPT).read_text().replace("One Hand", "Two Hands"))
    assert paperledge("render", again, "--quality", "draft").code == 0
    assert paperledge("preview", SCRIPT, "-o", "out/page").code == 0
    ran = paperledge("feed", "out")
    assert ran.code == 0
    assert ran.out == "feed.xml: 1 episode, the newest one-hand\n"
    assert ran.err.splitlines() == [
        "passed over: out/page: is not a release; keep it elsewhere",
        "passed over: out/two-hands: is a draft; render it in studio quality, or add --allow-draft",
    ]
    ran = paperledge("feed", "out", "--allow-draft")
    assert ran.out == "feed.xml: 2 episodes, the newest two-hands\n"
