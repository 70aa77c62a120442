"""What the voice will say: a script's printed text → segments of spoken words.

Numbers, names, mathematics and scholarly furniture become words by rules and a lexicon; every
printed character stays mapped to the words it became.
"""

from __future__ import annotations

from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.spoken.speaking import chapter_titles, segments

__all__ = ["Segment", "Span", "chapter_titles", "segments"]
