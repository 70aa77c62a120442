"""Fills the shell of a web page, which runs nothing but our own scripts."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable
from typing import Any

from paperledge_audio.files.resources import read_packaged_bytes

UNLISTED = '<meta name="robots" content="noindex">'
"""Keeps a page out of search engines."""
_PLACE = re.compile(r"\{([a-z]+)\}")


def fill_shell(
    *,
    body: str,
    title: str,
    document: dict[str, Any],
    styles: str,
    scripts: str,
    policy: str,
    about: str,
    language: str = "en",
) -> bytes:
    """A page; `title`, `policy` (its content security policy) and `language` are texts.

    `body`, `about` (elements of its head), `styles` and `scripts` are markup. `document` is what
    the scripts read; texts of others are only in it, or escaped.
    """
    parts = {
        "language": html.escape(language),
        "policy": html.escape(policy),
        "about": about,
        "title": html.escape(title),
        "styles": styles,
        "body": body,
        "data": embed_json(document),
        "scripts": scripts,
    }
    # In one pass: what is filled in is not looked through again.
    return _PLACE.sub(lambda place: parts[place[1]], read_shared("shell.html").decode()).encode()


def embed_json(document: dict[str, Any]) -> str:
    """JSON for a script element: `<`, `>` and `&` are escaped.

    So no text can end the element or begin a comment (HTML, "Restrictions for contents of script
    elements").
    """
    text = json.dumps(document, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def list_hashes(texts: Iterable[str]) -> str:
    """What a page holds, as sources of a content security policy (CSP 3, "Hash sources")."""
    hashes = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in hashes)


def read_shared(name: str) -> bytes:
    """A file that pages share."""
    return read_packaged_bytes(__package__, "assets", name)
