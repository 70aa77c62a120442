"""What a render would make, and why, how long that takes, and how much memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from paperledge_audio.deliver.folder.made import MadeTake, explain_made
from paperledge_audio.mix.pieces import list_music, measure_piece_s
from paperledge_audio.mix.timeline import estimate_added_s
from paperledge_audio.plan import estimate_take_s
from paperledge_audio.takes import FINISHING, Work
from paperledge_audio.voices.engines import ENGINES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.takes import TakeStore

FINISHING_MB = 360.0
"""10^6 bytes of a render whose takes are all kept: a draft from a warm store."""
START_MB = 140.0
"""10^6 bytes before a model is loaded."""
START_S = 0.5
"""Seconds until the program is there."""
FINISHING_SPEED = 140.0
"""Seconds of episode that one processor finishes in a second: the warm draft of docs/BENCHMARKS.md,
without the start."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a render of a script would make."""

    script: str
    make: tuple[MadeTake, ...]
    """The takes that have to be made, each once, in the order of the script."""
    reuse: int
    """How many segments have a take that is there, or will be by then."""
    entries: tuple[str, ...]
    """The entries of the lexicon that changed and that the script says."""
    duration_s: float
    """The length of the episode, as far as it is known."""
    speak_s: Mapping[str, float]
    """Seconds of sound to be made, by the engine's fingerprint."""
    longest_s: float
    """The longest of these takes."""
    engines: Mapping[str, str]
    """The engine of each voice, by the voice's name."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a render works: on this machine, or on a cluster's workers."""

    lanes: int
    """How many takes are made side by side, each by a processor of its own."""
    jobs: int
    """How many at the most in one process."""
    speeds: Mapping[str, Work]
    """What was measured there, by the engine's fingerprint; and FINISHING."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a render needs in a workplace."""

    time_s: float | None
    """None where an engine must speak whose speed nobody has measured."""
    memory_mb: float | None
    """10^6 bytes of a process at the most; None where an engine must speak whose model nobody
    knows."""
    measured: bool
    """Whether renders were measured there, not elsewhere."""
    unknown: tuple[str, ...]
    """The engines of which too little is known."""


@dataclass(slots=True)
class Forecaster:
    """Foresees scripts one after the other, as one render makes them; writes nothing.

    It remembers what is to be made by then, so that a take of two scripts counts once, and nothing
    else of a script: sixteen bytes a take.
    """

    store: TakeStore
    scripts: int = 0
    make: int = 0
    reuse: int = 0
    duration_s: float = 0.0
    longest_s: float = 0.0
    speak_s: dict[str, float] = field(default_factory=dict)
    """Seconds of sound to be made, by the engine's fingerprint."""
    entries: dict[str, list[str]] = field(default_factory=dict)
    """The entries of the lexicon that changed, each with the scripts that say it."""
    _pieces_s: dict[tuple[str, Path], float] = field(default_factory=dict)
    """How long each piece of music is."""
    _foreseen: set[bytes] = field(default_factory=set)
    _speeds: dict[str, Work] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._speeds = self.store.speeds.read()

    def find_here(self, jobs: int, processors: int) -> Workplace:
        """This machine, where `jobs` takes are spoken side by side, as far as it has processors."""
        return Workplace(max(min(jobs, processors), 1), jobs, self._speeds)

    def foresee(self, plan: ScriptPlan, before: Mapping[str, Any]) -> Forecast:
        """Foresee a script; `before` is the manifest of the release that would be replaced.

        The plan has take ids, see `name_takes`. Raises TakeError where the shared store can't be
        read, and SoundError for music that can't.
        """
        there = self.store.look(plan.take_ids)
        reasons = explain_made(plan.segments, before, plan)
        made: list[MadeTake] = []
        speak_s: dict[str, float] = {}
        music = plan.show.music
        duration_s = estimate_added_s(plan.segments, self._measure_pieces(plan), music)
        duration_s -= plan.segments[-1].pause_after
        longest_s = 0.0
        for segment, reason in zip(plan.segments, reasons, strict=True):
            length_s = there.get(reason.take) or estimate_take_s(segment, plan, self._speeds)
            duration_s += length_s + segment.pause_after
            key = bytes.fromhex(reason.take)[:16]
            if reason.take in there or key in self._foreseen:
                continue
            self._foreseen.add(key)
            made.append(reason)
            engine = plan.engine_for(segment).fingerprint
            speak_s[engine] = speak_s.get(engine, 0.0) + length_s
            longest_s = max(longest_s, length_s)
        entries = tuple(dict.fromkeys(chain.from_iterable(one.entries for one in reasons)))
        found = Forecast(
            script=plan.path,
            make=tuple(made),
            reuse=len(reasons) - len(made),
            entries=entries,
            duration_s=duration_s,
            speak_s=speak_s,
            longest_s=longest_s,
            engines=plan.speaking,
        )
        self._count(found)
        return found

    def _measure_pieces(self, plan: ScriptPlan) -> dict[str, float]:
        """How long each piece of music is that lengthens the episode."""
        files = {name: plan.show.music.files.get(name) for name in list_music(plan) - {"bed"}}
        here = [(name, file) for name, file in files.items() if file]
        for one in here:
            if one not in self._pieces_s:
                self._pieces_s[one] = measure_piece_s(*one)
        return {name: self._pieces_s[name, file] for name, file in here}

    def _count(self, found: Forecast) -> None:
        self.scripts += 1
        self.make += len(found.make)
        self.reuse += found.reuse
        self.duration_s += found.duration_s
        self.longest_s = max(self.longest_s, found.longest_s)
        for engine, length_s in found.speak_s.items():
            self.speak_s[engine] = self.speak_s.get(engine, 0.0) + length_s
        for entry in found.entries:
            self.entries.setdefault(entry, []).append(found.script)

    def estimate(self, place: Workplace) -> Estimate:
        """What a render of all scripts so far needs there.

        Speech is shared out among the lanes, and so are whole scripts after it; no lane is ready
        before the longest take is. What was not measured there goes as fast as here.
        """
        names = {engine: engine.partition("/")[0] for engine in self.speak_s}
        costs = {engine: ENGINES[name].cost for engine, name in names.items()}
        speeds = {**self._speeds, **place.speeds}
        unknown = {names[engine] for engine, cost in costs.items() if cost is None}
        slow = any(cost is None and engine not in speeds for engine, cost in costs.items())
        finishing = speeds.get(FINISHING)
        ready = finishing.sound_s / finishing.spent_s if finishing else FINISHING_SPEED
        time_s = START_S + self.duration_s / ready / max(min(place.lanes, self.scripts), 1)
        spoken_s = 0.0
        for engine, length_s in self.speak_s.items():
            work, cost = speeds.get(engine), costs[engine]
            speed = work.sound_s / work.spent_s if work else cost.speed if cost else 1.0
            time_s += cost.load_s if cost else 0.0
            spoken_s += max(length_s / place.lanes, min(length_s, self.longest_s)) / speed
        known = [cost for cost in costs.values() if cost]
        speaking_mb = START_MB + sum(cost.memory_mb for cost in known)
        job_mb = max((cost.job_mb for cost in known), default=0.0)
        speaking_mb += job_mb * min(place.jobs, self.make)
        return Estimate(
            time_s=None if slow else time_s + spoken_s,
            memory_mb=None if unknown else max(speaking_mb, FINISHING_MB),
            measured=place.speeds.keys() >= {FINISHING, *self.speak_s},
            unknown=tuple(sorted(unknown)),
        )
