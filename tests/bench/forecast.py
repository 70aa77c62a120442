"""What an engine costs: the constants of `voices.engines.COSTS`, for machines without a render.

    python -m tests.bench.forecast

Each engine speaks in a process of its own: its model is loaded, then it speaks the sentences of an
episode one after the other, on one thread; then on two.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from paperledge_audio.engines import make_pool
from paperledge_audio.plan import plan_script
from paperledge_audio.show.loading import load_show
from paperledge_audio.synthesis import synthesize
from paperledge_audio.takes import TakeStore
from tests.bench.renders import EPISODE

ENGINES = {"kokoro": "studio", "hibari": "draft"}
"""Engine → the quality in which the host speaks by it."""
SENTENCES = 40


def measure(quality: str, jobs: int) -> dict[str, float]:
    """Load the host's engine and speak; in this process."""
    show = load_show(EPISODE.parent / "show.toml")
    before_mb = peak_mb()
    with tempfile.TemporaryDirectory() as folder, make_pool(jobs) as pool:
        store = TakeStore(Path(folder))
        plan = plan_script(EPISODE.read_bytes(), "x.md", show, quality=quality, store=store)
        host = [one.index for one in plan.segments if one.voice == plan.host][:SENTENCES]
        chosen = plan.select(host)
        start = time.perf_counter()
        chosen.engines[plan.host].prepare(plan.voices[plan.host])
        load_s = time.perf_counter() - start
        synthesize(chosen, store, lambda _take: None, pool=pool)
        store.speeds.keep()
        work = store.speeds.read()[chosen.engines[plan.host].fingerprint]
    return {
        "characters_per_s": work.characters / work.sound_s,
        "x_real_time": work.sound_s / work.spent_s,
        "load_s": load_s,
        "memory_mb": peak_mb() - before_mb,
    }


def peak_mb() -> float:
    """The most memory that this process has held, in 10^6 bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> None:
    """Print a row for each engine and number of jobs."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
        return
    for engine, quality in ENGINES.items():
        for jobs in (1, 2):
            command = [sys.executable, "-m", "tests.bench.forecast", quality, str(jobs)]
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            figures = {name: round(value, 2) for name, value in json.loads(out).items()}
            print(engine, f"jobs {jobs}", figures)


if __name__ == "__main__":
    main()
