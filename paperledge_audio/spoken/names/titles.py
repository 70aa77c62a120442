"""Numbers in the names of tests, films and games: "WAIS-III", "Type-II", "Rocky IV"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken import english
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.names.words import read_word
from paperledge_audio.spoken.numbers.roman import is_kind, read_roman
from paperledge_audio.spoken.numbers.words import cardinal
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


RULES: tuple[Rule, ...] = (
    rule("edition", "U", r"([A-Z]{3,6}|[A-Z][a-z]{3,6})-([IVX]{1,4})(?:-([A-Z]))?(?![\w-])",
         _say_edition),
    rule("sequel", "U", r"(?<=[a-z]\s)(?:IV|VI|IX)(?=[.,;:!?)]|$|['’]s|\s(?:is|was|and|in|has|had|"
         r"with|came|did|or|by|for)\b)", _say_sequel),
)  # fmt: skip
