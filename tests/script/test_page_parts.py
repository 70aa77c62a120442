"""The parts of a show page: dates, titles, credits, quotes, lists, furniture, file names."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.errors import ScriptError
from paperledge_audio.script import Credit, ListItem, Question, Quote, Script, Speech
from paperledge_audio.script.page.boilerplate import is_boilerplate
from paperledge_audio.script.page.credits import list_authors
from paperledge_audio.script.page.dates import read_date
from paperledge_audio.script.page.importing import import_page
from paperledge_audio.script.slugs import make_slug, make_slugs


def page(*lines: str) -> str:
    return "\n".join(("Oct 21, 2025", "Hello crew.", *lines, ""))


def the_script(*lines: str) -> Script:
    (script,) = import_page(page(*lines)).scripts
    return script


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
    assert list_authors(credit) == authors


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
    assert [(type(block), block.line) for block in script.blocks[1:]] == [
        (Quote, 3),
        (Quote, 4),
        (Quote, 5),
        (Speech, 6),
    ]


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
        *("Length: 5 min.", "Time: 1h20m", "Length: 12 hours min. sec", "Length: 5" + "s" * 4000),
    ],
)
def test_furniture(text: str) -> None:
    assert is_boilerplate(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Share this with a friend.", "Play is how children learn", "In 2025 all rights changed."),
        *(
            "Episodes come and go.",
            "More is different.",
            "Version two is better",
            "Next time, then!",
            "Length: 5" + "s" * 32_000 + "!",
            "Length: " + "5 " * 16_000 + "!",
        ),
    ],
)
def test_what_is_no_furniture(text: str) -> None:
    assert not is_boilerplate(text)


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
    assert make_slug(title, datetime.date(2025, 10, 21)) == f"2025-10-21-{name}"


def test_slugs_are_unique_within_an_import() -> None:
    text = "".join(f"Oct 21, 2025\nThe Same\nOct 21, 2025\nHello {i}.\n\n" for i in range(3))
    assert make_slugs(import_page(text).scripts) == (
        "2025-10-21-the-same",
        "2025-10-21-the-same-2",
        "2025-10-21-the-same-3",
    )


@given(st.text(max_size=80), st.dates())
def test_any_slug_is_a_file_name(title: str, date: datetime.date) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d(?:-[a-z0-9]+)+", make_slug(title, date))
    assert len(make_slug(title, date)) <= 71
