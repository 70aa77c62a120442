"""Plain text: every character is what it looks like."""

from __future__ import annotations

import pytest

from paperledge_audio.errors import ScriptError
from paperledge_audio.script import Credit, ListItem, Music, Pause, Question, Quote, Speech
from paperledge_audio.script.blocks.escape import escape
from paperledge_audio.script.composing import compose
from paperledge_audio.script.parsing import parse

HEAD = "---\ntitle: A\ndate: 2025-10-21\n---\n"
TEXT = f"""\
{HEAD}
# not a heading, *not* stressed,
and <not> a tag; $\\sigma$ is a formula.
[pause 1.5s]
[laughs] is printed.

“A quotation.
It goes on.”

Three things:
• one
- two, on
more lines?
3. three
[music: sting]

"Not" a "quotation"

Credit to Paper authors: A_B, C
"""


def test_every_block_with_its_line() -> None:
    script = parse(TEXT, "x.TXT")
    assert script.blocks == (
        Speech(
            "\\# not a heading, \\*not\\* stressed,\nand \\<not> a tag; $\\sigma$ is a formula.", 6
        ),
        Pause(1.5, 8),
        Speech("\\[laughs] is printed.", 9),
        Quote("“A quotation.\nIt goes on.”", 11),
        Speech("Three things:", 14),
        ListItem("one", 15),
        Question("two, on\nmore lines?", 16),
        ListItem("three", 18, "3."),
        Music("sting", 19),
        Speech('"Not" a "quotation"', 21),
        Credit("Credit to Paper authors: A_B, C", 23),
    )
    assert [type(block) for block in parse(compose(script)).blocks] == [
        type(block) for block in script.blocks
    ]


def test_it_needs_front_matter_too() -> None:
    with pytest.raises(ScriptError, match="has no front matter"):
        parse("Hello.\n", "x.txt")


def test_a_directive_among_words_is_refused() -> None:
    with pytest.raises(ScriptError, match="stands among words") as caught:
        parse(f"{HEAD}One\ntwo [music: sting] three.\n", "x.txt")
    assert caught.value.line == 6


def test_a_pause_needs_words_before_it_behind_a_bullet_too() -> None:
    with pytest.raises(ScriptError, match="stands among words") as caught:
        parse(f"{HEAD}1. [pause 0.4s] One.\n", "x.txt")
    assert (caught.value.line, caught.value.column) == (5, 4)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("plain words, and 2 < 3", r"plain words, and 2 \< 3"),
        ("snake_case stays, _this_ not", r"snake_case stays, \_this\_ not"),
        (r"$\sigma$-VAE and $a*b$", r"$\sigma$-VAE and $a*b$"),
        ("from $5 to $10", "from $5 to $10"),
        ("1. a", r"1\. a"),
        ("2025. a", r"2025\. a"),
        ("- a\n+ b", "\\- a\n\\+ b"),
        ("-5 degrees", "-5 degrees"),
        ("a\n---", "a\n\\---"),
        ("a|b\n-|-", "a|b\n\\-|-"),
        ("AT&T &amp; co", r"AT&T \&amp; co"),
        (r"a \ b \* c", r"a \ b \\\* c"),
        ("  margins  \n\n\n go ", "margins\ngo"),
        ("~~no~~ ~10", r"\~\~no\~\~ ~10"),
    ],
)
def test_escape(words: str, text: str) -> None:
    assert escape(words) == text


@pytest.mark.parametrize("words", ["**Emma:** Hello.", "__Emma:__ Hello.", "Emma: Hello."])
def test_nobody_speaks_in_plain_text_but_the_host(words: str) -> None:
    (block,) = parse(f"{HEAD}{words}\n", "x.txt").blocks
    assert block == Speech(escape(words), 5)
    assert parse(compose(parse(f"{HEAD}{words}\n", "x.txt"))).blocks == (Speech(escape(words), 6),)
