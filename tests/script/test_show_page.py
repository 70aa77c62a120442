"""A saved show page becomes scripts, and every word of it is accounted for."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.errors import ScriptError
from paperledge_audio.script import (
    Block,
    Credit,
    Directive,
    ListItem,
    Question,
    Quote,
    Script,
    Speech,
)
from paperledge_audio.script.composing import compose
from paperledge_audio.script.page.dates import read_date
from paperledge_audio.script.page.importing import Import, import_page
from paperledge_audio.script.parsing import parse
from paperledge_audio.script.slugs import make_slugs

Printed = Callable[[str], str]

PAGE = """\
PaperLedge

A show about papers, read by Ernis.
Episodes
Episodes



Monday Mar 3, 2025
Monday Mar 3, 2025
Hey crew, Ernis here! Today it's something called TideNet.
Think of TideNet as a patient lighthouse keeper, but for maps. The $\\theta$_0 and *all* that.
Why does this matter? Well, it helps in three places:
Harbours: ships wait less.
Farms: the seed stays dry.
Cities: fewer drains run over.
“TideNet halves the error. It also runs on a phone.”
And who gains?
For sailors, it means calmer nights.
For growers, it means fewer surprises.
And for everyone else, an umbrella less.
So, here is what I'm wondering:
Could it see a storm that nobody has seen?
It says "maybe" to floods. Is that enough?
Until next time!Credit to Paper authors: Ada Byron, Grace B. Hopper, José Núñez et al.



Friday Feb 28, 2025
Machine Learning - How Small Nets Grow: A Study
Friday Feb 28, 2025
Friday Feb 28, 2025
Share
05:32
Hello again. Nets grow.
Level 1: a child sees dots.
Level 2: a student sees curves.
• a bullet
2. a number
They say "yes" and "no".
That was all.

Version: 20250301
Copyright 2025 The Show. All rights reserved.
"""


def words_of(script: Script, printed: Printed) -> list[str]:
    said = (printed(block.text) for block in script.blocks if not isinstance(block, Directive))
    return " ".join(said).split()


def account(page: str, imported: Import, printed: Printed) -> tuple[Counter[str], Counter[str]]:
    """The page's words, but for dates, bullets and titles, and the words that came out."""
    rows = [row for row in page.split("\n") if not read_date(row, line=1)]
    text = "\n".join(re.sub(r"^\s*(?:[-–*•]|\d{1,2}[.)])\s+(?=\S)", "", row) for row in rows)
    text = re.sub(r"(?i)(?=credits? to (the )?paper authors:)", " ", text)
    came_out = [word for script in imported.scripts for word in words_of(script, printed)]
    for script in imported.scripts:
        if not script.episode.title_is_guess:
            came_out += f"{script.episode.category} {script.episode.title}".split()
            came_out += ["-"] if script.episode.category else []
    for row in imported.left_out:
        came_out += re.sub(r"^\s*(?:[-–*•]|\d{1,2}[.)])\s+(?=\S)", "", row.text).split()
    return Counter(text.split()), Counter(came_out)


def kinds(script: Script) -> list[tuple[type[Block], int]]:
    return [(type(block), block.line) for block in script.blocks]


def test_every_block_of_a_page() -> None:
    first, second = import_page(PAGE, "page.txt").scripts
    assert kinds(first) == [
        (Speech, 11),
        (Speech, 12),
        (Speech, 13),
        (ListItem, 14),
        (ListItem, 15),
        (ListItem, 16),
        (Quote, 17),
        (Speech, 18),
        (ListItem, 19),
        (ListItem, 20),
        (ListItem, 21),
        (Speech, 22),
        (Question, 23),
        (Question, 24),
        (Speech, 25),
        (Credit, 25),
    ]
    assert first.blocks[-2:] == (
        Speech("Until next time!", 25),
        Credit("Credit to Paper authors: Ada Byron, Grace B. Hopper, José Núñez et al.", 25),
    )
    assert kinds(second) == [
        (Speech, 35),
        (ListItem, 36),
        (ListItem, 37),
        (ListItem, 38),
        (ListItem, 39),
        (Speech, 40),
        (Speech, 41),
    ]
    assert second.blocks[3:5] == (ListItem("a bullet", 38), ListItem("a number", 39, "2."))


def test_the_metadata_of_a_page() -> None:
    first, second = (script.episode for script in import_page(PAGE).scripts)
    assert first.date == datetime.date(2025, 3, 3)
    assert first.authors == ("Ada Byron", "Grace B. Hopper", "José Núñez")
    assert (first.title, first.title_is_guess) == ("TideNet: a patient lighthouse keeper", True)
    assert second.date == datetime.date(2025, 2, 28)
    assert (second.title, second.title_is_guess) == ("How Small Nets Grow: A Study", False)
    assert second.category == "Machine Learning"
    assert second.authors == ()


def test_what_a_page_left_out_is_told() -> None:
    imported = import_page(PAGE)
    assert [(row.line, row.text) for row in imported.left_out] == [
        (1, "PaperLedge"),
        (3, "A show about papers, read by Ernis."),
        (4, "Episodes"),
        (5, "Episodes"),
        (33, "Share"),
        (34, "05:32"),
        (43, "Version: 20250301"),
        (44, "Copyright 2025 The Show. All rights reserved."),
    ]


def test_no_word_of_a_page_is_lost(printed: Printed) -> None:
    words, came_out = account(PAGE, import_page(PAGE), printed)
    assert came_out == words


LAYOUTS: tuple[Callable[[str], str], ...] = (
    lambda text: re.sub(r"\n+", "\n", text),
    lambda text: text.replace("\n", "\n\n"),
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff" + re.sub(r"(?m)^", " \u00a0", text),
)


def shape(imported: Import) -> list[list[tuple[type[Block], str]]]:
    return [
        [(type(b), b.text) for b in script.blocks if not isinstance(b, Directive)]
        for script in imported.scripts
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_blank_lines_margins_and_line_ends_change_nothing(layout: Callable[[str], str]) -> None:
    assert shape(import_page(layout(PAGE).encode())) == shape(import_page(PAGE))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nor_do_they_in_the_real_page(show_page: str, layout: Callable[[str], str]) -> None:
    assert shape(import_page(layout(show_page))) == shape(import_page(show_page))


def test_the_real_page(show_page: str, printed: Printed) -> None:
    imported = import_page(show_page)
    words, came_out = account(show_page, imported, printed)
    assert came_out == words
    episodes = [script.episode for script in imported.scripts]
    assert {episode.date for episode in episodes} == {datetime.date(2025, 10, 21)}
    assert [(e.title.partition(":")[0], e.title_is_guess, len(e.authors)) for e in episodes] == [
        ("LatentLM", True, 8),
        ("EmbeddingGemma", True, 89),
        ("AgenTracer", True, 6),
        ("VERA-V", True, 3),
        ("REFRAG Rethinking RAG based Decoding", False, 5),
    ]
    counts = [
        Counter(type(block).__name__ for block in script.blocks) for script in imported.scripts
    ]
    assert [(c["ListItem"], c["Question"], c["Quote"], c["Credit"]) for c in counts] == [
        (7, 2, 1, 1),
        (4, 3, 0, 1),
        (3, 2, 1, 1),
        (3, 3, 1, 1),
        (6, 3, 0, 1),
    ]
    assert len(set(make_slugs(imported.scripts))) == 5
    for script in imported.scripts:
        again = parse(compose(script))
        assert words_of(again, printed) == words_of(script, printed)
        assert again.episode == script.episode


LINES = (
    *("Oct 21, 2025", "Tuesday Oct 21, 2025", "Oct 22, 2025", "", "", "Share", "Episodes"),
    *("Machine Learning - A Title", "A Title Without a Stop", "Hello crew.", "Why does it matter?"),
    *("Here are two reasons:", "For you, it works.", "And for me, too.", "Speed: it is fast."),
    *('"A quote."', '"A quote', "“One", "“two.”", "• item", "- item?", "1. item", "Is it so?"),
    *("Bye!Credit to Paper authors: A B, C D", "Credit to Paper authors:", "E F, G H,", "I J"),
    *("# x", "[pause 1s]", "<b>", "*a* _b_", "\\", "$\\sigma$", "---", "| a |", "Credits: Z"),
)


@given(st.lists(st.sampled_from(LINES), max_size=25).map("\n".join))
def test_no_word_of_any_page_is_lost(printed: Printed, text: str) -> None:
    try:
        imported = import_page(text, "page.txt")
    except ScriptError:
        return
    words, came_out = account(text, imported, printed)
    assert came_out == words
    for script in imported.scripts:
        assert words_of(parse(compose(script)), printed) == words_of(script, printed)
