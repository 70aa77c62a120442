"""The sentences that were read back → lines of a report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from paperledge_audio.units import count_of
from paperledge_audio.verify.model import ReportLine
from paperledge_audio.verify.speech.verdicts import ACCEPTED, DOUBTFUL, WRONG, count_verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.verify.speech.verdicts import ReadSentence

SOUND_LINE = "sound of sentences"


def note_sound(measured: int, sentences: Sequence[ReadSentence]) -> ReportLine:
    """Whether no sentence is wrong for its sound, of so many that were measured."""
    counts = Counter(one.verdict for one in sentences if one.faults)
    named = ((WRONG, "at fault"), (DOUBTFUL, "doubtful"), (ACCEPTED, "accepted"))
    found = [f"{count_of(counts[one], 'sentence')} {how}" for one, how in named if counts[one]]
    detail = f"{count_of(measured, 'sentence')} measured, {', '.join(found) or 'none at fault'}"
    return ReportLine(SOUND_LINE, not counts[WRONG], detail)


def list_speech_findings(sentences: Sequence[ReadSentence]) -> Iterator[ReportLine]:
    """Whether no sentence is wrong, how many numbers and names were heard, and which are guessed.

    What is guessed is heard right where it sounds like the guess.
    """
    verdicts = [sentence.verdict for sentence in sentences]
    count = count_of(len(sentences), "sentence")
    sound = bool(sentences) and WRONG not in verdicts
    yield ReportLine("speech", sound, f"{count}: {count_verdicts(verdicts)}")
    key_words = [word for sentence in sentences for word in sentence.key_words]
    for kind in ("number", "name"):
        found = [word.heard for word in key_words if word.kind == kind]
        yield ReportLine(f"{kind}s", ok=True, detail=f"{sum(found)} of {len(found)} words heard")
    if guessed := list(dict.fromkeys(word.text for word in key_words if word.guessed)):
        detail = f"{count_of(len(guessed), 'name')} said as guessed: {', '.join(guessed)}"
        yield ReportLine("guessed names", ok=True, detail=detail)
