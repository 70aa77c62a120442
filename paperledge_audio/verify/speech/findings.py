"""The sentences that were read back → lines of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.units import count_of
from paperledge_audio.verify.model import ReportLine
from paperledge_audio.verify.speech.judging import WRONG, count_verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.verify.speech.judging import ReadSentence

SOUND_LINE = "sound of sentences"


def note_sound(measured: int, sentences: Sequence[ReadSentence]) -> ReportLine:
    """Whether no sentence is wrong for its sound, of so many that were measured."""
    faulty = [one for one in sentences if one.faults]
    end = ", ".join(f"{count_of(len(group), 'sentence')} {how}" for how, group in (
        ("at fault", [one for one in faulty if one.verdict == WRONG]),
        ("accepted", [one for one in faulty if one.verdict != WRONG]),
    ) if group)  # fmt: skip
    detail = f"{count_of(measured, 'sentence')} measured, {end or 'none at fault'}"
    return ReportLine(SOUND_LINE, all(one.verdict != WRONG for one in faulty), detail)


def list_speech_findings(sentences: Sequence[ReadSentence]) -> Iterator[ReportLine]:
    """Whether no sentence is wrong, and how many numbers and names were heard."""
    verdicts = [sentence.verdict for sentence in sentences]
    count = count_of(len(sentences), "sentence")
    sound = bool(sentences) and WRONG not in verdicts
    yield ReportLine("speech", sound, f"{count}: {count_verdicts(verdicts)}")
    key_words = [word for sentence in sentences for word in sentence.key_words]
    for kind in ("number", "name"):
        found = [word.heard for word in key_words if word.kind == kind]
        yield ReportLine(f"{kind}s", ok=True, detail=f"{sum(found)} of {len(found)} words heard")
