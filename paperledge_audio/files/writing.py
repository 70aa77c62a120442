"""Writing single files: whole or not at all, and only over our own."""

from __future__ import annotations

import errno
import logging
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from paperledge_audio.errors import DeliveryError, map_errors
from paperledge_audio.files.ownership import check_file
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
