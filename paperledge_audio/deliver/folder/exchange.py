"""Swaps two names in one atomic step.

The standard library has no call for it. Linux has renameat2 (man 2 renameat2, RENAME_EXCHANGE),
macOS renamex_np (man 2 renamex_np, RENAME_SWAP).
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

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
