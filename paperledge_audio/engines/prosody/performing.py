"""Durations, melody and energy of a staged net, as they are directed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.engines.prosody.energy import strain
from paperledge_audio.engines.prosody.lengths import lengthen
from paperledge_audio.engines.prosody.melody import find_edges, shape, stretch

if TYPE_CHECKING:
    from paperledge_audio.engines.prosody.direction import Direction
    from paperledge_audio.engines.stages import Floats, Known, StagedNet


def perform(
    net: StagedNet, durations: Floats, known: Known, direction: Direction
) -> tuple[Floats, Known]:
    """Whole durations [n], and what the net gives for them; where nothing is asked, as predicted.

    Where a word is longer the melody is still the one of the words' own durations.
    """
    longer = lengthen(durations, direction)
    f0, energy, told = net.intone(longer, known)
    edges = find_edges(longer)
    if direction.accents:
        plain, _, _ = net.intone(durations, known)
        f0 = stretch(plain, find_edges(durations), edges)
    f0, energy = shape(f0, edges, direction), strain(energy, edges, direction)
    return longer, net.sound(f0, energy, told)
