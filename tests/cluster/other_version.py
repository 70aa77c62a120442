"""Imported by a worker: it has another version of this program."""

from paperledge_audio.cluster import machine

machine.__version__ = "0.0.0"  # type: ignore[attr-defined]
