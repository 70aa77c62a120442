"""K-weighting, the frequency weighting of ITU-R BS.1770, for any sample rate.

The standard prints its two biquads for 48 kHz only. De Man ("Evaluation of implementations of the
EBU R128 loudness measurement", AES 145, 2018) found the analogue filters behind them; their
bilinear transform gives the printed coefficients at 48 kHz and the same response elsewhere.
"""

from __future__ import annotations

import math

from paperledge_audio.sound.measuring.filters import Biquad, Cascade

# The head: a high shelf of +4 dB.
SHELF_HZ = 1681.974450955533
SHELF_DB = 3.999843853973347
SHELF_Q = 0.7071752369554196
SHELF_MID_EXPONENT = 0.4996667741545416  # gain at the shelf's middle, as a power of its full gain
# The revised low-frequency B-curve: a high pass, whose numerator the standard leaves at 1, -2, 1.
HIGH_PASS_HZ = 38.13547087602444
HIGH_PASS_Q = 0.5003270373238773


def high_shelf(rate: int) -> Biquad:
    """The first stage, BS.1770 table 1."""
    k = math.tan(math.pi * SHELF_HZ / rate)
    high = 10.0 ** (SHELF_DB / 20.0)
    mid = high**SHELF_MID_EXPONENT
    a0 = 1.0 + k / SHELF_Q + k * k
    return Biquad(
        (
            (high + mid * k / SHELF_Q + k * k) / a0,
            2.0 * (k * k - high) / a0,
            (high - mid * k / SHELF_Q + k * k) / a0,
        ),
        (1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / SHELF_Q + k * k) / a0),
    )


def high_pass(rate: int) -> Biquad:
    """The second stage, BS.1770 table 2."""
    k = math.tan(math.pi * HIGH_PASS_HZ / rate)
    a0 = 1.0 + k / HIGH_PASS_Q + k * k
    return Biquad(
        (1.0, -2.0, 1.0),
        (1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / HIGH_PASS_Q + k * k) / a0),
    )


class KWeighting(Cascade):
    """Both stages in a row, running over the consecutive blocks of one signal."""

    def __init__(self, rate: int, channels: int) -> None:
        super().__init__((high_shelf(rate), high_pass(rate)), channels)
