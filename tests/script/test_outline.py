"""Where chapters begin: at headings, else where the parts of an episode are announced."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.script.model import (
    Credit,
    Episode,
    Heading,
    ListItem,
    Pause,
    Question,
    Quote,
    Script,
    Speech,
    TextBlock,
)
from paperledge_audio.script.outline import outline
from paperledge_audio.script.page.importing import import_page
from paperledge_audio.show.model import Show
from paperledge_audio.spoken.segments import list_chapter_titles, make_segments
from paperledge_audio.voices.casting import cast

PARTS = ("Opening", "The problem", "The idea", "Why it matters", "Questions", "Credits")


def script(*blocks: TextBlock | Pause) -> Script:
    return Script(Episode("The whole of it", datetime.date(2025, 10, 21)), blocks)


def starts(*blocks: TextBlock | Pause) -> list[tuple[str, int]]:
    return [(start.title, start.block) for start in outline(script(*blocks))]


TALE: tuple[TextBlock, ...] = (
    Speech("Welcome, crew! Today a paper about maps.", 1),
    Speech("Maps are everywhere, and they are large.", 2),
    Speech("But here’s the catch: nobody can fold them.", 3),
    Speech("So the researchers came up with a foldable projection.", 4),
    Quote("A map must be folded.", 5),
    Speech("And why should any of us care? Because walks are long.", 6),
    ListItem("For walkers: less paper.", 7),
    Speech("Two things I keep wondering about:", 8),
    Question("Who folds it back?", 9),
    Question("And when?", 10),
    Speech("Until next time!", 11),
    Credit("Credit to Paper authors: Ada Lovelace", 12),
)


def test_a_tale_without_headings_has_its_parts() -> None:
    assert starts(*TALE) == list(zip(PARTS, (0, 2, 3, 5, 7, 11), strict=True))
    tale, show = script(*TALE), _show()
    said = make_segments(tale, show, cast(tale, show))
    assert [next(s.line for s in said if s.chapter == n) for n in range(6)] == [1, 3, 4, 6, 8, 12]


def _show() -> Show:
    from paperledge_audio.show.loading import load_show
    from tests.samples import ROOT

    return load_show(ROOT / "scripts" / "show.toml")


@pytest.mark.parametrize("left_out", [2, 3, 5, 7, 11])
def test_a_part_that_nobody_announces_is_left_out(left_out: int) -> None:
    blocks = [block for index, block in enumerate(TALE) if index != left_out]
    titles = [title for title, _ in starts(*blocks)]
    if left_out == 7:  # the questions speak for themselves
        assert titles == list(PARTS)
    else:
        assert titles == [p for p, at in zip(PARTS, (0, 2, 3, 5, 7, 11), strict=True)
                          if at != left_out]  # fmt: skip


def test_parts_come_in_order_or_not_at_all() -> None:
    """A catch that is said after the idea is a detail of the idea."""
    swapped = (TALE[0], TALE[3], TALE[2], *TALE[5:])
    assert [title for title, _ in starts(*swapped)] == [
        "Opening", "The idea", "Why it matters", "Questions", "Credits"
    ]  # fmt: skip


def test_the_surest_words_count() -> None:
    """What results mean in practice is less than being asked why one should care."""
    blocks = (*TALE[:4], Speech("What does this mean in practice? Numbers.", 5), *TALE[5:])
    assert ("Why it matters", 5) in starts(*blocks)


def test_where_nothing_can_be_told_there_is_one_chapter() -> None:
    plain = (Speech("Hello.", 1), Speech("The weather is fine.", 2), TALE[-1])
    assert starts(*plain) == [("The whole of it", 0)]
    assert starts(Credit("Credit to Paper authors: Ada Lovelace", 1)) == [("The whole of it", 0)]


def test_headings_are_chapters_and_nothing_else_is() -> None:
    assert list_chapter_titles(script(*TALE, Heading("More", 20), Speech("x", 21))) == (
        "Opening", "More"
    )  # fmt: skip
    assert list_chapter_titles(script(Heading("A *b* `c`", 1), Speech("x", 2))) == ("A b c",)


BLOCKS = st.lists(st.sampled_from([*TALE, Pause(1.0, 1)]), min_size=1, max_size=14)


@given(BLOCKS)
def test_chapters_begin_at_the_beginning_and_go_on(blocks: list[TextBlock | Pause]) -> None:
    found = outline(script(*blocks))
    assert found[0].block == 0
    places = [start.block for start in found]
    assert places == sorted(set(places))
    titles = [start.title for start in found]
    assert len(found) == 1 or titles == [part for part in PARTS if part in titles]


def test_every_episode_of_the_shows_page_has_its_parts(show_page: str) -> None:
    for episode in import_page(show_page).scripts:
        titles = list_chapter_titles(episode)
        assert set(titles) >= {"Opening", "The idea", "Why it matters", "Questions", "Credits"}
