"""Reading files that a user or another file named: only regular files, up to a size limit.

The one door: `tests/files/test_one_door.py` holds that no other module opens such a file.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from paperledge_audio.errors import PaperledgeError

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_OTHERS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
"""Kinds of path that are not regular files."""
ABSENT = "is not there"


def open_file(path: Path, limit: int, what: str, *, error: type[PaperledgeError]) -> BinaryIO:
    """Open a file for reading; of `limit` bytes at most.

    Raises `error`, whose remedy names `what` ("a sound file"), for a file that can't be read or is
    larger, and for anything but a regular file or a link to one: opening a pipe may block for ever,
    and opening a device may have side effects.
    """
    try:
        if not (problem := _find_fault(path.stat(), limit)):
            file = os.fdopen(os.open(path, _FLAGS), "rb")
            if not (
                problem := _find_fault(os.fstat(file.fileno()), limit)
            ):  # it may have changed by now
                return file
            file.close()
    except OSError as failure:
        problem = f"can't be read: {failure.strerror or failure}"
    except ValueError as failure:  # a name with a zero byte in it
        problem = f"can't be read: {failure}"
    raise error(problem, f"name {what}", path=path)


def read_bytes(path: Path, limit: int, what: str, *, error: type[PaperledgeError]) -> bytes:
    """Read a whole file; arguments and errors as with `open_file`."""
    with open_file(path, limit, what, error=error) as file:
        try:
            data = file.read(limit + 1)
        except OSError as failure:
            problem = f"can't be read: {failure.strerror}"
            raise error(problem, f"name {what}", path=path) from failure
    if len(data) > limit:  # it grew meanwhile
        raise error(_describe_limit(limit), f"name {what}", path=path)
    return data


def read_text(path: Path, limit: int, what: str, *, error: type[PaperledgeError]) -> str:
    """The same of a text, which is UTF-8."""
    try:
        return read_bytes(path, limit, what, error=error).decode("utf-8")
    except UnicodeDecodeError as problem:
        raise error(
            f"is not UTF-8 (byte {problem.start})", "save it as UTF-8", path=path
        ) from problem


def holds(path: Path, data: bytes) -> bool:
    """Whether `path` is a file that holds just that."""
    try:
        return read_bytes(path, len(data), "a file", error=PaperledgeError) == data
    except PaperledgeError:
        return False


def no_file(path: Path) -> str:
    """What keeps `path` from being a file, as "is a pipe, not a file"; "" for a file.

    Nothing is opened.
    """
    try:
        return _find_fault(path.stat())
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT
    except OSError as failure:
        return f"can't be read: {failure.strerror}"
    except ValueError as failure:
        return f"can't be read: {failure}"


def is_there(path: Path) -> bool:
    """Whether the path exists, even as a broken link; True if that can't be found out.

    Whoever reads it is then told why.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder; False if that can't be found out."""
    try:
        return path.is_dir()
    except OSError:
        return False


def list_folder(
    folder: Path, error: type[PaperledgeError], *, must_exist: bool = True
) -> list[Path]:
    """What lies in a folder, in order; raises `error` where that can't be read."""
    try:
        return sorted(folder.iterdir())
    except OSError as problem:
        if isinstance(problem, FileNotFoundError) and not must_exist:
            return []
        raise error(
            f"can't be read: {problem.strerror}", "name a folder that can be read", path=folder
        ) from problem


def real_path(path: Path) -> Path:
    """Where `path` really lies, as far as its links can be followed; it need not exist.

    Raises PaperledgeError for a relative one where the working folder is gone.
    """
    try:
        return Path(os.path.realpath(path))
    except FileNotFoundError as error:
        raise PaperledgeError("the working folder is gone", "change to another") from error


def _find_fault(facts: os.stat_result, limit: int | None = None) -> str:
    if not stat.S_ISREG(facts.st_mode):
        return f"is {_OTHERS.get(stat.S_IFMT(facts.st_mode), 'something else')}, not a file"
    return _describe_limit(limit) if limit is not None and facts.st_size > limit else ""


def _describe_limit(limit: int) -> str:
    return f"is larger than {in_units(limit)}"


def in_units(size: int) -> str:
    """A size in bytes for people, as "200 kB"."""
    return f"{size / 1e6:g} MB" if size >= 1e6 else f"{size / 1000:g} kB"
