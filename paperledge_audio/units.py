"""Conversions between units of sound and time; they round halves up.

Inside the program, lengths and positions are whole frames; seconds are only at the edges.
"""

from __future__ import annotations

import math


def frames(seconds: float, rate: int) -> int:
    """Seconds to whole frames at `rate` Hz: the nearest one, halves up.

    >>> frames(0.5, 44100), frames(1 / 88200, 44100), frames(-0.25, 4)
    (22050, 1, -1)
    """
    return math.floor(seconds * rate + 0.5)


def seconds(count: int, rate: int) -> float:
    """Whole frames at `rate` Hz to seconds.

    >>> seconds(22050, 44100)
    0.5
    """
    return count / rate


def rescale(count: int, rate: int, new_rate: int) -> int:
    """A frame count at `rate` Hz to the nearest one at `new_rate` Hz, halves up, exactly.

    >>> rescale(24000, 24000, 44100), rescale(1, 24000, 44100)
    (44100, 2)
    """
    return (2 * count * new_rate + rate) // (2 * rate)


def milliseconds(count: int, rate: int) -> int:
    """Whole frames at `rate` Hz to the nearest millisecond, halves up (what ID3 counts in).

    >>> milliseconds(22050, 44100)
    500
    """
    return rescale(count, rate, 1000)


def gain(db: float) -> float:
    """Decibels to an amplitude factor, 10^(dB/20).

    >>> gain(0.0), round(gain(-6.0), 4)
    (1.0, 0.5012)
    """
    return float(10.0 ** (db / 20.0))


def even_db(db: float) -> float:
    """A measured gain in steps of 0.0001 dB.

    So rounding errors of a measurement, which differ between processors, don't change every sample.

    >>> even_db(-3.123449)
    -3.1234
    """
    return round(db, 4)


def decibels(factor: float) -> float:
    """An amplitude factor to decibels, 20·log10; silence is minus infinity.

    >>> decibels(1.0), decibels(0.0)
    (0.0, -inf)
    """
    return 20.0 * math.log10(factor) if factor > 0.0 else -math.inf


def timestamp(count: int, rate: int, *, separator: str = ".") -> str:
    """Whole frames at `rate` Hz as HH:MM:SS.mmm (WebVTT; SRT with a comma).

    >>> timestamp(44100 * 3661 + 22050, 44100)
    '01:01:01.500'
    """
    whole, ms = divmod(milliseconds(count, rate), 1000)
    minutes, s = divmod(whole, 60)
    hours, m = divmod(minutes, 60)
    return f"{hours:02d}:{m:02d}:{s:02d}{separator}{ms:03d}"


def count_of(number: int, noun: str, nouns: str = "") -> str:
    """A number of things for a person; `nouns` where several are called otherwise than with an s.

    >>> count_of(1, "take"), count_of(0, "take"), count_of(2, "entry", "entries")
    ('1 take', '0 takes', '2 entries')
    """
    return f"{number} {noun if number == 1 else nouns or f'{noun}s'}"


def clock(seconds_: float) -> str:
    """Seconds for a person: 4:05, or 1:02:03 from an hour on.

    >>> clock(245.2), clock(3723)
    ('4:05', '1:02:03')
    """
    whole = math.floor(seconds_ + 0.5)
    minutes, s = divmod(whole, 60)
    hours, m = divmod(minutes, 60)
    return f"{hours}:{m:02d}:{s:02d}" if hours else f"{m}:{s:02d}"
