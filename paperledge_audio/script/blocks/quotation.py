"""Quotation marks in printed text: a paragraph that is one quotation, end to end."""

from __future__ import annotations

from collections.abc import Sequence

_PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"'}


def is_quotation(text: str) -> bool:
    """Whether one pair of double quotation marks encloses the whole text.

    `"A" and "B"` is none, since its first mark closes before the end. A mark or two of
    punctuation may follow the closing mark.
    """
    text = text.strip().rstrip(".,;!?…")
    return len(text) > 2 and text[0] in _PAIRS and _closing(text) == len(text) - 1


def quoted_paragraphs(texts: Sequence[str]) -> int:
    """How many paragraphs from the first on are one quotation, 0 if it is none.

    In a quotation of several paragraphs each begins with a mark and only the last has a closing
    one (The Chicago Manual of Style, 13.32).
    """
    for count, text in enumerate(texts, 1):
        if is_quotation(text):
            return count
        if not (text.startswith(tuple(_PAIRS)) and _closing(text) < 0):
            break
    return 0


def _closing(text: str) -> int:
    """Where the mark that opens the text is closed; -1 where it never is."""
    depth = 0
    opening, closing = text[0], _PAIRS[text[0]]
    for at, char in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if opening == '"' == char:
            # A straight mark opens before a word and closes after one.
            opens = at == 0 or ((before.isspace() or before in "([—–-") and after.isalnum())
        else:
            opens = char == opening
        if opens:
            depth += 1
        elif char in closing:
            depth -= 1
            if depth == 0:
                return at
    return -1
