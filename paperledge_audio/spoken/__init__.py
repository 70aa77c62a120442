"""What the voice will say: a script's printed text → segments of spoken words.

Numbers, names, mathematics and citations become words by rules and a lexicon; every
printed character stays mapped to the words it became.
"""

from __future__ import annotations

from paperledge_audio.spoken.lexicon.entries import Lexicon
from paperledge_audio.spoken.lexicon.pls import compose_pls, parse_pls
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.spoken.segments import chapter_titles, line_segments, segments
from paperledge_audio.spoken.unknown import Unknown, unknown_words

__all__ = [
    "Lexicon",
    "Segment",
    "Span",
    "Unknown",
    "chapter_titles",
    "compose_pls",
    "line_segments",
    "parse_pls",
    "segments",
    "unknown_words",
]
