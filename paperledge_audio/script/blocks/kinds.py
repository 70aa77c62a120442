"""Rules for kinds of block that Markdown, plain text and show pages share."""

from __future__ import annotations

import re

from paperledge_audio.script.model import ListItem, Question

_CREDIT = re.compile(
    r"(?:credits?\s+to(?:\s+the)?(?:\s+paper(?:['’]s)?)?(?:\s+authors?)?|credits"
    r"|(?:the\s+)?paper(?:['’]s)?\s+authors?)\s*:",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"""
    (?<![!?]) (?= (?<!\\)\? | [!?]!*\? )      # where a run of marks begins that holds a question's
    [!?]++ ["'”’»)\]*_\s]*+ $
    """,
    re.VERBOSE,
)


def is_credit(text: str) -> bool:
    r"""Whether a paragraph begins with "Credit to Paper authors:" or a like phrase.

    That is "Credit(s) to", with or without "the", "paper('s)" and "author(s)"; "Credits"; or
    "(The) paper('s) author(s)"; and then a colon. `\:` keeps a paragraph from being the credit.
    """
    return _CREDIT.match(text) is not None


def asks(text: str) -> bool:
    r"""Whether a list item asks: it ends in a question mark (`\?` does not ask)."""
    return _ASKS.search(text) is not None


def make_item(text: str, line: int, marker: str = "-", delivery: str = "") -> ListItem | Question:
    """A Question if the item asks, else a ListItem."""
    return (Question if asks(text) else ListItem)(text, line, marker, delivery)
