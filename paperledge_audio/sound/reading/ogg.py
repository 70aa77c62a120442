"""Checks Ogg's pages: their checksums and the end of each stream (RFC 3533, section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mutagen import MutagenError
from mutagen.ogg import OggPage

from paperledge_audio.sound.reading.stored import (
    Portion,
    cut_off_error,
    damage_error,
    several_sounds_error,
)

if TYPE_CHECKING:
    from typing import IO

    from paperledge_audio.sound.reading.stored import Stored

SERIAL = 0x7061706C
"""The stream's serial number, which libsndfile chooses at random and we make constant."""
_MAGIC = b"OggS"


def locate_sound(stored: Stored, start: int) -> Portion:
    """The whole file, if every page is intact and every stream has its last page.

    Raises SoundError otherwise, and for one stream after another: a decoder reads the first.
    """
    stored.file.seek(start)
    following: dict[int, int] = {}  # stream → the number of its next page
    open_streams: set[int] = set()
    is_begun = False
    while open_streams or not is_begun or stored.read_at(stored.file.tell(), 4) == _MAGIC:
        page = _next_page(stored)
        if page.first and is_begun:
            raise several_sounds_error()
        if page.first:
            open_streams.add(page.serial)
        elif page.sequence != following.get(page.serial):
            raise damage_error("a page is missing")
        is_begun = is_begun or not page.first
        following[page.serial] = page.sequence + 1
        if page.last:
            open_streams.discard(page.serial)
    return Portion(stored)


def fix_serial(pages: IO[bytes], out: IO[bytes]) -> None:
    """Copy a file of one stream, but with our `SERIAL`."""
    while True:
        try:
            page: Any = OggPage(pages)  # type: ignore[no-untyped-call]
        except EOFError:
            return
        page.serial = SERIAL
        out.write(page.write())


def _next_page(stored: Stored) -> Any:
    try:
        page: Any = OggPage(stored.file)  # type: ignore[no-untyped-call]
    except (EOFError, MutagenError) as error:
        raise cut_off_error() from error
    if page.write() != stored.read_at(page.offset, page.size):
        raise damage_error("a page doesn't fit its checksum")
    return page
