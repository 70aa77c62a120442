"""A channel strip: what takes go through on their way into the mix, and a meter in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.audio import Resampled, loaded, resampled
from paperledge_audio.mix.levels import Heard
from paperledge_audio.mix.meter import hop_powers
from paperledge_audio.mix.voicechain import Processed

if TYPE_CHECKING:
    from paperledge_audio.engines.model import Take
    from paperledge_audio.show import VoiceChain

RATE = 44100
"""Of time lines, in Hz."""
HELD_FRAMES = 6 * 60 * RATE
"""64 MB: this much is held for the mix; what is beyond it, of long scripts, is worked on again."""


class Strip:
    """Hears takes through a voice chain, each once; several threads may ask at the same time.

    So takes can be measured as they come, while others are still spoken.
    """

    def __init__(self, chain: VoiceChain | None = None, rate: int = RATE) -> None:
        """`chain`: by default nothing is done to a take. `rate`: of the time line, in Hz."""
        self.rate = rate
        self._chain = chain
        self._heard: dict[Take, Heard] = {}
        self._held_frames = 0

    @property
    def leveling_db(self) -> float:
        """The most that a take is moved to be as loud as the rest of its voice."""
        return self._chain.leveling_db if self._chain else 0.0

    def hear(self, take: Take, *, hold: bool = False) -> Heard:
        """The take as it goes into the mix, and how loud it is.

        With `hold` its sound stays in memory, while there is room, until the mix comes to it.
        """
        found = self._heard.get(take)
        if found is None:
            sound = Processed(take.sound, self._chain) if self._chain else take.sound
            clip, mixed = loaded(sound), Resampled(sound, self.rate)
            held = hold and self._held_frames + mixed.frames <= HELD_FRAMES
            self._held_frames += mixed.frames if held else 0
            ready = resampled(clip, self.rate) if held else mixed
            found = self._heard[take] = Heard(ready, hop_powers(clip))
        return found
