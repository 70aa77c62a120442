"""Chapters cover the file from its start to its end."""

from __future__ import annotations

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.deliver.text.chapters import FileChapter, compose, make_chapters
from paperledge_audio.mix.model import Chapter
from tests.deliver.making import short_timeline, timeline


def test_the_first_chapter_takes_in_the_intro() -> None:
    assert make_chapters(short_timeline(), "x") == (
        FileChapter("How a model learns to look", 0, 5600),
        FileChapter("The idea", 5600, 9200),
        FileChapter("Why it matters", 9200, 12_000),
    )


def test_an_episode_without_chapters_is_one() -> None:
    assert make_chapters(timeline([], 3), "All of it") == (FileChapter("All of it", 0, 3000),)


def test_chapters_on_the_same_millisecond_become_the_last_one() -> None:
    chapters = [Chapter("a", 0, 10), Chapter("b", 44100, 44110), Chapter("c", 44110, 99999)]
    assert [m.title for m in make_chapters(timeline([], 3, chapters), "x")] == ["a", "c"]


@given(st.lists(st.integers(0, 44100 * 60), unique=True, max_size=20).map(sorted))
def test_chapters_have_no_hole_and_end_with_the_file(starts: list[int]) -> None:
    chapters = [Chapter(str(start), start, start + 1) for start in starts]
    found = make_chapters(timeline([], 61, chapters), "x")
    assert (found[0].start_ms, found[-1].end_ms) == (0, 61_000)
    assert all(one.start_ms < one.end_ms == two.start_ms for one, two in pairwise(found))


def test_the_json_is_version_1_2_with_ascending_starts() -> None:
    found = json.loads(compose(make_chapters(short_timeline(), "x"), title="T & <t>", podcast="P"))
    assert (found["version"], found["title"], found["podcastName"]) == ("1.2.0", "T & <t>", "P")
    assert [(c["startTime"], c["title"]) for c in found["chapters"]] == [
        (0.0, "How a model learns to look"),
        (5.6, "The idea"),
        (9.2, "Why it matters"),
    ]
