"""Where sentences end, in text as papers and hosts write it."""

from __future__ import annotations

import re

_END = re.compile(r"(?P<mark>[.?!…]+)[\"”’'»)\]*]*(?=\s+(?P<next>\S+))")
_OPENERS = "\"“‘'«([¿¡*_"
_WORD_BEFORE = re.compile(r"[\w.'’-]+$")
_ABBREVIATIONS = """
    e.g i.e cf vs viz resp approx ca dr mr mrs ms prof st fig figs eq eqs sec secs tab ref refs ch
    chap vol no nos pp dept univ inc ed eds al assoc gen gov sen rep jr
"""
_NEVER_LAST = frozenset(_ABBREVIATIONS.split())
"""Abbreviations that want something after them. "Jr.", "Inc." and "al." end a sentence as well,
so they count only before a small letter or a digit, as does any dotted abbreviation ("U.S.")."""
_MAY_END = frozenset({"al", "inc", "jr", "ed", "eds", "no", "st"})
_FIRST_WORDS = """
    The This That These Those It They We He She You I But And So In On At For With As If When
    What Why How Who Here There Its Their Our A An Yet Still Then Now
"""
_STARTERS = frozenset(_FIRST_WORDS.split())
_INITIAL = re.compile(r"(?:^|[\s.(]|\.-)[A-Z]$")
LABEL = re.compile(
    r"\b(?:plan|vitamin|option|class|figure|table|appendix|grade|point|type|group|version|layer|step|"
    r"hepatitis|team|model|set|matrix|variable|letter|node|part|section|panel|theorem)\s[A-Z]$",
    re.IGNORECASE,
)
"""After these a single letter is a label and may end a sentence; after others, an initial."""


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of `text` as offsets; the white space between them belongs to none.

    >>> [("Fig. 3 shows it. Smith et al. agree! Why?"[a:b]) for a, b in
    ...  sentences("Fig. 3 shows it. Smith et al. agree! Why?")]
    ['Fig. 3 shows it.', 'Smith et al. agree!', 'Why?']
    """
    found = []
    start = 0
    for match in _END.finditer(text):
        if match.end() > start and _ends(text, match):
            found.append((start, match.end()))
            start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[start:].strip():
        found.append((start, len(text.rstrip())))
    return tuple(found)


def _ends(text: str, match: re.Match[str]) -> bool:
    following = match["next"].lstrip(_OPENERS)
    first = following[:1]
    small = first.islower() and not re.search(r"[A-Z0-9$]", following)
    if match["mark"] != ".":
        return not small
    before = text[: match.start()]
    word = _WORD_BEFORE.search(before)
    last = word[0].lower() if word else ""
    if last in _NEVER_LAST:
        return last in _MAY_END and not small and not first.isdigit()
    if _INITIAL.search(before):
        return _ends_after_letter(before, following)
    return not small or (not last[-1:].isalpha() and bool(last) and not small)


def _ends_after_letter(before: str, following: str) -> bool:
    """After "U.S." or "Plan B." a sentence may end; after an initial, as in "J. Smith", not."""
    if re.search(r"\b(?:U\.S|U\.K|E\.U|a\.m|p\.m|D\.C|Ph\.D)$", before):
        return following.split(maxsplit=1)[0].strip(".,") in _STARTERS if following else False
    return bool(LABEL.search(before)) and following[:1].isupper()
