"""Takes, and the finished sound that they are in, heard while an episode is made."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from paperledge_audio.engines.g2p import spell_sounds
from paperledge_audio.errors import MissingError
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.spoken.readings import PLAIN
from paperledge_audio.takes import is_speech
from paperledge_audio.units import seconds
from paperledge_audio.verify.recogniser import Recogniser
from paperledge_audio.verify.speech import read_sentence
from paperledge_audio.verify.speech.second.opinion import SecondReader
from paperledge_audio.verify.speech.second.pacing import judge_pace
from paperledge_audio.verify.speech.sentences import PlacedSentence, PlacedWord
from paperledge_audio.verify.speech.verdicts import DOUBTFUL, WRONG, count_verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperledge_audio.engines.model import Take
    from paperledge_audio.mix.model import Cue
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.verify.speech.verdicts import ReadSentence


class Listener:
    """A recogniser that remembers which takes it heard wrong.

    Raises MissingError where none is installed, EngineError where it fails.
    """

    def __init__(self) -> None:
        self._recogniser, self._reader = Recogniser(), SecondReader()
        self._heard: dict[str, ReadSentence] = {}
        self._tempos: dict[str, float | None] = {}
        self._reads: dict[int, ReadSentence] = {}

    def list_faults(self, take: Take, others: Iterable[Take]) -> tuple[str, ...]:
        """What is heard wrong in a take, or was in the finished sound, beside those of others."""
        if take.id not in self._heard:
            sentence = _place(take.segment, 0.0, duration_s(take.sound))
            self._heard[take.id] = self.read(take.sound, sentence)
        return _explain(self._judge(take, others))

    def _judge(self, take: Take, others: Iterable[Take]) -> ReadSentence:
        """What was heard of a take, with its pace beside takes of its voice by its engine."""
        tempos = (
            self._find_tempo(one)
            for one in others
            if (one.segment.voice, one.engine) == (take.segment.voice, take.engine)
            and one.segment.index != take.segment.index
        )
        return judge_pace(self._heard[take.id], _place(take.segment, 0.0, 0.0), tempos)

    def _find_tempo(self, take: Take) -> float | None:
        """The tempo of a take, measured now if it wasn't heard before."""
        if take.id in self._heard:
            return self._heard[take.id].tempo
        if take.id not in self._tempos:
            sentence = _place(take.segment, 0.0, duration_s(take.sound))
            self._tempos[take.id] = self._reader.measure_tempo(take.clip, sentence)
        return self._tempos[take.id]

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
        spoken = [(take, cue) for take, cue in zip(takes, cues, strict=True) if is_speech(take)]
        for take, cue in spoken:
            before = self._reads.get(take.segment.index)
            if before is None or before.verdict == WRONG:
                on_sentence()
                read = self._heard[take.id] = self.read(sound, place_cue(cue, rate))
                self._reads[take.segment.index] = read
        said = [take for take, _ in spoken]
        self._reads |= {take.segment.index: self._judge(take, said) for take in said}
        explained = {take: _explain(self._reads[take.segment.index]) for take in said}
        return {take: faults for take, faults in explained.items() if faults}

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
    return PlacedSentence(
        segment.line,
        start_s,
        end_s,
        printed,
        said,
        chosen=segment.chosen,
        voice=segment.voice,
        reading=segment.reading or PLAIN,
        pace=segment.delivery.pace,
    )


def _explain(read: ReadSentence) -> tuple[str, ...]:
    """The words that were heard otherwise, where that makes a sentence wrong."""
    return read.explanations if read.verdict == WRONG else ()
