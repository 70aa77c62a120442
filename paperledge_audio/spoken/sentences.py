"""Splits text into sentences."""

from __future__ import annotations

import re

_END = re.compile(r"(?<![.?!…])(?P<mark>[.?!…]++)[\"”’'»)\]*]*+(?=\s+(?P<next>\S+))")
_OPENERS = "\"“‘'«([¿¡*_"
_WORD_BEFORE = re.compile(r"(?<![\w.'’-])[\w.'’-]++$")
_ABBREVIATIONS = """
    e.g i.e cf vs viz resp approx ca dr mr mrs ms prof st fig figs eq eqs sec secs tab ref refs ch
    chap vol no nos pp dept univ inc ed eds al assoc gen gov sen rep jr
"""
_NEVER_LAST = frozenset(_ABBREVIATIONS.split())
"""Abbreviations that are followed by something. "Jr.", "Inc." and "al." end a sentence as well,
so they count only before a small letter or a digit, as does any dotted abbreviation ("U.S.")."""
_MAY_END = frozenset({"al", "inc", "jr", "ed", "eds", "no", "st"})
REACH = 60
"""Characters before a dot that are looked at."""
_FIRST_WORDS = """
    The This That These Those It They We He She You I But And So In On At For With As If When
    What Why How Who Here There Its Their Our A An Yet Still Then Now
"""
_STARTERS = frozenset(_FIRST_WORDS.split())
_INITIAL = re.compile(r"(?:^|[\s.(]|\.-)[A-Z]$")
_LABEL = re.compile(
    r"\b(?:plan|vitamin|option|class|figure|table|appendix|grade|point|type|group|version|layer|step|"
    r"hepatitis|team|model|set|matrix|variable|letter|node|part|section|panel|theorem)$",
    re.IGNORECASE,
)
"""After these words a single letter is a label and may end a sentence."""
_BEFORE_A_NAME = frozenset(
    {"by", "and", "&", "of", "from", "with", "to", "see", "after", "for", "in"}
)
_DOTTED = re.compile(r"\b(?:U\.S|U\.K|E\.U|D\.C|Ph\.D|[ap]\.m)$", re.IGNORECASE)


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


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = match["next"].lstrip(_OPENERS)
    first = following[:1]
    small = first.islower() and not re.search(r"[A-Z0-9$]", following)
    if match["mark"] != ".":
        return not small
    before = text[max(match.start() - REACH, 0) : match.start()]
    word = _WORD_BEFORE.search(before)
    last = word[0].lower() if word else ""
    if last in _NEVER_LAST:
        return last in _MAY_END and not small and not first.isdecimal()
    if _DOTTED.search(before):
        return following.strip(".,") in _STARTERS
    if _INITIAL.search(before):
        return not is_initial(before, following)
    return not small


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
    if following.strip(".,") in _STARTERS or _LABEL.search(last) or re.fullmatch("[A-Z]", last):
        return False
    return not last or last[0].isupper() or last[-1] in ".,:;(—–" or last.lower() in _BEFORE_A_NAME
