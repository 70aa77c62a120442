"""A signed sound → what its signature says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.deliver.provenance.library import SIGNED, import_c2pa, make_context
from paperledge_audio.errors import DeliveryError, map_errors
from paperledge_audio.files.hashing import LARGEST
from paperledge_audio.files.reading import open_file

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = (b"application/x-c2pa-manifest-store", b"C2PA", b"jumdc2pa")
"""In an ID3 tag, the name of a chunk of a WAV, and the description box of a manifest anywhere."""
_LONGEST_MARK = max(map(len, _MARKS))
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """What a file's signature says, as the library reads it."""

    by: str
    """The certificate's common name and organisation."""
    self_signed: bool
    trusted: bool
    failures: tuple[str, ...]
    """C2PA's codes for what is wrong; an untrusted certificate is not counted."""
    source_types: tuple[str, ...]
    """Of the actions."""


def has_signature(path: Path) -> bool:
    """Whether a file holds what a C2PA manifest begins with; nothing of it is parsed.

    The library parses all of a file's tag, and a hostile one can end the process.
    """
    before = b""
    with open_file(path, LARGEST, "a sound file", error=DeliveryError) as file:
        while block := file.read(_BLOCK):
            if any(mark in before + block for mark in _MARKS):
                return True
            before = block[-_LONGEST_MARK:]
    return False


def read_signature(path: Path) -> FoundSignature | None:
    """The signature of a finished sound, None if it has none; nothing is looked up.

    Raises MissingError without the extra, DeliveryError for what can't be read.
    """
    c2pa = import_c2pa()
    media_type = SIGNED[path.suffix.removeprefix(".")]
    with map_errors(DeliveryError, "the signature can't be read", foreign=(Exception,)):
        try:
            with open_file(path, LARGEST, "a sound file", error=DeliveryError) as file:
                reader = c2pa.Reader(media_type, file, context=make_context())
                found = json.loads(reader.crjson())
                label = json.loads(reader.json())["active_manifest"]
                state = reader.get_validation_results()
                trusted = reader.get_validation_state() == "Trusted"
        except c2pa.C2paError as error:
            if "ManifestNotFound" in str(error):
                return None
            raise
        active = next(one for one in found["manifests"] if one["label"] == label)
        certificate = active["signature"]["certificateInfo"]
        codes = [one["code"] for one in state["activeManifest"]["failure"]]
        actions = active["assertions"].get("c2pa.actions.v2", {}).get("actions", [])
        subject = certificate["subject"]
        return FoundSignature(
            by=", ".join(str(subject[part]) for part in ("CN", "O") if subject.get(part)),
            self_signed=subject == certificate["issuer"],
            trusted=trusted,
            failures=tuple(code for code in codes if code != "signingCredential.untrusted"),
            source_types=tuple(str(one.get("digitalSourceType", "")) for one in actions),
        )
