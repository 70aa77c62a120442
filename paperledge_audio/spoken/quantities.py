"""Numbers in running text, with what stands around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers import cardinal, decade, decimal, ordinal, pairs
from paperledge_audio.spoken.rule import rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rule import Context, Saying

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
END = r"(?![\w]|[.,]\d)"


def _number(match: re.Match[str], _context: Context) -> Saying:
    return decimal(match[0])


def _year(match: re.Match[str], _context: Context) -> Saying:
    return pairs(match[0])


RULES = (
    rule(
        "range",
        "d",
        rf"({NUMBER})(%?)\s?[-–]\s?({NUMBER})\s?%{END}",
        lambda m, _c: f"{decimal(m[1])} to {decimal(m[3])} percent",
    ),
    rule("percent", "d", rf"({NUMBER})\s?%", lambda m, _c: f"{decimal(m[1])} percent"),
    rule("ordinal", "d", r"(\d+)(?:st|nd|rd|th)\b", lambda m, _c: ordinal(m[1])),
    rule("decade", "d", r"((?:1[5-9]|20)\d)0['’]?s\b", lambda m, _c: decade(m[1] + "0")),
    rule("year", "d", rf"(?:1[5-9]|20)\d\d{END}(?!-)", _year),
    rule(
        "range",
        "d",
        rf"({NUMBER})\s?[-–]\s?({NUMBER}){END}",
        lambda m, _c: f"{decimal(m[1])} to {decimal(m[2])}",
    ),
    rule("number", "d", rf"{NUMBER}{END}(?!-\w)", _number),
    rule("minus", "p", r"[-−](?=\.?\d)", "minus "),
    rule("zero", "d", r"\d+", lambda m, _c: cardinal(m[0])),
)
