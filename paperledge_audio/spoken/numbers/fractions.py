"""Fractions, shares, marks and ratios."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.patterns import DIGITS, END, GROUPED
from paperledge_audio.spoken.numbers.units.durations import RACE
from paperledge_audio.spoken.numbers.words import cardinal, decimal, fraction, label, to_number
from paperledge_audio.spoken.rules.rule import Context, Saying, rule, text_around

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5",
    "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8",
    "⅞": "7/8", "⅐": "1/7", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip
_SAYINGS = {"24/7": "twenty four seven", "9/11": "nine eleven", "20/20": "twenty twenty",
            "50/50": "fifty fifty"}  # fmt: skip
_COUNTED = frozenset({"10", "20", "25", "30", "40", "50", "60", "100"})
"""Denominators of marks and counts rather than of fractions."""
_SCORED = re.compile(
    r"\b(?:scor\w+|worse|better|rat(?:ed?|es|ing)|grad(?:ed?|es|ing)|got|gets?|gave|gives?|earn\w*|mark(?:ed|s)?|"
    r"solv\w+|answer\w*|correct(?:ly)?|verdict|pass(?:ed|es)?|won|wins?|solid)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"\s(?:did|passed|failed|succeeded|worked|agreed|responded|survived|died|scores?|ratings?|stars?|points|marks?|grades?|GPA|reviews?|wins|correct)\b"
)
_SCORES = re.compile(
    r"\s(?:tasks|tests|benchmarks|datasets|trials|runs|cases|questions|problems|prompts|attempts|"
    r"seeds|models|metrics|languages|participants|patients|subjects|annotators|reviewers|raters|"
    r"studies|papers|games|matches|rounds|items|criteria|settings|categories|domains)\b"
)
"""What counts are of, rather than fractions."""
_LABELLED = re.compile(r"[A-Z]{2}\s$")
"""Before numbers that count nothing, as in "BA 44/45"."""
_AREA = re.compile(r"\bBA\s?$")
"""Before areas of the brain, as in "BA 9/46"."""
_STAGED = re.compile(
    r"\b(?:[Pp]hases?|[Gg]rades?|[Ss]tages?|[Ll]ayers?|[Cc]lass|[Tt]ypes?|[Tt]iers?|[Cc]ategory|Landsat|NYHA|ECOG|ASA|"
    r"Tanner|Braak|[Ll]evels?)\s$"
)
"""Before two steps of a scale, as in "grade 3/4" and "layer 2/3"."""
_INDEX = re.compile(r"(?<![\w-])(?:[A-Z]{3,5}|Apgar)(?:\sof|\sscores?(?:\sof)?)?\s$")
"""Before a mark on a scale that has a name, as in "GCS 8/15"."""
_PART = re.compile(r"\s(?:of|the|as|a)\b|[\s-]?inch")


def _say_fraction(match: re.Match[str], _context: Context) -> Saying:
    above, below = match.groups()
    words = _SAYINGS.get(f"{above}/{below}")
    if words and not _SCORES.match(match.string, match.end()):
        return words
    before = match.string[max(match.start() - 20, 0) : match.start()]
    follows = to_number(below) == to_number(above) + 1
    shares = to_number(above) + to_number(below) == 100 and "0" not in {above, below}
    if shares or (follows and _STAGED.search(before)):
        return f"{cardinal(above)} {cardinal(below)}"
    if re.match(r"\sratio", match.string[match.end() :][:6]):
        return f"{label(above)} over {label(below)}"
    if (follows and to_number(below) > 10 and _LABELLED.search(before)) or _AREA.search(before):
        return f"{label(above)}, {label(below)}"
    if (len(above) > 2 and len(below) > 2) or _counts_things(match):
        return f"{cardinal(above)} out of {cardinal(below)}"
    return fraction(above, below)


_PARTED = frozenset({"8", "16", "32", "64", "128", "256", "1000"})
"""Denominators of measures."""
_RATED = re.compile(r"\b(?:rate[sd]?|scored?|gave|give|deserves)\b", re.IGNORECASE)


def _counts_things(match: re.Match[str]) -> bool:
    """Whether a fraction is a count or a mark, as in "8/10 tasks" or "he got 9/10"."""
    above, below = match.groups()
    before = match.string[max(match.start() - 40, 0) : match.start()]
    if to_number(above) > to_number(below):
        return bool(_RATED.search(before))
    counted = _MARK.match(match.string, match.end()) or _SCORES.match(match.string, match.end())
    if above == below or counted:
        return True
    if above == "1" or _PART.match(match.string, match.end()):
        return False
    named = _INDEX.search(before) and to_number(below) <= 100
    if named or below in _COUNTED or (to_number(below) > 20 and below not in _PARTED):
        return True
    scored = _SCORED.search(before)
    many = to_number(below) >= 5 and below not in _PARTED
    return many and bool(scored or re.match(r"\s[a-z]+s\b", match.string[match.end() :][:24]))


_AUDIO = re.compile(r"\b(?:audio|[FA]LAC|PCM|hi-?res|recordings?|streams?|masters?|kHz)\b")


def _say_depth(match: re.Match[str], _context: Context) -> Saying:
    """A depth in bits and a rate in kilohertz, where the text is about sound: "24/96"."""
    about = _AUDIO.search(text_around(match, 40))
    return f"{cardinal(match[1])}, {label(match[2])}" if about else None


def _say_mixed(match: re.Match[str], _context: Context) -> Saying:
    """A whole number and a fraction: "2 1/2" is two and a half."""
    whole, above, below = match.groups()
    if not 0 < to_number(above) < to_number(below):
        return None
    part = "a half" if (above, below) == ("1", "2") else fraction(above, below)
    return f"{cardinal(whole)} and {part}"


def _say_vulgar(match: re.Match[str], _context: Context) -> Saying:
    words = fraction(*_VULGAR[match[2]].split("/"))
    if not match[1]:
        return words
    return f"{cardinal(match[1])} and {'a half' if match[2] == '½' else words}"


def _say_ratio(match: re.Match[str], _context: Context) -> Saying:
    """A ratio, but for the minutes and seconds of a race: "31:02"."""
    text = match.string
    timed = _TIME.fullmatch(match[0])
    near = text[max(match.start() - 60, 0) : match.end() + 30]
    raced = RACE.search(near) and not _PARTED_BY.match(text, match.end())
    if timed and ((raced and to_number(timed[1]) > 24) or timed[2][0] == "0"):
        return f"{cardinal(timed[1])} {label(timed[2])}"
    return " to ".join(decimal(part) for part in match[0].split(":"))


_TIME = re.compile(r"(\d{1,2}):([0-5]\d)")
_PARTED_BY = re.compile(r"\s(?:splits?|ratio|mix|odds|scale|dilution)\b")


def _say_shares(match: re.Match[str], _context: Context) -> Saying:
    """Numbers side by side, as "44.2/21.3/41.1"."""
    return ", ".join(decimal(part) for part in match[0].split("/"))


_SHARE = r"\d{1,4}(?:\.\d{1,3})?"
_D = rf"(?:{GROUPED}|{DIGITS})(?:\.\d++)?"
RULES: tuple[Rule, ...] = (
    rule("of", "d", r"(?:(?<=\b[Ll]ayer\s)(?=\d++/\d\d)|(?<=\b[Ee]poch\s)|(?<=\b[Pp]age\s)|"
         r"(?<=\b[Ss]lide\s))"
         r"(\d{1,4})/(\d{1,4})(?![\d/\w]|[.,]\d)",
         lambda m, _c: f"{cardinal(m[1])} of {cardinal(m[2])}"),
    rule("fraction", "p", rf"()({'|'.join(_VULGAR)})", _say_vulgar),
    rule("fraction", "d", rf"({DIGITS})\s?({'|'.join(_VULGAR)})", _say_vulgar),
    rule("ratio", "d", rf"({_D})[–-]({_D}):({_D}){END}",
         lambda m, _c: f"{decimal(m[1])} to {decimal(m[2])} to {decimal(m[3])}"),
    rule("one in", "d", r"(?<![\d.,/])1/(\d{1,3},\d{3})(?![\d/\w,]|\.\d)",
         lambda m, _c: f"one in {decimal(m[1])}"),
    rule("out of", "d", r"(\d{1,3})/(\d{1,3},\d{3})(?=\s[a-z]{4}|\s?[).;]|$)(?!\.\d)",
         lambda m, _c: f"{cardinal(m[1])} out of {decimal(m[2])}"),
    rule("ratio", "d", rf"{_D}(?::{_D}){{1,9}}{END}", _say_ratio),
    rule("ratio", "p", r"(?<=\b[A-Z]):(?=[A-Z]\b)", " to "),
    rule("ratio", "p", r"(?<=[A-Za-z\d]):(?=[A-Za-z][\w-]{0,11}\sratios?\b)", " to "),
    rule("fraction", "d", r"(\d{1,3})/(\d{1,3})(?:rds|ths|nds|th|rd)(?!\w)",
         lambda m, _c: fraction(m[1], m[2])),
    rule("fraction", "d", r"(\d{1,3})[\s-](\d{1,2})/(\d{1,2})(?![\d/\w]|,\d)", _say_mixed),
    rule("shares", "d", rf"{_SHARE}(?:/{_SHARE}){{2,9}}(?![\d/\w]|[.,]\d)", _say_shares),
    rule("shares", "d", r"\d{1,3}\.\d{1,3}/(?!\d{1,3}\.0(?!\d))\d{1,3}\.\d{1,3}"
         r"(?![\d/\w]|[.,]\d|\s?%)", _say_shares),
    rule("fraction", "d", r"1/(\d{1,4}\.\d{1,4})(?![\d/\w]|[.,]\d)",
         lambda m, _c: f"one over {decimal(m[1])}"),
    rule("shares", "d", r"(?:[2-9]|\d{2,4})/\d{1,4}\.\d{1,3}(?![\d/\w]|[.,]\d|\s?%)", _say_shares),
    rule("out of", "d", r"(\d{1,3}\.\d{1,3})/(\d{1,3}(?:\.0)?)(?![\d/\w]|[.,]\d|\s?%)",
         lambda m, _c: f"{decimal(m[1])} out of {decimal(m[2])}"),
    rule("shares", "p", r"\.\d{1,3}(?:/\.\d{1,3}){1,9}(?![\d/\w]|[.,]\d)", _say_shares),
    rule("fraction", "p", r"(\.\d{1,3})/(\d{1,3})(?![\d/\w]|[.,]\d)",
         lambda m, _c: f"{decimal(m[1])} over {decimal(m[2])}"),
    rule("shares", "d", r"(?<![\d/.,])\d{2}/\d{2}(?=\s?%)", _say_shares),
    rule("out of", "d", r"(\d{1,3})\+/(\d{1,3})(?![\d/\w])",
         lambda m, _c: f"{cardinal(m[1])} plus out of {cardinal(m[2])}"),
    rule("time signature", "d", r"(\d{1,2})/(2|4|8|16)(?=\s(?:time|meter|metre)\b)",
         lambda m, _c: f"{cardinal(m[1])} {cardinal(m[2])}"),
    rule("depth and rate", "d", r"(16|24|32)/(44|48|88|96|176|192)(?![\d/\w]|[.,]\d)", _say_depth),
    rule("fraction", "d", r"(?<==\s)([3579])/2(?![\d/\w]|[.,]\d)",
         lambda m, _c: f"{cardinal(m[1])} halves"),
    rule("fraction", "d", r"(\d{1,4})\s?[/⁄]\s?(\d{1,4})(?![\d/\w]|[.,]\d)", _say_fraction),
)  # fmt: skip
