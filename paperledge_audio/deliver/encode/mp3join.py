"""Two encodings of overlapping sound, joined into one stream at a frame of the overlap.

Three things tie a frame to the one before it: the overlapping halves of their transform windows,
the bit reservoir, and what the encoder has learnt of the sound. The first two are checked here;
the last settles in the frames of the overlap that come before the join. ISO 11172-3, 2.4.3.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperledge_audio.deliver.encode.mp3frames import Stream


@dataclass(frozen=True, slots=True)
class Join:
    """The stream before ends where its frame `before` began; the next goes on from `after`."""

    before: int
    after: int


def find(before: Stream, after: Stream, overlap: int, settled: int) -> Join | None:
    """The first frame of the overlap, `settled` frames into `after`, where the two can be joined.

    `after`'s frame 0 and `before`'s frame `overlap` are encodings of the same sound. At the join
    the windows must have the same shape, so that their aliasing cancels, and the bytes of the
    reservoir that `before` leaves unused must be as many as `after` has filled.
    """
    for frame in range(max(settled, 1), min(after.frames, before.frames - overlap)):
        join = Join(overlap + frame, frame)
        fits = before.window_after(join.before - 1) == after.window_before(join.after)
        if fits and before.reservoir(join.before) >= after.reservoir(join.after):
            return join
    return None


def ending(before: Stream, after: Stream, join: Join) -> bytes:
    """`before` up to the join, the reservoir at its end filled with what `after` needs there."""
    data = bytearray(before.data[: before.starts[join.before]])
    needed = after.reservoir(join.after)
    source, place = join.after, join.before
    from_, to = range(0), range(0)
    while needed:
        if not from_:
            source -= 1
            from_ = after.slot(source)
        if not to:
            place -= 1
            to = before.slot(place)
        count = min(needed, len(from_), len(to))
        data[to.stop - count : to.stop] = after.data[from_.stop - count : from_.stop]
        from_, to, needed = from_[:-count], to[:-count], needed - count
    return bytes(data)
