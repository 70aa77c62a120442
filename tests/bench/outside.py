"""An outside check: what ttsproof 0.4.0 and our gates each find, of its failures and of our plants.

ttsproof (MIT) is no part of any extra: pip install --no-deps ttsproof==0.4.0. Arguments: QUALITY,
and how many takes a kind.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
import soundfile

from paperledge_audio.engines.model import Take
from paperledge_audio.plan import ScriptPlan
from paperledge_audio.takes import list_faults
from tests.bench.plants import PLANTS, Plant, Samples, of_sound
from tests.bench.verify import list_plans, make_plants


def loop(samples: Samples, rate: int, _rng: np.random.Generator) -> Samples:
    """Stuck in the middle: 450 ms, four times more."""
    middle, chunk = len(samples) // 2, rate * 45 // 100
    part = samples[middle : middle + chunk]
    return np.concatenate((samples[:middle], np.tile(part, 4), samples[middle:]))


def burst(samples: Samples, rate: int, rng: np.random.Generator) -> Samples:
    """Noise in the last 30 ms, as loud as the loudest sample."""
    out, count = samples.copy(), rate * 3 // 100
    out[-count:] = rng.uniform(-1, 1, count) * np.abs(samples).max()
    return out


def wait(samples: Samples, rate: int, _rng: np.random.Generator) -> Samples:
    return np.insert(samples, len(samples) // 2, np.zeros(rate * 5 // 2, np.float32))


FAILURES: dict[str, Plant] = {
    "nothing": of_sound(lambda samples, _rate, _rng: samples),
    "empty": of_sound(lambda samples, _rate, _rng: samples[:0]),
    "cut to 100 ms": of_sound(lambda samples, rate, _rng: samples[: rate // 10]),
    "ten times over": of_sound(lambda samples, _rate, _rng: np.tile(samples, 10)),
    "2.5 s of silence": of_sound(wait),
    "stuck in a loop": of_sound(loop),
    "12 dB beyond full scale": of_sound(
        lambda s, _rate, _rng: np.clip(4 * s / abs(s).max(), -1, 1)
    ),
    "burst at the end": of_sound(burst),
}
"""The like of the structural failures that ttsproof checks for."""


def count_both(
    plant: Plant, plans: Sequence[ScriptPlan], most: int, is_found: Callable[[Take], bool]
) -> tuple[int, int, int]:
    """How many takes ttsproof fails, how many our gates do, and how many there are."""
    made = list(make_plants(plant, plans, most))
    ours = sum(bool(list_faults(take, plan.kept)) for take, plan in made)
    return sum(is_found(take) for take, _ in made), ours, len(made)


def main(quality: str = "draft", most: str = "20") -> None:
    check_wav = import_module("ttsproof").check_wav
    plans = list_plans(quality)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "take.wav")

        def is_found(take: Take) -> bool:
            soundfile.write(path, take.clip.samples, take.sound.rate)
            return not check_wav(path).ok

        print("| | by ttsproof | by our gates | of |\n|---|---|---|---|")
        for name, plant in (FAILURES | PLANTS).items():
            theirs, ours, planted = count_both(plant, plans, int(most), is_found)
            print(f"| {name} | {theirs} | {ours} | {planted} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
