"""What lies beside the MP3: captions, and the manifest that every file is held against."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver import srt, vtt
from paperledge_audio.errors import DeliveryError
from paperledge_audio.mix import Target
from paperledge_audio.verify.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from paperledge_audio.audio import Clip
    from paperledge_audio.deliver.captions import Caption

CODECS = {".vtt": vtt.parse, ".srt": srt.parse}
"""A caption format is a row."""


def read_manifest(mp3: Path) -> Mapping[str, Any]:
    """The manifest beside an MP3; empty where there is none that can be read."""
    try:
        found = json.loads(_beside(mp3, ".manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def manifest_target(manifest: Mapping[str, Any]) -> Target | None:
    """The loudness target that the manifest names, or None."""
    try:
        row = manifest["loudness"]["target"]
        return Target(**{field.name: row[field.name] for field in fields(Target)})
    except (KeyError, TypeError):
        return None


def manifest_findings(mp3: Path, manifest: Mapping[str, Any], clip: Clip) -> Iterator[Finding]:
    """Each file's size and hash, and the length of the sound."""
    if not manifest:
        yield Finding("manifest", ok=False, detail="none beside it that can be read")
        return
    frames = manifest.get("frames")
    yield Finding("length", frames == clip.frames, f"{clip.frames} frames, manifest {frames}")
    wrong = []
    listed = [file for file in manifest.get("files", []) if isinstance(file, dict)]
    for file in listed:
        name = str(file.get("name"))
        path = mp3.parent / name
        if path.parent != mp3.parent or not path.is_file():
            wrong.append(f"{name} is missing")
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if (path.stat().st_size, digest) != (file.get("bytes"), file.get("sha256")):
            wrong.append(f"{name} was changed")
    if mp3.name not in {file.get("name") for file in listed}:
        wrong.append(f"{mp3.name} is not listed")
    yield Finding("manifest", not wrong, ", ".join(wrong) or f"{len(listed)} files as listed")


def caption_findings(mp3: Path, duration_s: float) -> Iterator[Finding]:
    """Captions can be read, never overlap or run backward, and lie inside the sound."""
    for suffix, parse in CODECS.items():
        name = f"captions{suffix}"
        try:
            found = parse(_beside(mp3, suffix).read_text("utf-8"))
        except (OSError, UnicodeDecodeError, DeliveryError) as error:
            yield Finding(name, ok=False, detail=f"can't be read: {error}")
        else:
            yield caption_finding(name, found, duration_s)


def caption_finding(name: str, found: tuple[Caption, ...], duration_s: float) -> Finding:
    """The first caption that overlaps the one before it or ends after the sound, if any."""
    end_ms = duration_s * 1000 + 1
    bad = [two.start_ms for one, two in pairwise(found) if two.start_ms < one.end_ms]
    bad += [caption.start_ms for caption in found if caption.end_ms > end_ms]
    detail = f"{len(found)} captions"
    if bad:
        detail += f", out of place at {min(bad) / 1000:.3f} s"
    return Finding(name, bool(found) and not bad, detail)


def _beside(mp3: Path, suffix: str) -> Path:
    return mp3.with_name(mp3.stem + suffix)
