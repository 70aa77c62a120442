"""Locks a folder, so that leftovers in it belong to no running writer."""

from __future__ import annotations

import errno
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from filelock import BaseFileLock

LOCK = ".paperledge.lock"
"""The lock file; it exists while somebody writes, or after a writer was killed."""
POLL_S = 0.5
"""Seconds between reports of waiting, which may stop it."""
FOR_ALL = 0o666
"""Other accounts that may write into the folder must be able to open the file."""

_NO_LOCKS = {errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
"""Errors of network file systems without locks."""


@contextmanager
def lock_folder(folder: Path, on_wait: Callable[[str], None]) -> Iterator[bool]:
    """Wait for the folder's lock; False on a file system that has no locks.

    The system releases the lock when the process ends. While somebody else has it, `on_wait` is
    called again and again; it may raise to stop waiting.
    """
    file = folder / LOCK
    lock = FileLock(file, mode=FOR_ALL, fallback_to_soft=False)
    alone = _try_lock(lock, lambda: on_wait(f"waiting: another program is writing into {folder}"))
    try:
        yield alone
    finally:
        with suppress(OSError):  # Windows removes it with the lock
            file.unlink()
        lock.release()


def _try_lock(lock: BaseFileLock, on_wait: Callable[[], None]) -> bool:
    while True:
        try:
            lock.acquire(timeout=POLL_S)
        except Timeout:
            on_wait()
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            return False
        else:
            return True
