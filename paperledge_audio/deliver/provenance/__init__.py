"""A finished sound → the same, signed as synthetic speech; and what a signature says."""

from __future__ import annotations

from paperledge_audio.deliver.provenance.library import SIGNED
from paperledge_audio.deliver.provenance.reading import has_signature, read_signature
from paperledge_audio.deliver.provenance.signing import SYNTHETIC, check_signing, sign_sound

__all__ = [
    "SIGNED",
    "SYNTHETIC",
    "check_signing",
    "has_signature",
    "read_signature",
    "sign_sound",
]
