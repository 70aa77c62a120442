"""What directs a segment, in words for a page, and the same segment without direction."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from paperledge_audio.plan import plan_segments
from paperledge_audio.voices.deliveries import DELIVERIES, PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.plan import Plan, ScriptPlan
    from paperledge_audio.spoken import Segment
    from paperledge_audio.takes import TakeStore
    from paperledge_audio.voices.deliveries import Delivery

EFFECTS = (
    ("pace", 0.03, "slower", "quicker"),
    ("pitch_st", 0.4, "lower", "higher"),
    ("range", 0.08, "flatter", "livelier"),
    ("energy_db", 0.7, "softer", "louder"),
)
"""Values of a delivery, from which distance to the plain value a page names them, and how."""


def is_directed(segment: Segment) -> bool:
    """Whether the script directs the segment, so that a page offers it without direction, too."""
    return bool(segment.emphasised or segment.delivery_name)


def plan_plain(plan: ScriptPlan, store: TakeStore) -> Plan:
    """The directed segments of `plan` without direction, if they then sound different."""
    directed = plan.select({one.index for one in plan.segments if is_directed(one)})
    plain = plan_segments(directed, map(make_plain, directed.segments), store)
    ids = zip(plain.segments, directed.take_ids, plain.take_ids, strict=True)
    return plain.select({segment.index for segment, before, after in ids if before != after})


def make_plain(segment: Segment) -> Segment:
    """The segment without stress, delivery and rise."""
    spans = tuple(replace(span, emphasis=0) for span in segment.spans)
    return replace(segment, spans=spans, delivery=PLAIN, rises=False)


def list_stresses(segment: Segment) -> list[tuple[int, int]]:
    """The emphasised words of the printed text: (index of the word, emphasis), in order.

    A word that is emphasised in part counts as a whole.
    """
    ends = list(accumulate(len(span.text) for span in segment.spans))
    found = []
    for number, word in enumerate(re.finditer(r"\S+", segment.text)):
        levels = [
            span.emphasis
            for span, end in zip(segment.spans, ends, strict=True)
            if end > word.start() and end - len(span.text) < word.end()
        ]
        if most := max(levels):
            found.append((number, most))
    return found


def describe_delivery(delivery: Delivery) -> str:
    """A delivery's name, else what a listener notices of it; empty where that is nothing."""
    if delivery == PLAIN:
        return ""
    names = [name for name, known in DELIVERIES.items() if known == delivery]
    return names[0] if names else ", ".join(_list_effects(delivery))


def _list_effects(delivery: Delivery) -> Iterator[str]:
    for name, least, below, above in EFFECTS:
        off = getattr(delivery, name) - getattr(PLAIN, name)
        if abs(off) >= least - 1e-9:
            yield below if off < 0 else above


def describe_direction(segment: Segment) -> dict[str, str]:
    """All that directs a segment, for a comparison: what it is → how it is."""
    words = segment.text.split()
    stressed = (f"{words[n]}{' strongly' * (level > 1)}" for n, level in list_stresses(segment))
    return {
        "stress": ", ".join(stressed) or "none",
        "delivery": describe_delivery(segment.delivery) or "plain",
        "the end": "rises" if segment.rises else "as its words ask",
    }
