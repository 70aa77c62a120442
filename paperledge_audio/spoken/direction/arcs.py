"""What a segment's role and place do to its delivery where the script asks for nothing.

Readers lower their voice and slow down over a paragraph, and start the next one higher: that is how
a listener hears where it ends. Steps are small: half a semitone to one, three to five per cent.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from paperledge_audio.voices.deliveries import PLAIN, Delivery


class Arc(NamedTuple):
    """One row: what a segment of one of `roles` gets at `place`."""

    roles: tuple[str, ...]
    place: str
    """first and last: the sentence of a paragraph that has several; on and end: an item of a list
    that has several; aside: a segment all in brackets or between dashes; "*" anywhere."""
    delivery: Delivery
    why: str


ARCS = (
    Arc(("heading",), "*", Delivery(pace=0.96, range=1.1), "a title is heard clearly"),
    Arc(("quote",), "*", Delivery(pace=0.96), "somebody else's words are given their time"),
    Arc(("speech", "quote"), "first", Delivery(pitch_st=0.6), "a paragraph begins higher"),
    Arc(("speech", "quote"), "last", Delivery(pace=0.96, pitch_st=-0.6), "and ends lower, slower"),
    Arc(("item",), "on", Delivery(pitch_st=0.5), "a list goes on"),
    Arc(("item",), "end", Delivery(pace=0.97, pitch_st=-0.5), "and is heard to end"),
    Arc(
        ("speech", "quote", "item"),
        "aside",
        Delivery(pace=1.04, pitch_st=-0.8, energy_db=-1.0),
        "what stands in brackets is said beside the rest",
    ),
)
"""Headings, quotations, paragraphs, lists and asides."""


def find_arc(role: str, *places: str) -> Delivery:
    """All rows that fit a segment of `role` at these places, put together."""
    found = PLAIN
    for row in ARCS:
        if role in row.roles and row.place in {"*", *places}:
            found = found.then(row.delivery)
    return found


_ASIDE = re.compile(r"\([^()]+\)|\[[^\[\]]+\]|—[^—]+—|–[^–]+–")


def is_aside(text: str) -> bool:
    """Whether one pair of brackets or dashes encloses the whole printed text.

    >>> is_aside("(It was late.)"), is_aside("(One) and (two).")
    (True, False)
    """
    return _ASIDE.fullmatch(text.strip().rstrip(".,;:!?…")) is not None
