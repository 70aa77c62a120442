"""Marks on the page: quotes, dashes, brackets, ellipses and the like."""

from __future__ import annotations

from paperledge_audio.spoken.rule import rule

RULES = (
    rule("space", "s", r"\s+(?![\s–—―(\[{]|-{1,3}\s)", " "),
    rule("dash", "sp", r"\s*(?:[–—―]+|--+)\s*|\s+-\s+", " — "),
    rule("bracket", "sp", r"\s*[(\[{]\s*", ", "),
    rule("bracket", "p", r"[)\]}]", ", "),
    rule("ellipsis", "p", r"…|\.{2,}", "…"),
    rule("", "p", r"[.,;:?!]", lambda match, _context: match[0]),
    rule("quote mark", "p", r"[\"“”„‟«»‹›‘’‚‛'`´]+", ""),
    rule("and", "sp", r"\s*&\s*", " and "),
    rule("hyphen", "p", r"[-‐‑]", " "),
    rule("slash", "p", r"/", " "),
    rule("underscore", "p", r"_+", " "),
)
