"""Durations, melody and energy of a staged net, as they are directed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.prosody.energy import strain
from paperledge_audio.engines.prosody.lengths import change_pace, lengthen
from paperledge_audio.engines.prosody.melody import find_edges, shape, stretch
from paperledge_audio.engines.prosody.rising import give_strength, give_time, give_voice

if TYPE_CHECKING:
    from paperledge_audio.engines.prosody.direction import Direction
    from paperledge_audio.engines.stages import Floats, Known, StagedNet


def perform(
    net: StagedNet, durations: Floats, known: Known, direction: Direction
) -> tuple[Floats, Known]:
    """Directed durations [n], and what the net gives for them; as predicted where nothing is asked.

    `durations` are whole, at the voice's own pace. At another pace, or with longer words, the
    melody is still that of the words' own durations: predicted anew it would be another one.
    """
    longer = give_time(lengthen(change_pace(durations, direction.pace), direction), direction)
    f0, energy, told = net.intone(longer, known)
    edges = find_edges(longer)
    if not np.array_equal(longer, durations):
        plain, _, _ = net.intone(durations, known)
        f0 = stretch(plain, find_edges(durations), edges)
    f0 = give_voice(shape(f0, edges, direction), edges, direction)
    energy = give_strength(strain(energy, edges, direction), edges, direction)
    return longer, net.sound(f0, energy, told)
