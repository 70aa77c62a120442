"""Swaps two folders in one atomic step, and reads one that somebody else may swap.

The standard library has no call to swap. Linux has renameat2 (man 2 renameat2, RENAME_EXCHANGE),
macOS renamex_np (man 2 renamex_np, RENAME_SWAP).
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from typing import TYPE_CHECKING, TypeVar

from paperledge_audio.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

_HERE = -100
"""AT_FDCWD: names are relative to the working folder."""
_SWAP = 2
"""RENAME_EXCHANGE and RENAME_SWAP alike."""
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EPERM}
"""Errors of old or restricted kernels and of some network file systems."""


def exchange(one: Path, two: Path) -> bool:
    """Swap `one` and `two`, which exist on one file system; False if this system can't.

    Raises OSError for anything else that goes wrong; then nothing has changed.
    """
    if sys.platform == "win32":
        return False
    names = os.fsencode(one), os.fsencode(two)
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            failed = libc.renamex_np(*names, _SWAP)
        else:
            failed = libc.renameat2(_HERE, names[0], _HERE, names[1], _SWAP)
    except AttributeError:  # a libc without it
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(two))


def read_unswapped(folder: Path, read: Callable[[], T]) -> T:
    """What `read` finds in `folder`, read again if another writer swapped the folder meanwhile.

    Else the old release's manifest may be held against the new one's files. Raises what `read`
    raises while nobody swaps.
    """
    while True:
        before = _identify(folder)
        try:
            found = read()
        except (DeliveryError, OSError):
            if _identify(folder) == before:
                raise
        else:
            if _identify(folder) == before:
                return found


def _identify(folder: Path) -> tuple[int, int, int] | None:
    """None if it isn't there, as between two renames; the time tells a number used again."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns
