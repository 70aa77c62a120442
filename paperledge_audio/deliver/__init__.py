"""Deliver: mix → finished folder.

The steps, which `render` calls in order: `master_and_encode`, `prepare`, `tag_sound`, `describe`,
`write_release`.
"""

from __future__ import annotations

from paperledge_audio.deliver.checking import preflight
from paperledge_audio.deliver.edition import Edition
from paperledge_audio.deliver.encode.to_target import master_and_encode
from paperledge_audio.deliver.formats import FORMATS
from paperledge_audio.deliver.model import FILE_TYPES, Release, ReleaseFile
from paperledge_audio.deliver.narrators import Narrator, list_narrators
from paperledge_audio.deliver.release import describe, prepare, tag_sound, write_release

__all__ = [
    "FILE_TYPES",
    "FORMATS",
    "Edition",
    "Narrator",
    "Release",
    "ReleaseFile",
    "describe",
    "list_narrators",
    "master_and_encode",
    "preflight",
    "prepare",
    "tag_sound",
    "write_release",
]
