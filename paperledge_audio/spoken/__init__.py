"""What the voice will say: a script's printed text → segments of spoken words.

Numbers, names, mathematics and scholarly furniture become words by rules and a lexicon; every
printed character stays mapped to the words it became.
"""

from __future__ import annotations

from paperledge_audio.spoken.findings import Unknown, unknown_words
from paperledge_audio.spoken.lexicon import Lexicon
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.spoken.pls import compose_pls, parse_pls
from paperledge_audio.spoken.speaking import chapter_titles, segments

__all__ = [
    "Lexicon",
    "Segment",
    "Span",
    "Unknown",
    "chapter_titles",
    "compose_pls",
    "parse_pls",
    "segments",
    "unknown_words",
]
