"""A mix that can be mastered, and the finished sound, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperledge_audio.master.limiter import Limited
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.sound.measuring.loudness import Loudness


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mix on disk, and its measurement."""

    sound: Sound
    loudness: Loudness


@dataclass(frozen=True, slots=True)
class Master:
    """The finished sound: exactly as many frames as the time line, so that cues stay true."""

    sound: Limited
    before: Loudness
    after: Loudness
    gain_db: float
    """The gain before limiting."""
    limited_db: float
    """The most that the limiter took away anywhere, 0 or more."""

    def apply_to(self, sound: Sound) -> Sound:
        """A part of the mix as it is in this master: with its gain, and the limiter's."""
        return self.sound.apply_to(sound)
