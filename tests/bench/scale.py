"""What a cluster costs: what it adds to a take, how it grows, how much memory, and the same bytes.

    python -m tests.bench.scale [workers | memory | engines …]

On simulated workers the tone engine sleeps as long as a model works, so that eight of them fit on
two processors. Planning, sending, the store, which speaks S3, mixing and encoding are real.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.process import Ran, paperledge
from tests.cluster.running import SLOW, RunningCluster, run_cluster
from tests.samples import ROOT
from tests.servers import CUT, S3
from tests.tone_show import SCRIPT, SHOW, VOICE

COST_S = 1.0
"""Seconds a take: what Kokoro needs on one processor for five seconds of speech."""
SENTENCES = 45
"""A script's own, beside seven that all have; the example scripts have 53 on average."""
WORKERS = (1, 2, 4, 8)
SCRIPTS_A_WORKER = 2
CATALOGUES = (100, 1000)
KILL_EVERY_S = 5.0
FAILS_ONE_IN = 20


@contextmanager
def serve_store() -> Iterator[S3]:
    """A server for takes, which this process and its children reach."""
    server = S3()
    os.environ |= {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.port}",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    try:
        server.clear()
        yield server
    finally:
        server.close()


def make_show(folder: Path, scripts: int, sentences: int, say: str = "Say") -> Path:
    """Write a show of that many scripts; returns their folder."""
    for name in ("scripts", "voices"):
        (folder / name).mkdir(parents=True)
    (folder / "scripts" / "show.toml").write_text(SHOW)
    (folder / "voices" / "tone.toml").write_text(VOICE)
    for number in range(scripts):
        more = "".join(f"\n{say} {number} and {line}.\n" for line in range(sentences))
        (folder / "scripts" / f"s{number}.md").write_text(SCRIPT + more)
    return folder / "scripts"


def read_peak_mb(pid: int) -> float:
    """The most memory that a process had, in 10^6 bytes, by Linux's /proc."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6


def read_cpu_s(pid: int) -> float:
    """The processor time of a process, by Linux's /proc."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def render_there(cluster: RunningCluster, folder: Path, scripts: Path, store: str) -> Ran:
    """Render a catalogue on a cluster."""
    return paperledge(
        folder / "cache", "render", scripts, "-o", folder / "out", "--json",
        "--cluster", cluster.address, "--store", store,
    )  # fmt: skip


def print_row(*cells: object) -> None:
    """Print a row of a Markdown table as soon as it is there."""
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def print_head(*cells: str) -> None:
    print()
    print_row(*cells)
    print_row(*["---"] * len(cells))


def measure_workers() -> None:
    """A row for each number of workers, which are warm, with as much work for each.

    All else that a worker does is added to a take. The client's and the scheduler's milliseconds
    are processor time.
    """
    print_head(
        "workers", "episodes", "takes", "s", "takes a second and worker", "of one worker's",
        "ms added to a take", "client ms a take", "scheduler ms", "store requests a sentence",
        "and an episode",
    )  # fmt: skip
    alone = 0.0
    for count in WORKERS:
        with (
            tempfile.TemporaryDirectory() as name,
            serve_store() as server,
            run_cluster(Path(name)) as cluster,
        ):
            scripts = SCRIPTS_A_WORKER * count
            show = make_show(Path(name) / "show", scripts, SENTENCES)
            cluster.add_workers(count, SLOW, TONE_COST_S=str(COST_S))
            warm = make_show(Path(name) / "warm", count, 1, "Warm")
            render_there(cluster, Path(name), warm, str(server.address))
            server.script.seen.clear()
            before_s = read_cpu_s(cluster.scheduler.pid)
            ran = render_there(cluster, Path(name), show, str(server.address))
            asked = [one for one in server.script.seen if one.endswith(".take")]
            others = [one for one in server.script.seen if one.endswith(".parcel")]
            takes = len({one for one in asked if one.startswith("PUT ")})
            rate = takes / ran.wall_s / count
            alone = alone or rate
            print_row(
                count,
                scripts,
                takes,
                f"{ran.wall_s:.1f}",
                f"{rate:.3f}",
                f"{rate / alone:.0%}",
                f"{(1 / rate - COST_S) * 1000:.0f}",
                f"{ran.cpu_s / takes * 1000:.0f}",
                f"{(read_cpu_s(cluster.scheduler.pid) - before_s) / takes * 1000:.1f}",
                f"{len(asked) / scripts / (SENTENCES + 7):.2f}",
                f"{len(others) / scripts:.0f}",
            )


def measure_memory() -> None:
    """A row for each size of a catalogue, whose takes cost nothing."""
    print_head("episodes", "takes", "s", "client MB", "scheduler MB")
    for scripts in CATALOGUES:
        with tempfile.TemporaryDirectory() as name, run_cluster(Path(name)) as cluster:
            show, store = make_show(Path(name) / "show", scripts, 1), Path(name) / "shared"
            cluster.add_workers(2)
            ran = render_there(cluster, Path(name), show, str(store))
            takes = sum(1 for _ in store.glob("*.take"))
            peak_mb = read_peak_mb(cluster.scheduler.pid)
            print_row(scripts, takes, f"{ran.wall_s:.0f}", f"{ran.peak_mb:.0f}", f"{peak_mb:.0f}")


@contextmanager
def kill_workers(cluster: RunningCluster) -> Iterator[list[int]]:
    """Kill a worker every few seconds; the numbers of those that were."""
    ended, killed = threading.Event(), list[int]()

    def kill() -> None:
        while not ended.wait(KILL_EVERY_S):
            if pids := cluster.pids():
                killed.append(pids[len(killed) % len(pids)])
                os.kill(killed[-1], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield killed
    finally:
        ended.set()
        killer.join()


def read_files(folder: Path) -> dict[str, bytes]:
    """All files of a folder, by path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }


def measure_engines() -> None:
    """Two worker processes against the pool, with the real engines, then with trouble."""
    print_head("quality", "where", "trouble", "s", "pool : this", "same bytes")
    for quality in ("draft", "studio"):
        with tempfile.TemporaryDirectory() as name:
            compare_with_pool(Path(name), quality)


def compare_with_pool(folder: Path, quality: str) -> None:
    """The rows of the examples in one quality."""
    scripts = sorted((ROOT / "scripts").glob("*.md"))
    warm = folder / "warm"
    warm_up(folder, warm, quality)

    def forget(cache: Path) -> None:
        """Leave the models, which are made once a machine, and no take."""
        shutil.rmtree(cache, ignore_errors=True)
        cache.mkdir(parents=True)
        if (warm / "models").exists():
            shutil.copytree(warm / "models", cache / "models")

    def render(place: str, *options: str) -> float:
        shutil.rmtree(folder / place, ignore_errors=True)
        forget(folder / "cache")
        ran = paperledge(
            folder / "cache", "render", *scripts, "-o", folder / place, "--quality", quality,
            "--json", *options,
        )  # fmt: skip
        return ran.wall_s

    pool_s = render("pool")
    expected = read_files(folder / "pool")
    print_row(quality, "pool", "", f"{pool_s:.1f}", "", "")
    with serve_store() as server, run_cluster(folder) as cluster:
        for worker in ("worker-0", "worker-1"):
            forget(folder / worker)
        cluster.add_workers(2)
        at = ("--cluster", cluster.address, "--store", str(server.address))

        def show(trouble: str, wall_s: float) -> None:
            same = "yes" if read_files(folder / "there") == expected else "no"
            print_row(
                quality, "2 workers", trouble, f"{wall_s:.1f}", f"{pool_s / wall_s:.0%}", same
            )

        forget(folder / "cache")
        warm_up(folder, folder / "cache", quality, *at)
        forget_takes(server, folder)
        show("", render("there", *at))
        forget_takes(server, folder)
        server.script.every(FAILS_ONE_IN, CUT)
        with kill_workers(cluster) as killed:
            wall_s = render("there", *at)
        show(f"{len(killed)} killed, store fails 1 in {FAILS_ONE_IN}", wall_s)


def warm_up(folder: Path, cache: Path, quality: str, *options: str) -> None:
    """Render one script, so that models are there and loaded."""
    paperledge(
        cache, "render", ROOT / "scripts" / "quickstart.md", "-o", folder / "first",
        "--quality", quality, *options,
    )  # fmt: skip


def forget_takes(server: S3, folder: Path) -> None:
    """Empty the store that is shared and those of the workers."""
    server.clear()
    for worker in ("worker-0", "worker-1"):
        shutil.rmtree(folder / worker / "takes", ignore_errors=True)


PARTS: dict[str, Callable[[], None]] = {
    "workers": measure_workers,
    "memory": measure_memory,
    "engines": measure_engines,
}


def main() -> None:
    """Print the tables of the parts that are asked for, or all."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
