"""The frames of an MPEG-1 Layer III stream: where they lie, and what their side info says.

A frame is a header, side info and a slot of main data; the main data of its sound may begin in
the slots before its own, the bit reservoir. Bits and tables: ISO 11172-3, 2.4.1 and 2.4.2.
"""

from __future__ import annotations

from dataclasses import dataclass

from paperledge_audio.errors import SoundError

SAMPLES = 1152
"""In a frame."""

RATE = 44100
"""Hz; the only rate that is read and written here."""

HEADER_BYTES = 4

BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""kb/s, by the header's index; 0 is no bitrate that says how long a frame is."""

_SYNC = 0xFFFA  # sync word, MPEG-1, Layer III; the bit below says that there is no checksum
_GRANULE_BITS = 59  # of side info, for a channel
_SWITCHED_BIT = 33  # in these, followed by the block type
_SHORT_ON_THE_LEFT = (2, 3)  # block types: 0 long, 1 start, 2 short, 3 stop
_SHORT_ON_THE_RIGHT = (1, 2)


@dataclass(frozen=True, slots=True)
class Stream:
    """Whole frames, one after the other; `starts[n]` is where frame n begins, and the end."""

    data: bytes
    starts: tuple[int, ...]

    @property
    def frames(self) -> int:
        """Number of whole frames."""
        return len(self.starts) - 1

    def slot(self, frame: int) -> range:
        """Where the main data that lies in a frame is."""
        return range(self.starts[frame] + self._head_bytes(frame), self.starts[frame + 1])

    def reservoir(self, frame: int) -> int:
        """main_data_begin: bytes of earlier slots in which the frame's main data begins."""
        return self._side_info(frame) >> (self._side_bytes(frame) * 8 - 9)

    def window_before(self, frame: int) -> tuple[bool, ...]:
        """By channel, whether the left side of the frame's first window is short."""
        return tuple(t in _SHORT_ON_THE_LEFT for t in self._block_types(frame, granule=0))

    def window_after(self, frame: int) -> tuple[bool, ...]:
        """By channel, whether the right side of the frame's last window is short."""
        return tuple(t in _SHORT_ON_THE_RIGHT for t in self._block_types(frame, granule=1))

    def _channels(self, frame: int) -> int:
        return 1 if self.data[self.starts[frame] + 3] >> 6 == 3 else 2

    def _side_bytes(self, frame: int) -> int:
        return side_info_bytes(self._channels(frame))

    def _head_bytes(self, frame: int) -> int:
        checksum = 0 if self.data[self.starts[frame] + 1] & 1 else 2
        return HEADER_BYTES + checksum + self._side_bytes(frame)

    def _side_info(self, frame: int) -> int:
        end = self.starts[frame] + self._head_bytes(frame)
        return int.from_bytes(self.data[end - self._side_bytes(frame) : end], "big")

    def _block_types(self, frame: int, *, granule: int) -> tuple[int, ...]:
        channels, info = self._channels(frame), self._side_info(frame)
        of_granule = [
            info >> _GRANULE_BITS * (2 * channels - 1 - granule * channels - channel)
            for channel in range(channels)
        ]
        return tuple(
            bits >> (_GRANULE_BITS - _SWITCHED_BIT - 3) & 3
            if bits >> (_GRANULE_BITS - _SWITCHED_BIT - 1) & 1
            else 0
            for bits in of_granule
        )


def parse(data: bytes) -> Stream:
    """The whole frames at the start of `data`; a part of a frame at its end is left out.

    Raises SoundError where something other than a frame at 44.1 kHz comes first.
    """
    starts = [0]
    while (at := starts[-1]) + HEADER_BYTES <= len(data):
        end = at + frame_bytes(data[at : at + HEADER_BYTES])
        if end > len(data):
            break
        starts.append(end)
    return Stream(data[: starts[-1]], tuple(starts))


def frame_bytes(header: bytes) -> int:
    """The length that a frame's header gives. Raises SoundError for one that is not as above."""
    index, rate = header[2] >> 4, header[2] >> 2 & 3
    known = (header[0] << 8 | header[1]) & ~1 == _SYNC and rate == 0
    if not known or not 0 < index < len(BITRATES):
        raise SoundError(f"holds {header.hex()} where a frame of MPEG-1 Layer III should begin")
    return 144000 * BITRATES[index] // RATE + (header[2] >> 1 & 1)


def side_info_bytes(channels: int) -> int:
    """Of a frame."""
    return 17 if channels == 1 else 32
