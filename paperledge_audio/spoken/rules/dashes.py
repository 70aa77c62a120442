"""Dashes that touch words: ranges, pairs, options; the other ones are pauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.script.printed.signs import GREEK
from paperledge_audio.spoken.numbers.times import SHORT_MONTHS
from paperledge_audio.spoken.numbers.words import cardinal, decimal, to_number
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_DAY_ROW = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_SHORT = {day[:3]: day for day in _DAY_ROW.split()} | SHORT_MONTHS
_SHORT |= {"Tues": "Tuesday", "Thur": "Thursday", "Thurs": "Thursday"}
_DATED = "|".join(sorted({*_SHORT, *_SHORT.values()}, key=len, reverse=True))
"""Days of the week and months, also shortened."""
_LABELLED = re.compile(
    r"\b(?:from|panel|part|fig(?:ure)?|row|column|step|group|grade|class|type|option|item|"
    r"appendix|section|vitamin|hepatitis|[A-Za-z]{2,}(?<![su])s)\.?\s\(?$|(?-i:(?<![A-Z])[A-Z]{3,6}\s$)",
    re.IGNORECASE,
)
"""Stands before a range of letters: "panels a–c", "hepatitis A–E"."""
_CLAUSE_ROW = """
    which who whose that this these those and or but not no so because if when where while as a an
    the it its it's he she we they you i is are was were just even especially including such then
    than there here what how why yes one really very maybe perhaps however though although unless
    yet sometimes often
"""
_CLAUSE = frozenset(_CLAUSE_ROW.split())
"""Words with which a remark begins or goes on, so that a dash before them is a pause."""
_LABEL = re.compile(r"(?<![\w-])([A-Z]{1,3}|[A-Z]{2,6}-|[A-Z][a-z]{1,4})(\d{1,3})(?![\w-])")
_WORD = re.compile(r"[\w'’]+")
_LABEL_BEFORE = re.compile(rf"{_LABEL.pattern}$")
_LAST_WORD = re.compile(r"(?<![\w'’])[\w'’]+$")
_GOES_ON, _WENT_ON = re.compile(r"\w+–"), re.compile(r"–\w+$")
"""More words are linked, as in "state–of–the–art"."""
_SENTENCE = re.compile(r"[^.!?;]*$")
_LONGEST = 200


def _say_letters(match: re.Match[str], _context: Context) -> Saying:
    """Two letters: "panels a–c" is a range, "a p–n junction" a pair."""
    first, dash, last = match.groups()
    before = match.string[max(match.start() - 24, 0) : match.start()]
    in_order = first < last and first.isupper() == last.isupper()
    labelled = _LABELLED.search(before) and (first.islower() or not before.endswith("("))
    if in_order and (last in "zZ" or labelled):
        return f"{first.upper()} to {last.upper()}"
    return None if dash == "-" else f"{first.upper()} {last.upper()}"


def _say_labels(match: re.Match[str], _context: Context) -> Saying:
    """The dash of "S1–S3" and "GPT-2–GPT-4": one name, and the numbers rise."""
    before = _LABEL_BEFORE.search(match.string[max(match.start() - 10, 0) : match.start()])
    after = _LABEL.match(match.string, match.end())
    if not before or not after or before[1] != after[1] or int(before[2]) >= int(after[2]):
        return None
    return " to "


def _say_numbers(match: re.Match[str], _context: Context) -> Saying:
    """The dash of "CA1–4": the last of several with one name."""
    text = match.string
    return " to " if int(text[match.start() - 1]) < int(match[1]) else None


def _say_questions(match: re.Match[str], _context: Context) -> Saying:
    """Questions and hypotheses with a hyphen between the first and the last, as "RQ1-RQ3"."""
    name, first, last = match.groups()
    if int(first) >= int(last):
        return None
    said = " ".join(name) if name.isupper() else name
    return f"{said} {cardinal(first)} to {said} {cardinal(last)}"


def _say_dates(match: re.Match[str], _context: Context) -> Saying:
    """Days of the week or months, as "Mon–Fri"."""
    first, last = (_SHORT.get(name, name) for name in match.groups())
    return f"{first} to {last}"


def _say_to_date(match: re.Match[str], _context: Context) -> Saying:
    """Between two days of different months, as in "29 Jan–14 Feb"."""
    return " to " if _MONTH_BEFORE.search(match.string[: match.start()][-14:]) else None


_MONTH_BEFORE = re.compile(rf"\b(?:{_DATED})(?:\.?|\.?\s\d{{1,2}})$")


def _say_pair(match: re.Match[str], _context: Context) -> Saying:
    """A pair of words, as "Navier–Stokes" and "gut–brain", has no pause; a remark has one."""
    text, start, end = match.string, match.start(), match.end()
    earlier = _SENTENCE.search(text[max(start - _LONGEST, 0) : start])
    before = earlier[0] if earlier else ""
    if _GOES_ON.match(text, end) or _WENT_ON.search(before):
        return " "
    ends_remark = any(map(_is_clause, re.findall(r"\w–([\w'’]+)", before)))
    sides = (*_LAST_WORD.findall(before), *_WORD.findall(text, end)[:1])
    return None if ends_remark or any(map(_is_clause, sides)) else " "


def _say_difference(match: re.Match[str], _context: Context) -> Saying:
    """A dash between numbers whose difference follows, as in "5 – 3 = 2"."""
    first, second, result = (to_number(part) for part in match.groups())
    if first - second != result:
        return None
    return f"{decimal(match[1])} minus {decimal(match[2])}"


def _say_tolerance(match: re.Match[str], _context: Context) -> Saying:
    """A margin, as in "+/- 3 points"; a genotype, as in "+/+ and +/- mice", has no "or"."""
    near = match.string[max(match.start() - 40, 0) : match.end() + 40]
    return " plus minus " if _GENOTYPE.search(near) else " plus or minus "


_GENOTYPE = re.compile(r"\+/\+|-/-|\b(?:mice|mouse|pups|allele|heterozyg\w+|genotyp\w+|mutants?)\b")


def _say_minus(match: re.Match[str], _context: Context) -> Saying:
    """A dash with spaces between symbols, as in "t – 1", "1 – β" and "(X – M)"."""
    text = match.string
    before = _SYMBOL_BEFORE.search(text[max(match.start() - 12, 0) : match.start()])
    after = _SYMBOL_AFTER.match(text, match.end())
    if not before or not after:
        return None
    left, right = before["symbol"], after["symbol"]
    opened = (before["opened"] or "").strip()
    short = len(left) == len(right) == 1 and not {left, right} <= _FIRST  # "(A – D)" is a range
    named = left.isalpha() and right.isalpha() and bool(opened) and (opened != "(" or short)
    greek = any(side.lower() in GREEK for side in (left, right))
    counted = left in _INDICES and right.isdecimal()
    return " minus " if named or greek or counted else None


_SYMBOL_BEFORE = re.compile(
    r"(?P<opened>[(=+−/]\s?)?(?<!\w)(?P<symbol>[A-Z]{1,4}|[^\W\d_]|\d{1,3})$"
)
_SYMBOL_AFTER = re.compile(r"(?P<symbol>[A-Z]{1,4}|[^\W\d_]|\d{1,3})(?![\w'’]|\s[a-z]{2}|[.,]\d)")
_FIRST = frozenset("ABCDEFGHabcdefgh")
_INDICES = frozenset("bijkmnptxyzNT")
"""Letters that numbers are taken from."""


def _say_flag(match: re.Match[str], _context: Context) -> Saying:
    """The dashes of an option, as in "pass --seed 5"; a remark may begin with some, too."""
    return None if _is_clause(match[1]) else " dash dash "


def _is_clause(word: str) -> bool:
    return word.replace("’", "'").lower() in _CLAUSE


_SUM = r"(?:[A-Z]{0,2}[$€£¥₹])?(?:\d|\.\d)"
DIFFERENCES: tuple[Rule, ...] = (
    rule("plus or minus", "sp", r"\s?\+/[-−–]\s?", _say_tolerance),
    rule(
        "minus", "d", r"(\d{1,6})\s?–\s?(\d{1,6})(?=\s?=\s?(\d{1,6})(?!\w|[.,]\d))", _say_difference
    ),
)
"""They come before ranges."""
RULES: tuple[Rule, ...] = (
    rule(
        "range",
        "U",
        rf"(?<![\w-])({_DATED})\.?[-–]({_DATED})(?:\.(?=\s?[\da-z,;)]))?(?![\w-])",
        _say_dates,
    ),
    rule(
        "range",
        "U",
        r"(?:(?<=p\.m\.,\s)|(?<=pm,\s)|(?<=p\.m\.\s)|(?<=pm\s))M[-–]F(?!\w)",
        "Monday to Friday",
    ),
    rule("letters", "Ul", r"(?<![\w–-])([A-Za-z])([-–])([A-Za-z])(?![\w–-])", _say_letters),
    rule("range", "p", r"(?<=\d[A-Za-z])[-–](?=[A-Za-z](?![\w–-]))", " to "),
    rule("range", "p", r"(?<=\d)[-–](?=[A-Z][A-Za-z]{0,5}-?\d)", _say_labels),
    rule("range", "p", r"(?<=[A-Z]\d)–(?=(\d{1,2})(?![\w.–]))", _say_numbers),
    rule(
        "range",
        "U",
        r"(RQ|H|Q|UC|Exp|Eq|M|S|T|P|L|V)(\d{1,2})-\1(\d{1,2})(?![\w-])",
        _say_questions,
    ),
    rule("range", "p", r"(?<=\d(?:st|nd|rd|th))–(?=\d)|(?<=\ds)–(?=['’]?\d)", " to "),
    rule("range", "p", rf"[–-](?=\d{{1,2}}\s(?:{_DATED})\b|(?:{_DATED})\.?\s\d)", _say_to_date),
    rule(
        "range",
        "s",
        rf"(?<=\b\d{{4}})\s[–-]\s(?=(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?(?:{_DATED})\b)",
        " to ",
    ),
    rule(
        "range",
        "p",
        r"(?<=°[NSEW])–(?=\d)|(?<=\dQ[1-4])[–-](?=\d{4}\s?Q\d)"
        rf"|(?<=['’]\d\d)\s?[–-]\s?(?=(?:{_DATED})\b)"
        r"|(?<=#\d)[–-](?=#\d)|(?<=#\d\d)[–-](?=#\d)",
        " to ",
    ),
    rule("range", "p", r"(?:(?<=\b(?:BC|CE|AD))|(?<=\bBCE))[–-](?=\d)", " to "),
    rule("range", "p", r"(?<=\d(?:st|nd|rd|th))-(?=\d{1,2}(?:st|nd|rd|th)\b)", " to "),
    rule("range", "p", r"(?<=\w)–(?=(?:present|now|today)\b)", " to "),
    rule(
        "minus", "p", r"(?<=\b[nkmNT])–(?=\d(?!\w))|(?<=\b[ijptxyz])–(?=\d{1,2}(?!\w))", " minus "
    ),
    rule("minus", "p", r"(?<=(?<![\w.])\d)–(?=[α-ω](?!\w))", " minus "),
    rule("minus", "s", r"\s–\s(?=\S)", _say_minus),
    rule(
        "minus",
        "s",
        rf"(?<=[^\s\d%–—])\s++–(?={_SUM}(?!\s?–))|(?<=[=<>≤≥≈])\s?–\s?(?={_SUM})",
        " minus ",
    ),
    rule("flag", "sp", r"(?:(?<!\S)|(?<!\s)\s++)--(?=([a-z]+))", _say_flag),
    rule("pair", "p", r"(?<=[^\W_])–(?=[^\W_])", _say_pair),
)
