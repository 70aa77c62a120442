"""Writers into one folder take turns, so that what is found there is no living writer's."""

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
"""The file that is locked; it is there only while somebody writes, or was killed at it."""
HEARD_S = 0.5
"""So often is said that the turn has not come, and heard that it is no longer waited for."""
FOR_ALL = 0o666
"""Another account that may write into the folder has to open the file too."""

_NO_LOCKS = {errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
"""What network file systems answer when asked for a lock."""


@contextmanager
def turn(folder: Path, on_wait: Callable[[str], None]) -> Iterator[bool]:
    """Wait for the folder's lock; False on a file system that has no locks.

    The system lets go of the lock when the process ends, however it ends. While it is somebody
    else's, `on_wait` is told so again and again; it may raise, to wait no longer.
    """
    file = folder / LOCK
    lock = FileLock(file, mode=FOR_ALL, fallback_to_soft=False)
    alone = _locked(lock, lambda: on_wait(f"waiting: something else is written into {folder}"))
    try:
        yield alone
    finally:
        with suppress(OSError):  # Windows removes it with the lock
            file.unlink()
        lock.release()


def _locked(lock: BaseFileLock, on_wait: Callable[[], None]) -> bool:
    while True:
        try:
            lock.acquire(timeout=HEARD_S)
        except Timeout:
            on_wait()
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            return False
        else:
            return True
