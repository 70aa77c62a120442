"""The library that makes and reads C2PA manifests, an extra, kept off the network."""

from __future__ import annotations

from typing import Any

from paperledge_audio.errors import MissingError, map_errors
from paperledge_audio.files.resources import compose_install

SIGNED = {"mp3": "audio/mpeg", "wav": "audio/wav", "m4a": "audio/mp4", "m4b": "audio/mp4"}
"""Formats that are signed → their media types in C2PA. In FLAC the manifest would stand in an ID3
tag before the sound, which many players refuse."""
OFFLINE = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}


def import_c2pa() -> Any:
    """The library; raises MissingError without the extra."""
    with map_errors(
        MissingError,
        "signing needs c2pa",
        compose_install("provenance"),
        foreign=(ImportError, OSError),
    ):
        import c2pa  # noqa: PLC0415 - an extra
    return c2pa


def make_context() -> Any:
    """What each call of the library needs: settings that allow no network."""
    c2pa = import_c2pa()
    return c2pa.Context(c2pa.Settings.from_dict(OFFLINE))
