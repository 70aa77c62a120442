"""Checks the signature that says that a sound is synthetic speech."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.provenance import SIGNED, SYNTHETIC, has_signature, read_signature
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.resources import find_package
from paperledge_audio.verify.model import ReportLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def check_provenance(
    file: Path, manifest: Mapping[str, Any], *, tag_is_read: bool
) -> Iterator[ReportLine]:
    """Say who signed a sound and whether the signature holds; nothing for one that needs none.

    Raises MissingError for a release that is signed where the extra is not installed.
    """
    expected = bool(manifest) and "provenance" in manifest["sound"]
    if file.suffix.removeprefix(".") not in SIGNED or not (expected or find_package("c2pa")):
        return
    if not tag_is_read:  # the library would parse what we refuse to
        if expected:
            yield ReportLine("provenance", ok=False, detail="not read, since the tag can't be")
        return
    try:
        found = read_signature(file) if has_signature(file) else None
    except DeliveryError as error:
        yield ReportLine("provenance", ok=False, detail=error.what)
        return
    if found is None:
        if expected:
            yield ReportLine("provenance", ok=False, detail="the signature is missing")
        return
    wrong = [
        *found.failures,
        *(["not said to be synthetic"] * (SYNTHETIC not in found.source_types)),
    ]
    trust = "trusted" if found.trusted else "self-signed" if found.self_signed else "not trusted"
    detail = f"signed by {found.by or 'nobody by name'} ({trust})"
    yield ReportLine("provenance", not wrong, "; ".join([detail, *wrong]))
