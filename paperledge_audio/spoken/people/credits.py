"""Shortens the closing credit in speech; the printed text keeps all names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.numbers.words import cardinal
from paperledge_audio.spoken.rules.rule import SPACES

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORTENED = re.compile(r"\sand [a-z -]{1,80} others?[\s.!]*$")
"""The end of a credit that names no more people."""
_BETWEEN = re.compile(rf"{SPACES}(?:,\s*+(?:(?:and|&)\s)?|;)\s*|(?<!\s)\s++(?:and|&)\s+")


def shorten_credit(spans: Sequence[Span], most: int) -> tuple[Span, ...]:
    """The credit's spans, saying at most `most` names and then how many others there are.

    Names are separated by commas, semicolons or "and", from the first colon on (from the start if
    there is none). The text of every name stays; a name left unsaid is a span of its own. If all
    names are said, "and" comes before the last.
    """
    text = "".join(span.text for span in spans)
    start = text.find(":") + 1
    gaps = list(_BETWEEN.finditer(text, start))
    if len(gaps) < most or _SHORTENED.search(text):
        return _add_and(spans, gaps[-1]) if gaps else tuple(spans)
    others = len(gaps) + 1 - most
    kept = _take_up_to(spans, gaps[most - 1].start())
    cut = sum(len(span.text) for span in kept)
    words = f" and {cardinal(str(others))} other{'s' * (others > 1)}"
    rule = "credit shortened"
    rest = [Span(text[cut : gaps[most - 1].end()], words, rule)]
    place = gaps[most - 1].end()
    end = max(place, len(text.rstrip(" .!")))
    for gap in gaps[most:]:
        rest.append(Span(text[place : gap.end()], "", rule))
        place = gap.end()
    rest.append(Span(text[place:end], "", rule))
    if text[end:]:
        rest.append(Span(text[end:], text[end:].strip()[:1], ""))
    return (*kept, *rest)


def _add_and(spans: Sequence[Span], gap: re.Match[str]) -> tuple[Span, ...]:
    """The spans with "and" before the last name, if the print has only a comma."""
    said = []
    place = 0
    for span in spans:
        last = place == gap.start() and gap[0].strip() == span.text == ","
        said.append(Span(",", ", and", "last name") if last else span)
        place += len(span.text)
    return tuple(said)


def _take_up_to(spans: Sequence[Span], offset: int) -> list[Span]:
    kept: list[Span] = []
    place = 0
    for span in spans:
        if place + len(span.text) > offset:
            break
        kept.append(span)
        place += len(span.text)
    return kept
