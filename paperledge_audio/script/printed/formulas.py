r"""Formulas for readers: LaTeX → Unicode on one line, such as `$\sigma$` → σ.

What one line can't show (a fraction of fractions, an unknown command) stays LaTeX.
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
"""An expression that needs no brackets beside a slash or under a root."""


def show_formulas(text: str) -> str:
    r"""The text with its formulas in Unicode; the rest is unchanged.

    >>> show_formulas(r"a $\sigma$-VAE in $\mathbb{R}^{d}$: $x_{i+1} \leq \frac{1}{2}$")
    'a σ-VAE in ℝᵈ: xᵢ₊₁ ≤ 1/2'
    """
    return _FORMULA.sub(_show_match, text)


def _show_match(match: re.Match[str]) -> str:
    try:
        return show_on_line(parse(match["bracketed"] or match[0].strip("$"))) or match[0]
    except FormulaError:
        return match[0]


def show_on_line(node: Node) -> str:
    """A formula, or an independent part of one, with spaces around its signs.

    Raises FormulaError for what needs more than a line.
    """
    parts = tree.list_parts(node)
    line, value = "", False
    for part, after in zip_longest(parts, parts[1:]):
        base = part.base if isinstance(part, Indexed) else part
        sign = part.sign if isinstance(part, Symbol) else ""
        shown = "|" if sign == "∣" else _show(part)
        relates = isinstance(base, Symbol) and base.sign in RELATIONS
        if relates or (sign in OPERATIONS and value):
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


def _show(node: Node) -> str:  # noqa: PLR0911 - a case each
    match node:
        case Symbol(shown) | tree.Number(shown) | tree.Text(shown):
            return shown
        case tree.Fraction(above, below):
            return f"{_show_part(above)}/{_show_part(below)}"
        case tree.Root(inside, "2"):
            return f"√{_show_part(inside)}"
        case Indexed(base, below, above):
            shown = f"({_show(base)})" if isinstance(base, _WIDE) else _show(base)
            return shown + _show_small(below, LOWERED, "_") + _show_small(above, _ABOVE, "^")
        case tree.Accented(Symbol(sign), mark) if len(sign) == 1:
            return sign + mark
        case tree.Fenced(opening, inside, closing):
            return f"{opening}{show_on_line(inside)}{closing}"
        case tree.Table(opening, rows, closing):
            shown = "; ".join(", ".join(map(show_on_line, row)) for row in rows)
            return f"{opening}{shown}{closing or '}' * bool(opening)}"
        case tree.Labelled(base, label):
            return f"{show_on_line(base)} ({show_on_line(label)})"
        case Group():
            return show_on_line(node)
    raise FormulaError("needs more than a line")


def _show_small(node: Node | None, small: dict[str, str], mark: str) -> str:
    """A superscript or subscript, in small signs if there are some for all of it."""
    shown = re.sub(r"(?:(?<!\s)\s++)?([^\w\s])\s*+", r"\1", show_on_line(node)) if node else ""
    if shown in {"⊙", "⊕"}:
        return shown  # M⊙, the mass of the sun
    if all(char in small for char in shown):
        return "".join(small[char] for char in shown)
    return mark + (shown if shown.isalnum() or len(shown) == 1 else f"({shown})")


def _show_part(node: Node) -> str:
    """A part of a fraction or under a root, in brackets unless it needs none."""
    shown = show_on_line(node)
    if "/" in shown or "√" in shown:
        raise FormulaError("needs more than a line")
    return shown if isinstance(node, tree.Fenced) or _SINGLE.fullmatch(shown) else f"({shown})"


_WIDE = (tree.Fraction, tree.Root, Indexed)
