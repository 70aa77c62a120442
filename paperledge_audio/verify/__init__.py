"""Verify: read back what a listener and an uploader get, and say what is not as it should be."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from paperledge_audio.deliver.formats import FORMATS, SUFFIXES
from paperledge_audio.errors import SoundError, near
from paperledge_audio.master.targets import target_for
from paperledge_audio.sound.clip import duration_s, loaded
from paperledge_audio.sound.measuring.meter import measure
from paperledge_audio.sound.reading import check_whole
from paperledge_audio.verify.beside import (
    caption_findings,
    manifest_beside,
    manifest_findings,
    manifest_target,
)
from paperledge_audio.verify.disclosed import disclosure_findings
from paperledge_audio.verify.heard import sound_findings
from paperledge_audio.verify.model import Report, ReportLine
from paperledge_audio.verify.speech import speech_findings
from paperledge_audio.verify.tagged import tag_findings

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

__all__ = ["Report", "ReportLine", "verify"]

DEFAULT_PROFILE = "apple"
"""Where no manifest names a target."""


def verify(file: Path, *, speech: bool = False) -> Report:
    """Decode and measure a finished sound, read its tag and what lies beside it.

    The loudness is held against the target in the manifest, else against Apple's. Everything that
    is wrong with the contents is a finding. Raises SoundError for a file that can't be read, is cut
    off or damaged, or is not what its ending says, MissingError where its format needs ffmpeg and
    there is none. With `speech` a recogniser reads the words back, which takes a while; raises
    MissingError where none is installed.
    """
    check_whole(file)
    form = FORMATS.get(file.suffix.removeprefix("."))
    if form is None:
        raise SoundError(
            f"no format is known by the ending {file.suffix!r}",
            near(file.suffix, SUFFIXES),
            path=file,
        )
    with form.decoded(file) as sound:
        if sound.frames == 0:
            raise SoundError("holds no sound", "name another file", path=file)
        length_s = duration_s(sound)
        beside = manifest_beside(file)
        named = manifest_target(beside.manifest)
        target = named or target_for(DEFAULT_PROFILE, sound.channels)
        whose = "of its manifest" if named else "for lack of a manifest"
        log.info("%s is held against the target %s, %s", file, target.name, whose)
        loudness = measure(sound)
        findings = (
            *sound_findings(sound, loudness, target),
            *tag_findings(file, length_s),
            *manifest_findings(file, beside, sound),
            *disclosure_findings(file, beside.manifest),
            *caption_findings(file, length_s),
            *(speech_findings(file, loaded(sound)) if speech else ()),
        )
    return Report(file, length_s, loudness, findings)
