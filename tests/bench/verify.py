"""make bench-verify: what is found of planted faults, and what good takes have.

Arguments: QUALITY or "both", how many sentences a kind, or 0 for all, and kinds, by default all.
The takes are those of the example episodes, from the store, where a render has put them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from paperledge_audio.engines.model import Take
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.plan import ScriptPlan, plan_script
from paperledge_audio.show.loading import load_show
from paperledge_audio.takes import GATES, TakeStore, find_failures, list_faults
from paperledge_audio.verify.speech.listening import Listener
from tests.bench.loud_music import count_loud_music
from tests.bench.plants import PLANTS, Booth, Plant
from tests.samples import ROOT

QUALITIES = ("studio", "draft")
GOAL = 0.95
LOUD_MUSIC = "music 12 dB too loud"
"""The one fault that no take has: the finished sound does."""


def list_plans(quality: str, folder: Path = ROOT / "scripts") -> list[ScriptPlan]:
    """The example episodes, or other scripts beside a show.toml."""
    show, store = load_show(folder / "show.toml"), TakeStore(cache_folder())
    plans = []
    for file in sorted(folder.glob("*.md")):
        plan = plan_script(file.read_bytes(), str(file), show, quality=quality, store=store)
        if plan.missing:
            print(f"{file.name}: {len(plan.missing)} takes are missing; render it", file=sys.stderr)
        plans.append(plan)
    return plans


def list_takes(quality: str, folder: Path = ROOT / "scripts") -> list[Take]:
    """The kept takes of these episodes."""
    return [take for plan in list_plans(quality, folder) for take in plan.kept]


@dataclass(frozen=True, slots=True)
class Count:
    """How many planted faults gates found, and reading back of those that gates passed."""

    gates: int
    heard: int
    planted: int

    @property
    def is_enough(self) -> bool:
        return self.gates + self.heard >= GOAL * self.planted


def make_plants(
    plant: Plant, plans: Sequence[ScriptPlan], most: int
) -> Iterator[tuple[Take, ScriptPlan]]:
    """Takes with the fault, each with the plan that it is in: at most so many, drawn by chance."""
    booth = Booth(plans, np.random.default_rng(0))
    places = [(take, plan) for plan in plans for take in plan.kept]
    made = 0
    for place in np.random.default_rng(0).permutation(len(places)):
        take, plan = places[place]
        if (planted := plant(take, plan, booth)) is not None:
            yield replace(planted, id=f"plant {made}"), plan
            made += 1
            if made == most:
                return


def count_found(plant: Plant, plans: Sequence[ScriptPlan], most: int) -> Count:
    """What is found of a kind. Only what passes the gates is heard, which takes longer."""
    listener = Listener()
    gates = heard = planted = 0
    for take, plan in make_plants(plant, plans, most):
        planted += 1
        if list_faults(take, plan.kept):
            gates += 1
        elif listener.list_faults(take, plan.kept):
            heard += 1
        else:
            print(f"not found: {take.segment.spoken}", file=sys.stderr)
    return Count(gates, heard, planted)


def print_good(plans: Sequence[ScriptPlan]) -> None:
    """False alarms of the gates, and the figures of good takes."""
    takes = [take for plan in plans for take in plan.kept]
    failed = [failure for plan in plans for failure in find_failures(plan.kept)]
    print(f"{len(takes)} good takes, {len(failed)} false alarms\n")
    for failure in failed:
        print(f"{failure.take.segment.line}: {failure.what}")
    print("| figure | least | most |\n|---|---|---|")
    for gate in GATES:
        values = [getattr(take.figures, gate.figure) for take in takes]
        print(f"| {gate.figure} | {min(values):g} | {max(values):g} |")


def main(quality: str = "both", most: str = "40", *kinds: str) -> None:
    """Print a table; exit with 1 where a goal is missed."""
    missed = False
    for each in QUALITIES if quality == "both" else (quality,):
        plans = list_plans(each)
        print(f"\n{each}: ", end="")
        print_good(plans)
        print("\n| planted | by gates | else heard | of |\n|---|---|---|---|")
        for name in kinds or (*PLANTS, LOUD_MUSIC):
            if name == LOUD_MUSIC:
                loud = count_loud_music(plans, int(most))
                missed |= loud.found < GOAL * loud.parts
                print(f"{name}: {loud.found} of {loud.parts} parts of episodes", end="; ")
                print(f"{loud.by_words} under the words; {loud.alarms} false alarms")
                continue
            count = count_found(PLANTS[name], plans, int(most))
            missed |= not count.is_enough
            print(f"| {name} | {count.gates} | {count.heard} | {count.planted} |", flush=True)
    sys.exit(int(missed))


if __name__ == "__main__":
    main(*sys.argv[1:])
