"""The folders that a feed is made of: what is wrong is told, what waits is known, none is lost."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from paperledge_audio.deliver.feed import rss as feed
from paperledge_audio.deliver.feed.losses import LostEpisode, check_losses, find_lost
from paperledge_audio.errors import DeliveryError
from paperledge_audio.render import make_release
from paperledge_audio.show.model import Show
from tests.deliver.feeds import complaints, composed
from tests.deliver.making import (
    EPISODE,
    made_edition,
    released,
    tiny_timeline,
    tone,
    with_episode,
)


def test_a_release_whose_manifest_lists_no_item_is_named(out: Path, served: Show) -> None:
    file = out / "b" / "b.manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    manifest["files"] = [row for row in manifest["files"] if row["name"] != "b.item.xml"]
    file.write_text(json.dumps(manifest))
    (out / "b" / "b.item.xml").unlink()
    assert complaints(out, served) == [
        "b/b.item.xml: can't be read: No such file or directory; render it again"
    ]


def change(folder: Path, suffix: str, old: str, new: str, *, tell: bool) -> None:
    """Change a file, and with `tell` also what the manifest says of it."""
    file = folder / (folder.name + suffix)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    if tell:
        path = folder / f"{folder.name}.manifest.json"
        manifest = json.loads(path.read_text("utf-8"))
        (row,) = (row for row in manifest["files"] if row["name"] == file.name)
        data = file.read_bytes()
        row.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
        path.write_text(json.dumps(manifest), "utf-8")


def test_a_folder_that_is_not_whole_is_told_and_no_episode_is_missed(
    out: Path, served: Show
) -> None:
    (out / "a" / "a.vtt").unlink()
    change(out / "b", ".srt", "Hello", "Hallo", tell=False)
    (out / "c" / "c.manifest.json").unlink()
    again = "; render it again"
    assert complaints(out, served) == [
        f"a: is incomplete or changed: a.vtt is missing{again}",
        f"b: is incomplete or changed: b.srt was changed{again}",
        f"c: is not a finished release: it has no c.manifest.json{again}, or name another one",
    ]


def test_what_is_no_release_by_its_own_mark_is_passed_over_and_named(
    out: Path, served: Show
) -> None:
    (out / "notes").mkdir()
    (out / "page").mkdir()
    (out / "page" / "index.html").write_text("<!doctype html>")
    make_release(
        made_edition(
            served,
            slug="d",
            script=with_episode(number=10),
            line=tiny_timeline(),
            quality="draft",
        ),
        tone(),
        out,
    )
    found = feed.collect(out, served)
    assert [entry.slug for entry in found.entries] == ["a", "b", "c"]
    assert found.wrong == ()
    assert [str(why).removeprefix(f"{out}/") for why in found.passed_over] == [
        "d: is a draft; render it in studio quality, or add --allow-draft",
        "notes: is not a release; keep it elsewhere",
        "page: is not a release; keep it elsewhere",
    ]
    allowed = feed.collect(out, served, allow_draft=True)
    assert "d" in [entry.slug for entry in allowed.entries]


def test_a_folder_of_drafts_alone_is_an_error(tmp_path: Path, served: Show) -> None:
    make_release(made_edition(served, line=tiny_timeline(), quality="draft"), tone(), tmp_path)
    with pytest.raises(DeliveryError) as caught:
        feed.collect(tmp_path, served)
    assert [str(one).replace(str(tmp_path), "out") for one in caught.value.all] == [
        "out: holds nothing for a feed; render an episode first",
        f"{Path('out/look')}: is a draft; render it in studio quality, or add --allow-draft",
    ]


@pytest.mark.parametrize(
    ("suffix", "old", "new", "what"),
    [
        (".item.xml", "<item", "<!DOCTYPE x [<!ENTITY a 'b'>]><item", "a document type"),
        (".item.xml", "</item>", "", "is not an item: "),
        (".item.xml", "<guid", "<guide", "is not an item: "),
        (".item.xml", "21 Oct 2025", "the 21st", "is not an item: "),
        (".item.xml", 'length="', 'length="1', "does not fit its manifest"),
        (".manifest.json", '"slug": "a"', '"slug": "x"', "its manifest is that of 'x'"),
        (".manifest.json", '"format": 1', '"format": 2', "breaks its schema: format: 1 was expect"),
        (".manifest.json", "{", "", "can't be read: "),
    ],
)
def test_what_is_wrong_inside_is_told(
    out: Path, served: Show, suffix: str, old: str, new: str, what: str
) -> None:
    change(out / "a", suffix, old, new, tell=suffix == ".item.xml")
    (found,) = complaints(out, served)
    assert what in found


def test_another_shows_episode_is_told(out: Path, served: Show) -> None:
    other = dataclasses.replace(served, title="Another show")
    released(other, out, "d")
    (found,) = complaints(out, served)
    assert found.startswith("d: is an episode of 'Another show', not of 'PaperLedge'; render it")


def test_two_folders_of_one_episode_are_told(out: Path, served: Show) -> None:
    shutil.copytree(out / "a", out / "z")
    for file in list((out / "z").iterdir()):
        file.rename(file.with_name("z" + file.name[1:]))
    (found,) = complaints(out, served)
    assert "its manifest is that of 'a'" in found


def test_two_episodes_of_a_season_with_one_number_are_told(out: Path, served: Show) -> None:
    for slug, season in (("d", 2), ("e", 3)):
        released(served, out, slug, dataclasses.replace(EPISODE, season=season))
    assert complaints(out, served) == ["d: has the season and number of 'b'; correct one"]


def test_an_episode_waits_until_its_time(out: Path, served: Show) -> None:
    begin = datetime.datetime(2025, 10, 21, tzinfo=datetime.UTC)
    for until, come, waiting in (
        (begin, ["a", "b", "c"], []),
        (begin - datetime.timedelta(microseconds=1), ["c"], ["b", "a"]),
        (begin - datetime.timedelta(days=2), [], ["c", "b", "a"]),
        (None, ["a", "b", "c"], []),
    ):
        found = feed.collect(out, served, until=until)
        assert [entry.slug for entry in found.entries] == come
        assert [entry.slug for entry in found.waiting] == waiting
        assert found.wrong == ()


def test_what_a_feed_had_and_would_lose_is_known(out: Path, served: Show, tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    assert find_lost(file, ()) == ()
    file.write_text(composed(out, served), "utf-8")
    guids = {entry.slug: entry.guid for entry in feed.collect(out, served).entries}
    assert find_lost(file, set(guids.values())) == ()
    with pytest.raises(DeliveryError) as caught:
        check_losses(file, {guids["c"]})
    assert (caught.value.what, caught.value.remedy) == (
        f"would lose the episodes 'Title a' ({guids['a']}), 'Title b' ({guids['b']})",
        "bring them back, or add --allow-loss",
    )
    assert find_lost(file, {guids["a"], guids["c"]}) == (LostEpisode(guids["b"], "Title b"),)
    file.write_text("<rss>", "utf-8")
    with pytest.raises(DeliveryError, match="to see which episodes it has"):
        find_lost(file, ())


def test_a_release_that_was_set_aside_and_lost_is_missed(out: Path, served: Show) -> None:
    (out / ".b.0123abcd.new").mkdir()  # a render that is at work
    (out / "a").rename(out / ".a.0123abcd.old")
    (found,) = complaints(out, served)
    assert "is the release of 'a', set aside when a render was stopped; render 'a' again" in found


@pytest.mark.parametrize("text", ["", None])
def test_nothing_to_show_is_an_error(tmp_path: Path, served: Show, text: str | None) -> None:
    if text is None:
        with pytest.raises(DeliveryError, match="can't be read: No such file"):
            feed.collect(tmp_path / "none", served)
        return
    (tmp_path / "feed.xml").write_text(text)
    with pytest.raises(DeliveryError, match="holds no finished folder; render an episode first"):
        feed.collect(tmp_path, served)
