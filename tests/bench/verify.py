"""make bench-verify: what gates find of planted faults, and what good takes have.

The takes are those of the example episodes, from the store, where a render has put them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperledge_audio.engines.figures import measure_take
from paperledge_audio.engines.model import Take
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.plan import plan_script
from paperledge_audio.show.loading import load_show
from paperledge_audio.sound.clip import Clip
from paperledge_audio.takes import GATES, TakeStore, find_failures
from tests.samples import ROOT

Samples = NDArray[np.float32]
Plant = Callable[[Samples, int, np.random.Generator], Samples]
EVERY = 8
"""One take in so many has the fault: an episode is never all faults."""
GOAL = 0.95


def choose_place(samples: Samples, rng: np.random.Generator) -> int:
    """A place inside where there is speech."""
    loud = np.flatnonzero(np.abs(samples) > 0.1 * np.abs(samples).max())
    return int(rng.choice(loud[len(loud) // 10 : -len(loud) // 10]))


def click(samples: Samples, _rate: int, rng: np.random.Generator) -> Samples:
    out = samples.copy()
    out[choose_place(samples, rng)] += 0.5
    return out


def silence(samples: Samples, rate: int, rng: np.random.Generator) -> Samples:
    return np.insert(samples, choose_place(samples, rng), np.zeros(rate * 3 // 10, np.float32))


PLANTS: dict[str, Plant] = {
    "first 200 ms cut": lambda samples, rate, _: samples[rate // 5 :],
    "last 200 ms cut": lambda samples, rate, _: samples[: -rate // 5],
    "300 ms of silence": silence,
    "click of half full scale": click,
    "-9 dB": lambda samples, _rate, _rng: samples * np.float32(10 ** (-9 / 20)),
    "clipped at half the peak": lambda s, _rate, _rng: np.clip(s, -abs(s).max() / 2, s.max() / 2),
}


def list_takes(quality: str, folder: Path = ROOT / "scripts") -> list[Take]:
    """The kept takes of the example episodes, or of other scripts beside a show.toml."""
    show, store = load_show(folder / "show.toml"), TakeStore(cache_folder())
    found: list[Take] = []
    for file in sorted(folder.glob("*.md")):
        plan = plan_script(file.read_bytes(), str(file), show, quality=quality, store=store)
        if plan.missing:
            print(f"{file.name}: {len(plan.missing)} takes are missing; render it", file=sys.stderr)
        found += plan.kept
    return found


def count_found(takes: Sequence[Take], plant: Plant) -> tuple[int, int]:
    """How many planted faults fail a gate, of how many."""
    found = planted = 0
    for offset in range(EVERY):
        rng = np.random.default_rng(offset)
        mixed = list(takes)
        for place in range(offset, len(takes), EVERY):
            take = takes[place]
            bad = plant(take.clip.samples[:, 0], take.sound.rate, rng)
            changed = replace(take, sound=Clip(bad, take.sound.rate))
            mixed[place] = replace(changed, figures=measure_take(changed))
        failed = {id(failure.take) for failure in find_failures(mixed)}
        found += sum(id(mixed[n]) in failed for n in range(offset, len(takes), EVERY))
        planted += len(range(offset, len(takes), EVERY))
    return found, planted


def main() -> None:
    """Print a table; exit with 1 where a goal is missed."""
    missed = False
    for quality in ("studio", "draft"):
        takes = list_takes(quality)
        failed = find_failures(takes)
        print(f"\n{quality}: {len(takes)} good takes, {len(failed)} false alarms\n")
        for failure in failed:
            print(f"{failure.take.segment.line}: {failure.what}")
        print("| figure | least | most |\n|---|---|---|")
        for gate in GATES:
            values = [getattr(take.figures, gate.figure) for take in takes]
            print(f"| {gate.figure} | {min(values):g} | {max(values):g} |")
        print("\n| planted | found | of |\n|---|---|---|")
        for name, plant in PLANTS.items():
            found, planted = count_found(takes, plant)
            missed |= found < GOAL * planted
            print(f"| {name} | {found} | {planted} |")
    sys.exit(int(missed))


if __name__ == "__main__":
    main()
