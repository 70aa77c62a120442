"""From a block's source to the reader's text, and pronunciations written into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.errors import SpokenError
from paperledge_audio.script.printed.markup import Override, strip_markup
from paperledge_audio.spoken.lexicon.entries import load_built_in
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import scan


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a *b* **c** ***d*** _e_ __f__ ~~g~~", "a b c d e f g"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("`code` and ``co`de``", "code and co`de"),
        (r"\*not\* emphasis \$5", "*not* emphasis $5"),
        (r"from *\*muntu*, and **a \*b\* c**", "from *muntu, and a *b* c"),
        ("[text](https://example.org/a_b_c)", "text"),
        ('[text](https://example.org "a title")', "text"),
        ("<https://example.org>", "https://example.org"),
        ("<ann@example.org>", "ann@example.org"),
        (r"$x_1 * y_1$ and $\{a\}$", r"$x_1 * y_1$ and $\{a\}$"),
        (r"by \textit{Planck}, with \texttt{emcee}", "by Planck, with emcee"),
        (
            r"Poincar\'e, Erd\H{o}s, {\"u} and i.i.d.\ samples",
            "Poincaré, Erdős, ü and i.i.d. samples",
        ),
        ("from $5 to $10, *really*", "from $5 to $10, really"),
        ("one\n  two\t three", "one two three"),
        ("a &amp; b &lt; c", "a & b < c"),
        ("[12] and [not a link]", "[12] and [not a link]"),
        ("", ""),
    ],
)
def test_markup_goes_and_words_stay(source: str, text: str) -> None:
    assert strip_markup(source).text == text


def test_overrides_have_their_place_in_the_text() -> None:
    page = strip_markup('a *big* [Qwen](/kwˈɛn/) or [GPU](say: "gee pee you")')
    assert page.text == "a big Qwen or GPU"
    assert page.overrides == (Override(6, 10, "/kwˈɛn/"), Override(14, 17, "gee pee you"))


def test_lines_are_those_of_the_source() -> None:
    page = strip_markup("one\ntwo *three\nfour*", 5)
    assert [page.line_at(page.text.index(word)) for word in page.text.split()] == [5, 6, 6, 7]


@given(st.text(max_size=60))
def test_any_source_has_a_text_without_line_breaks(source: str) -> None:
    text = strip_markup(source).text
    assert text == " ".join(text.split())


def spoken(source: str) -> list[tuple[str, str, str]]:
    spans = scan(strip_markup(source, 7), Context(load_built_in()), "x.md")
    return [(span.text, span.said, span.phonemes) for span in spans if span.text != " "]


def test_an_override_is_said_as_it_asks() -> None:
    assert spoken("[Zyx](/zˈɪks/)") == [("Zyx", "Zyx", "zˈɪks")]
    assert spoken('[日本](say: "Japan")') == [("日本", "Japan", "")]
    assert spoken("[日本](/nihˈɔn/)") == [("日本", "neehawn", "nihˈɔn")]


def test_an_override_may_hold_what_the_rules_can_say() -> None:
    found = spoken('[x](say: "3 LLMs")')
    assert "".join(said for _text, said, _sound in found) == "three L L Ms"
    assert [text for text, _said, _sound in found] == ["x", "", ""]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("line\n[Qwen](/kw3n/)", r"^x.md:8: '3' in the sound of 'Qwen'.*; use"),
        ('line\n[Qwen](say: "…日")', r"^x.md:8: no rule says how to speak '日'"),
        ('line\n[Qwen](say: "")', r"^x.md:8: .*not words"),
        ("line\n日本 here", r"^x.md:8: no rule says how to speak '日本'; write it in words, or"),
    ],
)
def test_what_can_not_be_said_is_named_with_its_line(source: str, message: str) -> None:
    with pytest.raises(SpokenError, match=message):
        spoken(source)
