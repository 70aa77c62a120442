"""What the tag says, read as a player reads it."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mutagen import MutagenError, id3

from paperledge_audio.deliver.tags import mp4 as mp4tags
from paperledge_audio.deliver.tags import vorbis as vorbistags
from paperledge_audio.deliver.tags import wav as riff
from paperledge_audio.deliver.tags.id3 import LARGEST_BYTES, USER_TEXT
from paperledge_audio.verify.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEEDED = {
    "TIT2": "title",
    "TPE1": "host",
    "TALB": "show",
    "TCON": "genre",
    "TYER": "date",
    "TLAN": "language",
    "APIC": "cover",
    "USLT": "text",
    "CTOC": "table of chapters",
    "CHAP": "chapters",
}
"""What every player's view of an episode rests on: ID3's frame → what it is called."""

READERS = {
    ".m4a": mp4tags.read,
    ".m4b": mp4tags.read,
    ".opus": vorbistags.read,
    ".flac": vorbistags.read,
}
"""The formats that have another tag than ID3."""

_LENGTH_TOLERANCE_MS = 1


def tag_findings(file: Path, duration_s: float) -> Iterator[Finding]:
    """The tag can be read, says what is needed, and its chapters lie in order inside the sound."""
    if file.suffix not in READERS:
        yield from _id3_findings(file, duration_s)
        return
    try:
        told = READERS[file.suffix](file)
    except MutagenError as error:
        yield Finding("tag", ok=False, detail=f"none that can be read: {error}")
        return
    yield Finding("tag", bool(told.facts), f"{len(told.facts)} facts")
    there = {*told.facts, *(["cover"] if told.cover else []), *(["chapters"] * len(told.chapters))}
    missing = [what for what in NEEDED.values() if what not in {*there, "table of chapters"}]
    yield Finding("tag frames", not missing, f"missing: {', '.join(missing) or 'none'}")
    starts = [start for start, _ in told.chapters]
    spans = [*pairwise([*starts, max(round(duration_s * 1000), 1)])]
    yield chapter_finding(spans, duration_s)


def tagged_disclosure(file: Path) -> str:
    """What the tag says of the synthetic voice; "" where it says nothing or can't be read."""
    try:
        if file.suffix in READERS:
            return READERS[file.suffix](file).facts.get("disclosure", "")
        return str(_id3(file).get(f"{USER_TEXT}:AI disclosure", ""))
    except MutagenError:
        return ""


def _id3(file: Path) -> Any:
    """The ID3 tag at the start of an MP3, or in a WAV's own chunk."""
    source = io.BytesIO(riff.id3_tag(file)) if file.suffix == ".wav" else file
    return id3.ID3(source, translate=False)  # type: ignore[no-untyped-call]


def _id3_findings(file: Path, duration_s: float) -> Iterator[Finding]:
    """Version, size, the needed frames, the length frame, the chapters' order and bounds."""
    try:
        tag = _id3(file)
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
    frames = tag.getall("CHAP")
    yield chapter_finding([(frame.start_time, frame.end_time) for frame in frames], duration_s)


def chapter_finding(spans: list[tuple[int, int]], duration_s: float) -> Finding:
    """Chapters, from a start to an end in ms, in order, without overlaps, inside the sound."""
    ordered = all(one[1] <= two[0] for one, two in pairwise(spans))
    inside = all(0 <= start < end <= duration_s * 1000 + 1 for start, end in spans)
    detail = f"{len(spans)}, " + ("in order and inside" if ordered and inside else f"{spans} ms")
    return Finding("chapters", bool(spans) and ordered and inside, detail)
