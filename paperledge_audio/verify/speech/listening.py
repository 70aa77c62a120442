"""Takes, and the finished sound that they are in, heard while an episode is made."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from paperledge_audio.engines.g2p import spell_sounds
from paperledge_audio.errors import MissingError
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.takes import is_speech
from paperledge_audio.units import seconds
from paperledge_audio.verify.recogniser import Recogniser
from paperledge_audio.verify.speech import read_sentence
from paperledge_audio.verify.speech.judging import DOUBTFUL, WRONG, count_verdicts
from paperledge_audio.verify.speech.opinion import SecondReader
from paperledge_audio.verify.speech.sentences import PlacedSentence, PlacedWord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperledge_audio.engines.model import Take
    from paperledge_audio.mix.model import Cue
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.verify.speech.judging import ReadSentence


class Listener:
    """A recogniser that remembers which takes it heard wrong.

    Raises MissingError where none is installed, EngineError where it fails.
    """

    def __init__(self) -> None:
        self._recogniser, self._reader = Recogniser(), SecondReader()
        self._faults: dict[str, tuple[str, ...]] = {}
        self._reads: dict[int, ReadSentence] = {}

    def list_faults(self, take: Take) -> tuple[str, ...]:
        """What a recogniser hears wrong in a take, or heard in the finished sound."""
        if take.id not in self._faults:
            sentence = _place(take.segment, 0.0, duration_s(take.sound))
            self._faults[take.id] = _explain(self.read(take.sound, sentence))
        return self._faults[take.id]

    def find_wrong(
        self,
        sound: Sound,
        takes: Iterable[Take],
        cues: Iterable[Cue],
        rate: int,
        on_sentence: Callable[[], None] = lambda: None,
    ) -> dict[Take, tuple[str, ...]]:
        """The takes whose sentences are heard wrong in a finished sound, and what is.

        `cues`: where they sound, in frames of `rate`. What was heard right before is not heard
        again. `on_sentence` is called before each one, and may raise to stop it.
        """
        wrong = {}
        for take, cue in zip(takes, cues, strict=True):
            index = take.segment.index
            before = self._reads.get(index)
            if not is_speech(take) or (before and before.verdict != WRONG):
                continue
            on_sentence()
            read = self.read(sound, place_cue(cue, rate))
            self._reads[index] = read
            if faults := _explain(read):
                wrong[take] = self._faults[take.id] = faults
        return wrong

    def read(self, sound: Sound, sentence: PlacedSentence) -> ReadSentence:
        """A sentence as it is heard."""
        return read_sentence(sound, sentence, self._recogniser, self._reader)

    @property
    def doubtful(self) -> tuple[ReadSentence, ...]:
        """The sentences that nobody can tell of, in their order."""
        return tuple(read for _, read in sorted(self._reads.items()) if read.verdict == DOUBTFUL)

    @property
    def summary(self) -> str:
        """How many sentences have which verdict."""
        return count_verdicts(read.verdict for read in self._reads.values())


def open_listener() -> Listener | None:
    """A listener; None where no recogniser is installed."""
    with suppress(MissingError):
        return Listener()
    return None


def place_cue(cue: Cue, rate: int) -> PlacedSentence:
    """The sentence of a cue, whose times are in frames of `rate`."""
    words = tuple(
        PlacedWord(word.text, seconds(word.start, rate), seconds(word.end, rate))
        for word in cue.words
        if word.end > word.start
    )
    placed = _place(cue.segment, seconds(cue.start, rate), seconds(cue.end, rate))
    return replace(placed, words=words)


def _place(segment: Segment, start_s: float, end_s: float) -> PlacedSentence:
    printed, said = " ".join(segment.text.split()), spell_sounds(segment)
    return PlacedSentence(segment.line, start_s, end_s, printed, said, chosen=segment.chosen)


def _explain(read: ReadSentence) -> tuple[str, ...]:
    """The words that were heard otherwise, where that makes a sentence wrong."""
    return read.explanations if read.verdict == WRONG else ()
