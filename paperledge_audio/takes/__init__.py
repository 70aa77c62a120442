"""The stores of takes: the one of this machine, and before it one that machines share."""

from paperledge_audio.takes.shards import Shard, parse_shard
from paperledge_audio.takes.shared import SharedTakes, StoreSize
from paperledge_audio.takes.store import LIMIT_BYTES, SEAL, KeptSound, TakeStore, take_id

__all__ = [
    "LIMIT_BYTES",
    "SEAL",
    "KeptSound",
    "Shard",
    "SharedTakes",
    "StoreSize",
    "TakeStore",
    "parse_shard",
    "take_id",
]
