"""What Unicode takes for digits, and numbers of any length, are said or refused anywhere.

Every case of the tables, with its digits in other writings: `"²".isdigit()` holds, int("²") fails.
"""

from __future__ import annotations

import contextlib
import re
from itertools import cycle

import pytest

from paperledge_audio.errors import SpokenError
from paperledge_audio.script.printed.markup import strip_markup
from paperledge_audio.spoken.lexicon.entries import load_built_in
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import scan
from tests.spoken.test_cases import TABLES

TEXTS = [text for table in TABLES.values() for text in table if re.search(r"\d", text)]
WRITINGS = {
    "superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "subscript": "₀₁₂₃₄₅₆₇₈₉",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "Arabic": "٠١٢٣٤٥٦٧٨٩",
    "Devanagari": "०१२३४५६७८९",
    "full width": "０１２３４５６７８９",
    "bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
}


def said_or_refused(text: str) -> None:
    page = strip_markup(text)
    with contextlib.suppress(SpokenError):
        assert "".join(span.text for span in scan(page, Context(load_built_in()))) == page.text


@pytest.mark.parametrize("writing", WRITINGS)
def test_digits_of_another_writing(writing: str) -> None:
    written = str.maketrans("0123456789", WRITINGS[writing])
    for text in TEXTS:
        said_or_refused(text.translate(written))
        first = re.search(r"\d", text)
        assert first
        mixed = text[: first.end()] + text[first.end() :].translate(written)
        said_or_refused(mixed)


@pytest.mark.fuzz
def test_numbers_of_five_thousand_digits() -> None:
    """The first number of each text and its last one, of digits that take turns."""
    for text, digit in zip(TEXTS, cycle("019"), strict=False):
        said_or_refused(re.sub(r"\d+", digit * 5000, text, count=1))
        said_or_refused(re.sub(r"\d+", digit * 5000, text[::-1], count=1)[::-1])
