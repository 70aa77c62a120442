"""Standard error is for our own lines: what decoders in C print there is discarded."""

from __future__ import annotations

import ctypes
import os
import platform
from functools import cache


@cache
def silence_c_libraries() -> None:
    """From now on discard what C prints on standard error; Python has a stream of its own.

    libmpg123 prints a note for each oddity of an MP3, and libsndfile has no switch for them. To
    turn the descriptor away instead would lose lines of ours that other threads print meanwhile.
    Only glibc is known to let its stream be exchanged; elsewhere the notes stay.
    """
    if platform.libc_ver()[0] != "glibc":
        return
    c = ctypes.CDLL(None)
    c.fopen.restype = ctypes.c_void_p
    if nowhere := c.fopen(os.devnull.encode(), b"w"):
        ctypes.c_void_p.in_dll(c, "stderr").value = nowhere
