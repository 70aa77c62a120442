"""Writing single files: whole or not at all, and never over somebody else's."""

from __future__ import annotations

import errno
import logging
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from paperledge_audio.errors import DeliveryError, mapped
from paperledge_audio.files.ownership import check_file

log = logging.getLogger(__name__)

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says where a disk, a quota or a file can hold no more."""


def write_whole(path: Path, data: bytes) -> None:
    """Write beside `path`, then rename. Raises OSError; what was there before is then untouched."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def unreachable(path: Path) -> str:
    """What the system says against `path`, were there a file or not; "" if nothing."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:  # as: a name is too long, links lead in a circle
        return error.strerror or str(error)
    except ValueError as error:  # a NUL in its name
        return str(error)
    return ""


def deliver_files(files: Mapping[Path, bytes], *, force: bool = False) -> None:
    """Write files that a user asked for; what a link points to is replaced, not the link.

    Raises DeliveryError where one of them is somebody else's and not to be replaced by `force`:
    then nothing is written; and for the one that can't be written.
    """
    for path in files:
        check_file(path, force=force)
    for path, data in files.items():
        with mapped(DeliveryError, "can't be written", "name another place", path=path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(Path(os.path.realpath(path)), data)
        log.info("wrote %s, %d bytes", path, len(data))
