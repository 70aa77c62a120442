"""A sentence that was read back, and its verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperledge_audio.takes import SILENT
from paperledge_audio.verify.speech.words import list_meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from paperledge_audio.verify.speech.measuring import SoundFault
    from paperledge_audio.verify.speech.sentences import PlacedSentence

VERDICTS = RIGHT, ACCEPTED, DOUBTFUL, WRONG = "right", "accepted", "doubtful", "wrong"
"""Best first. "accepted": not heard right, but a person chose that it is said this way."""

MOST_SHORT = 3
"""So few words have too little context for a recogniser to guess from."""


@dataclass(frozen=True, slots=True)
class HeardWords:
    """Words that were heard otherwise."""

    at_s: float
    """About where, counted from the start of the sound."""
    meant: str
    heard: str
    verdict: str
    """Doubtful or wrong."""

    @property
    def explanation(self) -> str:
        """The same in words."""
        if not (self.meant and self.heard):
            return f"{self.meant!r} was not heard" if self.meant else f"{self.heard!r} was added"
        return f"{self.meant!r} was heard as {self.heard!r}"


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A number or a name of the script, and whether it was heard."""

    text: str
    kind: str
    """"number" or "name"."""
    at_s: float
    heard: bool
    guessed: bool = False
    """Whether it is a name that no lexicon and no dictionary says how to say."""


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence that was read back."""

    line: int
    """The script's line; 0 for the show's own words."""
    start_s: float
    end_s: float
    printed: str
    meant: str
    heard: str | None
    """As the recogniser writes it; None where none listened."""
    verdict: str
    """One of `VERDICTS`."""
    differences: tuple[HeardWords, ...] = ()
    key_words: tuple[KeyWord, ...] = ()
    tempo: float | None = None
    """How long the draft engine's reading takes at the script's pace, against this; None where that
    is short or not known."""
    faults: tuple[SoundFault, ...] = ()
    """Of its sound, whatever was heard."""

    @property
    def explanations(self) -> tuple[str, ...]:
        """What is at fault and what was heard otherwise, in words."""
        heard = (one.explanation for one in self.differences)
        return (*(fault.described for fault in self.faults), *heard)


def note_unread(sentence: PlacedSentence) -> ReadSentence:
    """A sentence that no recogniser listened to."""
    meant = " ".join(word.text for word in list_meant(sentence.said))
    times = (sentence.start_s, sentence.end_s)
    return ReadSentence(sentence.line, *times, sentence.printed, meant, None, RIGHT)


def add_faults(
    read: ReadSentence,
    faults: tuple[SoundFault, ...],
    sentence: PlacedSentence,
    verdict: str = WRONG,
) -> ReadSentence:
    """A sentence with faults of its sound, which give it that verdict unless somebody chose it."""
    if not faults:
        return read
    verdict = max(verdict, read.verdict, key=VERDICTS.index)
    faulty = replace(read, faults=(*read.faults, *faults), verdict=verdict)
    return respect_choice(faulty, sentence)


def add_all_faults(
    read: Iterable[ReadSentence],
    sentences: Iterable[PlacedSentence],
    faults: Mapping[PlacedSentence, tuple[SoundFault, ...]],
) -> tuple[ReadSentence, ...]:
    """Sentences with the faults of their sound, where they have some."""
    return tuple(
        add_faults(one, faults.get(sentence, ()), sentence)
        for one, sentence in zip(read, sentences, strict=True)
    )


def respect_choice(read: ReadSentence, sentence: PlacedSentence) -> ReadSentence:
    """A sentence that isn't right is accepted, if somebody who heard it chose how it is said.

    Nobody chose that nothing is to be heard.
    """
    is_silent = read.heard == "" or any(one.what.startswith(SILENT.what) for one in read.faults)
    if sentence.chosen and read.verdict != RIGHT and not is_silent:
        return replace(read, verdict=ACCEPTED)
    return read


def limit_verdict(verdict: str, words: int) -> str:
    """A verdict on a sentence of so many words: a short one is doubtful at most."""
    return DOUBTFUL if verdict == WRONG and words <= MOST_SHORT else verdict


def count_verdicts(verdicts: Iterable[str]) -> str:
    """How many of each there are, in words; "accepted" only where there is one."""
    counts = Counter(verdicts)
    return ", ".join(f"{counts[one]} {one}" for one in VERDICTS if counts[one] or one != ACCEPTED)
