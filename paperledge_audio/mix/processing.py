"""What a take goes through on its way into the mix: the voice chain, the rate, a meter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.mix.model import ProcessedTake
from paperledge_audio.mix.voicechain import Processed
from paperledge_audio.sound.clip import Resampled, loaded, resampled
from paperledge_audio.sound.measuring.meter import hop_powers

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

    Its sound waits for the mix in `scratch`; without one it is worked out again when it is read.
    Raises DeliveryError where the disk of `scratch` is full, TakeError where the take is gone.
    """
    sound = Processed(take.sound, chain) if chain else take.sound
    clip = loaded(sound)
    ready = scratch.put(resampled(clip, rate)) if scratch else Resampled(sound, rate)
    return ProcessedTake(take, ready, hop_powers(clip))
