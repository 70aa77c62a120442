"""Verify: read back what a listener and an uploader get, and say what is not as it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.deliver import mp3 as codec
from paperledge_audio.errors import SoundError
from paperledge_audio.mix import measure, target_for
from paperledge_audio.verify.beside import (
    caption_findings,
    manifest_findings,
    manifest_target,
    read_manifest,
)
from paperledge_audio.verify.disclosed import disclosure_findings
from paperledge_audio.verify.heard import sound_findings
from paperledge_audio.verify.model import Finding, Report
from paperledge_audio.verify.speech import speech_findings
from paperledge_audio.verify.tagged import tag_findings

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Finding", "Report", "verify"]

DEFAULT_PROFILE = "apple"
"""Where no manifest names a target."""


def verify(mp3: Path, *, speech: bool = False) -> Report:
    """Decode and measure an MP3, read its tag and what lies beside it.

    The loudness is held against the target in the manifest, else against Apple's. Everything that
    is wrong with the contents is a finding. Raises SoundError for a file that can't be read or is
    not an MP3 with sound. With `speech` a recogniser reads the words back, which takes a while;
    raises MissingError where none is installed.
    """
    try:
        data = mp3.read_bytes()
    except OSError as error:
        raise SoundError(f"can't be read: {error.strerror}", "name an MP3", path=mp3) from None
    clip = codec.decode(data, path=mp3)
    if clip.frames == 0:
        raise SoundError("holds no sound", "name another MP3", path=mp3)
    manifest = read_manifest(mp3)
    target = manifest_target(manifest) or target_for(DEFAULT_PROFILE, clip.channels)
    loudness = measure(clip)
    findings = (
        *sound_findings(clip, loudness, target),
        *tag_findings(data, clip.duration_s),
        *manifest_findings(mp3, manifest, clip),
        *disclosure_findings(mp3, data, manifest),
        *caption_findings(mp3, clip.duration_s),
        *(speech_findings(mp3, clip) if speech else ()),
    )
    return Report(mp3, clip.duration_s, loudness, findings)
