"""Writes a folder whole or not at all, and never loses the old one.

Files are written and flushed in a hidden folder beside their place, `.SLUG.1a2b3c4d.new`, which
is then renamed. A replaced release swaps names with the new one in a single step; if the file
system can't do that, it is `.SLUG.1a2b3c4d.old` between two renames, and after a power cut the next
writer of the same slug puts it back. `files.ownership` decides what may be replaced.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.folder.exchange import exchange, read_unswapped
from paperledge_audio.deliver.folder.finished import MANIFEST, is_draft
from paperledge_audio.deliver.folder.locking import lock_folder
from paperledge_audio.deliver.formats import SUFFIXES
from paperledge_audio.deliver.model import DRAFT, FILE_TYPES, STUDIO
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.names import find_illegible, path_inside
from paperledge_audio.files.ownership import FolderKind, check_folder, check_writable, is_leftover
from paperledge_audio.files.temporary import remove_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

log = logging.getLogger(__name__)

LONGEST_SLUG_BYTES = 150
"""With any of our suffixes well below the 255 bytes of file systems."""

LEFTOVER = re.compile(r"\.(?P<slug>.+)\.[0-9a-f]{8}\.(?P<kind>new|old)")
"""Leftovers of killed writers: an incomplete folder, or an old release."""

_COPY_BYTES = 1 << 20
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""

_REMEDIES = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.EROFS: "choose another folder",
    errno.EACCES: "choose a folder that you may write to",
    errno.EPERM: "choose a folder that you may write to",
    errno.ENOTDIR: "choose a folder, not a file,",
    errno.EEXIST: "choose a folder, not a file,",
}


def check_slug(slug: str, remedy: str = "rename the script") -> None:
    """Raise DeliveryError unless `slug` is a plain name on every file system."""
    problem = ""
    if not slug or slug.startswith(".") or slug != slug.strip() or slug.endswith("."):
        problem = "is empty or begins or ends with a dot or a space"
    elif found := _UNFIT.search(slug):
        problem = f"holds the character {found[0]!r}"
    elif why := find_illegible(slug):
        problem = why
    elif _DEVICES.fullmatch(slug):
        problem = "is a device's name on Windows"
    elif len(os.fsencode(slug)) > LONGEST_SLUG_BYTES:
        problem = f"is longer than {LONGEST_SLUG_BYTES} bytes"
    if problem:
        raise DeliveryError(f"the name {slug!r} {problem}", remedy)


def release_kind(slug: str, quality: str = STUDIO) -> FolderKind:
    """The kind of folder of a release; a draft keeps off those in studio quality."""
    names = {slug + suffix for suffix in (*SUFFIXES, *FILE_TYPES)}
    keeps = _keep_studio if quality == DRAFT else lambda _manifest: ""
    return FolderKind(slug + MANIFEST, names.__contains__, keeps)


def _keep_studio(manifest: Any) -> str:
    return "" if is_draft(manifest) else "is in studio quality, and a draft would replace it"


def check_place(
    out: Path, slug: str, kind: FolderKind | None = None, *, force: bool = False
) -> None:
    """Raise DeliveryError if `out`/`slug` can't become a release; changes nothing.

    It must not exist, or be unchanged since this program made it. `kind`: by default a release;
    `force` is that of `check_folder`.
    """
    check_slug(slug)
    folder = out / slug

    def check() -> None:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise DeliveryError("is in the way", "move it or choose another -o", path=folder)
        if folder.is_dir():
            check_folder(folder, kind or release_kind(slug), force=force)
        check_writable(out)
        check_writable(folder)

    with _map_errors(folder):
        read_unswapped(folder, check)


def write(
    out: Path,
    slug: str,
    files: Mapping[str, bytes | Path],
    kind: FolderKind | None = None,
    *,
    force: bool = False,
    on_wait: Callable[[str], None] = lambda _what: None,
) -> Path:
    """Write `files` (name → content, or a file that has it) as the folder `out`/`slug`.

    A folder that passes `check_place` is replaced as a whole. On any failure, Ctrl-C included, the
    place is as it was; failures of the file system are DeliveryErrors. `on_wait` is called while
    something else is written into `out`; it may raise to stop waiting.
    """
    kind = kind or release_kind(slug)
    check_place(out, slug, kind, force=force)
    folder = out / slug
    with _map_errors(folder):
        out.mkdir(parents=True, exist_ok=True)
        with lock_folder(out, on_wait) as alone:
            if alone:
                _clean_up(out, slug, kind)
            check_place(out, slug, kind, force=force)  # also what was put back
            _replace(folder, files)
            _flush(out)
    log.info("wrote %s: %s", folder, ", ".join(files))
    return folder


def remove(out: Path, slug: str) -> list[int]:
    """Remove the release `out`/`slug`, in one step for whoever looks; the sizes of its files.

    Raises DeliveryError if there is none, if anything in it is not ours, and where it can't be
    removed.
    """
    known = f"see what is: paperledge outbox list {out}"
    check_slug(slug, known)
    folder, kind = out / slug, release_kind(slug)
    with _map_errors(folder, "removed"):
        if folder.is_symlink() or not folder.is_dir():
            raise DeliveryError("is not there", known, path=folder)
        with lock_folder(out, lambda _what: None):
            check_folder(folder, kind)
            sizes = [entry.stat().st_size for entry in folder.iterdir()]
            hidden = folder.with_name(f".{slug}.{secrets.token_hex(4)}.new")
            with remove_after(hidden):
                folder.rename(hidden)
            _flush(out)
    log.info("removed %s", folder)
    return sizes


def _replace(folder: Path, files: Mapping[str, bytes | Path]) -> None:
    stem = f".{folder.name}.{secrets.token_hex(4)}"
    new, old = folder.with_name(f"{stem}.new"), folder.with_name(f"{stem}.old")
    with remove_after(new):
        try:
            new.mkdir()
            for name, data in files.items():
                _write_file(path_inside(new, name, DeliveryError), data)
            _flush(new)
            if not folder.exists():
                new.rename(folder)
            elif not exchange(new, folder):
                folder.rename(old)
                new.rename(folder)
        finally:
            if old.exists() and not folder.exists():
                old.rename(folder)
            shutil.rmtree(old, ignore_errors=True)


def _write_file(path: Path, data: bytes | Path) -> None:
    with path.open("xb") as file:
        if isinstance(data, bytes):
            file.write(data)
        else:
            with data.open("rb") as source:
                shutil.copyfileobj(source, file, _COPY_BYTES)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Flush the names in a folder to disk; Windows has no call for it."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clean_up(out: Path, slug: str, kind: FolderKind) -> None:
    """Clean up after a killed writer of the same slug."""
    for entry in sorted(out.iterdir()):
        left = LEFTOVER.fullmatch(entry.name)
        if not left or left["slug"] != slug or entry.is_symlink() or not entry.is_dir():
            continue
        if not is_leftover(entry, kind):
            continue
        if left["kind"] == "old" and not (out / slug).exists():
            entry.rename(out / slug)
        else:
            shutil.rmtree(entry)


@contextmanager
def _map_errors(folder: Path, what: str = "written") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        code = error.errno or 0
        raise DeliveryError(
            f"can't be {what}: {error.strerror or error}",
            _REMEDIES.get(code, "choose another folder"),
            path=folder,
        ) from error
