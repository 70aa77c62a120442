"""Processes takes for the mix: voice chain, resampling, measuring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.mix.model import ProcessedTake
from paperledge_audio.mix.voicechain import apply_chain
from paperledge_audio.sound.clip import load, resample
from paperledge_audio.sound.measuring.meter import measure_powers

if TYPE_CHECKING:
    from paperledge_audio.engines.model import Take
    from paperledge_audio.show.model import VoiceChain
    from paperledge_audio.sound.scratch import ScratchFile

RATE = 44100
"""Of time lines, in Hz."""


def process(take: Take, chain: VoiceChain, scratch: ScratchFile | None = None) -> ProcessedTake:
    """The take through `chain`, at the time line's rate, and measured.

    Its sound is kept in `scratch`, or in memory without one. Raises DeliveryError where the disk
    of `scratch` is full, TakeError where the take is gone.
    """
    clip = apply_chain(load(take.sound), chain)
    ready = resample(clip, RATE)
    return ProcessedTake(take, scratch.put(ready) if scratch else ready, measure_powers(clip))
