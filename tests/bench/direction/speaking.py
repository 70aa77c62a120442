"""Lines → takes: each in a voice, with and without direction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from paperledge_audio.engines import Take
from paperledge_audio.plan import Plan, plan_script, plan_segments
from paperledge_audio.preview.directions import make_plain
from paperledge_audio.show.model import Show
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.synthesis import synthesize
from paperledge_audio.takes import TakeStore
from paperledge_audio.voices.finding import find_voice
from tests.bench.direction.lines import PARAGRAPHS

HEADER = "---\ntitle: Arcs\ndate: 2026-11-02\n---\n\n"


@dataclass(frozen=True, slots=True)
class Studio:
    """Where segments become takes."""

    show: Show
    store: TakeStore
    pool: Executor
    quality: str

    def speak(self, segments: Iterable[Segment]) -> list[Take]:
        """The take of each segment, in order."""
        said = [replace(segment, index=n) for n, segment in enumerate(segments)]
        voices = {name: find_voice(name, self.show) for name in {one.voice for one in said}}
        empty = Plan(
            show=self.show,
            quality=self.quality,
            chapter_titles=("",),
            segments=(),
            voices=voices,
            host=self.show.voices.host,
        )
        plan = plan_segments(empty, said, self.store)
        return list(synthesize(plan, self.store, lambda take: take, pool=self.pool))


def make_segment(line: str, voice: str, emphasis: int = 0) -> Segment:
    """A line whose words between asterisks have an emphasis."""
    parts = re.split(r"\*([^*]+)\*", line)
    spans = (Span(part, part, emphasis=emphasis * (n % 2)) for n, part in enumerate(parts) if part)
    return Segment(0, "speech", tuple(spans), voice, 0, 0, 0.0)


def find_stressed(line: str) -> range:
    """The indices of the words between asterisks."""
    before, stressed, _ = line.split("*")
    first = len(before.split())
    return range(first, first + len(stressed.split()))


def read_paragraphs(show: Show, voice: str) -> list[list[Segment]]:
    """The sentences of each paragraph, as a script directs them."""
    text = HEADER + "\n\n".join(PARAGRAPHS) + "\n"
    segments = plan_script(text.encode(), "arcs.md", show, quality="draft", host=voice).segments
    return [
        group
        for n in range(len(PARAGRAPHS))
        if len(group := [one for one in segments if one.line == 6 + 2 * n]) >= 3
    ]


def make_all_plain(segments: Sequence[Segment]) -> list[Segment]:
    """The same without direction."""
    return [make_plain(segment) for segment in segments]
