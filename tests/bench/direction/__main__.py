"""make bench-direction: how well the engines follow stress and delivery; writes docs/DELIVERY.md.

Exits with 1 if the studio engine misses a goal. Drafts have none.
"""

from __future__ import annotations

import sys
from itertools import zip_longest

from paperledge_audio.engines import make_pool
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.show.loading import load_show
from paperledge_audio.takes import TakeStore
from tests.bench.direction.lines import VOICES
from tests.bench.direction.measuring import Row, measure
from tests.bench.direction.speaking import Studio
from tests.samples import ROOT

PAGE = ROOT / "docs" / "DELIVERY.md"
MARK = "<!-- from here on: make bench-direction -->\n"
DRAFTED = ("af_heart",)
"""The voice that hibari has."""


def table(studio: list[Row], draft: list[Row]) -> str:
    """As Markdown; goals that are missed are in bold."""
    out = "| what | Kokoro | goal | hibari |\n|---|---|---|---|\n"
    for row, other in zip_longest(studio, draft):
        goal = row.goal if row.met else f"**{row.goal}: missed**"
        out += f"| {row.what} | {row.shown} | {goal} | {other.shown if other else ''} |\n"
    return out


def main() -> None:
    """Measure; print the table and write it into docs/DELIVERY.md."""
    show, store = load_show(ROOT / "scripts" / "show.toml"), TakeStore(cache_folder())
    rows: dict[str, list[Row]] = {}
    with make_pool() as pool:
        for quality, voices in (("studio", VOICES), ("draft", DRAFTED)):
            rows[quality] = []
            for row in measure(Studio(show, store, pool, quality), voices):
                print(
                    f"{quality}, {row.what}: {row.shown} ({row.goal or 'no goal'})", file=sys.stderr
                )
                rows[quality].append(row)
    found = table(rows["studio"], rows["draft"])
    print(found)
    before, _ = PAGE.read_text("utf-8").split(MARK)
    PAGE.write_text(f"{before}{MARK}\n{found}", "utf-8")
    if missed := [row.what for row in rows["studio"] if not row.met]:
        print(f"missed: {'; '.join(missed)}", file=sys.stderr)
        sys.exit(1)


main()
