"""Processes takes for the mix: voice chain, resampling, measuring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.mix.model import ProcessedTake
from paperledge_audio.mix.voicechain import ProcessedSound
from paperledge_audio.sound.clip import ResampledSound, load, resample
from paperledge_audio.sound.measuring.meter import measure_powers

if TYPE_CHECKING:
    from paperledge_audio.engines.model import Take
    from paperledge_audio.show.model import VoiceChain
    from paperledge_audio.sound.scratch import ScratchFile

RATE = 44100
"""Of time lines, in Hz."""


def process(
    take: Take,
    chain: VoiceChain | None = None,
    scratch: ScratchFile | None = None,
    rate: int = RATE,
) -> ProcessedTake:
    """The take through `chain`, by default nothing, at `rate` Hz, and measured.

    Its sound is kept in `scratch`; without one it is computed again at each read.
    Raises DeliveryError where the disk of `scratch` is full, TakeError where the take is gone.
    """
    sound = ProcessedSound(take.sound, chain) if chain else take.sound
    clip = load(sound)
    ready = scratch.put(resample(clip, rate)) if scratch else ResampledSound(sound, rate)
    return ProcessedTake(take, ready, measure_powers(clip))
