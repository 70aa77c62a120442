"""A finished sound → each of its sentences, as a recogniser heard it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperledge_audio import units
from paperledge_audio.sound.clip import Clip, convert_channels
from paperledge_audio.verify.recogniser import Recogniser
from paperledge_audio.verify.speech.judging import add_opinion, judge
from paperledge_audio.verify.speech.second.opinion import SecondReader
from paperledge_audio.verify.speech.second.pacing import judge_pace
from paperledge_audio.verify.speech.sentences import PlacedSentence, list_sentences
from paperledge_audio.verify.speech.verdicts import VERDICTS, WRONG, ReadSentence, respect_choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.sound.clip import Sound

__all__ = [
    "PlacedSentence",
    "ReadSentence",
    "list_sentences",
    "list_spoken_words",
    "read_sentences",
]

HEARINGS = ((0.1, 1), (0.25, 5))
"""Seconds that are heard before and after a sentence, since its first sound needs its onset, and
the width of the recogniser's search."""


def read_sentences(sound: Sound, sentences: Sequence[PlacedSentence]) -> Iterator[ReadSentence]:
    """Each sentence of a sound as it is heard, beside the others of its voice.

    Raises MissingError where no recogniser is installed, EngineError where it fails.
    """
    recogniser, reader = Recogniser(), SecondReader()
    read = [read_sentence(sound, sentence, recogniser, reader) for sentence in sentences]
    for n, sentence in enumerate(sentences):
        others = (
            read[i].tempo
            for i, other in enumerate(sentences)
            if i != n and other.spoken_by == sentence.spoken_by
        )
        yield judge_pace(read[n], sentence, others)


def read_sentence(
    sound: Sound, sentence: PlacedSentence, recogniser: Recogniser, reader: SecondReader
) -> ReadSentence:
    """One sentence; where it seems wrong it is heard again, and the better verdict counts.

    What the second reader finds counts, too.
    """
    found: list[ReadSentence] = []
    for margin_s, beam in HEARINGS:
        start = units.frames(max(sentence.start_s - margin_s, 0.0), sound.rate)
        end = min(units.frames(sentence.end_s + margin_s, sound.rate), sound.frames)
        part = sound.read(min(start, end), end)
        found.append(judge(sentence, recogniser.hear(Clip(part, sound.rate), beam)))
        if found[-1].verdict != WRONG:
            break
    best = min(found, key=lambda one: VERDICTS.index(one.verdict))
    start, end = (units.frames(at_s, sound.rate) for at_s in (sentence.start_s, sentence.end_s))
    clip = Clip(sound.read(min(start, sound.frames), min(end, sound.frames)), sound.rate)
    opinion = reader.compare(convert_channels(clip, 1), sentence)
    return respect_choice(add_opinion(best, opinion), sentence)


def list_spoken_words(transcript: Any) -> str:
    """The spoken words of a transcript, in order.

    Unsaid words, such as citations, have no length in the transcript.
    Raises KeyError or TypeError for a document that is no such transcript.
    """
    words = (word for segment in transcript["segments"] for word in segment["words"])
    return " ".join(word["word"] for word in words if word["endTime"] > word["startTime"])
