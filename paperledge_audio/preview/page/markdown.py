"""Text from scripts, as Markdown on GitHub and GitLab that means nothing but itself.

Both read more than CommonMark: after a comment became HTML they look through its text for people,
issues, merge requests, addresses and emoji. So an entity is not enough; a zero-width space, which
nobody sees, parts such a sign from what follows it.
"""

from __future__ import annotations

import re

_NAMING = re.compile(r"[@#!$%&~^:*](?=[\w\"])|\bGH(?=-\d)|\bwww(?=\.)|(?<=:)(?=//)", re.IGNORECASE)
"""What, before a name or a number, makes a link, a mention or an emoji."""
_PARTED = "\u200b"
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#|~!@&:$^=+\"']")
_MATHEMATICS = "<span>&#36;</span>"
"""A dollar that begins no formula: GitHub Docs, "Writing mathematical expressions"."""


def escape_text(text: str) -> str:
    """`text` on one line, without effect in Markdown and HTML, and without mentions."""
    parted = _NAMING.sub(lambda m: m[0] + _PARTED, " ".join(text.split()))
    return _MARKUP.sub(lambda m: f"&#{ord(m[0])};", parted).replace("&#36;", _MATHEMATICS)


def escape_code(text: str) -> str:
    """`text` as a code span, in a table, too."""
    flat = " ".join(text.split()).replace("`", "'").replace("|", "\\|")
    return f"`{flat}`"
