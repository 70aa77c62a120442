"""That the voice is synthetic must be told everywhere, or nowhere: each place is read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.feed.item import NAMESPACES, read_item
from paperledge_audio.deliver.folder.finished import read_json
from paperledge_audio.errors import DeliveryError
from paperledge_audio.verify.model import ReportLine
from paperledge_audio.verify.tagged import read_disclosure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

AI_CONTENT = 'podcast:txt[@purpose="ai-content"]'


def disclosure_findings(file: Path, manifest: Mapping[str, Any]) -> Iterator[ReportLine]:
    """Where a show discloses, the places that don't: speech, tag, show notes and feed item."""
    if not manifest:
        return  # that is a finding of its own
    wanted = manifest["settings"]["disclosure"]
    spoken, text = wanted["spoken"], wanted["text"]
    if not text:
        yield ReportLine("disclosure", ok=True, detail="the show needs none")
        return
    found = {
        "the speech": _squeezed(spoken) in _squeezed(_spoken(file)),
        "the tag": read_disclosure(file) == text,
        "the show notes": text in _item(file, "description"),
        "the feed item": _item(file, AI_CONTENT) == "true",
    }
    missing = [place for place, there in found.items() if not there]
    detail = f"missing from {', '.join(missing)}" if missing else f"in {', '.join(found)}"
    yield ReportLine("disclosure", not missing, detail)


def _spoken(file: Path) -> str:
    try:
        document = read_json(file.with_suffix(".transcript.json"))
        return " ".join(str(segment["body"]) for segment in document["segments"])
    except (DeliveryError, KeyError, TypeError):
        return ""


def _item(file: Path, path: str) -> str:
    """The text of an element of the feed item."""
    try:
        return read_item(file.with_suffix(".item.xml")).findtext(path, "", NAMESPACES)
    except DeliveryError:
        return ""


def _squeezed(text: str) -> str:
    """Without white space: a sentence may be cut into segments."""
    return "".join(text.split())
