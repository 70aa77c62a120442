"""Cases, matrices and vectors → words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.script.printed import tree
from paperledge_audio.script.printed.tree import FormulaError
from paperledge_audio.spoken.numbers.words import ordinal

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperledge_audio.script.printed.tree import Node

    Say = Callable[[Node], str]
    """The words of a node."""

_ELSE = "otherwise"
_CONDITIONS = frozenset({"if", _ELSE, "for", "when", "where", "elsewhere"})
"""Words that a condition begins with."""
_KINDS = {"|": "the determinant of the matrix", "‖": "the norm of the matrix"}
"""Bars around a matrix → what they mean; brackets mean nothing."""


def say_table(table: tree.Table, say: Say) -> str:
    """The words of a table; each row but the last ends with a pause. Raises FormulaError."""
    if table.opening and not table.closing:
        return ", and ".join(_say_case(row, say) for row in table.rows)
    columns = max(map(len, table.rows))
    if 1 in {columns, len(table.rows)} and table.opening not in _KINDS:
        return f"the vector {_say_cells(tree.list_cells(table), say)}"
    rows = (
        f"{ordinal(str(number))} row {_say_cells(row, say)}"
        for number, row in enumerate(table.rows, 1)
    )
    return f"{_KINDS.get(table.opening, 'the matrix')} with {', '.join(rows)}"


def _say_cells(cells: tuple[Node, ...], say: Say) -> str:
    return ", ".join(say(cell) or "blank" for cell in cells)


def _say_case(row: tuple[Node, ...], say: Say) -> str:
    """A value and when it is the value; raises FormulaError for a row without a value."""
    value, *conditions = (say(cell).strip(" ,") for cell in row)
    if not value:
        raise FormulaError("a row has no value")
    condition = " ".join(conditions)
    if condition in {"", "else"}:
        return f"{value} {_ELSE if condition else ''}".strip()
    if condition.split()[0] in _CONDITIONS:
        return f"{value} {condition}"
    return f"{value} if {condition}"
