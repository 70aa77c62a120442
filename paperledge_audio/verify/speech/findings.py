"""The sentences that were read back → lines of a report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from paperledge_audio.verify.model import ReportLine
from paperledge_audio.verify.speech.judging import DOUBTFUL, RIGHT, WRONG

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.verify.speech.judging import ReadSentence


def list_speech_findings(sentences: Sequence[ReadSentence]) -> Iterator[ReportLine]:
    """Whether no sentence is wrong, and how many numbers and names were heard."""
    counts = Counter(sentence.verdict for sentence in sentences)
    parts = [f"{counts[verdict]} {verdict}" for verdict in (RIGHT, DOUBTFUL, WRONG)]
    sound = bool(sentences) and not counts[WRONG]
    yield ReportLine("speech", sound, f"{len(sentences)} sentences: {', '.join(parts)}")
    key_words = [word for sentence in sentences for word in sentence.key_words]
    for kind in ("number", "name"):
        found = [word.heard for word in key_words if word.kind == kind]
        yield ReportLine(f"{kind}s", ok=True, detail=f"{sum(found)} of {len(found)} words heard")
