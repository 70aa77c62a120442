"""What a cluster costs: a catalogue on 1, 2, 4 and 8 workers, whose takes cost a fixed time each.

    python -m tests.bench.scale [SCRIPTS] [SENTENCES] [SECONDS A TAKE]

The tone engine sleeps as long as a model would work, so eight workers fit on any machine. Mixing
and encoding are real, and take the processors that there are.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.cluster.running import SLOW, run_cluster
from tests.servers import S3
from tests.tone_show import SCRIPT, SHOW, VOICE

WORKERS = (1, 2, 4, 8)
ROW = "{:>7} {:>6} {:>7} {:>9} {:>10} {:>10} {:>9} {:>12} {:>9}"
PROGRAM = [sys.executable, "-c", "from paperledge_audio.cli import entry; entry()"]


def make_show(folder: Path, scripts: int, sentences: int) -> int:
    """Write a show; how many takes it needs."""
    for name in ("scripts", "voices"):
        (folder / name).mkdir(parents=True)
    (folder / "scripts" / "show.toml").write_text(SHOW)
    (folder / "voices" / "tone.toml").write_text(VOICE)
    for number in range(scripts):
        more = "".join(f"\nSay {number} and {line}.\n" for line in range(sentences))
        (folder / "scripts" / f"s{number}.md").write_text(SCRIPT + more)
    return scripts * sentences


def peak_mb(pid: int) -> float:
    """The most memory that a process had, by Linux's /proc."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    """Print a row for each number of workers."""
    given = [*sys.argv[1:], *("8", "20", "0.5")[len(sys.argv) - 1 :]]
    scripts, sentences, cost_s = int(given[0]), int(given[1]), float(given[2])
    server = S3()
    aws = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.port}",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    print(
        ROW.format("workers", "takes", "wall s", "ideal s", "efficiency", "ms a take", "client MB",
                   "scheduler MB", "requests")
    )  # fmt: skip
    for count in WORKERS:
        with tempfile.TemporaryDirectory() as name, run_cluster(Path(name)) as cluster:
            show = Path(name) / "show"
            distinct = make_show(show, scripts, sentences)
            server.clear()
            cluster.add_workers(count, SLOW, TONE_COST_S=str(cost_s), **aws)
            start = time.perf_counter()
            client = subprocess.Popen(
                [*PROGRAM, "render", "scripts", "--cluster", cluster.address, "--json",
                 "--store", str(server.address)],
                cwd=show, env={**os.environ, **aws, "PAPERLEDGE_CACHE": str(show / "cache")},
                stdout=subprocess.DEVNULL,
            )  # fmt: skip
            _, status, used = os.wait4(client.pid, 0)
            client.returncode = os.waitstatus_to_exitcode(status)
            wall_s = time.perf_counter() - start
            if client.returncode:
                sys.exit(f"the render failed with {client.returncode}")
            asked = [one for one in server.script.seen if one.endswith(".take")]
            takes = sum(name.endswith(".take") for name in server.files())
            assert takes >= distinct
            ideal_s = takes * cost_s / count
            print(
                ROW.format(
                    count,
                    takes,
                    f"{wall_s:.1f}",
                    f"{ideal_s:.1f}",
                    f"{ideal_s / wall_s:.0%}",
                    f"{(wall_s - ideal_s) * count / takes * 1000:.0f}",
                    f"{used.ru_maxrss / 1024:.0f}",
                    f"{peak_mb(cluster.scheduler.pid):.0f}",
                    f"{len(asked) / takes:.1f}",
                ),
                flush=True,
            )
    server.close()


if __name__ == "__main__":
    main()
