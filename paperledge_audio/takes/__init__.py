"""The stores of takes: the one of this machine, and before it one that machines share."""

from paperledge_audio.takes.entries import SEAL, KeptSound, take_id
from paperledge_audio.takes.gates import (
    FINISHED_GATES,
    GATES,
    SILENT,
    FailedTake,
    find_failures,
    is_speech,
    list_faults,
    speaks,
)
from paperledge_audio.takes.parcels import Parcel, Parcels
from paperledge_audio.takes.shards import Shard, parse_shard
from paperledge_audio.takes.shared import SharedTakes, StoreSize
from paperledge_audio.takes.speeds import FINISHING, Speeds, Work
from paperledge_audio.takes.store import LIMIT_BYTES, TakeStore

__all__ = [
    "FINISHED_GATES",
    "FINISHING",
    "GATES",
    "LIMIT_BYTES",
    "SEAL",
    "SILENT",
    "FailedTake",
    "KeptSound",
    "Parcel",
    "Parcels",
    "Shard",
    "SharedTakes",
    "Speeds",
    "StoreSize",
    "TakeStore",
    "Work",
    "find_failures",
    "is_speech",
    "list_faults",
    "parse_shard",
    "speaks",
    "take_id",
]
