r"""Formulas in a script's text: `$\sigma$` and `$$…$$` are LaTeX, not Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

FORMULA = re.compile(
    r"\$\$(?=\S)[^$]*+(?<=\S)\$\$"
    r"|\$(?=[^\s$])[^$\n\\]*+(?:(?:\\.|\n(?!\n))[^$\n\\]*+){0,200}+(?<=\S)\$(?!\d)"
    r"|\$(?=[^\s\d$][^$\n]{0,200}?(?:\\[A-Za-z]|[_^]\{)|\\[A-Za-z])"
    r"[^$\n\\]*+(?:\\.[^$\n\\]*+){0,200}+\$"
    r"|\$ (?=[^$\n\d][^$\n]{0,200}?(?:\\[A-Za-z]|[_^=])|[A-Za-z] \$|\\[A-Za-z])"
    r"[^$\n\\]*+(?:\\.[^$\n\\]*+){0,200}+(?<= )\$(?!\d)"
)
r"""Pandoc's rule for dollar signs: "from $5 to $10" has no formula. What holds LaTeX is one even if
a figure or a space stands beside its dollar signs, as in `$\sim$10` and `$ T^2 $`. A formula
between single dollar signs has at most 200 commands and line breaks."""


def formula_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """A markdown-it inline rule that leaves formulas as they are."""
    match = FORMULA.match(state.src, state.pos)
    if match is None or match.end() > state.posMax:
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True
