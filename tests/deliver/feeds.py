"""What the tests of feeds ask of a folder of releases."""

from __future__ import annotations

from pathlib import Path

from paperledge_audio.deliver.feed import rss as feed
from paperledge_audio.show.model import Show


def composed(out: Path, show: Show) -> str:
    found = feed.collect(out, show)
    assert found.wrong == ()
    return feed.compose(found.entries, show, "feed.jpg")


def complaints(out: Path, show: Show) -> list[str]:
    return [str(error).removeprefix(f"{out}/") for error in feed.collect(out, show).wrong]
