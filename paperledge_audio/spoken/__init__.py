"""A script's printed text → segments of spoken words.

Numbers, names, mathematics and citations become words by rules and a lexicon; every
printed character stays mapped to the words it became.
"""

from __future__ import annotations

from paperledge_audio.spoken.model import Segment, Span

__all__ = ["Segment", "Span"]
