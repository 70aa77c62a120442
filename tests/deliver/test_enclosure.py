"""A corrected sound's address: the same, numbered or named by its content, as the show chooses."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from paperledge_audio.deliver.feed.enclosure import MOST_SUPERSEDED, Enclosure, make_enclosure
from paperledge_audio.deliver.model import ReleaseFile
from paperledge_audio.show.model import Show

BASE = "https://cdn.example/p/look/look.mp3"
ONE, TWO, THREE = "1" * 64, "2" * 64, "3" * 64


def made(show: Show, kind: str, sha256: str, before: dict[str, Any]) -> Enclosure:
    feed = dataclasses.replace(show.feed, enclosure=kind)
    served = dataclasses.replace(show, base_url="https://cdn.example/p", feed=feed)
    return make_enclosure(served, "look", ReleaseFile("look.mp3", 1, sha256, "audio/mpeg"), before)


def manifest(enclosure: Enclosure, sha256: str) -> dict[str, Any]:
    return {"enclosure": dataclasses.asdict(enclosure), "files": [{"sha256": sha256}]}


@pytest.mark.parametrize(
    ("kind", "urls"),
    [
        ("plain", [BASE] * 4),
        ("version", [BASE, BASE, f"{BASE}?v=2", f"{BASE}?v=3"]),
        ("hash", [f"{BASE}?v={d * 12}" for d in "1123"]),
    ],
)
def test_each_correction_has_the_address_that_the_show_chooses(
    show: Show, kind: str, urls: list[str]
) -> None:
    before: dict[str, Any] = {}
    seen: list[Enclosure] = []
    for sha256 in (ONE, ONE, TWO, THREE):
        seen.append(made(show, kind, sha256, before))
        before = manifest(seen[-1], sha256)
    assert [one.url for one in seen] == urls
    assert [one.version for one in seen] == ([1] * 4 if kind == "plain" else [1, 1, 2, 3])
    earlier = [url for url in dict.fromkeys(urls) if url != urls[-1]]
    assert [old.url for old in seen[-1].supersedes] == earlier
    assert [old.sha256 for old in seen[-1].supersedes] == [ONE, TWO][: len(earlier)]


def test_a_correction_that_is_taken_back_supersedes_the_correction(show: Show) -> None:
    first = made(show, "hash", ONE, {})
    second = made(show, "hash", TWO, manifest(first, ONE))
    third = made(show, "hash", ONE, manifest(second, TWO))
    assert (third.url, [old.url for old in third.supersedes]) == (first.url, [second.url])


def test_only_so_many_are_listed(show: Show) -> None:
    before: dict[str, Any] = {}
    for n in range(MOST_SUPERSEDED + 9):
        found = made(show, "version", f"{n:064}", before)
        before = manifest(found, f"{n:064}")
    assert len(found.supersedes) == MOST_SUPERSEDED
    assert found.supersedes[-1].url == f"{BASE}?v={found.version - 1}"


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"enclosure": 3},
        {"enclosure": {"url": "x", "version": True, "supersedes": []}, "files": [{"sha256": "1"}]},
        {"enclosure": {"url": "x", "version": 2, "supersedes": 3}, "files": [{"sha256": "1"}]},
        {"enclosure": {"url": "x", "version": 2, "supersedes": []}, "files": []},
        {"enclosure": {"url": [], "version": 2, "supersedes": []}, "files": [{"sha256": "1"}]},
    ],
)
def test_a_manifest_that_somebody_wrote_tells_nothing(show: Show, wrong: dict[str, Any]) -> None:
    assert made(show, "version", ONE, wrong) == Enclosure(BASE, 1, ())
