"""`make fuzz`: thousands of damaged and hostile inputs, each read or refused with a line."""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path

from paperledge_audio.files.resources import count_processors
from tests.fuzz.running import Tally, again, new, smallest, try_all
from tests.fuzz.targets import TARGETS

LINES = 25
"""Of what was said about a failure, that are shown."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", default=list(TARGETS))
    parser.add_argument("--count", type=int, default=20_000, help="inputs, over all targets")
    parser.add_argument("--seed", type=int, default=0, help="other inputs for another number")
    parser.add_argument("--jobs", type=int, default=count_processors())
    parser.add_argument("--again", nargs="+", type=Path, metavar="FILE", help="only kept inputs")
    asked = parser.parse_args()
    batches = (
        again(asked.again)
        if asked.again
        else [*again(), *new(asked.count, asked.seed, asked.targets)]
    )
    begun, tallies = time.monotonic(), defaultdict[str, Tally](Tally)
    for target, tally in try_all(batches, asked.jobs):
        tallies[target].merge(tally)
        for failure in tally.failures:
            print(
                f"{target}: {failure.outcome.wrong}: {failure.outcome.said[-800:]}",
                file=sys.stderr,
                flush=True,
            )
    total = Tally()
    for tally in tallies.values():
        total.merge(tally)
    for failure in smallest(total.failures):
        print(f"{failure.keep()}: {failure.outcome.wrong}")
        print("".join(f"    {line}\n" for line in failure.outcome.said.splitlines()[-LINES:]))
    print(f"{'':<20}{'accepted':>9}{'refused':>9}{'failed':>8}{'slowest':>10}{'memory':>9}")
    for name, tally in {**tallies, f"in {time.monotonic() - begun:.0f} s": total}.items():
        print(
            f"{name:<20}{tally.accepted:>9}{tally.refused:>9}{len(tally.failures):>8}"
            f"{tally.slowest_s:>8.2f} s{tally.most_mb:>6.0f} MB"
        )
    return int(bool(total.failures))


if __name__ == "__main__":
    sys.exit(main())
