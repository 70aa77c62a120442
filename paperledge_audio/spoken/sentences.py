"""Splits text into sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.abbreviations import (
    AFTER_HALVES,
    BEFORE_A_NAME,
    BEFORE_MORE,
    BEFORE_NUMBERS,
    DOTTED,
    HALVES,
    IN_TITLES,
    MAY_END,
    STARTERS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(r"(?<![.?!…])(?P<mark>[.?!…]++)[\"”’'»)\]*]*+(?=\s+(?P<next>\S+))")
_LAST = re.compile(r"\.[\"”’'»)\]*]*+\s*+$")
_OPERATORS = "&=≈<>≤≥±+−→↑↓"
"""No sentence begins with one of them."""
_OPENERS = "\"“‘'«([¿¡*_"
_WORD_BEFORE = re.compile(r"(?<![\w.'’-])[\w.'’-]++$")
_COMPASS = re.compile(r"[NS][EW](?!\w)")
_BEFORE_UNIT = re.compile(r"(?:\d(?:\s?[a-zµμ]{0,3}/)?|\b(?:[Pp]er|sq\.?|cu\.?))[\s-]?$")
_TIED_UNIT = re.compile(r"\d-(?:in|ft|lb|gal|oz|mi|yd|hr|min)$")
"""A unit that a hyphen makes an adjective, as in "a 36-in. RCP culvert"."""
REACH = 60
"""Characters before a dot that are looked at."""
_INITIAL = re.compile(r"(?:^|[\s.(]|\.-)[A-Z]$")
_LABEL = re.compile(
    r"\b(?:plan|vitamin|option|class|phase|stage|act|war|chapter|figure|table|appendix|grade|point|type|group|version|layer|step|"
    r"hepatitis|team|model|set|matrix|variable|letter|node|part|section|panel|theorem)$",
    re.IGNORECASE,
)
"""After these words a single letter is a label and may end a sentence."""
_PAIR = re.compile(r"(?<!\w)[A-Z] (?:to|and|or) [A-Z]$")
"""Two labels, as in "from A to B"."""
_NEXT_TO_NAMES_ROW = """
    by and & of from with to see after for in said says wrote writes argued argues asked asks also
    like between via per author authors colleague colleagues professor led met
"""
_NEXT_TO_NAMES = frozenset(_NEXT_TO_NAMES_ROW.split())
_BEFORE_I = frozenset({"and", "or", "than", "as", "you", "not"})
"""After these "I" is a pronoun."""
_NAMED_BEFORE = re.compile(r"\b[A-Z]\.\s[A-Z][\w'’-]+,?\s(?:and|or)\sI$")
_PARTY = re.compile(r"(?:^|\W)[A-Z][\w.'’&-]{0,30}\)?\sv$")
"""The first party of a case at law, as in "Brown v. Board"."""
_COUNTED = re.compile(r"^\d[\d.]{0,8}-(?=[a-z])")
"""A number in front of a unit, as in "a 12-in. ruler"."""
_SIZES = frozenset({"in", "ft", "oz", "lb", "mi", "yd", "gal"})
"""Units that, behind a number and a hyphen, describe what follows."""
_NUMBERED = re.compile(r"(?:[IVXLC]{2,}|[VX]|A\.?D)(?!\w)")
"""A Roman number or an era."""
_CENTURY = re.compile(r"\d(?:st|nd|rd|th)[\s-]c(?:ent)?$")
_NO_TITLES = frozenset({"st", "mt", "ft", "sen", "gen", "pt", "mts"})
"""Titles that may be a street, a unit or a surname and end a sentence."""
_NAMES_TOO = frozenset({"Will", "An"})
_SMALL_TITLES = frozenset({"st", "dr", "mr", "mrs", "ms", "prof", "rev", "ft", "mt"})
_DOTTED_LETTERS = re.compile(r"(?:[a-z]\.)+[a-z]")


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of `text` as offsets; the white space between them belongs to none.

    >>> [("Fig. 3 shows it. Smith et al. agree! Why?"[a:b]) for a, b in
    ...  split_sentences("Fig. 3 shows it. Smith et al. agree! Why?")]
    ['Fig. 3 shows it.', 'Smith et al. agree!', 'Why?']
    """
    found = []
    start = 0
    for match in _END.finditer(text):
        if match.end() > start and _ends_sentence(text, match):
            found.append((start, match.end()))
            start = match.start("next")
    if text[start:].strip():
        found.append((start, len(text.rstrip())))
    return tuple(found)


def is_full_stop(text: str, at: int) -> bool:
    """Whether the dot at `at` of `text` ends a sentence or stands at its end, and so is heard.

    >>> is_full_stop("St. Louis", 2), is_full_stop("in the U.S. It is", 10)
    (False, True)
    """
    match = _END.match(text, at)
    if match is None:
        return _LAST.match(text, at) is not None
    if match["mark"] == "." and ")" in match[0] and _is_small(match["next"]):
        return False
    return match["mark"] != "." or not _belongs_to_word(text, match)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if match["mark"] == "." and _belongs_to_word(text, match):
        return False
    following = match["next"].lstrip(_OPENERS)
    return not _is_small(following)


def _is_small(following: str) -> bool:
    return following[:1].islower() and not re.search(r"[A-Z0-9$]", following)


def _belongs_to_word(text: str, match: re.Match[str]) -> bool:
    """Whether a dot is the mark of an abbreviation or an initial inside a sentence."""
    return next(inside for holds, inside in _weigh(text, match) if holds)


def _weigh(text: str, match: re.Match[str]) -> Iterator[tuple[object, bool]]:
    """What the word before a dot may be, and whether the sentence then goes on."""
    following = match["next"].lstrip(_OPENERS)
    first, begins = following[:1], _begins_sentence(following)
    before = text[max(match.start() - REACH, 0) : match.start()]
    found = _WORD_BEFORE.search(before)
    word = _COUNTED.sub("", found[0]) if found else ""
    last = word.lower()
    yield _CENTURY.search(before), not begins
    yield found and found[0] != word and last in _SIZES, not begins
    is_unit = _BEFORE_UNIT.search(before[: len(before) - len(word)])
    yield is_unit and last in _SIZES and match["next"][0] == "(", True
    is_title = last in BEFORE_A_NAME and (word[:1].isupper() or last in _SMALL_TITLES)
    is_title = is_title and not (is_unit and last in {"ms", "ft"})
    ends = begins and following not in _NAMES_TOO and last in _NO_TITLES
    yield is_title, not ends
    yield (first in _OPERATORS and first) or match["next"].startswith(("(%", "(°")), True
    yield _TIED_UNIT.search(before), not begins
    yield last in {"dept", "univ"}, not begins
    is_place = word.isupper() and len(word) > 1 and begins  # "in CA. They"
    yield last in BEFORE_MORE and not is_place and not (is_unit and last in {"sec", "secs"}), True
    yield is_unit and 0 < len(last) < 5 and _is_small(following), True
    yield last == "v" and _PARTY.search(before), not begins
    numbered = first.isdecimal() or _NUMBERED.match(following)
    yield last in BEFORE_NUMBERS and numbered, not is_unit
    goes_on = _is_small(following) or first.isdecimal() or _COMPASS.match(following)
    yield last in MAY_END, bool(goes_on or match["next"][0] in "([")
    yield word in IN_TITLES, not begins
    zone = following.rstrip(".,;:!?")
    is_zone = zone in AFTER_HALVES or (zone.isupper() and len(zone) > 1)
    yield last in HALVES, not first.isupper() or is_zone
    yield last in DOTTED or _DOTTED_LETTERS.fullmatch(last), not begins
    yield _INITIAL.search(before), is_initial(before, following)
    yield True, False


def _begins_sentence(following: str) -> bool:
    """Whether a word is one that begins a sentence: "They", "It's"."""
    return re.split(r"['’]", following.strip(".,!?"), maxsplit=1)[0] in STARTERS


def is_initial(before: str, following: str) -> bool:
    """Whether the letter at the end of `before` is a name's initial, its dot no full stop.

    "J. Smith" and "Andrew J. Ballard" have one; "plan B. Then" and "X is less than Y. Now" have
    not. `following` is what stands after the dot.

    >>> is_initial("by J", "Smith"), is_initial("than Y", "Claude"), is_initial("G P T", "It")
    (True, False, False)
    """
    words = before[:-1].split()
    last = words[-1] if words and before[-2:-1].isspace() else ""
    if re.fullmatch(r"[A-Z]\.,?", following):
        return True  # the next initial
    if _begins_sentence(following) or _LABEL.search(last) or re.fullmatch("[A-Z]", last):
        return False
    if _PAIR.search(before):
        return False
    if before[-1:] == "I" and last.lower() in _BEFORE_I and not _NAMED_BEFORE.search(before):
        return False
    return not last or last[0].isupper() or last[-1] in ".,:;(—–" or last.lower() in _NEXT_TO_NAMES
