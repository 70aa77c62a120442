"""Scholarly furniture: citations, references, abbreviations, addresses."""

from __future__ import annotations

from paperledge_audio.spoken.rule import rule

RULES = (
    rule("citation left out", "sp", r"\s*\[\d+(?:\s?[,–-]\s?\d+)*\]", ""),
    rule("abbreviation", "Ul", r"et al\.?", "and colleagues"),
    rule("abbreviation", "l", r"e\.g\.,?", "for example,"),
    rule("abbreviation", "l", r"i\.e\.,?", "that is,"),
)
