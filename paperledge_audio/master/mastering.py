"""Mix → Master: one linear gain to the target, and a limiter for the few peaks left over."""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.errors import MasterError
from paperledge_audio.master.limiter import Limiter
from paperledge_audio.master.model import Bounce, Master
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.sound.measuring.meter import Meter, measure_loudness
from paperledge_audio.sound.scratch import spool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.master.targets import Target
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.sound.measuring.loudness import Loudness

CLOSE_LU = 0.02
"""The gain is right if the limited sound is this near to the aim."""
MOST_COST_LU = 0.5
"""The most loudness that the limiter may take away. Limiting single peaks takes a few hundredths;
more than this means that the speech itself is compressed."""
MOST_LIMITING_DB = 12.0
"""The deepest limiting. A plosive or click 12 dB over the rest is a fault of the recording."""


@contextmanager
def bounce(mix: Sound, channels: int) -> Iterator[Bounce]:
    """Compute the mix once, to disk, as mono or stereo, and measure it on the way.

    Raises DeliveryError if the disk is full.
    """
    meter = Meter(mix.rate, channels)
    with spool(mix, channels, tap=meter.add) as sound:
        yield Bounce(sound, meter.finish().loudness)


def master(
    mix: Sound,
    target: Target,
    *,
    before: Loudness | None = None,
    ceiling_dbtp: float | None = None,
    aim: float | None = None,
) -> Master:
    """The mix at the target's loudness, with its true peak under the ceiling.

    `ceiling_dbtp` leaves head-room for an encoder (by default the target's own limit), `aim`
    makes up for what an encoder takes away (by default the target's own level, in its unit): to
    correct for a decoded file that measured d too low, master the same mix again aiming d higher.
    `before` is what the mix measures, where that is known already.

    The limiter lowers the loudness a little, so the gain is raised until the limited sound is
    within 0.02 LU of the aim. The same mix always gives the same samples. Raises MasterError,
    with the figures, for a mix that is silent or shorter than a gating block, and where the
    limiter would have to take more than 12 dB off a peak or cost more than 0.5 LU.
    """
    aim = target.level if aim is None else aim
    ceiling = target.true_peak_dbtp if ceiling_dbtp is None else ceiling_dbtp
    before = before or measure_loudness(mix)
    if not math.isfinite(before.integrated_lufs):
        raise MasterError(
            f"the mix of {duration_s(mix):.1f} s has no loudness: it is silent or under 0.4 s",
            "check the speech and the music",
        )
    linear_db = gain_db = units.even_db(aim - target.level_of(before))
    most_db = linear_db + MOST_COST_LU
    limiter = Limiter(mix, ceiling, most_gain_db=most_db)
    while gain_db <= most_db:
        sound, limited_db = limiter.limit(gain_db)
        if limited_db > MOST_LIMITING_DB:
            over = (
                f"a peak is {limited_db:.1f} dB too high, and {MOST_LIMITING_DB:g} dB is the most"
            )
            raise _unreachable_target(target, aim, ceiling, over)
        after = measure_loudness(sound)
        missing = aim - target.level_of(after)
        if abs(missing) <= CLOSE_LU:
            return Master(sound, before, after, gain_db, limited_db)
        gain_db = units.even_db(gain_db + missing)
    cost = f"limiting {limited_db:.1f} dB deep would cost more than {MOST_COST_LU:g} LU"
    raise _unreachable_target(target, aim, ceiling, cost)


def _unreachable_target(target: Target, aim: float, ceiling: float, why: str) -> MasterError:
    return MasterError(
        f"{aim:.1f} {target.unit} can't be reached under {ceiling:g} dBTP: {why}",
        "choose a quieter loudness target, or lower what peaks (a loud take or piece of music)",
    )
