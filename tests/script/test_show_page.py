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
    Import,
    ListItem,
    Music,
    Pause,
    Question,
    Quote,
    Script,
    Speech,
    compose,
    import_page,
    parse,
    slug,
    slugs,
)
from paperledge_audio.script.page.credits import authors_of
from paperledge_audio.script.page.dates import read_date
from paperledge_audio.script.page.furniture import is_furniture

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
    said = (printed(block.text) for block in script.blocks if not isinstance(block, Pause | Music))
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


def page(*lines: str) -> str:
    return "\n".join(("Oct 21, 2025", "Hello crew.", *lines, ""))


def the_script(*lines: str) -> Script:
    (script,) = import_page(page(*lines)).scripts
    return script


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
        [(type(b), b.text) for b in script.blocks if not isinstance(b, Pause | Music)]
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
    assert len(set(slugs(imported.scripts))) == 5
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


@pytest.mark.parametrize(
    "text",
    [
        *("Tuesday Oct 21, 2025", "Tue, October 21st, 2025", "21 Oct. 2025", "2025-10-21"),
        *("OCTOBER 21 2025", "Tuesday, 21 October, 2025"),
    ],
)
def test_dates(text: str) -> None:
    assert read_date(text, line=1) == datetime.date(2025, 10, 21)


@pytest.mark.parametrize(
    "text", ["Oct 2025", "In Oct 21, 2025 it rained.", "21/10/2025", "Oct 21, 2025 - News"]
)
def test_what_is_no_date(text: str) -> None:
    assert read_date(text, line=1) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Feb 30, 2025\nHello.", "p.txt:1: there is no day 'Feb 30, 2025'; correct it"),
        ("Hello.\n", "p.txt: holds no episode"),
        ("Oct 21, 2025\n\nShare\n", "p.txt:1: the episode of 2025-10-21 has no text"),
        (
            "Oct 21, 2025\nOct 22, 2025\nHello.",
            "p.txt:2: 'Oct 22, 2025' is another date for the episode of 2025-10-21",
        ),
        ("", "p.txt:1: is empty"),
        (
            "Show\nHello.Credit to authors: A\nOct 21, 2025\nHello.",
            "p.txt:1: an episode without a date stands above the first date",
        ),
        (
            "Oct 21, 2025\nHello.Credits to authors: A\nHello.\nPaper authors: B",
            "p.txt:3: an episode without a date stands after a credit",
        ),
    ],
)
def test_pages_that_can_not_be_read(text: str, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        import_page(text, "p.txt")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "lines",
    [
        ("{d}", "{t}", "{d}", "{d}", "{b}"),
        ("{d}", "{t}", "{d}", "{b}"),
        ("{d}", "{d}", "{t}", "{d}", "{b}"),
        ("{d}", "", "{t}", "", "{d}", "", "{b}"),
        ("{d}", "{t}", "{b}"),
        ("Episodes", "{t}", "{d}", "{b}"),
        ("{d}", "Hi.", "Bye.Credit to Paper authors: A", "{t}", "{d}", "{b}"),
    ],
)
def test_where_a_title_may_stand(lines: tuple[str, ...]) -> None:
    title = "Information Retrieval - Finding Needles in Haystacks"
    text = "\n".join(lines).format(d="Oct 21, 2025", t=title, b="Hello crew, Ernis here.")
    episode = import_page(text).scripts[-1].episode
    assert episode.category == "Information Retrieval"
    assert episode.title == "Finding Needles in Haystacks"
    assert not episode.title_is_guess


def test_a_title_without_a_known_category_is_kept_whole() -> None:
    text = "Oct 21, 2025\nWalking - A Study of Feet\nOct 21, 2025\nHello crew."
    (script,) = import_page(text).scripts
    assert (script.episode.category, script.episode.title) == ("", "Walking - A Study of Feet")


def test_two_short_episodes_on_one_day_stay_two() -> None:
    text = "Oct 21, 2025\nHello crew.\n\nOct 21, 2025\nHello again.\n"
    assert [script.blocks for script in import_page(text).scripts] == [
        (Speech("Hello crew.", 2),),
        (Speech("Hello again.", 5),),
    ]


def test_a_credit_in_the_middle_and_one_over_several_lines() -> None:
    script = the_script("One.Credit to Paper authors:", "A B,", "C D", "Two.")
    assert script.blocks[1:] == (
        Speech("One.", 3),
        Credit("Credit to Paper authors:\nA B,\nC D", 3),
        Speech("Two.", 6),
    )
    assert script.episode.authors == ("A B", "C D")


@pytest.mark.parametrize(
    ("credit", "authors"),
    [
        ("Credit to Paper authors: A B", ("A B",)),
        ("Credits to the paper's authors: A Bee and C Dee.", ("A Bee", "C Dee")),
        ("Paper authors: A B, C D, et al.", ("A B", "C D")),
        ("Authors: A B et al.", ("A B",)),
        ("Authors: A B, Jr., C D III & E F", ("A B, Jr.", "C D III", "E F")),
        ("Authors: A B (X, Y), C D", ("A B (X, Y)", "C D")),
        ("Authors: A B; C D, and E F", ("A B", "C D", "E F")),
        ("Authors: A B, and many others", ("A B",)),
        ("Authors: Robert Downey Jr.", ("Robert Downey Jr.",)),
        ("Authors: Fernando Sandoval, Anders And", ("Fernando Sandoval", "Anders And")),
        ("Authors:", ()),
    ],
)
def test_authors(credit: str, authors: tuple[str, ...]) -> None:
    assert authors_of(credit) == authors


@pytest.mark.parametrize(
    "quote",
    [
        '"One sentence."',
        "“One. Two! Three?”",
        '"We call it "deep" here."',
        "“We call it “deep” here.”",
        "«Bien sûr»",
        '"No stop inside".',
    ],
)
def test_quotes(quote: str) -> None:
    assert the_script(quote).blocks[1:] == (Quote(quote, 3),)


@pytest.mark.parametrize(
    "text",
    [
        '"Yes" and "no"',
        '"Yes," she said.',
        "He said “yes”.",
        '"',
        '""',
        "“One.” Then “two.”",
    ],
)
def test_what_only_holds_a_quote(text: str) -> None:
    assert the_script(text).blocks[1:] == (Speech(text, 3),)


def test_a_quote_of_several_paragraphs() -> None:
    script = the_script("“One.", "“Two.", "“Three.”", "Four.")
    assert kinds(script)[1:] == [(Quote, 3), (Quote, 4), (Quote, 5), (Speech, 6)]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("It does this:", "Speed: fast.", "Size: small.", "So that is it."), "SIIS"),
        (("It has two parts:", "An encoder reads.", "A decoder writes.", "Neat."), "SIIS"),
        (("Why care?", "For developers, x.", "And for all, y.", "Good."), "SIIS"),
        (("Why care? If you're:", "If young, x.", "If old, y.", "Good."), "SIIS"),
        (("Three steps:", "First, a.", "Second, b.", "Finally, c.", "Good."), "SIIIS"),
        (("It does this:", "Speed: fast.", "Size: small.", "Think of it so: good."), "SIIS"),
        (("Look.", "Level 2: more.", "Level 3: most.", "Good."), "SIIS"),
        (("But here's the catch: it breaks.", "And the point: it works.", "Good."), "SSS"),
        (("Here it comes:", "One paragraph only.", "Another one."), "SSS"),
        (("Some thoughts to ponder:", "Is it?", "Was it?", "Bye."), "SQQS"),
        (("So, I'm wondering:", "Is it? It may be.", "Was it?", "Bye."), "SIQS"),
        (("That raises two questions.", "Is it?", "Was it?", "Bye."), "SQQS"),
        (("That raises the question.", "Is it?", "Yes."), "SSS"),
        (("My question:", "Is it?", "Bye."), "SQS"),
        (("- a", "– b?", "* c", "2) d"), "IQII"),
    ],
)
def test_lists_and_questions(lines: tuple[str, ...], found: str) -> None:
    letters = {Speech: "S", ListItem: "I", Question: "Q"}
    assert "".join(letters[type(block)] for block in the_script(*lines).blocks[1:]) == found


@pytest.mark.parametrize(
    "text",
    [
        *("Share", "Episodes", "12 likes", "Downloads: 1,024", "00:05:32", "5 min 3 sec", "Play"),
        *("Version: 20241125", "© 2025 PaperLedge", "Podcast powered by Podbean", "Next »"),
        *("1 2 3 … 9", "Load more", "Duration: 5:32", "Comments (0)", "Copyright 2025 The Show"),
    ],
)
def test_furniture(text: str) -> None:
    assert is_furniture(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Share this with a friend.", "Play is how children learn", "In 2025 all rights changed."),
        *(
            "Episodes come and go.",
            "More is different.",
            "Version two is better",
            "Next time, then!",
        ),
    ],
)
def test_what_is_no_furniture(text: str) -> None:
    assert not is_furniture(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("They built something called FooBar. FooBar is quick.", "FooBar"),
        ("They call their solution ZEBRA-X. ZEBRA-X runs.", "ZEBRA-X"),
        ("It is called Deep Green Networks (DGN). DGN and LLMs.", "DGN: Deep Green Networks"),
        ("A new system named Voyager. Voyager explores.", "Voyager"),
        ("They made QuxNet-8B. QuxNet is called QuxNet. QuxNet!", "QuxNet"),
        (
            "A HUGE day, a HUGE one, HUGE, so huge. How to count birds.",
            "A HUGE day, a HUGE one, HUGE, so huge",
        ),
        ("Hello crew. Today it's about how to count birds, fast.", "How to count birds"),
        ("Hello crew.", "Hello crew"),
        ("…", "Untitled"),
    ],
)
def test_guessed_titles(text: str, title: str) -> None:
    (script,) = import_page(f"Oct 21, 2025\n{text}\n").scripts
    assert (script.episode.title, script.episode.title_is_guess) == (title, True)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("LatentLM: Latent Language Modeling", "latentlm"),
        ("REFRAG Rethinking RAG", "refrag-rethinking-rag"),
        ("../../etc/passwd", "etc-passwd"),
        ("Łukasz’s Ærø ﬁne σ-VAE", "lukaszs-aero-fine-sigma-vae"),
        ("日本語", "episode"),
        (": what follows", "what-follows"),
        ("word " * 40, "-".join(["word"] * 12)),
        ("A" * 99, "a" * 60),
    ],
)
def test_slugs(title: str, name: str) -> None:
    assert slug(title, datetime.date(2025, 10, 21)) == f"2025-10-21-{name}"


def test_slugs_are_unique_within_an_import() -> None:
    text = "".join(f"Oct 21, 2025\nThe Same\nOct 21, 2025\nHello {i}.\n\n" for i in range(3))
    assert slugs(import_page(text).scripts) == (
        "2025-10-21-the-same",
        "2025-10-21-the-same-2",
        "2025-10-21-the-same-3",
    )


@given(st.text(max_size=80), st.dates())
def test_any_slug_is_a_file_name(title: str, date: datetime.date) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d(?:-[a-z0-9]+)+", slug(title, date))
    assert len(slug(title, date)) <= 71
