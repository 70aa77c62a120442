"""Splits the credit from an episode's last sentence, as pages join them, and reads its names."""

from __future__ import annotations

import re

from paperledge_audio.script.blocks.kinds import is_credit

_GLUED = re.compile(
    r"(?:credits?\s+to\s+(?:the\s+)?(?:paper(?:['’]s)?\s+)?"
    r"|(?<![a-z] )paper(?:['’]s)?\s+)authors?\s*:",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:jr|sr|ph\.?d|m\.?d|ii|iii|iv)\.?", re.IGNORECASE)
_OTHERS = re.compile(r"(?:et\.?\s+al\.?|(?:and\s+)?(?:many\s+)?others|…|\.\.\.)", re.IGNORECASE)


def split_credit(words: str) -> tuple[str, str]:
    """A paragraph as (text before the credit, the credit); either may be empty."""
    if is_credit(words):
        return "", words
    if match := _GLUED.search(words):
        return words[: match.start()].rstrip(), words[match.start() :]
    return words, ""


def is_unfinished(credit: str) -> bool:
    """Whether the names continue on the next line."""
    return credit.rstrip().endswith((":", ",", ";", "&", " and"))


def list_authors(credit: str) -> tuple[str, ...]:
    """The names after the credit's colon, as printed; "et al." is no name."""
    _, _, names = credit.partition(":")
    authors: list[str] = []
    for part in _split_names(" ".join(names.split())):
        name = re.sub(r"(?<=\w)\s+et\.?\s+al\.?$", "", part, flags=re.IGNORECASE)
        if _SUFFIX.fullmatch(name) and authors:
            authors[-1] += f", {name}"
        elif not _OTHERS.fullmatch(name):
            authors.append(name)
    if authors and not re.search(r"\b(?:\w|jr|sr|[A-Z]\.[A-Z])\.$", authors[-1], re.IGNORECASE):
        authors[-1] = authors[-1].rstrip(".").rstrip()
    return tuple(name for name in authors if name)


def _split_names(names: str) -> list[str]:
    """Names, with single spaces, parted by commas, semicolons or "and" outside parentheses."""
    parts, depth, current = [], 0, ""
    for char in re.sub(r",? (?:and|&) (?=\w)", ", ", names):
        depth += (char == "(") - (char == ")")
        if char in ",;" and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return [part.strip() for part in [*parts, current] if part.strip()]
