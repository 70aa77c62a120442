"""Printed words → the inline source that prints exactly them."""

from __future__ import annotations

import re
from itertools import zip_longest

from paperledge_audio.script.blocks.formula import FORMULA

# CommonMark 0.31: section 2.4 (backslash escapes), 2.5 (entities), 6 (inlines).
_INLINE = re.compile(
    r"""
    \\(?=[!-/:-@\[-`{-~]|\s*(?:\n|\Z))       # a backslash that would escape, or break the line
    | [`*\[<] | ~(?=~) | (?<=~)~
    | %(?=%) | =(?==) | \{(?=[\{%\#.]) | (?<=\s)/(?=/)    # notes and layout marks
    | (?<![^\W_])_ | _(?![^\W_])              # inside a word an underscore is itself
    | &(?=\#[0-9]{1,7};|\#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)
    """,
    re.VERBOSE,
)
_BLOCK = re.compile(
    r"""
    \#{1,6}(?=\s|$)                           # heading
    | >                                       # quote
    | [-+*](?=\s|$)                           # list
    | [-*_=|:][-*_=|:\s]*$                    # rule, heading's underline, table's
    | ~{3} | :{3} | //                        # fences and remarks
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"(^|\s)(#+)$")


def escape(words: str) -> str:
    r"""Inline Markdown that prints `words`; line breaks stay, blank lines and margins go.

    >>> print(escape(r"1. a *b* and $\sigma$"))
    1\. a \*b\* and $\sigma$
    """
    formulas = [" ".join(match[0].split("\n")) for match in FORMULA.finditer(words)]
    between = [_INLINE.sub(r"\\\g<0>", piece) for piece in FORMULA.split(words)]
    text = _interleave(between, formulas)
    if FORMULA.findall(text) != formulas:
        # New backslashes can turn lone dollar signs into a formula's.
        text = _interleave([piece.replace("$", "\\$") for piece in between], formulas)
    return "\n".join(guard(line.strip()) for line in text.split("\n") if line.strip())


def _interleave(outer: list[str], inner: list[str]) -> str:
    return "".join(map("".join, zip_longest(outer, inner, fillvalue="")))


def guard(line: str) -> str:
    """Keep a line of inline source from being read as a heading, a list and the like."""
    if number := _NUMBER.match(line):
        line = f"{number[1]}\\{line[number.end(1) :]}"
    elif _BLOCK.match(line):
        line = f"\\{line}"
    return guard_heading(line)


def guard_heading(line: str) -> str:
    """Keep a heading's last word of hashes from being read as its closing sequence."""
    return _CLOSING.sub(r"\1\\\2", line)
