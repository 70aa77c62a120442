"""That the voice is synthetic must be told everywhere, or nowhere: each place is read back."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from mutagen import MutagenError, id3

from paperledge_audio.deliver.item import NAMESPACES
from paperledge_audio.deliver.tags import USER_TEXT
from paperledge_audio.verify.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

AI_CONTENT = 'podcast:txt[@purpose="ai-content"]'


def disclosure_findings(mp3: Path, data: bytes, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Where a show discloses, the places that don't: speech, tag, show notes and feed item."""
    try:
        wanted = manifest["settings"]["disclosure"]
        spoken, text = wanted["spoken"], wanted["text"]
    except (KeyError, TypeError):
        return  # no manifest that says; that is a finding of its own
    if not text:
        yield Finding("disclosure", ok=True, detail="the show needs none")
        return
    found = {
        "the speech": _squeezed(spoken) in _squeezed(_spoken(mp3)),
        "the tag": _tagged(data) == text,
        "the show notes": text in _item(mp3, "description"),
        "the feed item": _item(mp3, AI_CONTENT) == "true",
    }
    missing = [place for place, there in found.items() if not there]
    detail = f"missing from {', '.join(missing)}" if missing else f"in {', '.join(found)}"
    yield Finding("disclosure", not missing, detail)


def _spoken(mp3: Path) -> str:
    try:
        document = json.loads(mp3.with_suffix(".transcript.json").read_text("utf-8"))
        return " ".join(str(segment["body"]) for segment in document["segments"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _tagged(data: bytes) -> str:
    try:
        tag: Any = id3.ID3(io.BytesIO(data))  # type: ignore[no-untyped-call]
    except MutagenError:
        return ""
    return str(tag.get(f"{USER_TEXT}:AI disclosure", ""))


def _item(mp3: Path, path: str) -> str:
    """The text of an element of the feed item."""
    try:
        data = mp3.with_suffix(".item.xml").read_bytes()
        if b"<!DOCTYPE" in data:
            return ""
        return ET.fromstring(data).findtext(path, "", NAMESPACES)  # noqa: S314 - no DTD, see above
    except (OSError, ET.ParseError):
        return ""


def _squeezed(text: str) -> str:
    """Without white space: a sentence may be cut into segments."""
    return "".join(text.split())
