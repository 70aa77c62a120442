"""Gates that every take goes through: figures that a good take keeps.

The bounds hold for all takes of the example episodes, in studio and in draft quality, with room to
spare; `make bench-verify` prints what those have, and docs/VERIFY.md says it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from paperledge_audio.errors import brief

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperledge_audio.engines.model import Take, TakeFigures


@dataclass(frozen=True, slots=True)
class Gate:
    """The range of one figure of `TakeFigures`."""

    figure: str
    what: str
    least: float
    most: float
    unit: str
    why: str
    against: str = ""
    """Of a gate that compares with the median of others: "difference" or "ratio"."""

    def compare(self, value: float, usual: float) -> float:
        """What is held against the bounds, where the median is `usual`."""
        if self.against == "difference":
            value -= usual
        elif self.against == "ratio":
            value = value / usual if usual else 1.0
        return round(value, 3)

    def explain(self, value: float) -> str:
        """What is wrong with what was compared, with figure and bound; empty where nothing is."""
        if self.least <= value <= self.most:
            return ""
        bound = f"at most {self.most:g}" if value > self.most else f"at least {self.least:g}"
        return f"{self.what} ({value:g} {self.unit}, {bound})"


ANY = float("inf")
GATES = (
    Gate("level_db", "level far from the voice's", -5, 5, "dB", "a voice speaks evenly",
         "difference"),
    Gate("tempo", "pace far from the voice's", 0.7, 1.19, "x", "words are missing, or slurred",
         "ratio"),
    Gate("silence_s", "silence without a pause in the text", 0, 1, "s", "a word may be missing"),
    Gate("dropout_s", "hole in the sound", 0, 0.05, "s", "a voice dies away, a hole does not"),
    Gate("start_db", "first word cut off", -ANY, -40, "dB", "a take begins before its first sound"),
    Gate("end_db", "last word cut off", -ANY, -40, "dB", "a take ends after its last sound"),
    Gate("clipped", "clipping", 0, 0, "samples", "peaks that are cut off buzz"),
    Gate("dc_db", "direct current", -ANY, -30, "dB", "it clicks at cuts and costs head-room"),
    Gate("spike_db", "click", -ANY, 22, "dB", "no sound of speech is one sample long"),
)  # fmt: skip

SILENT = Gate("sounding", "silence in place of the sentence", 0.1, ANY, "of it sounds",
              "a voice sounds most of the time")  # fmt: skip
FINISHED_GATES = (
    SILENT,
    Gate("level_db", "level far from the other sentences'", -13, 7, "dB",
         "the mix makes them alike, but for the 12 dB less or 6 more of a delivery", "difference"),
    Gate("dropout_s", "hole in the sound", 0, 0.06, "s", "a voice dies away, a hole does not"),
    Gate("softest_db", "silence in place of a word", -45, ANY, "dB", "a faint word is louder"),
)  # fmt: skip
"""The same for a sentence of the finished sound; other figures don't outlive a mix or MP3, which
spreads a click over a frame. `sounding`: the share that is louder than -60 dBFS; `softest_db`: the
loudest 5 ms of the softest word."""

UNGATED = frozenset(("tone",))
"""Engines whose sound is no speech."""


@dataclass(frozen=True, slots=True)
class FailedTake:
    """A take that doesn't pass a gate."""

    take: Take
    gate: Gate
    value: float

    @property
    def what(self) -> str:
        """What is wrong, with its figure and the bound."""
        return self.gate.explain(self.value)

    @property
    def explanation(self) -> str:
        """What is wrong with which words."""
        words = brief(" ".join(self.take.segment.text.split()))
        return f"the take of {words} fails a gate: {self.what}"


def is_speech(take: Take) -> bool:
    """Whether an engine spoke it whose sound is speech."""
    return speaks(take.engine)


def speaks(engine: str) -> bool:
    """Whether what an engine of this fingerprint makes is speech."""
    return engine.partition("/")[0] not in UNGATED


def find_failures(takes: Iterable[Take]) -> tuple[FailedTake, ...]:
    """The gates that takes fail, in the order of takes; what was not measured passes.

    A voice's median is that of these takes by the same engine.
    """
    measured = [(take, take.figures) for take in takes if take.figures and is_speech(take)]
    voices: dict[tuple[str, str], list[tuple[Take, TakeFigures]]] = defaultdict(list)
    for take, figures in measured:
        voices[take.segment.voice, take.engine].append((take, figures))
    usual = {
        (voice, gate.figure): median(getattr(figures, gate.figure) for _, figures in members)
        for voice, members in voices.items()
        for gate in GATES
    }
    found = []
    for take, figures in measured:
        for gate in GATES:
            of_voice = usual[(take.segment.voice, take.engine), gate.figure]
            value = gate.compare(getattr(figures, gate.figure), of_voice)
            if gate.explain(value):
                found.append(FailedTake(take, gate, value))
    return tuple(found)


def list_faults(take: Take, others: Iterable[Take]) -> tuple[str, ...]:
    """What is wrong with a take, which stands for that of its segment among the takes `others`."""
    index = take.segment.index
    among = [take, *(one for one in others if one.segment.index != index)]
    return tuple(failed.what for failed in find_failures(among) if failed.take is take)
