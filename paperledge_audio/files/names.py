"""File names from outside, such as a commit's or a manifest's, that must stay in their folder.

Pure: nothing here reads the disk. A name that passes has plain parts, so its path stays in its
folder unless that has links.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePath
from posixpath import normpath
from typing import TYPE_CHECKING

from paperledge_audio.errors import brief

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperledge_audio.errors import PaperledgeError

LONGEST_NAME_BYTES = 255
"""The limit for a part of a path on all usual file systems."""
_LEADING_AWAY = frozenset({"", ".", "..", ".git"})
"""Not file names, and git's own folder, whose settings can name programs to run."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def find_fault(name: str) -> str:
    r"""Why `name`, with parts between slashes, can't name a file inside a folder; or "".

    >>> find_fault("voices/ada.toml"), find_fault("voices/../ada.toml"), find_fault("/ada.toml")
    ('', "has the part '..'", "has the part ''")
    >>> find_fault("voices\\ada.toml")
    "holds the character '\\\\'"
    """
    if found := re.search(r"[\0\\]", name):
        return f"holds the character {found[0]!r}"
    for part in name.split("/"):
        if _fold(part) in _LEADING_AWAY:
            return f"has the part {part!r}"
        if len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME_BYTES:
            return f"has a part of more than {LONGEST_NAME_BYTES} bytes"
    return ""


def find_illegible(name: str) -> str:
    r"""Why a name can't be printed as text; or "".

    >>> find_illegible("ada.md"), find_illegible("a\nb.md"), find_illegible("caf\udce9.md")
    ('', "holds the character '\\n'", 'is not UTF-8')
    """
    if found := _UNSEEN.search(name):
        return f"holds the character {found[0]!r}"
    return "" if name.isascii() or not re.search(r"[\ud800-\udfff]", name) else "is not UTF-8"


def unfit(path: PurePath) -> str:
    """Why a path can't be used on every file system; or ""."""
    for part in path.parts:
        why = find_illegible(part)
        if not why and len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME_BYTES:
            why = f"has more than {LONGEST_NAME_BYTES} bytes"
        if why:
            return f"the name {brief(part)} {why}"
    return ""


def path_inside(folder: Path, name: str, refused: Callable[[str], PaperledgeError]) -> Path:
    """The path in `folder` of a file with a name from outside.

    Raises what `refused` makes of the fault, if `find_fault` finds one.
    """
    if why := find_fault(name):
        raise refused(f"the name {name!r} {why}")
    return folder / name


def leads_out(path: Path, folder: Path | None) -> bool:
    """Whether `path` leads out of `folder`, which has no links; False if that is None."""
    return folder is not None and not Path(normpath(path)).is_relative_to(folder)


def _fold(part: str) -> str:
    """A part as the most lenient file system reads it.

    Without case, compatibility forms, and the characters that HFS+ ignores: Unicode's category Cf
    (Apple Technical Note 1150, "Case-Insensitive String Comparison Algorithm").
    """
    if part.isascii():
        return part.lower()
    plain = unicodedata.normalize("NFKC", part).casefold()
    return "".join(char for char in plain if unicodedata.category(char) != "Cf")
