"""A preview → the files of a folder that any browser opens, from a disk or a server."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

from paperledge_audio.files.ownership import LISTING, FolderKind, listing
from paperledge_audio.files.resources import packaged_bytes
from paperledge_audio.preview.page.clips import NAME_LETTERS

if TYPE_CHECKING:
    from paperledge_audio.preview import Preview
    from paperledge_audio.preview.page.document import Json

SHARED = ("page.css", "elements.js", "player.js")
"""What a page of another kind is made with, too."""
ASSETS = (*SHARED, "preview.css", "preview.js", "parts.js")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; media-src 'self'; "
    "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""Content security policy: nothing inline, nothing from outside."""
CLIP = re.compile(rf"[0-9a-f]{{{NAME_LETTERS}}}\.mp3")


def _belongs(name: str) -> bool:
    return name in {"index.html", LISTING, *ASSETS} or bool(CLIP.fullmatch(name))


FOLDER = FolderKind(LISTING, _belongs)
"""How the folder of a preview is known."""


def page(preview: Preview) -> dict[str, bytes]:
    """Every file of the folder, by name."""
    made = {
        "index.html": index(preview.document),
        **{name: asset(name) for name in ASSETS},
        **{name: clip.mp3 for name, clip in preview.clips.items()},
    }
    return {LISTING: listing(made), **made}


def index(document: Json) -> bytes:
    """The page itself."""
    shows = dict.fromkeys(e["show"] for e in document["episodes"] if e.get("show"))
    return filled(asset("index.html"), " · ".join(["Preview", *shows]), document)


def filled(page: bytes, title: str, document: Json) -> bytes:
    """A page with its policy, its title and its document.

    What comes from scripts is in the document as JSON only, and made text by the page's script.
    """
    template = page.decode()
    parts = {
        "{policy}": html.escape(POLICY),
        "{title}": html.escape(title),
        "{data}": embedded(document),
    }
    for place, text in parts.items():
        template = template.replace(place, text, 1)
    return template.encode()


def embedded(document: Json) -> str:
    """JSON that can stand in a script element: `<`, `>` and `&` only as escapes.

    So no text can end the element or begin a comment (HTML, "Restrictions for contents of script
    elements").
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def asset(name: str) -> bytes:
    """A file of the page that is always the same."""
    return packaged_bytes(__package__, "assets", name)
