"""Checks the tag as a player reads it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from paperledge_audio.deliver.formats import FORMATS
from paperledge_audio.deliver.tags.id3 import LARGEST_BYTES
from paperledge_audio.errors import SoundError, map_errors
from paperledge_audio.units import count_of
from paperledge_audio.verify.model import ReportLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from paperledge_audio.deliver.tags.fields import TagReading

NEEDED = (
    "title", "host", "show", "genre", "date", "language", "cover", "text", "table of chapters",
    "chapters",
)  # fmt: skip
"""The facts that players need."""

FIELDS_LINE = "tag fields"
_LENGTH_TOLERANCE_MS = 1


def check_tag(file: Path, duration_s: float) -> Iterator[ReportLine]:
    """Check that the tag can be read and is complete, and that its chapters are in order.

    For ID3 also its version, its size and the length that it states.
    """
    try:
        tag = _read(file)
    except SoundError as error:
        yield ReportLine("tag", ok=False, detail=error.what)
        return
    if tag.version:
        fits = tag.version == "2.3" and tag.size <= LARGEST_BYTES
        detail = f"ID3v{tag.version}, {tag.size} bytes, at most {LARGEST_BYTES}"
        yield ReportLine("tag", fits, detail)
    else:
        yield ReportLine("tag", bool(tag.facts), count_of(len(tag.facts), "fact"))
    has = {
        **dict.fromkeys(tag.facts, True),
        "cover": tag.cover,
        "table of chapters": tag.table_of_chapters,
        "chapters": bool(tag.chapters),
    }
    missing = [what for what in NEEDED if not has.get(what)]
    yield ReportLine(FIELDS_LINE, not missing, f"missing: {', '.join(missing) or 'none'}")
    if tag.version:
        length = tag.facts.get("length", "")
        length_ms = int(length) if re.fullmatch(r"[0-9]{1,12}", length) else -1
        right = abs(length_ms - duration_s * 1000) <= _LENGTH_TOLERANCE_MS
        yield ReportLine(
            "tagged length", right, f"{length_ms} ms, decoded {duration_s * 1000:.0f} ms"
        )
    yield check_chapters(_list_spans(tag, duration_s), duration_s)


def is_read(lines: Iterable[ReportLine]) -> bool:
    """Whether `check_tag`, which said these lines, could read the tag within its limits."""
    return any(line.name == FIELDS_LINE for line in lines)


def read_fact(file: Path, fact: str) -> str:
    """A fact of the tag, by its name in `FIELDS`; "" if it has none or can't be read."""
    try:
        return _read(file).facts.get(fact, "")
    except SoundError:
        return ""


def _read(file: Path) -> TagReading:
    """The tag of a file; a damaged one may lead mutagen to raise anything."""
    with map_errors(SoundError, "none that can be read", foreign=(Exception,), path=file):
        return FORMATS[file.suffix.removeprefix(".")].read_tag(file)


def _list_spans(tag: TagReading, duration_s: float) -> list[tuple[int, int]]:
    """Start and end of each chapter in milliseconds."""
    starts = [start for start, _, _ in tag.chapters]
    nexts = pairwise([*starts, max(round(duration_s * 1000), 1)])
    return [
        (start, following if end is None else end)
        for (_, end, _), (start, following) in zip(tag.chapters, nexts, strict=True)
    ]


def check_chapters(spans: list[tuple[int, int]], duration_s: float) -> ReportLine:
    """Check that chapters, (start, end) in ms, are in order, without overlaps, inside the sound."""
    ordered = all(one[1] <= two[0] for one, two in pairwise(spans))
    inside = all(0 <= start < end <= duration_s * 1000 + 1 for start, end in spans)
    detail = f"{len(spans)}, " + ("in order and inside" if ordered and inside else f"{spans} ms")
    return ReportLine("chapters", bool(spans) and ordered and inside, detail)
