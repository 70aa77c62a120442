"""Ogg's pages: each with its checksum, each stream of them with its end (RFC 3533, section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mutagen import MutagenError
from mutagen.ogg import OggPage

from paperledge_audio.sound.reading.stored import Portion, cut_off, damaged, several

if TYPE_CHECKING:
    from paperledge_audio.sound.reading.stored import Stored

_MAGIC = b"OggS"


def whole(stored: Stored, start: int) -> Portion:
    """All of the file, where every page is as it was written and every stream has its last one.

    Raises SoundError otherwise, and for one stream after another: a decoder reads the first.
    """
    stored.file.seek(start)
    following: dict[int, int] = {}  # stream → the number of its next page
    open_streams: set[int] = set()
    is_begun = False
    while open_streams or not is_begun or stored.at(stored.file.tell(), 4) == _MAGIC:
        page = _next_page(stored)
        if page.first and is_begun:
            raise several()
        if page.first:
            open_streams.add(page.serial)
        elif page.sequence != following.get(page.serial):
            raise damaged("a page is missing")
        is_begun = is_begun or not page.first
        following[page.serial] = page.sequence + 1
        if page.last:
            open_streams.discard(page.serial)
    return Portion(stored)


def _next_page(stored: Stored) -> Any:
    try:
        page: Any = OggPage(stored.file)  # type: ignore[no-untyped-call]
    except (EOFError, MutagenError) as error:
        raise cut_off() from error
    if page.write() != stored.at(page.offset, page.size):
        raise damaged("a page doesn't fit its checksum")
    return page
