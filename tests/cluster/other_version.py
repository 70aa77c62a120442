"""Imported by a worker: it has another version of this program."""

import paperledge_audio

paperledge_audio.__version__ = "0.0.0"
