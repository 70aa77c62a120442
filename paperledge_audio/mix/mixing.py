"""Timeline → mix: the sum of all placed sounds with gains and fades, music ducked under speech.

And its stems: what each voice, the music and the effects are in the mix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.errors import SoundError
from paperledge_audio.mix.ducking import Ducking, compute_ducking
from paperledge_audio.mix.model import EFFECT_ROLES
from paperledge_audio.sound.clip import fade_curve

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from paperledge_audio.mix.model import Placed, Timeline
    from paperledge_audio.show.model import MusicSettings

DUCKED_ROLES = frozenset({"intro", "outro", "bed", "effect"})
"""Music that is ducked. What is between segments keeps its level."""
MUSIC, EFFECTS = "Music", "Effects"
"""Names of stems."""


class Mix:
    """The sum of everything on a time line: a stereo sound, computed block by block.

    Linear in everything that is placed. Gains and fades (equal power, sin π/2·t) are computed in
    float64, the few sounds that overlap are summed in float32. Nothing is limited here, so a sum
    may exceed ±1.
    """

    channels = 2

    def __init__(
        self,
        timeline: Timeline,
        settings: MusicSettings,
        *,
        placed: Collection[Placed] | None = None,
    ) -> None:
        """`placed`: only these sounds, as they are in the whole mix; None for all."""
        self.rate, self.frames = timeline.rate, timeline.frames
        speech = [(p.start, p.end) for p in timeline.placed if p.role == "speech"]
        self.ducking = compute_ducking(
            speech, timeline.rate, depth_db=settings.duck_db, fade_s=settings.duck_fade_s
        )
        self._placed = timeline.placed if placed is None else placed

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`."""
        out = np.zeros((end - start, 2), np.float32)
        for placed in self._placed:
            if placed.start >= end or placed.end <= start:
                continue
            ducked = self.ducking if placed.role in DUCKED_ROLES else None
            first, last = max(start, placed.start), min(end, placed.end)
            gain = _compute_gain(placed, first - placed.start, last - placed.start, ducked)
            part = placed.sound.read(first - placed.start, last - placed.start)
            out[first - start : last - start] += part * gain
        return out


def mixdown(timeline: Timeline, settings: MusicSettings) -> Mix:
    """The sum of everything on the time line: stereo, exactly `timeline.frames` long.

    Raises SoundError for a sound of another rate, of more than two channels, or that reaches
    outside the time line.
    """
    for placed in timeline.placed:
        if placed.sound.rate != timeline.rate:
            raise SoundError(f"the {placed.role} at {placed.sound.rate} Hz is not resampled")
        if placed.sound.channels > 2:
            raise SoundError(f"the {placed.role} has {placed.sound.channels} channels")
        if placed.start < 0 or placed.end > timeline.frames:
            raise SoundError(f"the {placed.role} reaches outside the time line")
    return Mix(timeline, settings)


def split_stems(timeline: Timeline, settings: MusicSettings) -> tuple[tuple[str, Mix], ...]:
    """The name and the sound of each stem, each as long as the mix: together they are the mix.

    Speakers come first, in the order of their first words and by the name that captions show; then
    the music, then the show's sounds. Music is ducked as in the mix.
    """
    speakers = iter([cue.segment.speaker for cue in timeline.cues])
    stems: dict[tuple[bool, bool, str], list[Placed]] = {}
    for placed in timeline.placed:
        speaks, effect = placed.role == "speech", placed.role in EFFECT_ROLES
        name = next(speakers) if speaks else EFFECTS if effect else MUSIC
        stems.setdefault((not speaks, effect, name), []).append(placed)
    ranked = sorted(stems, key=lambda key: key[:2])  # stable: speakers keep their order
    return tuple((key[2], Mix(timeline, settings, placed=stems[key])) for key in ranked)


def _compute_gain(
    placed: Placed, first: int, last: int, ducked: Ducking | None
) -> np.float32 | NDArray[np.float32]:
    """The gain of frames `first` up to `last` of a placed sound: one figure, or [frames, 1]."""
    gain: float | NDArray[np.float64] = units.gain(placed.gain_db)
    if ducked is not None:
        gain = gain * ducked.gain(placed.start + first, placed.start + last)
    frames = placed.sound.frames
    fade_in, fade_out = min(placed.fade_in, frames), min(placed.fade_out, frames)
    if first < fade_in:
        gain = gain * fade_curve(np.arange(first, last), fade_in)
    if last > frames - fade_out:
        gain = gain * fade_curve(frames - 1 - np.arange(first, last), fade_out)
    if isinstance(gain, np.ndarray):
        return gain.astype(np.float32)[:, np.newaxis]
    return np.float32(gain)
