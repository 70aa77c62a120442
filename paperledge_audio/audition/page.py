"""Audition → the files of a page that needs no server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperledge_audio.audition.recording import TARGET, file_name
from paperledge_audio.files.ownership import LISTING, FolderKind, compose_listing
from paperledge_audio.files.resources import read_packaged_bytes
from paperledge_audio.preview.page import files as shared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperledge_audio.audition import Audition, Recording, UnavailableVoice

Json = dict[str, Any]
PRECISION = 3
"""Digits after the point of seconds."""
INDEX = "index.html"
ASSETS = ("audition.css", "rows.js", "audition.js")


def describe_audition(audition: Audition) -> Json:
    """What the page shows, as JSON."""
    first: dict[tuple[str, ...], str] = {}
    for recording in audition.recordings:
        first.setdefault(recording.takes, recording.voice.name)
    return {
        "show": audition.show.title,
        "quality": audition.quality,
        "blind": audition.blind,
        "words": list(audition.recordings[0].printed),
        "target_lufs": TARGET.level,
        "voices": [
            _describe_recording(one, audition, first[one.takes]) for one in audition.recordings
        ],
        "silent": [_describe_unavailable(one) for one in audition.unavailable],
    }


def build_page(audition: Audition) -> dict[str, bytes]:
    """Every file of the folder, by name."""
    title = f"Audition · {audition.show.title}"
    body = _read_asset("audition.html")
    made = {
        INDEX: shared.fill_page(body, title, describe_audition(audition), ASSETS),
        **{name: shared.read_asset(name) for name in shared.SHARED},
        **{name: _read_asset(name) for name in ASSETS},
        **{one.clip: one.mp3 for one in audition.recordings},
    }
    return {LISTING: compose_listing(made), **made}


def folder_kind(voices: Iterable[str]) -> FolderKind:
    """The kind of folder of an audition of these voices."""
    names = {INDEX, LISTING, *shared.SHARED, *ASSETS, *map(file_name, voices)}
    return FolderKind(LISTING, names.__contains__)


def _describe_recording(one: Recording, audition: Audition, first: str) -> Json:
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


def _describe_unavailable(one: UnavailableVoice) -> Json:
    problem = one.problem
    return {
        "name": one.name,
        **problem.facts(),
        "exit_code": problem.exit_code,
        "named": one.named,
    }


def _read_asset(name: str) -> bytes:
    return read_packaged_bytes(__package__, "assets", name)
