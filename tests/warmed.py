"""Whoever imports this has loaded what most commands need, and what starts no thread.

So a process that then forks has children that start at once.
"""

from __future__ import annotations

import gc
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process with threads had better not fork

import jsonschema  # noqa: F401
import markdown_it  # noqa: F401

import paperledge_audio.check.voices
import paperledge_audio.engines.g2p
import paperledge_audio.engines.tone
import paperledge_audio.preview
import paperledge_audio.render
import paperledge_audio.verify  # noqa: F401
from paperledge_audio.spoken.english import is_known, tag
from paperledge_audio.spoken.lexicon.entries import load_built_in

is_known("")  # reads the dictionary
tag(["a"])
load_built_in()
gc.freeze()
