"""Whether a question rises at its end.

English questions that are answered with yes or no rise, and so do short echoes ("A mess?") and tags
("…, right?"); those that ask with a wh-word fall, and so does a choice ("A or B?").
"""

from __future__ import annotations

import re

_AUXILIARIES = """
    am are is was were be been do does did have has had can could will would shall should may might
    must ain aren isn wasn weren don doesn didn haven hasn hadn couldn won wouldn shan shouldn mustn
"""
"""Also the first halves of "isn't" and the like."""
_ASKING = "what why how which who whose whom where when"
_FILLERS = """
    and but so or well now then okay ok oh hey yes no right because yet hmm wait look still also
    plus alright again maybe honestly really actually
"""
_SUBJECTS = """
    i you we he she it they this that these those there the a an my your our his her its their any
    anyone anybody anything everyone everybody everything someone nobody not one all each both
"""
"""What stands after an auxiliary that begins a question inside a sentence."""
_PREPOSITIONS = "to in of by for with at from on about through under into"
AUXILIARIES, ASKING, FILLERS, SUBJECTS, PREPOSITIONS = (
    frozenset(words.split())
    for words in (_AUXILIARIES, _ASKING, _FILLERS, _SUBJECTS, _PREPOSITIONS)
)
_TAGS = re.compile(
    r"(?:right|okay|ok|yeah|yes|no|huh|eh|correct|true"
    r"|(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|must|am|ai|wo|ca)"
    r"(?:n't|n’t|not)? (?:i|you|we|he|she|it|they|that|this|there|one))"
)
_NO_CHOICE = re.compile(
    r"\bor (?:not|so|something|anything|anyone|someone|more|less|two)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten) or \w+\b|\bmore or less\b"
)
_ENDS = re.compile(r"(?<![.!?…])[.!?…]++\s++")
_CLAUSES = re.compile(r"[,;:—]\s++")


def rises(words: str) -> bool:
    """Whether the voice rises at the end of spoken words: of their last sentence.

    >>> rises("So, does it work?"), rises("A mess?"), rises("So how does it work?")
    (True, True, False)
    """
    words = words.strip()
    if not words.endswith("?"):
        return False
    sentence = _ENDS.split(words.rstrip("?!.… "))[-1].lower().replace("’", "'")
    clauses = [clause.strip() for clause in _CLAUSES.split(sentence) if clause.strip()]
    if len(clauses) > 1 and _TAGS.fullmatch(clauses[-1]):
        return True
    if re.search(r"\w,? or \w", _NO_CHOICE.sub("", _strip_fillers(sentence))):
        return False
    kinds = [kind for index, clause in enumerate(clauses) if (kind := _classify(clause, index))]
    return "asks" not in (*kinds[:1], *kinds[-1:])


def _classify(clause: str, index: int) -> str:
    """How a clause asks: "asks" by a wh-word, "yes or no" by an auxiliary; "" where it doesn't."""
    words = _strip_fillers(clause).split()
    if not words:
        return ""
    first, second = (word.split("'")[0] for word in (*words, "")[:2])
    if first in AUXILIARIES:
        is_inner = index and second not in SUBJECTS
        is_aside = words[:3] == ["do", "you", "think"]
        return "" if is_inner or is_aside else "yes or no"
    asks = first in ASKING or (first in PREPOSITIONS and second in ASKING)
    if first in {"when", "where"} and len(words) > 1:  # or it begins: "When it fails, …"
        asks = second in AUXILIARIES or "'" in words[0]
    return "asks" if asks or words[-1] in ASKING else ""


def _strip_fillers(clause: str) -> str:
    words = clause.split()
    while len(words) > 1 and words[0].strip(",") in FILLERS:
        words = words[1:]
    return " ".join(words)
