"""Preview → the files of a page that needs no server."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from paperledge_audio import GENERATOR_NOTE
from paperledge_audio.files.ownership import LISTING, FolderKind, compose_listing
from paperledge_audio.files.pages.shell import UNLISTED, fill_shell, list_hashes, read_shared
from paperledge_audio.files.resources import read_packaged_bytes
from paperledge_audio.preview.page.clips import NAME_LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from paperledge_audio.preview.page.document import Json

SHARED = ("page.css", "transcript.css", "elements.js", "player.js")
"""Files that other pages use, too."""
OWN = ("preview.css", "parts.js", "preview.js")
"""What only a preview is made with; scripts in the order in which they need each other."""
ASSETS = (*SHARED, *OWN)
LIVE = ("words.css", "words.js")
"""What only a page has that is served, and so can ask for words in other pronunciations."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; media-src 'self'; "
    "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""Content security policy: nothing inline, nothing from outside."""
CLIP = re.compile(rf"[0-9a-f]{{{NAME_LETTERS}}}\.mp3")


def _is_ours(name: str) -> bool:
    return name in {"index.html", LISTING, *ASSETS} or bool(CLIP.fullmatch(name))


FOLDER = FolderKind(LISTING, _is_ours)
"""The kind of folder of a preview."""


def build_page(document: Json, sounds: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of the folder, by name; `sounds` are the clips' MP3s, by name."""
    made = {
        "index.html": render_index(document),
        **{name: read_asset(name) for name in ASSETS},
        **sounds,
    }
    return {LISTING: compose_listing(made), **made}


def build_single_page(document: Json, sounds: Mapping[str, bytes]) -> bytes:
    """The page as one file, with its sounds, for where a folder can't be opened."""
    held = {name: base64.b64encode(mp3).decode() for name, mp3 in sounds.items()}
    return render_index({**document, "sounds": held}, single=True)


def render_index(document: Json, *, single: bool = False) -> bytes:
    """The page itself."""
    shows = dict.fromkeys(e["show"] for e in document["episodes"] if e.get("show"))
    title = " · ".join(["Preview", *shows])
    own = (*LIVE, *OWN) if "token" in document else OWN
    return fill_page(read_asset("preview.html"), title, document, own, single=single)


def fill_page(
    body: bytes, title: str, document: Json, own: Sequence[str], *, single: bool = False
) -> bytes:
    """A page: the shell around its body, with links to the shared files and `own`.

    A `single` page holds these files.
    """
    files = (*SHARED, *own)
    if single:
        policy, styles, scripts = _hold(files)
    else:
        policy = POLICY
        styles = _each(files, ".css", '<link rel="stylesheet" href="{}">')
        scripts = _each(files, ".js", '<script defer src="{}"></script>')
    return fill_shell(
        body=body.decode(),
        title=title,
        document=document,
        styles=styles,
        scripts=scripts,
        policy=policy,
        about=f"<!-- {GENERATOR_NOTE} -->\n{UNLISTED}",
    )


def _hold(files: Iterable[str]) -> tuple[str, str, str]:
    """A policy that allows just these files' contents, and the elements that hold them."""
    texts = {name: read_asset(name).decode() for name in files}
    styles = [text for name, text in texts.items() if name.endswith(".css")]
    scripts = [text for name, text in texts.items() if name.endswith(".js")]
    policy = (
        f"default-src 'none'; script-src {list_hashes(scripts)}; style-src {list_hashes(styles)}; "
        "media-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return (
        policy,
        "\n".join(f"<style>{text}</style>" for text in styles),
        "\n".join(f"<script>{text}</script>" for text in scripts),
    )


def _each(files: Iterable[str], suffix: str, tag: str) -> str:
    return "\n".join(tag.format(name) for name in files if name.endswith(suffix))


def read_asset(name: str) -> bytes:
    """A static file of the page."""
    return read_shared(name) if name in SHARED else read_packaged_bytes(__package__, "assets", name)
