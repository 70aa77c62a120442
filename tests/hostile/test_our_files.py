"""What this program once wrote is believed only where it keeps its schema, whatever was put in.

Every value of a manifest, a transcript and chapters, replaced by values of every wrong kind.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from paperledge_audio.deliver.feed import rss
from paperledge_audio.deliver.folder import finished
from paperledge_audio.deliver.folder.made import explain_made
from paperledge_audio.errors import DeliveryError
from paperledge_audio.plan import plan_script
from paperledge_audio.show.loading import load_show
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.measuring.meter import measure_loudness
from paperledge_audio.takes import TakeStore
from paperledge_audio.verify import disclosure, sidecars, sound, speech
from tests.hostile.making import make_show
from tests.limits import PEAK_MB, Ended, limited, limited_each
from tests.tone_show import SCRIPT

pytestmark = pytest.mark.fuzz

SOUND = "out/one-hand/one-hand.mp3"
STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 1.5, 1e308, 10**17, 10**40, float("nan"), float("inf"), "", "x", "\x1b[2J",
    "../x", [], ["x"], {}, {"x": 1}, [[[[]]]],
)  # fmt: skip
A_PLACE = 5
"""Of these are tried in each place."""
CLIP = Clip(np.zeros((44100, 1), np.float32), 44100)
NO_JSON = {
    "empty": b"",
    "no JSON": b"\0" * 100,
    "UTF-16": "{}".encode("utf-16"),
    "deep": b'{"files":' + b"[" * 200_000,
    "a long number": b'{"format": ' + b"9" * 200_000 + b"}",
    "a list": b"[]",
    "a text": b'"x"',
    "20 MB": b"[" + b"0," * 11_000_000 + b"0]",
}


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with a finished episode."""
    folder = make_show(tmp_path_factory.mktemp("ours") / "show")
    cache = {"PAPERLEDGE_CACHE": str(folder.parent / "cache")}
    assert limited(folder, "render", "scripts/one-hand.md", env=cache).code == 0
    return folder


@pytest.fixture
def release(show: Path, tmp_path: Path) -> Path:
    """Its folder, to be changed."""
    return shutil.copytree(show / "out" / "one-hand", tmp_path / "one-hand")


def places(document: Any) -> Iterator[tuple[Any, Any]]:
    """Each container in a document, with each key; of a list the first, as the others are alike."""
    keys = list(document) if isinstance(document, dict) else range(len(document[:1]))
    for key in keys:
        yield document, key
        if isinstance(document[key], dict | list):
            yield from places(document[key])


def spoilt(file: Path) -> Iterator[None]:
    """Write the file with each value replaced in turn by some of STRANGE."""
    document = json.loads(file.read_text("utf-8"))
    for turn, (inside, key) in enumerate([*places(document)]):
        before = inside[key]
        for value in (STRANGE * 2)[turn * A_PLACE % len(STRANGE) :][:A_PLACE]:
            inside[key] = value
            file.write_text(json.dumps(document))
            yield
        inside[key] = before


@pytest.mark.parametrize("suffix", [".manifest.json", ".transcript.json", ".chapters.json"])
def test_no_value_of_a_wrong_kind_is_believed(show: Path, release: Path, suffix: str) -> None:
    mp3, loudness, believed, count = release / "one-hand.mp3", measure_loudness(CLIP), 0, 0
    settings, store = load_show(show / "scripts" / "show.toml"), TakeStore(release.parent / "none")
    plan = plan_script(SCRIPT.encode(), "x.md", settings, quality="studio", store=store)
    for _ in spoilt(release / f"one-hand{suffix}"):
        count += 1
        found = sidecars.find_manifest(mp3)
        before = finished.try_read_manifest(release, "one-hand")
        assert all(take.why for take in explain_made(plan.segments, before, plan))
        target = sidecars.find_target(found.manifest)
        if target is None:
            assert found.problem
            continue
        believed += 1
        assert [*sound.check_sound(CLIP, loudness, target)]
        assert [*sidecars.check_manifest(mp3, found, CLIP)]
        assert [*disclosure.check_disclosure(mp3, found.manifest)]
        with suppress(DeliveryError):
            finished.read(release)
    assert count > 30
    assert believed < (count / 2 if suffix == ".manifest.json" else count + 1)


def test_a_transcript_of_any_shape_is_read_or_not(release: Path) -> None:
    for _ in spoilt(release / "one-hand.transcript.json"):
        with suppress(KeyError, TypeError, DeliveryError):
            document = finished.read_json(release / "one-hand.transcript.json")
            assert isinstance(speech.list_spoken_words(document), str)


DATES = (
    "", "x", "Tue, 21 Oct 2025 00:00:00", "Tue, 21 Oct 2025 00:00:00 -0000",
    "Tue, 99 Oct 2025 00:00:00 GMT", "Tue, 21 Oct 99999 00:00:00 GMT",
    f"Tue, 21 Oct {'9' * 5000} 00:00:00 GMT", f"Tue, 21 Oct 2025 00:00:00 +{'9' * 5000}",
    "Mon, 01 Jan 0001 00:00:00 +2359", "Fri, 31 Dec 9999 23:59:59 -2359",
    "Tue, ²1 Oct 2025 00:00:00 GMT",
)  # fmt: skip
ITEMS: dict[str, bytes] = {
    "empty": b"",
    "UTF-16": "<item/>".encode("utf-16"),
    "not UTF-8": b"<item>\xff</item>",
    "a document type": b'<!DOCTYPE x [<!ENTITY a "b">]><item>&a;</item>',
    "an entity": b"<item>&a;</item>",
    "deep": b"<item>" * 100_000,
    "deep and closed": b"<item>" * 5000 + b"</item>" * 5000,
    "an unknown encoding": b'<?xml version="1.0" encoding="x-unknown"?><item/>',
    "another root": b"<rss/>",
    "a long name": b"<" + b"i" * 900_000 + b"/>",
    "many attributes": b"<item " + b" ".join(b'a%d=""' % n for n in range(50_000)) + b"/>",
    "2 MB": b"<item>" + b" " * 2_000_000 + b"</item>",
}


def put_item(release: Path, data: bytes) -> None:
    """Put an item into a release, and into its manifest, so that nothing else is wrong."""
    from paperledge_audio.files.hashing import sha256

    (release / "one-hand.item.xml").write_bytes(data)
    file = release / "one-hand.manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    for row in manifest["files"]:
        if row["name"] == "one-hand.item.xml":
            row |= {"bytes": max(len(data), 1), "sha256": sha256(data)}
    file.write_text(json.dumps(manifest))


@pytest.mark.parametrize("what", ITEMS)
def test_an_item_that_is_none_is_named(show: Path, release: Path, what: str) -> None:
    put_item(release, ITEMS[what])
    found = rss.collect(release.parent, load_show(show / "scripts" / "show.toml"))
    (wrong,) = found.wrong
    assert not found.entries
    assert "render it again" in str(wrong)
    assert len(str(wrong)) < 2000


@pytest.mark.parametrize("date", DATES, ids=range(len(DATES)))
def test_an_item_with_any_date_is_compared_or_named(show: Path, release: Path, date: str) -> None:
    text = (release / "one-hand.item.xml").read_text("utf-8")
    old = "Tue, 21 Oct 2025 00:00:00 GMT"
    assert old in text
    put_item(release, text.replace(old, date).encode())
    loaded = load_show(show / "scripts" / "show.toml")
    found = rss.collect(release.parent, loaded)
    entries, wrong = found.entries, found.wrong
    assert [str(error) for error in wrong if "is not an item" not in str(error)] == []
    assert len(entries) + len(wrong) == 1
    if entries:
        assert "<pubDate>" in rss.compose(entries, loaded, "feed.jpg")


def test_the_commands_say_so_in_one_line(show: Path, tmp_path: Path) -> None:
    folders, calls, wanted = [], [], []
    for what, data in NO_JSON.items():
        for call in (("feed", "out"), ("verify", SOUND), ("render", "scripts/one-hand.md")):
            here = shutil.copytree(show, tmp_path / f"{what} {call[0]}")
            (here / "out" / "one-hand" / "one-hand.manifest.json").write_bytes(data)
            folders.append(here)
            calls.append(call)
            wanted.append((what, call[0]))
    env = {"PAPERLEDGE_CACHE": str(show.parent / "cache")}
    ended = limited_each(tmp_path, calls, env=env, each_in=folders)
    for (what, command), one in zip(wanted, ended, strict=True):
        _check(what, command, one)


def _check(what: str, command: str, ended: Ended) -> None:
    if command == "verify":
        assert (ended.code, ended.err) == (1, ""), what
        assert "so no file can be checked" in ended.out
        assert ended.peak_mb < PEAK_MB, what
    else:
        assert ended.refusal(), what
