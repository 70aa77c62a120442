"""Writing single files: whole or not at all, and only over our own."""

from __future__ import annotations

import errno
import logging
import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from paperledge_audio.errors import DeliveryError, map_errors
from paperledge_audio.files.ownership import check_file
from paperledge_audio.files.reading import is_there
from paperledge_audio.files.temporary import remove_after

log = logging.getLogger(__name__)

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""Error numbers of a full disk, a full quota or a full file."""
LONGEST_STEM = 200
"""Bytes of a file's name that its part is called by: no name may have more than 255."""


def write_whole(path: Path, data: bytes) -> None:
    """Write beside `path`, then rename. Raises OSError; then the old file is untouched."""
    stem = path.name.encode("utf-8", "surrogateescape")[:LONGEST_STEM].decode("utf-8", "ignore")
    part = path.with_name(f".{stem}.{secrets.token_hex(4)}.part")
    with remove_after(part):
        with part.open("xb") as file:
            file.write(data)
        part.replace(path)


def write_over(path: Path, data: bytes) -> None:
    """The same, where a folder may be in the way as well, which goes then: for what is ours."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    write_whole(path, data)


def deliver_files(files: Mapping[Path, bytes], *, force: bool = False) -> None:
    """Write files that a user asked for; links are followed.

    Raises DeliveryError for a file that is not ours, unless `force` is set, and then writes
    nothing; and for a file that can't be written.
    """
    for path in files:
        check_file(path, force=force)
    for path, data in files.items():
        with map_errors(DeliveryError, "can't be written", "name another place", path=path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(Path(os.path.realpath(path)), data)
        log.info("wrote %s, %d bytes", path, len(data))


def rewrite(path: Path, data: bytes) -> None:
    """Change a file that a person wrote: links are followed, its mode stays.

    Raises DeliveryError where it is read-only or can't be written; it is untouched then.
    """
    real = Path(os.path.realpath(path))
    remedy = "make it writable, and its folder"
    with map_errors(DeliveryError, "can't be changed", remedy, path=path):
        if not os.access(real, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        mode = stat.S_IMODE(real.stat().st_mode)
        write_whole(real, data)
        real.chmod(mode)
    log.info("changed %s, %d bytes", path, len(data))


def check_new(paths: Iterable[Path]) -> None:
    """Raise DeliveryError for the first that is there, or that can't be written."""
    for path in paths:
        if is_there(path):
            what = "is there already; nothing was written"
            raise DeliveryError(what, "move it, or name another folder", path=path)
        check_file(path)


def deliver_new(files: Mapping[Path, bytes]) -> None:
    """Write files that must not be there yet: all of them, or none, nor a folder for them.

    Raises DeliveryError for the first that is there, and for one that can't be written.
    """
    for path in files:
        if is_there(path):
            raise DeliveryError(
                "is there already",
                "move it, or name another folder; nothing was written",
                path=path,
            )
        check_file(path)
    with ExitStack() as undo:
        for path, data in files.items():
            with map_errors(DeliveryError, "can't be written", "name another place", path=path):
                for folder in reversed(path.parents):
                    if not is_there(folder):
                        undo.callback(_remove_empty, folder)
                        folder.mkdir()
                undo.callback(path.unlink, missing_ok=True)
                write_whole(path, data)
            log.info("wrote %s, %d bytes", path, len(data))
        undo.pop_all()


def _remove_empty(folder: Path) -> None:
    """Remove a folder, unless somebody has put something into it."""
    with suppress(OSError):
        folder.rmdir()
