"""Files and folders that exist only while something is made, however the program ends.

Whoever makes one removes it; where that was interrupted, `remove_all` does, which the command line
calls last.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_there: set[Path] = set()


@contextmanager
def remove_after(path: Path) -> Iterator[None]:
    """A file or a folder that somebody makes inside, and that is gone afterwards."""
    _there.add(path)
    try:
        yield
    finally:
        _remove(path)


@contextmanager
def make_workspace() -> Iterator[Path]:
    """A folder for files that are being made; raises OSError where there is no place for one."""
    folder = Path(tempfile.gettempdir()) / f"paperledge-{secrets.token_hex(16)}"
    with remove_after(folder):
        folder.mkdir(0o700)
        yield folder


def remove_all() -> None:
    """Remove what is still there."""
    for path in tuple(_there):
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    _there.discard(path)
