"""Tries every pattern of the package with texts made against it, and prints those that are slow.

Runs as a program, so that whoever starts it can end a pattern that doesn't.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from collections.abc import Iterable

from tests.patterns.collecting import collect
from tests.patterns.pumping import Attack, attacks

TINY, SHORT, MIDDLE, LONG = 256, 1024, 4096, 16384
"""Characters. Each is tried only where the one before leaves a doubt."""
DOUBTED, STEEPER = 5.0, 10.0
"""A text of four times the length takes 4 times as long, or 16 times if it goes with the square."""
NOTICED_S = 0.02
"""For LONG: what takes less isn't judged."""
MOST_S = 1.0


class TooLongError(Exception):
    """An attempt took more than MOST_S."""


def main() -> None:
    """Try the patterns whose turn it is: `python -m tests.patterns.measuring TURN OF`."""
    turn, of = map(int, sys.argv[1:])
    for used in collect()[turn::of]:
        row = {"place": used.place, "pattern": used.pattern.pattern[:60]}
        print(json.dumps(row | {"slow": slow(used.pattern, used.methods)}), flush=True)


def slow(pattern: re.Pattern[str], methods: Iterable[str]) -> str:
    """The first method and text with which the pattern is slow, and how slow; "" for none."""
    for attack in attacks(pattern):
        for method in methods:
            if times := _steep(pattern, method, attack):
                return f"{method} {attack}: {times}"
    return ""


def _steep(pattern: re.Pattern[str], method: str, attack: Attack) -> str:
    def seconds(length: int) -> float:
        return _seconds(pattern, method, attack.text(length))

    short = seconds(SHORT)
    if short >= MOST_S:
        return f"too long for {SHORT} characters"
    if short < NOTICED_S / 256 or short < DOUBTED * seconds(TINY):
        return ""
    middle = seconds(MIDDLE)
    if middle < NOTICED_S / 16:
        return ""
    long = seconds(LONG) if middle < MOST_S else MOST_S
    middle = max(middle, seconds(MIDDLE)) if long < MOST_S else middle  # the first may be luck
    if long < NOTICED_S or long < min(STEEPER * middle, MOST_S):
        return ""
    return f"{middle:.3f} s for {MIDDLE} characters, {long:.3f} s for {LONG}"


def _stop(*_: object) -> None:
    raise TooLongError


def _seconds(pattern: re.Pattern[str], method: str, text: str) -> float:
    """The processor's time for one call, MOST_S at most."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    start = time.thread_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, MOST_S)
        if method == "finditer":
            for _ in pattern.finditer(text):
                pass
        else:
            getattr(pattern, method)(text)
    except TooLongError:
        return MOST_S
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.thread_time() - start


if __name__ == "__main__":
    main()
