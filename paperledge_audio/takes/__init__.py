"""The stores of takes: the one of this machine, and before it one that machines share."""

from paperledge_audio.takes.gates import GATES, FailedTake, find_failures
from paperledge_audio.takes.shared import SharedTakes, StoreSize
from paperledge_audio.takes.store import LIMIT_BYTES, SEAL, KeptSound, TakeStore, take_id

__all__ = [
    "GATES",
    "LIMIT_BYTES",
    "SEAL",
    "FailedTake",
    "KeptSound",
    "SharedTakes",
    "StoreSize",
    "TakeStore",
    "find_failures",
    "take_id",
]
