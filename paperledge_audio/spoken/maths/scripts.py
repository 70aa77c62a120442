"""Subscripts and superscripts → words: powers, inverses, bounds, charges, families, margins."""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import TYPE_CHECKING

from paperledge_audio.script.printed import signs, tree
from paperledge_audio.script.printed.tree import Indexed, Node, Symbol
from paperledge_audio.spoken import english
from paperledge_audio.spoken.numbers.words import cardinal, power

if TYPE_CHECKING:
    from collections.abc import Callable

    Say = Callable[[Node], str]
    """The words of a node."""

_BELOW = (
    {"the limit": "as {} of", "log": "base {}"}
    | dict.fromkeys(
        ("max", "min", "arg max", "arg min", "the supremum", "the infimum"), "over {} of"
    )
    | dict.fromkeys(("the limit superior", "the limit inferior"), "as {} of")
)
"""Words → how their subscript is said; others have "sub"."""
_INVERTED = frozenset(ascii_uppercase + "fghφΓΔΘΛΣΦΨΩ") - {"K"}
"""Letters of matrices and maps, whose power of minus one is an inverse; K may be the kelvin."""
_PARTICLES = frozenset("BDKZΛΣΞπρηωχΩ")
"""Letters whose superscript 0 means no charge; it is no power."""
_CHARGES = {"0": "zero", "*0": "star zero", "*+": "star plus", "*−": "star minus"}
"""Superscripts of particles that have no power."""
_DOUBLED = {"++": "plus plus", "−−": "minus minus", "±": "plus or minus", "∓": "minus or plus",
            "0ν": "zero nu", "2ν": "two nu"}  # fmt: skip
"""Superscripts of particles."""
_BESIDE_CAPITALS = {"c": "complement", "−T": "inverse transpose", "−⊤": "inverse transpose",
                    "1": "one"}  # fmt: skip
"""Superscripts of sets and matrices, and of spheres, as S¹."""
_EXPONENTIATED = frozenset("0123456789ntkmTNesλ")
"""What a power of H, as Hurst's exponent, is of; elsewhere it is a conjugate transpose."""
_SPACES = frozenset("LCWH")
"""Letters of function spaces, as L^p and C^∞."""
CLASSES = frozenset({"AC", "NC", "TC", "ACC", "SAC", "QNC"})
"""Families of circuits, whose superscript counts them."""
_PROJECTIVE = frozenset("ℙ𝔸𝕊𝕋𝔹ℍ")
"""Letters of spaces whose superscript is their dimension."""
_AXES = frozenset("xyz")
"""Superscripts of the matrices of a spin."""
_TENSORIAL = re.compile("[μν]|[μνρσλαβ]{2,4}")
"""Superscripts that are indices rather than powers."""
_STARS = {Symbol("*"), Symbol("∗"), Symbol("⋆")}
_NORMS = frozenset({"0", "1", "2", "p", "q", "∞"})
_ANGLED = frozenset({"sin", "cos", "tan"})
_ABOVE = {
    "′": "prime", "′′": "double prime", "′′′": "triple prime", "*": "star", "∗": "star",
    "⋆": "star", "T": "transpose", "⊤": "transpose", "⊺": "transpose", "∘": "degrees",
    "°": "degrees", "†": "dagger", "‡": "double dagger",
    "+": "plus", "−": "minus", "×": "times", "⊥": "perp", "‖": "parallel",
}  # fmt: skip
"""Superscript → its words; others have "to the"."""
_LABELLED = {
    **{("=", label): "is defined as" for label in ("def", "Δ", "△", "∆")},
    ("=", "!"): "must equal",
    ("=", "d"): "equals in distribution",
    ("→", "d"): "converges in distribution to", ("→", "D"): "converges in distribution to",
    ("→", "p"): "converges in probability to", ("→", "P"): "converges in probability to",
    ("→", "ℙ"): "converges in probability to", ("→", "a.s."): "converges almost surely to",
}  # fmt: skip
"""A sign and what is set above it → words."""
_NAMED = {"⊙": "sun", "⊕": "Earth", "Jup": "Jupiter", "⊥": "perp", "‖": "parallel"}
"""Subscripts that are bodies or directions."""
_STANDARD = frozenset("GHSUEK")
"""Letters whose circle above is the standard state, as in ΔG°."""
_BOUNDS = {Symbol("≥"), Symbol("≤"), Symbol("∈"), Symbol("<"), Symbol(">")}


def say_scripts(words: str, node: Indexed, say: Say) -> str:
    """The `words` of a base with those of its subscript and superscript, which `say` gives."""
    if special := _say_margins(words, node, say) or _say_counted(words, node, say):
        return special
    if node.base == Symbol("|") and node.below is not None:
        return _say_evaluated(node.below, node.above, say)
    sign = node.base.sign if isinstance(node.base, Symbol) else ""
    if sign == "ℓ" and node.above is None and tree.plain_signs(node.below or node.base) in _NORMS:
        return f"L {say(node.below or node.base)}"
    if sign == "R" and node.below is not None and tree.plain_signs(node.below) == "0":
        words = "R naught"  # the reproduction number
    elif node.below in _STARS:
        words += " star"
    elif node.below is not None:
        words = _say_lowered(words, _say_word(node.below) or _say_bound(sign, node.below, say))
    return words if node.above is None else _say_above(words, node.base, node.above, say)


def _say_bound(sign: str, below: Node, say: Say) -> str:
    """A subscript; below a sum, what divides and which neighbors."""
    if sign in signs.BOUNDED and isinstance(below, tree.Fenced) and below.opening == "⟨":
        return f"neighbors {say(below.inside)}"
    values = [part for part in tree.list_parts(below) if part != Symbol(" ")]
    if sign in signs.BOUNDED and len(values) == 3 and values[1] == Symbol("∣"):
        return f"{say(values[0])} divides {say(values[2])}"
    words = say(tree.replace_sign(below, ":", "to")).removeprefix("is ")
    return re.sub(" is (?=(?:less|greater) than )", " ", words) if sign in signs.BOUNDED else words


def _say_evaluated(below: Node, above: Node | None, say: Say) -> str:
    """What a bar behind an expression says, as in f|_{x=0} and F|_a^b."""
    if above is None:
        return f"evaluated at {say(below)}"
    return f"evaluated from {say(below)} to {say(above)}"


def _say_above(words: str, base: Node, above: Node, say: Say) -> str:
    """The `words` of a base, and of its subscript, with those of its superscript."""
    sign = base.sign if isinstance(base, Symbol) else ""
    written = tree.plain_signs(above)
    if isinstance(above, tree.Fenced) and above.opening in "([":
        order = say(above.inside)  # of a susceptibility, as χ^{(2)}
        name = order if sign == "χ" else f"superscript {order}"
        return f"{words} {'star' if above.inside in _STARS else name}"
    label = above.text if isinstance(above, tree.Text) else written
    if sign == "→" and (sign, label) not in _LABELLED:
        return f"{words}, with {say(above)},"
    if special := _LABELLED.get((sign, label)) or _say_no_power(words, base, sign, written):
        return special
    opening = base.opening if isinstance(base, tree.Fenced) else ""
    if sign in signs.DOUBLE_STRUCK.values() or (opening and opening in "{["):
        above = tree.replace_sign(above, "×", "by")
    if opening == "(" and words[-1] != ",":
        words += ","
    stem = words.removesuffix(" of")
    if sign in signs.BOUNDED:
        if set(written) == {"′"}:
            return f"{stem} prime of"  # of the index
        return f"{stem.replace(' over ', ' from ')} to {say(above)} of"
    return f"{stem} {_say_raised(base, above, say)}{words[len(stem) :]}"


def _say_no_power(words: str, base: Node, sign: str, written: str) -> str:
    """What a superscript means that is no power, with the `words` of its base; "" for a power."""
    if sign in _SPACES and (written in {"p", "q", "∞"} or "," in written):
        return f"{words} {' '.join(_name(one) for one in written if one not in ', ')}"
    numbered = sign in _PROJECTIVE | CLASSES and written.isdecimal()
    if numbered or (sign == "ℓ" and written in _NORMS):
        return f"{'L' if sign == 'ℓ' else words} {_name(written)}"
    if sign == "∇" and written == "2":
        return "del squared"  # the Laplacian, or the Hessian
    if len(sign) == 1 and sign in ascii_uppercase and written in _BESIDE_CAPITALS:
        return f"{words} {_BESIDE_CAPITALS[written]}"
    if written == "−1" and (sign in _INVERTED | _ANGLED or _is_matrix(base)):
        return f"inverse {words}" if sign in _ANGLED else f"{words} inverse"
    return ""


def _name(sign: str) -> str:
    """One sign's name: a digit's, or a letter's."""
    return cardinal(sign) if sign.isdecimal() else signs.WORDS.get(sign, sign.upper())


def _is_matrix(node: Node) -> bool:
    """Whether it is a bracket with capitals alone, as (AᵀA), or a sum of them."""
    if not isinstance(node, tree.Fenced) or node.opening != "(":
        return False
    letters = re.sub(r"[+−*]|\s", "", tree.plain_signs(node.inside))
    return letters.isalpha() and letters.isupper()


def _say_word(node: Node) -> str:
    """A subscript that is a word, as in θ_{old}, or a sign's name, as in M_⊙ and k_⊥; or ""."""
    letters = tree.plain_signs(node)
    if letters in _NAMED:
        return _NAMED[letters]
    return letters if re.fullmatch("[a-z]{3,}", letters) and english.is_known(letters) else ""


def _say_counted(words: str, node: Indexed, say: Say) -> str:
    """A family in brackets with its index, as {x_i}_{i=1}^N; "" for anything else."""
    if not isinstance(node.base, tree.Fenced) or node.below is None:
        return ""
    index, equals, first = tree.cut(node.below, Symbol("="))
    if not equals or node.above is None:
        return _say_family(words, node.below, say)
    last = say(node.above)
    return f"{words}, for {say(index)} from {say(first)} to {last}"


def _say_family(words: str, below: Node, say: Say) -> str:
    """A family whose index has a bound or a set, as (a_n)_{n ≥ 1}; "" for anything else."""
    if not any(part in _BOUNDS for part in tree.list_parts(below)):
        return ""
    return f"{words}, for {say(below).replace(' is at ', ' at ')}"


def _say_margins(words: str, node: Indexed, say: Say) -> str:
    """A value with its upper and lower margin, as 36^{+5}_{-4}; "" if it has none."""
    if node.above is None or node.below is None or not isinstance(node.base, tree.Number):
        return ""
    signs_first = [tree.list_parts(part)[:1] for part in (node.above, node.below)]
    if signs_first != [(Symbol("+"),), (Symbol("−"),)]:
        return ""
    return f"{words} {say(node.above)} {say(node.below)}"


def _say_lowered(words: str, low: str) -> str:
    if words == "the gradient of":
        return f"the gradient with respect to {low} of"
    if words.startswith("the norm of "):
        return words.replace("the", f"the {low}", 1)
    if words.startswith("the limit"):
        low = low.replace(" to ", " goes to ")
    if " is distributed as " in low:
        return f"{words} over {low.replace(' is distributed as ', ' drawn from ')}"
    usual = "over {} of" if words.endswith(" of") else "sub {}"
    return f"{words.removesuffix(' of')} {_BELOW.get(words, usual).format(low)}"


def _say_raised(base: Node, above: Node, say: Say) -> str:
    written = tree.plain_signs(above)
    while isinstance(base, Indexed | tree.Accented):  # K*⁰
        base = base.base
    sign = base.sign if isinstance(base, Symbol) else ""
    if words := _say_label(sign, above, written, say):
        return words
    if re.fullmatch(r"−?\d{1,9}", written):
        return power(written.replace("−", "-"))
    return _ABOVE.get(written) or f"to the {say(above)}"


def _say_label(sign: str, above: Node, written: str, say: Say) -> str:
    """A superscript of a particle, a spin, a tensor, or a name; "" for a power."""
    if written in _DOUBLED or (written in _CHARGES and sign in _PARTICLES):
        return _DOUBLED.get(written) or _CHARGES[written]
    if written == "H" and sign and sign not in _EXPONENTIATED:
        return "Hermitian"
    if isinstance(above, Symbol) and len(written) > 2 and written.islower():
        return "" if written in signs.WORDS else written  # a name, as in p_T^{\mathrm{miss}}
    if written in {"∘", "°"} and sign in _STANDARD:
        return "naught"
    if written in _AXES and sign in {"σ", "S"}:
        return say(above)
    return f"upper {say(above)}" if sign != "e" and _TENSORIAL.fullmatch(written) else ""
