"""Shards: the takes of a catalogue in equal shares, for machines that don't know of each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from paperledge_audio.errors import UsageError

MOST = 1000
"""Shards of a catalogue."""
_SHARD = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `count` shares, by its number from 1. Every take is in one of them."""

    number: int
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    def has(self, take_id: str) -> bool:
        """Whether the take with this id is in it: ids are hashes, so shares are equal in length."""
        return int(take_id[:16], 16) % self.count == self.number - 1


def parse_shard(text: str) -> Shard:
    """Read a shard, as `3/8`; raises UsageError.

    >>> parse_shard("3/8")
    Shard(number=3, count=8)
    """
    found = _SHARD.fullmatch(text)
    number, count = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= count <= MOST:
        raise UsageError(
            "a shard is a number and how many there are", f"write it as 3/8, of {MOST} at most"
        )
    return Shard(number, count)
