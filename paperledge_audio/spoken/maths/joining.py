"""Neighbours that mean one thing together → one part of a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.script.printed import tree
from paperledge_audio.script.printed.tree import Group, Indexed, Node, Symbol
from paperledge_audio.spoken.chemistry.elements import ELEMENTS
from paperledge_audio.spoken.maths.brackets import is_bracket
from paperledge_audio.spoken.numbers.words import label, margin_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_DERIVED: dict[tuple[Node, ...], str] = {
    (Symbol("·"), Symbol("∇")): "dot del",
    (Symbol("∇"), Symbol("·")): "the divergence of",
    (Symbol("∇"), Symbol("×")): "the curl of",
}


def join_numbers(node: Node) -> tuple[Node, ...]:
    """The node's parts, with fractions and isotopes as one part each."""
    return tuple(_join_isotopes(tuple(_join_fractions(tree.list_parts(node)))))


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


def _join_isotopes(parts: tuple[Node, ...]) -> Iterator[Node]:
    r"""The parts, with isotopes by name: `{}^{3}\mathrm{He}` is "helium three"."""
    place = 0
    while place < len(parts):
        name = _name_isotope(*parts[place : place + 2]) if place + 1 < len(parts) else ""
        yield tree.Text(name) if name else parts[place]
        place += 2 if name else 1


def _name_isotope(mass: Node, symbol: Node) -> str:
    """An element's name with its mass number; "" for anything else."""
    if not isinstance(mass, Indexed) or mass.base != Group(()) or mass.above is None:
        return ""
    number = tree.plain_signs(mass.above)
    element = ELEMENTS.get(symbol.sign) if isinstance(symbol, Symbol) else None
    if not element or not number.isdecimal() or len(number) > 3:
        return ""
    return f"{element} {label(number)}"


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
