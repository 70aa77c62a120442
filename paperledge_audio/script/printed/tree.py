"""A formula as a tree, for speech and print."""

from __future__ import annotations

from dataclasses import dataclass


class FormulaError(Exception):
    """A formula, or a part of one, that can't be read, said or shown."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter, a sign, or a name of several letters, as Unicode writes it; a space, too."""

    sign: str


@dataclass(frozen=True, slots=True)
class Number:
    """Digits, with a point or with commas between thousands."""

    digits: str


@dataclass(frozen=True, slots=True)
class Text:
    """Prose within a formula, with its own spaces."""

    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes in a row; empty for the base of a superscript that has none."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """One thing over another."""

    above: Node
    below: Node


@dataclass(frozen=True, slots=True)
class Root:
    """A root; its degree is in digits."""

    inside: Node
    degree: str = "2"


@dataclass(frozen=True, slots=True)
class Indexed:
    """A base with its subscript and superscript."""

    base: Node
    below: Node | None = None
    above: Node | None = None


@dataclass(frozen=True, slots=True)
class Accented:
    """A base under a mark, a combining character."""

    base: Node
    mark: str


@dataclass(frozen=True, slots=True)
class Fenced:
    """A formula between brackets or bars."""

    opening: str
    inside: Node
    closing: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells between brackets or bars: a matrix, or cases, which nothing closes."""

    opening: str
    rows: tuple[tuple[Node, ...], ...]
    closing: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A part with what a brace over or under it says of it."""

    base: Node
    label: Node


Node = (
    Symbol
    | Number
    | Text
    | Group
    | Fraction
    | Root
    | Indexed
    | Accented
    | Fenced
    | Table
    | Labelled
)


def list_parts(node: Node) -> tuple[Node, ...]:
    """The nodes that stand in a row."""
    return node.parts if isinstance(node, Group) else (node,)


def list_cells(table: Table) -> tuple[Node, ...]:
    """The cells of a table, row by row."""
    return tuple(cell for row in table.rows for cell in row)


def plain_signs(node: Node) -> str:
    """The signs and digits of a node, and a space for anything else in it."""
    match node:
        case Symbol(text) | Number(text):
            return text
        case Group(parts):
            return "".join(map(plain_signs, parts))
    return " "


def cut(node: Node, sign: Symbol) -> tuple[Node, bool, Node]:
    """What stands before and after the only `sign` of a node, and whether there is one."""
    parts = list_parts(node)
    if parts.count(sign) != 1:
        return node, False, Group(())
    place = parts.index(sign)
    return Group(parts[:place]), True, Group(parts[place + 1 :])


def replace_sign(node: Node, sign: str, words: str) -> Group:
    """The node with other words for a sign."""
    parts = list_parts(node)
    return Group(tuple(Text(words) if part == Symbol(sign) else part for part in parts))
