"""What was measured, for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    value: float
    unit: str
    goal: str = ""
    """What it is meant to be, as "≥ 50"; empty where it is just told."""

    @property
    def shown(self) -> str:
        """The value with three digits that count, and no fewer than its whole part has."""
        digits = 2 if self.value < 10 else 1 if self.value < 100 else 0
        return f"{self.value:.{digits}f} {self.unit}"


def table(figures: Sequence[Figure]) -> str:
    """For a terminal."""
    width = max(len(figure.what) for figure in figures)
    return "\n".join(
        f"{f.what:<{width}}  {f.shown:>18}  {f'goal {f.goal}' if f.goal else ''}".rstrip()
        for f in figures
    )


def document(machine: dict[str, str], figures: Sequence[Figure]) -> str:
    """The first part of docs/BENCHMARKS.md; what a trick gains was measured by hand and stays."""
    rows = "\n".join(f"| {f.what} | {f.shown} | {f.goal} |" for f in figures)
    return f"""# Benchmarks

The last run of `make bench`, which writes this page and `out/bench.json`. Every render is a new
process: interpreter, models, speech, music, mastering, MP3, cover, captions, manifest. Compared
rows were run alternately. "x real time" is seconds of finished sound per second of waiting;
megabytes are peak memory. To repeat it, run `make bench` on an idle machine for some minutes. Times
differ between machines; the ratios differ less.

{", ".join(f"{name}: {value}" for name, value in machine.items())}.

| what | figure | goal |
|---|---|---|
{rows}
"""


def as_json(machine: dict[str, str], figures: Sequence[Figure]) -> str:
    """For machines."""
    rows = [asdict(figure) for figure in figures]
    return json.dumps({"machine": machine, "figures": rows}, indent=2, ensure_ascii=False) + "\n"
