"""Numbers in the names of tests, films and aeroplanes: "WAIS-III", "Rocky IV", "787-9"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken import english
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.names.words import read_word
from paperledge_audio.spoken.numbers.roman import is_kind, read_roman
from paperledge_audio.spoken.numbers.words import cardinal, label
from paperledge_audio.spoken.rules.rule import Context, Saying, join_spans, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_FIVES = frozenset({"WISC", "WAIS", "WPPSI", "DSM", "MMPI", "SCID"})
"""Tests of which there is a fifth edition; elsewhere V may be a letter."""
_BEFORE_SEQUEL = re.compile(r"(?:[a-z,]|[A-Z][a-z]+)\s([A-Z][a-z]{2,15})\s$")


def _say_edition(match: re.Match[str], context: Context) -> Saying:
    """The edition of a test or a program, as "WAIS-III" and "DSM-III-R"; "Type-II" errors."""
    name, number, revised = match.groups()
    value, is_acronym = read_roman(number), name.isupper()
    if not value or context.lexicon.find(match[0]) or not (is_acronym or is_kind(name)):
        return None
    if is_acronym and len(number) == 1 and name not in _FIVES:
        return None
    words = f" {cardinal(str(value))}{f' {revised}' if revised else ''}"
    return join_spans((*read_word(name, context), Span(match[0][len(name) :], words, "edition")))


def _say_sequel(match: re.Match[str], _context: Context) -> Saying:
    """The number of a film or a game whose name is a word, as "Rocky IV"; IV fluids have none."""
    before = _BEFORE_SEQUEL.search(match.string[max(match.start() - 40, 0) : match.start()])
    if not before or not english.is_common(before[1].lower()):
        return None
    return cardinal(str(read_roman(match[0])))


def _say_aeroplane(match: re.Match[str], _context: Context) -> Saying:
    """A Boeing, as "787-9", "737 MAX" and "777X"; without more where the text is about flying."""
    model, variant, more = match.groups()
    near = match.string[max(match.start() - 80, 0) : match.end() + 80]
    if not variant and not more and not _FLYING.search(near):
        return None
    words = " ".join(filter(None, (label(model), variant and label(variant))))
    return f"{words} {' '.join(more)}" if more else words


_FLYING = re.compile(
    r"\b(?:Boeings?|Airbus(?:es)?|aircraft|airliners?|airlines?|(?:air)?planes?|jets?|jumbo|fl[ey]w?|"
    r"flights?|7[0-8]7(?:-\d|s\b|\sMAX)|MAX)\b"
)
RULES: tuple[Rule, ...] = (
    rule("aeroplane", "d", r"(?<![\w.,$€£-])(7[0-8]7)(?:-([89]|10|[2-9]00))?(ER|LR|X)?"
         r"(?![\w%]|[.,]\d|-\d)", _say_aeroplane),
    rule("relay", "d", r"(\d)\s?[x×]\s?(\d{2,4})[\s-]?(?:m|meters?)"
         r"(?=\s(?:relay|medley|freestyle|hurdles))",
         lambda m, _c: f"{cardinal(m[1])} by {cardinal(m[2])} meter"),
    rule("batting", "p", r"(?<![\w.])\.(\d{3})/\.(\d{3})(?:/\.(\d{3}))?(?![\w/]|\.\d)",
         lambda m, _c: ", ".join(label(one) for one in m.groups() if one)),
    rule("day", "d", r"(?<=\b[Tt]he\s)(\d{1,2})/(\d{1,2})"
         r"(?=\s(?:attacks?|bombings?|(?:earth)?quake|tsunami|disaster|riots?|committee|insurrection|hearings?)\b)",
         lambda m, _c: f"{cardinal(m[1])} {cardinal(m[2])}"),
    rule("form", "d", r"(?<=\bForm\s)\d{3,4}(?![\w,-]|\.\d)", lambda m, _c: label(m[0])),
    rule("part", "d", r"(?:(?<=\b[Pp]art\s)|(?<=\b[Ee]pisode\s))(\d{1,2})/(\d{1,2})"
         r"(?![\w/]|[.,]\d|[\s-]?(?:inch|in\b|of\b|cup))",
         lambda m, _c: f"{cardinal(m[1])} of {cardinal(m[2])}"),
    rule("model", "d", r"(?<=\biPhone\s)(\d{1,2})s(?!\w)", lambda m, _c: f"{cardinal(m[1])} S"),
    rule("edition", "U", r"([A-Z]{3,6}|[A-Z][a-z]{3,6})-([IVX]{1,4})(?:-([A-Z]))?(?![\w-])",
         _say_edition),
    rule("sequel", "U", r"(?<=[a-z]\s)(?:IV|VI|IX)(?=[.,;:!?)]|$|['’]s|\s(?:is|was|and|in|has|had|"
         r"with|came|did|or|by|for)\b)", _say_sequel),
)  # fmt: skip
