"""Recognises paragraphs that are quotations, by their quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

_PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"'}


def is_quotation(text: str) -> bool:
    """Whether one pair of double quotation marks encloses the whole text.

    `"A" and "B"` is none, since its first mark closes before the end. A mark or two of
    punctuation may follow the closing mark.
    """
    text = text.strip().rstrip(".,;!?…")
    return len(text) > 2 and text[0] in _PAIRS and _find_closing(text) == len(text) - 1


def count_quoted_paragraphs(texts: Sequence[str]) -> list[int]:
    """For each paragraph how many from it on are one quotation, 0 if none begins there.

    In a quotation of several paragraphs each begins with a mark and only the last has a closing
    one (The Chicago Manual of Style, 13.32).
    """
    counts = [0]
    for text in reversed(texts):
        following = counts[-1]
        if is_quotation(text):
            counts.append(1)
        elif following and text.startswith(tuple(_PAIRS)) and _find_closing(text) < 0:
            counts.append(following + 1)
        else:
            counts.append(0)
    return counts[:0:-1]


def _find_closing(text: str) -> int:
    """The place of the mark that closes the one that opens the text; -1 if there is none."""
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
