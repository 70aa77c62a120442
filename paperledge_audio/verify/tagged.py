"""What the tag says, read as a player reads it."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mutagen import MutagenError, id3

from paperledge_audio.deliver.tags import LARGEST_BYTES
from paperledge_audio.verify.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDED = {
    "TIT2": "title",
    "TPE1": "host",
    "TALB": "show",
    "TCON": "genre",
    "TYER": "year",
    "TLAN": "language",
    "APIC": "cover",
    "USLT": "text",
    "CTOC": "table of chapters",
    "CHAP": "chapters",
}
"""What every player's view of an episode rests on."""

_LENGTH_TOLERANCE_MS = 1


def tag_findings(data: bytes, duration_s: float) -> Iterator[Finding]:
    """Version, size, the needed frames, the length frame, the chapters' order and bounds."""
    try:
        tag: Any = id3.ID3(io.BytesIO(data), translate=False)  # type: ignore[no-untyped-call]
    except MutagenError as error:
        yield Finding("tag", ok=False, detail=f"none that can be read: {error}")
        return
    version = ".".join(map(str, tag.version[:2]))
    fits = version == "2.3" and tag.size <= LARGEST_BYTES
    yield Finding("tag", fits, f"ID3v{version}, {tag.size} bytes, at most {LARGEST_BYTES}")
    missing = [what for name, what in NEEDED.items() if not tag.getall(name)]
    yield Finding("tag frames", not missing, f"missing: {', '.join(missing) or 'none'}")
    length_ms = int(str(tag["TLEN"])) if "TLEN" in tag and str(tag["TLEN"]).isdigit() else -1
    right = abs(length_ms - duration_s * 1000) <= _LENGTH_TOLERANCE_MS
    yield Finding("tagged length", right, f"{length_ms} ms, decoded {duration_s * 1000:.0f} ms")
    yield chapter_finding(tag.getall("CHAP"), duration_s)


def chapter_finding(frames: list[Any], duration_s: float) -> Finding:
    """Chapters must lie in time order in the file, without overlaps, inside the sound."""
    spans = [(frame.start_time, frame.end_time) for frame in frames]
    ordered = all(one[1] <= two[0] for one, two in pairwise(spans))
    inside = all(0 <= start < end <= duration_s * 1000 + 1 for start, end in spans)
    detail = f"{len(spans)}, " + ("in order and inside" if ordered and inside else f"{spans} ms")
    return Finding("chapters", bool(spans) and ordered and inside, detail)
