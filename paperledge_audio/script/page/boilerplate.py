"""Recognises lines that belong to a show page and not to an episode: buttons, counts, footers."""

from __future__ import annotations

import re

_BOILERPLATE = re.compile(
    r"""
    (?: (?:all\ |latest\ |recent\ )?episodes | share | play | pause | play\ episode | listen\ now
      | downloads? | likes? | comments? | follow | following | followers? | subscribe | embed
      | (?:copy|share)\ link | link\ copied | copied!?
      | (?:read|show|see|load|view)\ (?:more|less|all) | more | less
      | listen\ on\ [\w ]{1,30} | privacy\ policy | terms\ (?:of\ (?:service|use))
      | [«‹<←]*\ ?(?:previous|prev|next|older|newer)(?:\ (?:page|episodes?))?\ ?[»›>→]*
    ) \.{0,3} …?
    | \d[\d,.]*+\ ?[km]?
      \ ?(?:likes?|plays?|downloads?|comments?|views?|followers?|shares?|episodes?)
    | (?:likes?|plays?|downloads?|comments?|views?|followers?|shares?|episodes?)
      \ ?:?\ ?\(?[\d,.]+\)?
    | (?:duration|length|time) \ ?:?\ ? [\d:.]+ (?:\ ?[hms]\w*+\.?)*+
    | -?\d{1,2}:\d{2}(?::\d{2})? (?:\ ?/\ ?-?\d{1,2}:\d{2}(?::\d{2})?)?
    | (?:\d+\ ?(?:h|hr|hrs|hours?|m|min|mins|minutes?|s|sec|secs|seconds?)\.?\ ?){1,3}
    | version \ ?:?\ ? v?\d[\w.+-]*
    | (?:copyright|©|\(c\)) .{0,80} \b(?:19|20)\d\d\b .{0,80}
    | .{0,60} \ ?all\ rights\ reserved\.?
    | (?:podcast\ )?powered\ by\ .{1,40}
    | \d{1,3} (?:\ (?:\d{1,3}|…|\.\.\.))*
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Matches lines with single spaces."""


def is_boilerplate(text: str) -> bool:
    """Whether a whole line is a button, a count, a duration, a version or a copyright notice."""
    return _BOILERPLATE.fullmatch(" ".join(text.split())) is not None
