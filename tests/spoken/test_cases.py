"""The tables of cases, and what holds for any text at all."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperledge_audio.errors import SpokenError
from paperledge_audio.script.printed.markup import PrintedText, strip_markup
from paperledge_audio.spoken.lexicon.entries import load_built_in
from paperledge_audio.spoken.lexicon.phonemes import ALPHABET
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import scan
from paperledge_audio.spoken.rules.tidy import tidy

TABLES: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("cases.toml").read_text("utf-8")
)
CASES = [
    pytest.param(kind, text, said, id=f"{kind}: {text}")
    for kind, table in TABLES.items()
    for text, said in table.items()
]
SPOKEN = re.compile(r"[A-Za-z',.?!;:—… -]*")


def spans(text: str | PrintedText, role: str = "speech") -> tuple[Span, ...]:
    page = strip_markup(text) if isinstance(text, str) else text
    return tidy(scan(page, Context(load_built_in(), role)))


def said(text: str, role: str = "speech") -> str:
    return "".join(span.said for span in spans(text, role))


@pytest.mark.parametrize(("kind", "text", "expected"), CASES)
def test_a_careful_host_says(kind: str, text: str, expected: str) -> None:
    assert said(text, "credit" if kind == "people" else "speech") == expected


@pytest.mark.parametrize("kind", TABLES)
def test_every_kind_has_enough_cases(kind: str) -> None:
    assert len(TABLES[kind]) >= 15


PIECES = st.sampled_from([text for table in TABLES.values() for text in table])
WILD = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="aAbIx019 .,-–—'’\"()[]{}$%^_*\\/<>@#&+=~:;!?…²⁻₂°×σé£€", max_size=40),
    st.lists(PIECES, max_size=5).map(" ".join),
    st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=5).map("".join),
)


def checked(text: str, role: str, *, strict: bool = False, words: bool = False) -> None:
    page = strip_markup(text)
    try:
        found = spans(page, role)
    except SpokenError as error:
        assert "; " in str(error)  # noqa: PT017 - it names what to do
        return
    assert "".join(span.text for span in found) == page.text
    spoken = "".join(span.said for span in found)
    assert SPOKEN.fullmatch(spoken), spoken
    for span in found:
        assert ALPHABET.issuperset(span.phonemes)
        assert not span.phonemes or (span.said == span.said.strip() != ""), span
        assert span.rule or span.said.strip() in {span.text.strip().replace("’", "'"), ""}, span
    again = said(spoken, role)
    assert SPOKEN.fullmatch(again)
    if strict:
        assert again == spoken
    elif words:
        assert re.findall("[a-z']+", again.lower()) == re.findall("[a-z']+", spoken.lower())


@settings(max_examples=300)
@given(WILD, st.sampled_from(["speech", "credit"]))
@example("2010-2015-2020", "speech")
def test_any_text_is_said_whole_in_letters_or_refused(text: str, role: str) -> None:
    checked(text, role)


PRINTED_WORDS = sorted(
    {word for table in TABLES.values() for text in table for word in text.split()}
)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PRINTED_WORDS), min_size=1, max_size=8).map(" ".join))
def test_the_words_of_any_text_stay_when_they_are_spoken_again(text: str) -> None:
    checked(text, "speech", words=True)


@settings(max_examples=100)
@given(st.lists(PIECES.filter(lambda piece: not {"$", "`"} & {*piece}), min_size=2, max_size=4))
def test_cases_side_by_side_are_said_as_they_are_alone(some: list[str]) -> None:
    """Nothing that a rule looks at reaches across "and so" into the next piece."""
    together = said(f"so {' and so '.join(some)} and")
    for piece in some:
        assert said(f"so {piece} and") in together


@pytest.mark.parametrize(("kind", "text", "expected"), CASES)
def test_spoken_text_spoken_again_stays_the_same(kind: str, text: str, expected: str) -> None:
    checked(text, "credit" if kind == "people" else "speech", strict=True)
