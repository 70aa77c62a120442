"""Neighbours that mean one thing together → one part of a formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.script.printed import tree
from paperledge_audio.script.printed.tree import Indexed, Node, Symbol
from paperledge_audio.spoken.chemistry.elements import ELEMENTS
from paperledge_audio.spoken.maths.brackets import is_bracket
from paperledge_audio.spoken.maths.particles import name_term
from paperledge_audio.spoken.numbers.words import cardinal, decimal, label, margin_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DERIVED: dict[tuple[Node, ...], str] = {
    (Symbol("·"), Symbol("∇")): "dot del",
    (Symbol("∇"), Symbol("·")): "the divergence of",
    (Symbol("∇"), Symbol("×")): "the curl of",
}
_MOMENTUM = re.compile("[0-9]|1?[13579]/2")
"""Below the letter of a term: a whole number, or halves."""


def join_numbers(node: Node) -> tuple[Node, ...]:
    """The node's parts, with fractions, isotopes and terms of atoms as one part each."""
    return tuple(_join_raised(_join_empty(_join_fractions(tree.list_parts(node)))))


def join_signs(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """The parts, with margins, convolutions and what nabla does in words."""
    return tuple(_join_nabla(_join_convolved(tuple(_join_margins(parts)))))


def _join_fractions(parts: tuple[Node, ...]) -> Iterator[Node]:
    """The parts, with short numbers at both sides of a slash as one fraction, as in 1/3."""
    place = 0
    while place < len(parts):
        match parts[place : place + 3]:
            case (tree.Number(_) as above, Symbol("/"), tree.Number(_) as below):
                yield tree.Fraction(above, below)
                place += 3
            case (Symbol("S"), Symbol(second), size) if second in "UOLE" and is_bracket(size):
                yield Symbol(f"S{second}")
                place += 2
            case (Symbol("J"), Symbol("/"), Symbol("ψ")):
                yield tree.Text("J psi")
                place += 3
            case (Symbol("ℤ"), Symbol("/"), _):
                yield from (Symbol("ℤ"), tree.Text("mod"))
                place += 2
            case _:
                yield parts[place]
                place += 1


def _join_empty(parts: Iterable[Node]) -> tuple[Node, ...]:
    r"""The parts, with the scripts of an empty group at the accent before it: `\bar{B}{}^0`."""
    joined: list[Node] = []
    for part in parts:
        script = part if isinstance(part, Indexed) and part.base == tree.Group(()) else None
        if script and joined and isinstance(joined[-1], tree.Accented):
            joined[-1] = Indexed(joined[-1], script.below, script.above)
        else:
            joined.append(part)
    return tuple(joined)


def _join_raised(parts: tuple[Node, ...]) -> Iterator[Node]:
    r"""The parts, with what has its number before it by name: `{}^3\mathrm{He}`, `{}^3P_0`."""
    place = 0
    while place < len(parts):
        name = _name_raised(*parts[place : place + 2]) if place + 1 < len(parts) else None
        yield name or parts[place]
        place += 2 if name else 1


def _name_raised(number: Node, base: Node) -> Node | None:
    """An isotope, with its charge, or a term of an atom; None for anything else."""
    if not isinstance(number, Indexed) or number.above is None:
        return None
    size = re.fullmatch(r"(\d{1,3})(m?)", tree.plain_signs(number.above))
    indexed = base if isinstance(base, Indexed) else Indexed(base)
    sign = indexed.base.sign if isinstance(indexed.base, Symbol) else ""
    if not size or not isinstance(number.base, tree.Number | Symbol | tree.Group):
        return None
    before = tree.plain_signs(number.base).strip()
    momentum = tree.plain_signs(indexed.below) if indexed.below is not None else ""
    is_term = sign in set("SPDFG") and size[1] in set("12345678")
    if is_term and _MOMENTUM.fullmatch(momentum) and re.fullmatch(r"\d{0,3}", before):
        shell = f"{cardinal(before)} " if before else ""
        return tree.Text(shell + name_term(size[1], sign, momentum))
    if sign not in ELEMENTS or before:
        return None
    name = tree.Text(f"{ELEMENTS[sign]} {label(size[1])}{' M' * len(size[2])}")
    return Indexed(name, indexed.below, indexed.above) if isinstance(base, Indexed) else name


def _join_margins(parts: tuple[Node, ...]) -> Iterator[Node]:
    """The parts, with the margin of a number's last digits, as in 0.2243(5)."""
    for before, part in zip((None, *parts), parts, strict=False):
        margin = _read_margin(before, part)
        yield tree.Text(f"plus or minus {margin}") if margin else part


def _read_margin(value: Node | None, bracket: Node) -> str:
    """The words of the margin in a bracket behind a number; "" if there is none."""
    if not isinstance(value, tree.Number) or not isinstance(bracket, tree.Fenced):
        return ""
    decimals = value.digits.partition(".")[2]
    last = tree.plain_signs(bracket.inside)
    if decimals and re.fullmatch(r"\d{1,3}\.\d{1,4}", last):
        return decimal(last)
    is_margin = bracket.opening == "(" and last.isdecimal() and len(last) <= min(2, len(decimals))
    return margin_of(decimals, last) if is_margin else ""


def _join_convolved(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """The parts, with the star of x(t) * h(t) and of (f * g)(t) in words."""
    values = tuple(part for part in parts if part != Symbol(" "))
    whole = len(values) == 3 and values[1] == Symbol("*") and not is_bracket(values[2])
    return tuple(
        tree.Text("convolved with")
        if part == Symbol("*") and (whole or is_bracket(before))
        else part
        for before, part in zip((None, *parts), parts, strict=False)
    )


def _join_nabla(parts: tuple[Node, ...]) -> Iterator[Node]:
    """The parts, with ∇· as a divergence and ∇× as a curl."""
    place = 0
    while place < len(parts):
        words = _DERIVED.get(parts[place : place + 2])
        yield tree.Text(words) if words else parts[place]
        place += 2 if words else 1
