"""`make faults`: a render is killed, robbed and starved; what was there stays, and it goes on."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from paperledge_audio.files.resources import count_processors
from tests.faults.checking import complaints
from tests.faults.disturbing import may_mount
from tests.faults.faults import Fault, rows
from tests.faults.scene import make_scene

ABSENT = "not here: it needs the right to mount"


def try_all(faults: Mapping[str, Fault], jobs: int = 1) -> Iterator[tuple[str, list[str], float]]:
    """Each fault's name, what does not hold after it, and how long it took in seconds."""
    with TemporaryDirectory(prefix="faults-") as place, ThreadPoolExecutor(jobs) as pool:
        folder = Path(place)
        forms = {fault.form for fault in faults.values()}
        scenes = {form: make_scene(folder / form, form) for form in forms}

        def run(number: int, name: str) -> tuple[str, list[str], float]:
            fault, begun = faults[name], time.monotonic()
            if fault.mounts and not may_mount():
                return name, [ABSENT], 0
            scene = scenes[fault.form].copy(folder / str(number))
            found = complaints(name, fault, scene)
            shutil.rmtree(scene.folder)
            return name, found, time.monotonic() - begun

        yield from pool.map(run, range(len(faults)), faults)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="WORD", help="faults with a word in their name")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=count_processors())
    asked = parser.parse_args()
    faults = {
        name: fault
        for name, fault in rows(asked.kills).items()
        if not asked.only or any(word in name for word in asked.only)
    }
    failed = absent = 0
    for name, found, took_s in try_all(faults, asked.jobs):
        absent += found == [ABSENT]
        failed += bool(found) and found != [ABSENT]
        print(f"{'; '.join(found) or 'ok':<8} {name} ({took_s:.1f} s)", flush=True)
    print(f"{len(faults)} faults, {failed} failed, {absent} could not be tried here")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
