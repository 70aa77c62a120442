"""From printed words to spoken ones."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from paperledge_audio.script.parsing import parse
from paperledge_audio.show.loading import load_show
from paperledge_audio.spoken.segments import make_segments
from paperledge_audio.voices.casting import cast
from tests.bench.figures import Figure
from tests.samples import ROOT

RUNS = 5


def measured() -> Iterator[Figure]:
    """A thousand words of the example scripts, in this process, once it is warm."""
    scripts = ROOT / "scripts"
    show = load_show(scripts / "show.toml")
    parsed = [parse(file.read_bytes(), str(file)) for file in sorted(scripts.glob("*.md"))]
    casts = [cast(script, show) for script in parsed]
    words = sum(
        len(segment.text.split())
        for script, parts in zip(parsed, casts, strict=True)
        for segment in make_segments(script, show, parts)
    )
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        for script, parts in zip(parsed, casts, strict=True):
            make_segments(script, show, parts)
        times.append(time.perf_counter() - start)
    per_1000 = 1e6 * statistics.median(times) / words
    yield Figure("speech text of 1000 words, after start-up", per_1000, "ms")
