"""A channel strip: what takes go through on their way into the mix, and a meter in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.mix.levels import Heard
from paperledge_audio.mix.voicechain import Processed
from paperledge_audio.sound.clip import Resampled, loaded, resampled
from paperledge_audio.sound.measuring.meter import hop_powers

if TYPE_CHECKING:
    from paperledge_audio.engines.model import Take
    from paperledge_audio.show.model import VoiceChain
    from paperledge_audio.sound.scratch import Shelf

RATE = 44100
"""Of time lines, in Hz."""


class Strip:
    """Hears takes through a voice chain, each once; several threads may ask at the same time.

    So takes can be measured as they come, while others are still spoken.
    """

    def __init__(
        self, chain: VoiceChain | None = None, shelf: Shelf | None = None, rate: int = RATE
    ) -> None:
        """`chain`: by default nothing is done to a take. `rate`: of the time line, in Hz.

        What goes into the mix waits for it on the `shelf`; without one it is worked out again.
        """
        self.rate = rate
        self._chain, self._shelf = chain, shelf
        self._heard: dict[Take, Heard] = {}

    @property
    def leveling_db(self) -> float:
        """The most that a take is moved to be as loud as the rest of its voice."""
        return self._chain.leveling_db if self._chain else 0.0

    def hear(self, take: Take) -> Heard:
        """The take as it goes into the mix, and how loud it is.

        Raises DeliveryError where the shelf's disk is full.
        """
        found = self._heard.get(take)
        if found is None:
            sound = Processed(take.sound, self._chain) if self._chain else take.sound
            clip = loaded(sound)
            ready = (
                self._shelf.put(resampled(clip, self.rate))
                if self._shelf
                else Resampled(sound, self.rate)
            )
            found = self._heard[take] = Heard(ready, hop_powers(clip))
        return found
