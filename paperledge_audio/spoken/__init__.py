"""A script's printed text → segments of spoken words.

Numbers, names, mathematics and citations become words by rules and a lexicon; every
printed character stays mapped to the words it became.
"""

from __future__ import annotations

from paperledge_audio.spoken.direction.unfollowed import find_unfollowed, note_unfollowed
from paperledge_audio.spoken.lexicon.entries import Lexicon
from paperledge_audio.spoken.lexicon.pls import compose_pls, parse_pls
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.spoken.segments import list_chapter_titles, make_line_segments, make_segments
from paperledge_audio.spoken.unknown import Guess, UnknownWord, find_unknown_words

__all__ = [
    "Guess",
    "Lexicon",
    "Segment",
    "Span",
    "UnknownWord",
    "compose_pls",
    "find_unfollowed",
    "find_unknown_words",
    "list_chapter_titles",
    "make_line_segments",
    "make_segments",
    "note_unfollowed",
    "parse_pls",
]
