"""Checks the files beside the sound: captions, and all against the manifest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.folder.finished import (
    find_problems,
    read_json,
    read_manifest,
    read_part,
)
from paperledge_audio.deliver.schemas import SCHEMAS, find_violation
from paperledge_audio.deliver.text.formats import CAPTION_FORMATS
from paperledge_audio.errors import DeliveryError
from paperledge_audio.master.targets import Target
from paperledge_audio.units import count_of
from paperledge_audio.verify.model import ReportLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from paperledge_audio.deliver.text.captions import Caption
    from paperledge_audio.sound.clip import Sound

LARGEST_CAPTIONS = 10_000_000
"""Bytes: a hundred hours of them."""


@dataclass(frozen=True, slots=True)
class FoundManifest:
    """The manifest beside a sound, empty where there is none to believe, and what is wrong then."""

    manifest: Mapping[str, Any]
    problem: str = ""


def find_manifest(file: Path) -> FoundManifest:
    """The manifest of the release that a sound belongs to, if it keeps its schema."""
    try:
        return FoundManifest(read_manifest(file.parent, file.stem))
    except DeliveryError as error:
        return FoundManifest({}, error.what)


def find_target(manifest: Mapping[str, Any]) -> Target | None:
    """The loudness target that a manifest names, or None for an empty one."""
    if not manifest:
        return None
    return Target(**manifest["loudness"]["target"])


def check_manifest(file: Path, beside: FoundManifest, sound: Sound) -> Iterator[ReportLine]:
    """Check schemas, sizes and hashes, unlisted files, and the length of the sound."""
    broken = [f"{suffix}: {what}" for suffix in SCHEMAS if (what := _find_breach(file, suffix))]
    yield ReportLine("schemas", not broken, "; ".join(broken) or f"{len(SCHEMAS)} kept")
    manifest = beside.manifest
    if not manifest:
        yield ReportLine(
            "manifest", ok=False, detail=f"{beside.problem}, so no file can be checked"
        )
        return
    frames = manifest["sound"]["frames"]
    yield ReportLine("length", frames == sound.frames, f"{sound.frames} frames, manifest {frames}")
    wrong = list(find_problems(file.parent, file.stem, manifest))
    count = count_of(len(manifest["files"]), "file")
    yield ReportLine("manifest", not wrong, ", ".join(wrong) or f"{count} as listed")


def _find_breach(file: Path, suffix: str) -> str:
    """How a JSON file breaks its schema or goes back in time; "" if neither."""
    try:
        document = read_json(file.with_suffix(suffix))
    except DeliveryError as error:
        return error.what
    return find_violation(suffix, document) or _find_backward(document)


def _find_backward(document: Mapping[str, Any]) -> str:
    """A chapter or segment that starts before the last or ends before it starts; "" if none."""
    for name in {"chapters", "segments"} & set(document):
        reached = 0.0
        for number, row in enumerate(document[name]):
            start = row["start_s"] if "start_s" in row else row["startTime"]
            end = row["end_s"] if "end_s" in row else row["endTime"]
            if not reached <= start <= end:
                return f"{name}.{number}: {start} to {end} s goes back in time"
            reached = start
    return ""


def check_captions(
    file: Path, manifest: Mapping[str, Any], duration_s: float
) -> Iterator[ReportLine]:
    """Check that captions can be parsed, never overlap or go back, and are inside the sound.

    Those that the manifest lists; of every format where there is none.
    """
    listed = {row["name"] for row in manifest["files"]} if manifest else None
    for suffix, form in CAPTION_FORMATS.items():
        if listed is not None and file.stem + suffix not in listed:
            continue
        name = f"captions{suffix}"
        try:
            found = form.parse(read_part(file.with_suffix(suffix), LARGEST_CAPTIONS).decode())
        except (UnicodeDecodeError, DeliveryError) as error:
            yield ReportLine(name, ok=False, detail=f"can't be read: {error}")
        else:
            yield check_caption_times(name, found, duration_s)


def check_caption_times(name: str, found: tuple[Caption, ...], duration_s: float) -> ReportLine:
    """Check that no caption overlaps the one before it or ends after the sound."""
    end_ms = duration_s * 1000 + 1
    bad = [two.start_ms for one, two in pairwise(found) if two.start_ms < one.end_ms]
    bad += [caption.start_ms for caption in found if caption.end_ms > end_ms]
    detail = count_of(len(found), "caption")
    if bad:
        detail += f", out of place at {min(bad) / 1000:.3f} s"
    return ReportLine(name, bool(found) and not bad, detail)
