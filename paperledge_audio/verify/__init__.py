"""Verify: check a finished sound and the files beside it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.formats import CHANNELS, FORMATS, SUFFIXES
from paperledge_audio.errors import DeliveryError, SoundError, locate_errors, suggest
from paperledge_audio.master.targets import target_for
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.sound.measuring.meter import measure
from paperledge_audio.sound.reading import check_whole
from paperledge_audio.sound.reading.limits import check_rate
from paperledge_audio.takes import speaks
from paperledge_audio.verify.disclosure import check_disclosure
from paperledge_audio.verify.drift import check_voices
from paperledge_audio.verify.model import Report, ReportLine
from paperledge_audio.verify.music import check_music
from paperledge_audio.verify.provenance import check_provenance
from paperledge_audio.verify.quality import check_quality
from paperledge_audio.verify.sidecars import (
    check_captions,
    check_manifest,
    find_manifest,
    find_target,
)
from paperledge_audio.verify.sound import CheckedSound, check_sound
from paperledge_audio.verify.speech import ReadSentence, list_sentences, read_sentences
from paperledge_audio.verify.speech.findings import (
    SOUND_LINE,
    list_speech_findings,
    note_sound,
)
from paperledge_audio.verify.speech.measuring import check_sentences
from paperledge_audio.verify.speech.shift import (
    LEAST_S,
    NEVER,
    find_shift,
    follow_shift,
    list_shifts,
)
from paperledge_audio.verify.speech.verdicts import add_all_faults, note_unread
from paperledge_audio.verify.tag import check_tag, is_read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Sound

log = logging.getLogger(__name__)

__all__ = ["ReadSentence", "Report", "ReportLine", "verify"]

DEFAULT_TARGET = "apple"
"""The target if no manifest names one."""


def verify(file: Path, *, speech: bool = False) -> Report:
    """Decode and measure a finished sound, and check its tag and the files beside it.

    The loudness target is the manifest's, else Apple's. Faults of the contents are findings. Raises
    SoundError for a file that can't be read, is cut off or damaged, or is not what its ending says,
    MissingError where its format needs ffmpeg and there is none. With `speech` a recogniser reads
    each sentence back, which takes a while; raises MissingError where none is installed.
    """
    check_whole(file)
    form = FORMATS.get(file.suffix.removeprefix("."))
    if form is None:
        raise SoundError(
            f"no format has the ending {file.suffix!r}",
            suggest(file.suffix, SUFFIXES),
            path=file,
        )
    with locate_errors(path=str(file)), form.open_sound(file) as opened:
        if opened.frames == 0:
            raise SoundError("holds no sound", "name another file")
        check_rate(opened.rate)
        if opened.channels not in CHANNELS:
            raise SoundError(f"has {opened.channels} channels", "an episode has one or two")
        sound = CheckedSound(opened)
        length_s = duration_s(sound)
        beside = find_manifest(file)
        named = find_target(beside.manifest)
        target = named or target_for(DEFAULT_TARGET, sound.channels)
        whose = "of its manifest" if named else "for lack of a manifest"
        log.info("%s is compared with the target %s, %s", file, target.name, whose)
        measured = measure(sound)
        loudness = measured.loudness
        tag = tuple(check_tag(file, length_s))
        checked = _check_sentences(file, sound, beside.manifest, speech=speech)
        findings = (
            *check_sound(sound, loudness, target),
            *_check_music(measured.powers, beside.manifest, length_s, checked),
            *tag,
            *check_quality(file, beside.manifest),
            *check_provenance(file, beside.manifest, tag_is_read=is_read(tag)),
            *check_manifest(file, beside, sound),
            *check_disclosure(file, beside.manifest),
            *check_captions(file, beside.manifest, length_s),
            *checked.lines,
        )
    return Report(file, length_s, loudness, findings, checked.sentences)


@dataclass(frozen=True, slots=True)
class _CheckedSentences:
    """What is wrong with the sentences, and from where on they are late, see `find_shift`."""

    sentences: tuple[ReadSentence, ...]
    lines: tuple[ReportLine, ...]
    shift: tuple[float, float] | None = None
    """None where nobody looked."""


def _check_music(
    powers: NDArray[np.float64],
    manifest: Mapping[str, Any],
    length_s: float,
    sentences: _CheckedSentences,
) -> Iterator[ReportLine]:
    """How far music is behind the voice, if it is known where that is."""
    other_s = length_s - manifest["duration_s"] if manifest else 0.0
    if sentences.shift is None and abs(other_s) >= LEAST_S:
        how = "longer than made" if other_s > 0 else "shorter than made"
        detail = f"not measured, since the sound is {abs(other_s):.1f} s {how}; add --speech"
        yield ReportLine("music", ok=True, detail=detail)
    else:
        yield from check_music(powers, manifest, sentences.shift or NEVER)


def _check_sentences(
    file: Path, sound: Sound, manifest: Mapping[str, Any], *, speech: bool
) -> _CheckedSentences:
    """What is wrong with each sentence: with its sound and, if it is read back, with its words."""
    name, undone = ("speech", "not read") if speech else (SOUND_LINE, "not measured")
    if not manifest:  # that is a finding of its own
        detail = f"{undone}, since there is no manifest"
        line = ReportLine(name, ok=False, detail=detail)
        return _CheckedSentences((), (line,) if speech else ())
    try:
        sentences = list_sentences(file, manifest)
    except DeliveryError as error:
        detail = f"{undone}: {error.what}"
        return _CheckedSentences((), (ReportLine(name, ok=False, detail=detail),))
    shift_s = duration_s(sound) - manifest["duration_s"]
    hear = partial(read_sentences, sound) if speech else partial(map, note_unread)
    there, read = follow_shift(sentences, tuple(hear(sentences)), shift_s, hear)
    engines = {voice: row["engine"] for voice, row in manifest["voices"].items()}
    spoken = [one for one in there if speaks(engines[one.voice])]
    faults = dict(zip(spoken, check_sentences(sound, spoken), strict=True))
    if not speech:
        measured = add_all_faults(read, there, faults)
        at_fault = tuple(one for one in measured if one.faults)
        return _CheckedSentences(at_fault, (note_sound(len(spoken), measured),))
    voices, strange = check_voices(sound, there)
    faults |= {one: (*faults.get(one, ()), fault) for one, fault in strange.items()}
    both = add_all_faults(read, there, faults)
    lines = (note_sound(len(spoken), both), *list_speech_findings(both), voices)
    shift = find_shift(sentences, there)
    return _CheckedSentences(both, (*lines, *list_shifts(*shift)), shift)
