"""Studio synthesis, beside stock kokoro-onnx with its defaults: the same weights, words and voice.

Each runs in a process of its own that stays alive: both have loaded their model and spoken
everything once before the clock starts, so neither pays for start-up (which is told apart), and
neither finds the other's threads or memory in its way. They take turns, so that a machine that
slows down slows both. Stock is handed the phonemes; ours reads the text itself, trims and times the
words, as in a render. Both are measured by the same seconds of sound: what the model gives before
anything is trimmed from its edges.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from paperledge_audio.engines import Take, make_pool
from paperledge_audio.engines.g2p import pronounce
from paperledge_audio.engines.kokoro import load_style
from paperledge_audio.engines.kokoro.model import load_weights
from paperledge_audio.errors import MissingError
from paperledge_audio.files.resources import count_processors
from paperledge_audio.plan import Plan, plan_script
from paperledge_audio.show.loading import load_show
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.synthesis import synthesize
from paperledge_audio.takes import TakeStore
from paperledge_audio.voices.finding import find_voice
from paperledge_audio.voices.profiles import Voice
from tests.bench.figures import Figure
from tests.samples import ROOT

STOCK = "kokoro-onnx"
STOCK_VERSION = "0.6.1"
SCRIPT = ROOT / "scripts" / "attention-is-all-you-need.md"
SEGMENTS = 12
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Synthesis:
    """Medians over the rounds; a core is one that this process may use."""

    cores: int
    sound_s: float
    """Of all segments together."""
    ours: float
    """Seconds of sound for a second of waiting."""
    stock: float
    factor: float
    """The median of the rounds' own ratios."""
    ours_load_s: float
    """From the interpreter's start to a model that has spoken nothing yet."""
    stock_load_s: float
    ours_peak_mb: float
    """The most memory that the process held at once, in 10^6 bytes."""
    stock_peak_mb: float
    ours_cpu: float
    """Seconds of sound for a second of one core's work."""
    stock_cpu: float


class Forgetful(TakeStore):
    """A store that keeps nothing."""

    def find(self, *_: object) -> None:
        return None

    def keep(self, name: str, take: Take) -> Take:  # noqa: ARG002 - the store's signature
        return take


class Side:
    """One of the two, in its process, speaking when it is told to."""

    def __init__(self, name: str, folder: Path) -> None:
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.synthesis", name, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self._answer()
        self.load_s = time.perf_counter() - start
        self.sound_s = self.run()["sound_s"]

    def run(self) -> dict[str, float]:
        """Speak everything once; what it took."""
        assert self.process.stdin is not None
        print(file=self.process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> dict[str, float]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"a side of the comparison ended with {self.process.wait()}")
        answer: dict[str, float] = json.loads(line)
        return answer

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def compare(rounds: int = ROUNDS) -> Synthesis:
    """Measure both in turn; raises MissingError where stock kokoro-onnx is not installed."""
    try:
        found = version(STOCK)
    except PackageNotFoundError:
        found = "none"
    if found != STOCK_VERSION:
        raise MissingError(
            f"the comparison wants {STOCK} {STOCK_VERSION}, and there is {found}",
            f"pip install {STOCK}=={STOCK_VERSION}",
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        voice = _voice()
        (folder / "model.onnx").write_bytes(load_weights())
        np.savez(folder / "voices.npz", host=load_style(voice))
        sides = {side: Side(side, folder) for side in ("ours", "stock")}
        runs = [{side: one.run() for side, one in sides.items()} for _ in range(rounds)]
        for one in sides.values():
            one.close()
    sound_s = sides["stock"].sound_s

    def median(side: str, key: str) -> float:
        return statistics.median(run[side][key] for run in runs)

    return Synthesis(
        cores=count_processors(),
        sound_s=sound_s,
        ours=sound_s / median("ours", "wall_s"),
        stock=sound_s / median("stock", "wall_s"),
        factor=statistics.median(run["stock"]["wall_s"] / run["ours"]["wall_s"] for run in runs),
        ours_load_s=sides["ours"].load_s,
        stock_load_s=sides["stock"].load_s,
        ours_peak_mb=runs[-1]["ours"]["peak_mb"],
        stock_peak_mb=runs[-1]["stock"]["peak_mb"],
        ours_cpu=sound_s / median("ours", "cpu_s"),
        stock_cpu=sound_s / median("stock", "cpu_s"),
    )


def measured() -> Iterator[Figure]:
    """For the table."""
    got = compare()
    stock = f"{STOCK} {STOCK_VERSION}"
    yield Figure(f"studio synthesis on {got.cores} cores", got.ours, "x real time", "≥ 4")
    yield Figure(f"{stock} on {got.cores} cores", got.stock, "x real time")
    yield Figure(f"studio synthesis : {stock}", got.factor, "x", "≥ 2.5")


def _voice() -> Voice:
    show = load_show(ROOT / "scripts" / "show.toml")
    return find_voice(show.voices.host, show)


def _plan(store: TakeStore | None = None) -> Plan:
    """The first segments of an example script that the host says."""
    show = load_show(ROOT / "scripts" / "show.toml")
    plan = plan_script(SCRIPT.read_bytes(), str(SCRIPT), show, quality="studio", store=store)
    own = [segment.index for segment in plan.segments if segment.voice == show.voices.host]
    return plan.select(own[:SEGMENTS])


def _ours(folder: Path) -> Any:
    """A function that speaks everything as a render does."""
    store = Forgetful(folder)
    plan, pool = _plan(store), make_pool()

    def run() -> float:
        return sum(synthesize(plan, store, lambda take: duration_s(take.sound), pool=pool))

    return run


def _stock(folder: Path) -> Any:
    """A function that speaks everything as the package does when it is asked for one by one."""
    from kokoro_onnx import Kokoro  # type: ignore[import-not-found, unused-ignore]

    voice = _voice()
    phonemes = [pronounce(segment).phonemes for segment in _plan().segments]
    model = Kokoro(str(folder / "model.onnx"), str(folder / "voices.npz"))
    whole: list[float] = []

    def run() -> float:
        for one in phonemes:
            model.create(one, voice="host", speed=voice.pace, is_phonemes=True)
        if not whole:  # in the first, unmeasured run
            for one in phonemes:
                samples, rate = model.create(
                    one, voice="host", speed=voice.pace, is_phonemes=True, trim=False
                )
                whole.append(len(samples) / rate)
        return sum(whole)

    return run


def _serve(side: str, folder: Path) -> None:
    """Load, say so, and speak once for every line that comes in."""
    run = {"ours": _ours, "stock": _stock}[side](folder)
    print(json.dumps({}), flush=True)
    for _ in sys.stdin:
        wall_s, cpu_s = time.perf_counter(), time.process_time()
        sound_s = run()
        wall_s, cpu_s = time.perf_counter() - wall_s, time.process_time() - cpu_s
        answer = {"wall_s": wall_s, "cpu_s": cpu_s, "sound_s": sound_s, "peak_mb": _peak_mb()}
        print(json.dumps(answer), flush=True)


def _peak_mb() -> float:
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> None:
    """Compare and print."""
    try:
        print(compare())
    except MissingError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    _serve(sys.argv[1], Path(sys.argv[2])) if len(sys.argv) == 3 else main()
