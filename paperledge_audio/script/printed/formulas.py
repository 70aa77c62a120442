r"""Formulas for readers: LaTeX as Unicode shows it on a line, `$\sigma$` as σ.

What a line of text can't show (a fraction of fractions, an unknown command) stays LaTeX, as the
script has it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest

from paperledge_audio.script.printed import tree
from paperledge_audio.script.printed.latex import is_value, parse
from paperledge_audio.script.printed.markup import FORMULA
from paperledge_audio.script.printed.signs import LOWERED, OPERATIONS, RAISED, RELATIONS
from paperledge_audio.script.printed.tree import FormulaError, Group, Indexed, Node, Symbol

_FORMULA = re.compile(
    rf"(?P<dollars>{FORMULA})|\\\((?P<bracketed>(?:[^\\]++|\\[^()]){{1,200}}+)\\\)", re.DOTALL
)
_ABOVE = RAISED | {"′": "′", "*": "*", "∗": "*", "⊤": "ᵀ", "⊺": "ᵀ", "∘": "°", "†": "†"}
_SINGLE = re.compile(r"[\w.]+[^\w\s]?")
"""A thing that needs no brackets beside a slash or under a root."""


def in_print(text: str) -> str:
    r"""The text with its formulas as readers want them; all else as it is.

    >>> in_print(r"a $\sigma$-VAE in $\mathbb{R}^{d}$, $O(n \log n)$, $x_{i+1} \leq \frac{1}{2}$")
    'a σ-VAE in ℝᵈ, O(n log n), xᵢ₊₁ ≤ 1/2'
    """
    return _FORMULA.sub(_in_unicode, text)


def _in_unicode(match: re.Match[str]) -> str:
    try:
        return on_a_line(parse(match["bracketed"] or match[0].strip("$"))) or match[0]
    except FormulaError:
        return match[0]


def on_a_line(node: Node) -> str:
    """A formula, or a part that stands on its own, with the spaces that its signs keep.

    Raises FormulaError for what needs more than a line.
    """
    parts = tree.parts_of(node)
    line, value = "", False
    for part, after in zip_longest(parts, parts[1:]):
        base = part.base if isinstance(part, Indexed) else part
        sign = part.sign if isinstance(part, Symbol) else ""
        shown = "|" if sign == "∣" else _shown(part)
        if sign in RELATIONS or (sign in OPERATIONS and value):
            shown = f" {shown} "
        elif sign in {",", ";"} or (sign == ":" and not isinstance(after, tree.Number)):
            shown += " "
        elif isinstance(base, tree.Fraction) or (isinstance(base, Symbol) and len(base.sign) > 1):
            close = isinstance(base, Symbol) and isinstance(after, tree.Fenced)
            shown = " " * value + shown + " " * (not close)
        line += shown
        value = value if sign == " " else is_value(part)
    line = re.sub(r" (?=[,;:])", "", " ".join(line.split()))
    return unicodedata.normalize("NFC", line)


def _shown(node: Node) -> str:  # noqa: PLR0911 - a case each
    match node:
        case Symbol(shown) | tree.Number(shown) | tree.Text(shown):
            return shown
        case tree.Fraction(above, below):
            return f"{_part(above)}/{_part(below)}"
        case tree.Root(inside, "2"):
            return f"√{_part(inside)}"
        case Indexed(base, below, above):
            shown = f"({_shown(base)})" if isinstance(base, _WIDE) else _shown(base)
            return shown + _small(below, LOWERED, "_") + _small(above, _ABOVE, "^")
        case tree.Accented(Symbol(sign), mark) if len(sign) == 1:
            return sign + mark
        case tree.Fenced(opening, inside, closing):
            return f"{opening}{on_a_line(inside)}{closing}"
        case Group():
            return on_a_line(node)
    raise FormulaError("needs more than a line")


def _small(node: Node | None, small: dict[str, str], mark: str) -> str:
    """What stands above or below, in small signs if there are such for all of it."""
    shown = re.sub(r"(?:(?<!\s)\s++)?([^\w\s])\s*+", r"\1", on_a_line(node)) if node else ""
    if all(char in small for char in shown):
        return "".join(small[char] for char in shown)
    return mark + (shown if shown.isalnum() or len(shown) == 1 else f"({shown})")


def _part(node: Node) -> str:
    """A part of a fraction or under a root: in brackets unless it is a single thing."""
    shown = on_a_line(node)
    if "/" in shown or "√" in shown:
        raise FormulaError("needs more than a line")
    return shown if isinstance(node, tree.Fenced) or _SINGLE.fullmatch(shown) else f"({shown})"


_WIDE = (tree.Fraction, tree.Root, Indexed)
