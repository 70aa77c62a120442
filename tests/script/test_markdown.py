"""Markdown: which block each construct becomes, on which line, and what is refused."""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path

import pytest

from paperledge_audio.errors import ScriptError
from paperledge_audio.script import (
    Credit,
    Episode,
    Heading,
    ListItem,
    Music,
    Pause,
    Question,
    Quote,
    Script,
    Speech,
)
from paperledge_audio.script.composing import compose
from paperledge_audio.script.parsing import parse

HEAD = "---\ntitle: A\ndate: 2025-10-21\n---\n"
CANONICAL = f"""\
{HEAD}
## What it is about

A paragraph with *stress*, `code`, [a link](https://example.org) and $x_i$,
on two lines.

[pause 1.5s]

> Somebody said this,
> and this.

> And somebody else that.

- Level 2: more of it,
  and on a second line.
- Is it right?

1. First.
2. Or second?

[music: sting]

Credit to Paper authors: Ada Lovelace, Charles Babbage
"""


def test_every_block_with_its_line() -> None:
    assert parse(CANONICAL, "x.md").blocks == (
        Heading("What it is about", 6, 2),
        Speech(
            "A paragraph with *stress*, `code`, [a link](https://example.org) and $x_i$,\n"
            "on two lines.",
            8,
        ),
        Pause(1.5, 11),
        Quote("Somebody said this,\nand this.", 13),
        Quote("And somebody else that.", 16),
        ListItem("Level 2: more of it,\nand on a second line.", 18),
        Question("Is it right?", 20),
        ListItem("First.", 22, "1."),
        Question("Or second?", 23, "2."),
        Music("sting", 25),
        Credit("Credit to Paper authors: Ada Lovelace, Charles Babbage", 27),
    )


def test_canonical_source_is_composed_to_itself() -> None:
    assert compose(parse(CANONICAL)) == CANONICAL


@pytest.mark.parametrize(
    ("loose", "canonical"),
    [
        ("Title\n=====\n\nText.", "# Title\n\nText."),
        ("## Title ##\nText.", "## Title\n\nText."),
        ("# C#\n\nText.", "# C#\n\nText."),
        ("Title #\n===\n\nText.", "# Title \\#\n\nText."),
        ("* a\n\n* b", "- a\n- b"),
        ("7) a\n8) b", "7. a\n8. b"),
        ("- a\n\n1. b", "- a\n\n1. b"),
        ("> a\n>\n> b\nc", "> a\n\n> b\n> c"),
        ("one  \n   two", "one\ntwo"),
        # Four spaces keep a line in its paragraph; without them the hash needs a backslash.
        ("one\n    # two", "one\n\\# two"),
        ("[pause 500ms]\n[Music: Sting]\n\nText.", "[pause 0.5s]\n\n[music: sting]\n\nText."),
        ("\u00a0- a", "- a"),
    ],
)
def test_other_source_has_one_canonical_form(loose: str, canonical: str) -> None:
    assert compose(parse(f"{HEAD}{loose}\n")) == f"{HEAD}\n{canonical}\n"
    assert compose(parse(f"{HEAD}\n{canonical}\n")) == f"{HEAD}\n{canonical}\n"


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("Text.\n\n| a | b |\n|---|---|\n| 1 | 2 |", 7, "a table can't be read aloud"),
        ("Text,\n![a picture](a.png)", 6, "an image can't be read aloud"),
        ("Text,\nmore,\nand <b>this</b>", 7, "raw HTML"),
        ("Text\n\n<!-- open", 7, "a comment is not closed"),
        ("Text\n\n<div>\nlost\n</div>", 7, "raw HTML"),
        ("Text\n\n```\nx\n```", 7, "a code block can't be read aloud"),
        ("Text\n\n    x", 7, "indented text is a code block"),
        ("Text\n\n---\n\nText", 7, "a rule can't be heard"),
        ("Two\nlines\n---\nText", 5, "a paragraph underlined with --- is a heading"),
        ("A sentence.\n---\nText", 5, "a paragraph underlined with --- is a heading"),
        ("- a\n  - b", 6, "a list inside a list item"),
        ("- a\n\n  b", 7, "a second paragraph inside a list item"),
        ("- # a", 5, "a heading inside a list item"),
        ("> a\n> - b", 6, "a list inside a quote"),
        ("> > a", 5, "a quote inside a quote"),
        ("Text\n\n#", 7, "a heading is empty"),
        ("- a\n-\n- b", 6, "a list item is empty"),
        (">", 5, "a quote is empty"),
        ("Text\n\n[a]: https://example.org", 7, "a link's definition is not text"),
        ("Text[^1]", 5, "a footnote can't be heard"),
        ("Text\n\n[^1]: note", 7, "a footnote can't be heard"),
        ("[pause 1s]\n\n[music: bed]", 5, "says nothing"),
        ("", 5, "says nothing"),
    ],
)
def test_what_can_not_be_read_aloud(body: str, line: int, what: str) -> None:
    with pytest.raises(ScriptError, match=what) as caught:
        parse(f"{HEAD}{body}\n", "x.md")
    assert (caught.value.path, caught.value.line) == ("x.md", line)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("directive", "what"),
    [
        ("[pause]", "is not a pause"),
        ("[pause 1]", "is not a pause"),
        ("[pause one second]", "is not a pause"),
        ("[pause 0s]", "is not above 0 and up to 30 seconds"),
        ("[pause 30.1s]", "is not above 0 and up to 30 seconds"),
        ("[music]", "names no piece of music"),
        ("[music: stign]", "did you mean 'sting'"),
        ("[paus 1s]", "did you mean 'pause'"),
        ("[pace 0.4]", "is not between 0.5 and 2"),
        ("[pace slow]", "is not a pace"),
        ("[delivery]", "names no delivery"),
        ("[wonder]", "or [delivery: wonder] for all that follows"),
        ("- [wonder]", "stands alone"),
        ("[laughs]", "choose from: delivery, music, pace, pause"),
        ("Wait [music: sting] for it", "stands among words"),
        ("Wait [pace 0.9] for it", "stands among words"),
        ("Wait [delivery: wonder] for it", "stands among words"),
        ("Wait [pause] for it", "is not a pause"),
        ("Wait [pause 31s] for it", "is not above 0 and up to 30 seconds"),
        ("[pause 1s]\nWait for it", "stands among words"),
        ("Wait\n[pause 1s]", "stands among words"),
        ("- [pause 1s]", "stands among words"),
        ("## [music: sting]", "stands among words"),
        ("Wait [pause 1s", "stands among words"),
    ],
)
def test_malformed_directives(directive: str, what: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse(f"{HEAD}Text.\n\n{directive}\n", "x.md")
    assert what in str(caught.value)
    assert caught.value.line == (8 if directive.startswith("Wait\n") else 7)


@pytest.mark.parametrize(
    ("source", "speaker", "text"),
    [
        ("**Emma:** Good morning.", "Emma", "Good morning."),
        ("__Dr. Lee:__ Good\nmorning.", "Dr. Lee", "Good\nmorning."),
        ("**Zoë O’Hara, PhD :** *Good* morning.", "Zoë O’Hara, PhD", "*Good* morning."),
        (r"**A &amp; B\*:** Good morning.", "A & B*", "Good morning."),
        ("**snake_case:** Good morning.", "snake_case", "Good morning."),
        ("**Emma:** see **this:** it", "Emma", "see **this:** it"),
        ("**Emma:** # 1", "Emma", "# 1"),
        ("**Emma:** Credits: all of us.", "Emma", "Credits: all of us."),
    ],
)
def test_a_paragraph_and_a_quote_begin_with_their_speaker(
    source: str, speaker: str, text: str
) -> None:
    assert parse(f"{HEAD}{source}\n").blocks == (Speech(text, 5, speaker),)
    quoted = "> " + source.replace("\n", "\n> ")
    assert parse(f"{HEAD}{quoted}\n").blocks == (Quote(text, 5, speaker),)


def test_a_speaker_speaks_one_paragraph() -> None:
    assert parse(f"{HEAD}**Emma:** One.\n\nTwo.\n").blocks == (
        Speech("One.", 5, "Emma"),
        Speech("Two.", 7),
    )


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("**Emma:**", 5, "**Emma:** stands alone; write the words after it"),
        ("**Emma:**\nGood morning.", 5, "stands alone"),
        ("**Emma:**  \nGood morning.", 5, "stands alone"),
        ("**Key points:**\n\n- one", 5, "put the colon after the bold, as in **Note**: this"),
        ("**Emma:**Hello", 5, "**Emma:** touches the next word"),
        ("**Emma:**“Hello”", 5, "touches the next word"),
        ("**Dr. *Lee*:** Hello", 5, "holds markup"),
        ("***Emma:*** Hello", 5, "holds markup"),
        ("**[Emma](https://x.example):** Hello", 5, "holds markup"),
        ("**Dr.\nLee:** Hello", 5, "or a line break"),
        ("**A:** **B:** Hello", 5, "**B:** stands inside a paragraph"),
        ("**A:** Hello\n**B:** Hello", 6, "put an empty line before it"),
        ("Hello\n\nHello,\n__B:__ Hello", 8, "__B:__ stands inside a paragraph"),
        (f"**{'a' * 41}:** Hello", 5, "take at most 40 characters"),
        ("> Hello\n> **B:** Hello", 6, "stands inside a paragraph"),
    ],
)
def test_words_never_go_to_the_wrong_speaker(body: str, line: int, what: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse(f"{HEAD}{body}\n", "x.md")
    assert what in str(caught.value)
    assert "if nobody speaks here" in str(caught.value)
    assert (caught.value.path, caught.value.line) == ("x.md", line)


@pytest.mark.parametrize(
    "piece", ["**", "**a", "`a`", "a:**", "\\", "a ", "**`a`", "__a:", "\n**a"]
)
def test_long_runs_of_near_labels_come_to_an_end(piece: str) -> None:
    with contextlib.suppress(ScriptError):
        parse(f"{HEAD}**a{(piece * 8000)[:8000]}\n")


@pytest.mark.parametrize(
    "text",
    [
        "**Note**: this",
        r"**Note\:** this",
        "**Note&#58;** this",
        "**:** this",
        "**&#1;:** this",
        "**Credits:** A, B",
        "**Paper authors:** A, B",
        "a **Note:** this",
        "*Emma:* this",
        "**A `x:** y` this",
        "** Emma:** this",
    ],
)
def test_other_bold_text_names_nobody(text: str) -> None:
    assert parse(f"{HEAD}{text}\n").blocks == (Speech(text, 5),)


def test_items_and_headings_have_no_speakers() -> None:
    assert parse(f"{HEAD}## **A:** b\n\n- **Term:** c\n\n1. **Term:** d?\n").blocks == (
        Heading("**A:** b", 5),
        ListItem("**Term:** c", 7),
        Question("**Term:** d?", 9, "1."),
    )


@pytest.mark.parametrize(
    "text",
    [
        r"\[pause 1s] is written so",
        "`[pause 1s]` is written so",
        "[pause](https://example.org/pause)",
        "[1](https://example.org)",
        r"\[laughs]",
        "Credit to the whole crew for that.",
        "Authors: this opens a new chapter.",
        r"Credits\: what are they",
        "$x[^2]$ is a square",
        "He said <https://example.org> and &lt;this&gt;",
    ],
)
def test_what_only_looks_like_markup_is_speech(text: str) -> None:
    assert parse(f"{HEAD}{text}\n").blocks == (Speech(text, 5),)


@pytest.mark.parametrize(
    "text",
    [
        "Credit to Paper authors: A",
        "credits: A",
        "Paper authors: A",
        "Credit to the paper’s authors : A",
    ],
)
def test_the_credit_begins_so(text: str) -> None:
    assert parse(f"{HEAD}{text}\n").blocks == (Credit(text, 5),)


@pytest.mark.parametrize("text", ["Why?", '"Why?"', "*Why?*", "Why?!", "(why?)", "A. Why?”"])
def test_an_item_asks(text: str) -> None:
    assert parse(f"{HEAD}- {text}\n").blocks == (Question(text, 5),)


@pytest.mark.parametrize("text", [r"Why\?", "Why? Because."])
def test_an_item_does_not_ask(text: str) -> None:
    assert parse(f"{HEAD}- {text}\n").blocks == (ListItem(text, 5),)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (Speech("# Title", 9), "block 1 (Speech) would be read back as something else"),
        (Speech("1. first", 9), "block 1 (Speech) would be read back as something else"),
        (Speech("a\n\nb", 9), "block 1 (Speech) would be read back as something else"),
        (Speech("[pause 1s]", 9), "block 1 (Speech) would be read back as something else"),
        (Speech("Credits: A", 9), "block 1 (Speech) would be read back as something else"),
        (Speech("", 9), "block 1 (Speech) would be read back as something else"),
        (Credit("A and B", 9), "block 1 (Credit) would be read back as something else"),
        (ListItem("Why?", 9), "block 1 (ListItem) would be read back as something else"),
        (Question("Because.", 9), "block 1 (Question) would be read back as something else"),
        (ListItem("a", 9, "*"), "block 1 (ListItem) would be read back as something else"),
        (Heading("a", 9, 7), "block 1 (Heading) would be read back as something else"),
        (Heading("a\nb", 9), "block 1 (Heading) would be read back as something else"),
        (Quote("- a", 9), "block 1 (Quote) can't be written: a list inside a quote"),
        (Speech("<b>", 9), "block 1 (Speech) can't be written: raw HTML"),
        (Music("polka", 9), "block 1 (Music) can't be written: there is no music 'polka'"),
        (Pause(float("nan"), 9), "block 1 (Pause) can't be written"),
        (Pause(31.0, 9), "block 1 (Pause) can't be written"),
    ],
)
def test_a_block_that_would_not_come_back_is_refused(
    block: Speech | Quote | Heading | ListItem | Question | Credit | Pause | Music, message: str
) -> None:
    episode = Episode("A", datetime.date(2025, 10, 21))
    with pytest.raises(ScriptError) as caught:
        compose(Script(episode, (Speech("Hello.", 7), block), "x.md"))
    assert message in str(caught.value)
    assert (caught.value.path, caught.value.line) == ("x.md", 9)


def test_the_shows_own_scripts_read_and_write() -> None:
    files = sorted((Path(__file__).resolve().parents[2] / "scripts").glob("*.md"))
    assert files
    for file in files:
        script = parse(file.read_bytes(), str(file))
        again = parse(compose(script))
        assert again.episode == script.episode
        assert [type(block) for block in again.blocks] == [type(block) for block in script.blocks]
