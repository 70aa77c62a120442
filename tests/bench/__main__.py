"""make bench: how fast the renderer is, as figures and as ratios within one run."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import machine, preview, renders, synthesis, text
from tests.bench.figures import as_json, document, table
from tests.samples import ROOT


def main() -> None:
    """Measure, print a table, keep it as JSON and as the first part of docs/BENCHMARKS.md."""
    described = machine.describe()
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for module in (
            text.measured(),
            synthesis.measured(),
            renders.measured(Path(folder) / "renders"),
            preview.measured(Path(folder) / "preview"),
        ):
            for figure in module:
                print(f"{figure.what}: {figure.shown}", file=sys.stderr)
                figures.append(figure)
    print(", ".join(f"{name}: {value}" for name, value in described.items()))
    print(table(figures))
    report = ROOT / "out" / "bench.json"
    report.parent.mkdir(exist_ok=True)
    report.write_text(as_json(described, figures), "utf-8")
    page = ROOT / "docs" / "BENCHMARKS.md"
    _, heading, tricks = page.read_text("utf-8").partition("\n## ")
    page.write_text(document(described, figures) + heading + tricks, "utf-8")


main()
