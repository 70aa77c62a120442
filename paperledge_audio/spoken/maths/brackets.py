"""What is said between a part of a formula and the bracket behind it: "of", "times" or nothing."""

from __future__ import annotations

from paperledge_audio.script.printed import signs, tree
from paperledge_audio.script.printed.tree import Group, Indexed, Node, Symbol

GROUPS = frozenset({"SU", "SO", "Sp", "SL", "GL", "PSL", "SE", "su", "so", "sl", "gl"})
"""Groups of matrices, whose size stands in a bracket, and their algebras."""
_DEGREES = {Symbol(letter) for letter in "ijknpqr"}
"""Superscripts that count a space where they are no numbers."""
_STATING = signs.RELATIONS - {"∣"}


def is_bracket(node: Node | None) -> bool:
    """Whether it is a round or square bracket, with a script or without."""
    base = node.base if isinstance(node, Indexed) else node
    return isinstance(base, tree.Fenced) and base.opening in "(["


def names_space(node: Indexed, bracket: Node | None) -> bool:
    """Whether a superscript before a bracket counts a space, as in L²(ℝ) and H²(X, ℤ)."""
    sign = node.base.sign if isinstance(node.base, Symbol) else ""
    inside = bracket.base if isinstance(bracket, Indexed) else bracket
    if sign not in set("LHCW") or not isinstance(inside, tree.Fenced) or not is_bracket(inside):
        return False
    if not isinstance(node.above, tree.Number) and node.above not in _DEGREES:
        return False
    first, *others = tree.list_parts(inside.inside) or (Symbol(" "),)
    while isinstance(first, Indexed | tree.Accented):
        first = first.base
    if isinstance(first, Symbol):
        return sign == "L" or first.sign.isupper() or first.sign in signs.DOUBLE_STRUCK.values()
    return is_bracket(first) or Symbol(",") in others


_TRANSPOSED = frozenset({"T", "⊤", "⊺", "H"})
"""Superscripts of matrices and vectors, which are no functions: Hᵀ(Hx − y)."""


def join_bracket(base: Node, bracket: Node | None) -> str:
    """What is said between a part and the bracket behind it, a space first; "" for nothing."""
    factor = _is_factor(base, bracket)
    above = tree.plain_signs(base.above) if isinstance(base, Indexed) and base.above else ""
    while isinstance(base, Indexed | tree.Accented):
        base = base.base
    while isinstance(base, Group) and len(base.parts) == 1:  # a letter in its own font
        base = base.parts[0]
    if isinstance(bracket, Indexed) and _is_argument(bracket.base):
        bracket = bracket.base  # a(t)², t(K, W)²
    letter = isinstance(base, Symbol) and len(base.sign) == 1 and base.sign.isalpha()
    if base == Symbol("!") or _is_group(base, bracket) or factor:
        return "" if _is_group(base, bracket) else " times"
    if above in _TRANSPOSED:
        bracket = bracket.base if isinstance(bracket, Indexed) else bracket
    elif _is_function(base):
        return " that" if base == Symbol("Pr") and _relates(bracket) else " of"
    if not (letter or isinstance(base, tree.Number)) or not isinstance(bracket, tree.Fenced):
        return ""
    inside = tree.list_parts(bracket.inside)
    adds = any(part in {Symbol("+"), Symbol("−")} for part in inside[1:])
    if letter and (bracket.opening == "[" or _is_signal(base, inside)):
        return " of"
    multiplied = adds or (above in _TRANSPOSED and len(inside) > 1)
    if multiplied and Symbol(",") not in inside:
        return " times"
    return " of" if letter else ""


def _is_factor(base: Node, bracket: Node | None) -> bool:
    """Whether it multiplies a bracket though its letter alone may be a function.

    So do a spinor's adjoint, the reproduction number, and a constant before a concentration.
    """
    if not isinstance(bracket, tree.Fenced) or not isinstance(base, Indexed | tree.Accented):
        return False
    adds = any(part in {Symbol("+"), Symbol("−")} for part in _list_inside(bracket)[1:])
    if isinstance(base, tree.Accented) or base.below is None:
        return adds and base.base == Symbol("ψ")
    if base.base == Symbol("R") and base.below == tree.Number("0"):
        return adds
    inside = bracket.inside.sign if isinstance(bracket.inside, Symbol) else ""
    return bracket.opening == "[" and base.base in {Symbol("k"), Symbol("V")} and inside.isupper()


def _list_inside(node: Node) -> tuple[Node, ...]:
    """The parts in a bracket; none for anything else."""
    return tree.list_parts(node.inside) if isinstance(node, tree.Fenced) else ()


def _is_group(base: Node, bracket: Node | None) -> bool:
    """Whether it is a group of matrices before its size, as SU(3) and U(1)."""
    size = bracket.base if isinstance(bracket, Indexed) else bracket
    is_one = isinstance(size, tree.Fenced) and size.inside == tree.Number("1")
    named = isinstance(base, Symbol) and base.sign in GROUPS
    return named or (base == Symbol("U") and is_one)


def _is_argument(bracket: Node) -> bool:
    """Whether it is a bracket with a variable that a function may have, or with several values."""
    inside = _list_inside(bracket)
    return Symbol(",") in inside or inside in {(Symbol(one),) for one in "txskn"}


def _is_signal(base: Node, inside: tuple[Node, ...]) -> bool:
    """Whether it is a signal at a time, as x(k + 1), or a delta function, as δ(x − a)."""
    sign = base.sign if isinstance(base, Symbol) else ""
    if sign == "δ":
        return Symbol("−") in inside
    first = inside[0] if inside else base
    return sign in set("xyuvwsr") and first in {Symbol(one) for one in "tknT"}


def _relates(bracket: Node | None) -> bool:
    """Whether the bracket holds a statement, as in Pr[X ≥ t]."""
    inside = tree.list_parts(bracket.inside) if isinstance(bracket, tree.Fenced) else ()
    return any(isinstance(part, Symbol) and part.sign in _STATING for part in inside)


def _is_function(node: Node) -> bool:
    """Whether "of" stands between it and a bracket."""
    if isinstance(node, Indexed | tree.Accented):
        return _is_function(node.base)
    if isinstance(node, tree.Text):
        return len(node.text) > 1 and node.text.isalpha()
    name = node.sign if isinstance(node, Symbol) else ""
    return name in signs.FUNCTION_LETTERS or (len(name) > 1 and name not in signs.OPERATIONS)
