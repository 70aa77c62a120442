"""Checks that a draft says everywhere that it is one, and a studio release nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.edition import DRAFT_MARK
from paperledge_audio.deliver.feed.item import read_item
from paperledge_audio.deliver.folder.finished import is_draft
from paperledge_audio.errors import DeliveryError
from paperledge_audio.verify.model import ReportLine
from paperledge_audio.verify.tag import read_fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def check_quality(file: Path, manifest: Mapping[str, Any]) -> Iterator[ReportLine]:
    """Name the quality, and check the titles of the manifest, the tag and the feed item."""
    if not manifest:
        return  # that is a finding of its own
    titles = {
        "the manifest": manifest["episode"]["title"],
        "the tag": read_fact(file, "title"),
        "the feed item": _read_item_title(file),
    }
    draft = is_draft(manifest)
    wrong = [place for place, title in titles.items() if title.startswith(DRAFT_MARK) != draft]
    detail = "draft, not for publishing" if draft else "studio"
    if wrong:
        detail += f", but not by the title in {', '.join(wrong)}"
    yield ReportLine("quality", not wrong, detail)


def _read_item_title(file: Path) -> str:
    try:
        return read_item(file.with_suffix(".item.xml")).findtext("title", "")
    except DeliveryError:
        return ""
