"""An audition → a folder with a page that any browser opens from a disk, and a file a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperledge_audio.audition.recording import TARGET, file_name
from paperledge_audio.files.ownership import LISTING, FolderKind, listing
from paperledge_audio.files.resources import packaged_bytes
from paperledge_audio.preview.page import files as shared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperledge_audio.audition import Audition, Recording, Silent

Json = dict[str, Any]
PRECISION = 3
"""Digits after the point of seconds."""
INDEX = "index.html"
ASSETS = ("audition.css", "rows.js", "audition.js")


def document(audition: Audition) -> Json:
    """What the page shows, for machines as well."""
    first: dict[tuple[str, ...], str] = {}
    for recording in audition.heard:
        first.setdefault(recording.takes, recording.voice.name)
    return {
        "show": audition.show.title,
        "quality": audition.quality,
        "words": list(audition.heard[0].printed),
        "target_lufs": TARGET.level,
        "voices": [_heard(one, audition, first[one.takes]) for one in audition.heard],
        "silent": [_silent(one) for one in audition.silent],
    }


def page(audition: Audition) -> dict[str, bytes]:
    """Every file of the folder, by name."""
    title = f"Audition · {audition.show.title}"
    body = _asset("audition.html")
    made = {
        INDEX: shared.filled(body, title, document(audition), ASSETS),
        **{name: shared.asset(name) for name in shared.SHARED},
        **{name: _asset(name) for name in ASSETS},
        **{one.clip: one.mp3 for one in audition.heard},
    }
    return {LISTING: listing(made), **made}


def folder_of(voices: Iterable[str]) -> FolderKind:
    """How the folder of an audition of these voices is known."""
    names = {INDEX, LISTING, *shared.SHARED, *ASSETS, *map(file_name, voices)}
    return FolderKind(LISTING, names.__contains__)


def _heard(one: Recording, audition: Audition, first: str) -> Json:
    voice, cast = one.voice, audition.show.voices
    return {
        "name": voice.name,
        "title": voice.title,
        "language": voice.language,
        "engine": one.engine,
        "licence": voice.licence,
        "origin": voice.origin,
        "roles": list(voice.roles),
        "in_show": [role for role in ("host", "quote") if getattr(cast, role) == voice.name],
        "pace": voice.pace,
        "packs": [[path.stem, round(weight, PRECISION)] for path, weight in voice.packs],
        "same_as": "" if first == voice.name else first,
        "clip": one.clip,
        "duration_s": round(one.duration_s, PRECISION),
        "integrated_lufs": round(one.loudness.integrated_lufs, 2),
        "true_peak_dbtp": round(one.loudness.true_peak_dbtp, 2),
        "words": [[round(time, PRECISION) for time in word] for word in one.words],
        "peaks": list(one.peaks),
    }


def _silent(one: Silent) -> Json:
    problem = one.problem
    return {
        "name": one.name,
        **problem.facts(),
        "exit_code": problem.exit_code,
        "named": one.named,
    }


def _asset(name: str) -> bytes:
    return packaged_bytes(__package__, "assets", name)
