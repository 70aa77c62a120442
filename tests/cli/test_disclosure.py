"""One switch in show.toml: the speech, the tag, the show notes and the feed tell, or none does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mutagen import id3

from paperledge_audio.deliver.tags.fields import USER_TEXT
from paperledge_audio.show.keys import SPOKEN
from paperledge_audio.show.keys import WRITTEN as TEXT

OFF = "ai = false              # a tone is nobody's voice\n"
MORE = 'website = "https://x.example/"\nbase_url = "https://x.example/p"\ndescription = "Tones."\n'


def switch(text: str) -> None:
    toml = Path("scripts/show.toml")
    assert OFF in toml.read_text()
    toml.write_text(MORE + toml.read_text().replace(OFF, text))


def places(paperledge: Callable[..., Any]) -> dict[str, bool]:
    """Where the rendered episode and its feed say it."""
    assert paperledge("render", "scripts/one-hand.md").code == 0
    assert paperledge("feed", "out").code == 0
    base = "out/one-hand/one-hand"
    transcript = json.loads(Path(f"{base}.transcript.json").read_text("utf-8"))
    tag: Any = id3.ID3(f"{base}.mp3")  # type: ignore[no-untyped-call]
    item, feed = Path(f"{base}.item.xml").read_text("utf-8"), Path("feed.xml").read_text("utf-8")
    channel, *items = feed.split("<item>")
    ai = '<podcast:txt purpose="ai-content">true</podcast:txt>'
    return {
        "speech": SPOKEN in " ".join(segment["body"] for segment in transcript["segments"]),
        "tag": TEXT in tag.get(f"{USER_TEXT}:AI disclosure", []),
        "notes": TEXT in item.partition("<description>")[2].partition("</description>")[0],
        "item": ai in item,
        "channel": ai in channel,
        "feed's item": ai in items[0] and TEXT in items[0],
    }


@pytest.mark.parametrize(("text", "told"), [("ai = true\n", True), ("", True), (OFF, False)])
def test_all_places_tell_or_none(
    show_folder: Path, paperledge: Callable[..., Any], text: str, told: bool
) -> None:
    switch(text)
    assert set(places(paperledge).values()) == {told}
    ran = paperledge("verify", "out/one-hand/one-hand.mp3", "--json")
    (report,) = json.loads(ran.out)["reports"]
    (found,) = (f for f in report["findings"] if f["name"] == "disclosure")
    assert found["ok"]


@pytest.mark.parametrize("key", ["spoken", "text"])
def test_check_fails_where_one_is_silenced(
    show_folder: Path, paperledge: Callable[..., Any], key: str
) -> None:
    switch(f'{key} = ""\n')
    ran = paperledge("check", "scripts/one-hand.md")
    assert ran.code == 1
    assert f"disclosure.{key}: is empty, but listeners and readers must learn" in ran.err
