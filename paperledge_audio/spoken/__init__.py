"""A script's printed text → segments of spoken words.

Numbers, names, mathematics and citations become words by rules and a lexicon; every
printed character stays mapped to the words it became (`segments.py`). Only values are imported
here: what reads releases and takes needs no rule.
"""

from __future__ import annotations

from paperledge_audio.spoken.model import Segment, Span

__all__ = ["Segment", "Span"]
