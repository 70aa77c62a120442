"""Names from outside → paths: what a commit or a manifest calls a file can lead nowhere else.

Pure: nothing here looks at a disk. A name that passes has plain parts, so that the path it makes
lies in its folder as long as no link lies there.
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
"""Of a part of a path, on every file system that people use."""
_LEADING_AWAY = frozenset({"", ".", "..", ".git"})
"""No file's name, and git's own folder, whose settings can name programs to run."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def fault(name: str) -> str:
    r"""What keeps `name`, its parts between slashes, from being a file's inside a folder; or "".

    >>> fault("voices/ada.toml"), fault("voices/../ada.toml"), fault("/ada.toml")
    ('', "has the part '..'", "has the part ''")
    >>> fault("voices\\ada.toml")
    "holds the character '\\\\'"
    """
    if found := re.search(r"[\0\\]", name):
        return f"holds the character {found[0]!r}"
    for part in name.split("/"):
        if _folded(part) in _LEADING_AWAY:
            return f"has the part {part!r}"
        if len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME_BYTES:
            return f"has a part of more than {LONGEST_NAME_BYTES} bytes"
    return ""


def illegible(name: str) -> str:
    r"""What keeps a name from being printed or written down as text; or "".

    >>> illegible("ada.md"), illegible("a\nb.md"), illegible("caf\udce9.md")
    ('', "holds the character '\\n'", 'is not UTF-8')
    """
    if found := _UNSEEN.search(name):
        return f"holds the character {found[0]!r}"
    return "" if name.isascii() or not re.search(r"[\ud800-\udfff]", name) else "is not UTF-8"


def unfit(path: PurePath) -> str:
    """What keeps a path that somebody gave from being one on every file system; or ""."""
    for part in path.parts:
        why = illegible(part)
        if not why and len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME_BYTES:
            why = f"has more than {LONGEST_NAME_BYTES} bytes"
        if why:
            return f"the name {brief(part)} {why}"
    return ""


def inside(folder: Path, name: str, refused: Callable[[str], PaperledgeError]) -> Path:
    """The path in `folder` of a file that somebody else named.

    Raises what `refused` makes of the complaint about a name that has a `fault`.
    """
    if why := fault(name):
        raise refused(f"the name {name!r} {why}")
    return folder / name


def leads_out(path: Path, folder: Path | None) -> bool:
    """Whether `path` leads out of `folder`, in which there are no links; never where it is None."""
    return folder is not None and not Path(normpath(path)).is_relative_to(folder)


def _folded(part: str) -> str:
    """A part as the most forgiving file system reads it.

    Case and compatibility forms don't count, nor do characters that HFS+ ignores, which are all of
    Unicode's category Cf (Apple Technical Note 1150, "Case-Insensitive String Comparison
    Algorithm").
    """
    if part.isascii():
        return part.lower()
    plain = unicodedata.normalize("NFKC", part).casefold()
    return "".join(char for char in plain if unicodedata.category(char) != "Cf")
