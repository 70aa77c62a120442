"""Compares recognised speech with the transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.folder.finished import read_json
from paperledge_audio.errors import DeliveryError
from paperledge_audio.units import count_of
from paperledge_audio.verify.model import ReportLine
from paperledge_audio.verify.recogniser import read_back
from paperledge_audio.verify.wording import count_word_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from paperledge_audio.sound.clip import Clip

MOST_ERRORS = 0.08
"""A small recogniser mishears 2 to 5 % of a good rendering, mostly names; a lost sentence or a
wrong voice is far above."""


def check_speech(file: Path, clip: Clip) -> Iterator[ReportLine]:
    """Check the share of words that a recogniser hears differently from the transcript.

    Raises MissingError where no recogniser is installed.
    """
    try:
        said = list_spoken_words(read_json(file.with_suffix(".transcript.json")))
    except (DeliveryError, KeyError, TypeError):
        yield ReportLine("speech", ok=False, detail="there is no readable transcript beside it")
        return
    errors, words = count_word_errors(said, read_back(clip))
    share = errors / max(words, 1)
    detail = f"{errors} of {count_of(words, 'word')} recognised differently ({share:.1%})"
    yield ReportLine("speech", words > 0 and share <= MOST_ERRORS, detail)


def list_spoken_words(transcript: Any) -> str:
    """The spoken words of a transcript, in order.

    Unsaid words, such as citations, have no length in the transcript.
    Raises KeyError or TypeError for a document that is no such transcript.
    """
    words = (word for segment in transcript["segments"] for word in segment["words"])
    return " ".join(word["word"] for word in words if word["endTime"] > word["startTime"])
