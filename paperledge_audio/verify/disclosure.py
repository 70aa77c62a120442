"""Checks that every place discloses the synthetic voice, or none does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.feed.item import NAMESPACES, read_item
from paperledge_audio.deliver.folder.finished import read_json
from paperledge_audio.errors import DeliveryError
from paperledge_audio.verify.model import ReportLine
from paperledge_audio.verify.tag import read_fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

AI_CONTENT = 'podcast:txt[@purpose="ai-content"]'


def check_disclosure(file: Path, manifest: Mapping[str, Any]) -> Iterator[ReportLine]:
    """Check speech, tag, show notes and feed item of a show with a disclosure."""
    if not manifest:
        return  # that is a finding of its own
    expected = manifest["settings"]["disclosure"]
    spoken, text = expected["spoken"], expected["text"]
    if not text:
        yield ReportLine("disclosure", ok=True, detail="the show needs none")
        return
    found = {
        "the speech": _remove_spaces(spoken) in _remove_spaces(_read_spoken(file)),
        "the tag": read_fact(file, "disclosure") == text,
        "the show notes": text in _read_item(file, "description"),
        "the feed item": _read_item(file, AI_CONTENT) == "true",
    }
    missing = [place for place, there in found.items() if not there]
    detail = f"missing from {', '.join(missing)}" if missing else f"in {', '.join(found)}"
    yield ReportLine("disclosure", not missing, detail)


def _read_spoken(file: Path) -> str:
    try:
        document = read_json(file.with_suffix(".transcript.json"))
        return " ".join(str(segment["body"]) for segment in document["segments"])
    except (DeliveryError, KeyError, TypeError):
        return ""


def _read_item(file: Path, path: str) -> str:
    """The text of an element of the feed item."""
    try:
        return read_item(file.with_suffix(".item.xml")).findtext(path, "", NAMESPACES)
    except DeliveryError:
        return ""


def _remove_spaces(text: str) -> str:
    """Without white space, since a sentence may be split into segments."""
    return "".join(text.split())
