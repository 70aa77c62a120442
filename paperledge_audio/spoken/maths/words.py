"""A formula's tree → the words that a lecturer would say.

Single letters become capitals, as everywhere in this package for names of letters.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from string import ascii_uppercase

from paperledge_audio.script.printed import signs, tree
from paperledge_audio.script.printed.latex import parse
from paperledge_audio.script.printed.tree import FormulaError, Group, Indexed, Node, Symbol
from paperledge_audio.spoken.maths.brackets import GROUPS, is_bracket, join_bracket, names_space
from paperledge_audio.spoken.maths.joining import join_numbers, join_signs
from paperledge_audio.spoken.maths.measures import name_units
from paperledge_audio.spoken.maths.scripts import say_scripts
from paperledge_audio.spoken.maths.tables import say_table
from paperledge_audio.spoken.numbers.words import (
    decimal,
    fraction,
    ordinal,
    spell_digits,
)

_GROWTH = {Symbol("exp"), Symbol("log"), Symbol("ln")}
_STATED: dict[Node, str] = {Symbol("∣"): "divides", Symbol("‖"): "is parallel to"}
"""Bars between the two sides of a statement."""
_SETS = frozenset(ascii_uppercase)
_SCALES = {"C": "Celsius", "F": "Fahrenheit"}
_NUMBERS = {Symbol("Re"), Symbol("Pr")}
"""Names of functions that are those of Reynolds and Prandtl as well."""
_FIELDS = {Symbol(letter) for letter in "EBFJAvu"}
"""Letters of what is integrated along a line or over a surface."""
_LETTERS = re.compile("[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{2,4}|[A-Za-z]{0,2}[a-z][A-Z]")
"""Names that are no words, as "th" and "AdS"."""
_ROOTS = {"2": "square", "3": "cube"}


def say_formula(source: str) -> str | None:
    r"""The words for a formula without its dollar signs; None where part of it has none.

    >>> say_formula(r"O(n \log n)"), say_formula(r"\mathbb{R}^d"), say_formula(r"x_{i+1}")
    ('O of N log N', 'R to the D', 'X sub I plus one')
    """
    try:
        words = _say_phrase(say_divides(parse(name_units(source))))
    except FormulaError:
        return None
    words = re.sub(" (?=[,:.])", "", words)
    words = re.sub(r"\bdegrees (C|F)\b", lambda scale: f"degrees {_SCALES[scale[1]]}", words)
    words = re.sub(r"\bsucceeds( or equals)? zero\b", _say_definite, words)
    if " mod " in words:
        words = words.replace("is equivalent to", "is congruent to")
    words = re.sub(r"\bover (?:dof|ndf|D O F)\b", "per degree of freedom", words)
    words = re.sub("^is (?:distributed as|approximately) ", "about ", words)
    words = re.sub(
        "^is (?=(?:at (?:most|least)|(?:much )?(?:greater|less) than|congruent to) )", "", words
    )
    return words.replace(", and so on, ", ", and so on, up to ") or None


def _say_definite(match: re.Match[str]) -> str:
    return f"is positive {'semidefinite' if match[1] else 'definite'}"


def _say_phrase(node: Node) -> str:
    """The words for an independent part; brackets at its beginning end with a pause."""
    parts = join_numbers(node)
    if parts[1:2] == (Symbol(":"),) and Symbol("→") in parts:
        parts = tree.replace_sign(node, ":", "from").parts
    parts = join_signs(parts)
    said: list[str] = []
    before: Node | None = None
    for part, after in zip_longest(parts, parts[1:]):
        base = part.base if isinstance(part, Indexed) else part
        words = _say_interval(before, base) or _say_in_place(base, before, after) or _say_node(base)
        times = words.startswith("the ") and said and _multiplies(before, said[-1])
        times = times and not _expects(before)
        times = times or (_is_called(before) and _is_factor(part, after))
        ends = after is None or after == Symbol("!")
        if is_bracket(base) and not any(said) and (not ends or part is not base):
            words += ","
        if isinstance(part, Indexed):
            numbered = part.above if names_space(part, after) else None  # no power, as in L²(ℝ)
            words += f" {_say_phrase(numbered)}" if numbered else ""
            scripts = replace(part, above=None) if numbered else part
            words = say_scripts(words, scripts, _say_phrase) + (" of" if numbered else "")
        if isinstance(base, tree.Table | tree.Labelled) and after:
            words += ","
        if is_bracket(after) and not words.endswith(" of"):
            words += join_bracket(part, after)
        linked = "times" if times else "of" if said and _expects(before, words) else ""
        said.append(f"{linked} {words}".lstrip())
        before = before if part == Symbol(" ") else part
    return " ".join(" ".join(said).split())


def _say_in_place(node: Node, before: Node | None, after: Node | None) -> str:
    """The words of a sign whose neighbours say what it means; "" for anything else."""
    if node == Symbol("o") and is_bracket(after):
        return "little O"
    along = after == Symbol("d") and before in _FIELDS  # F · dr
    if node == Symbol("·") and (along or (_is_vector(before) and _is_vector(after))):
        return "dot"
    if node in _NUMBERS and not _takes(after):
        return " ".join(tree.plain_signs(node).upper())
    if node == Symbol("∼") and before and (words := _say_similar(after)):
        return words
    if node == Symbol("⊕") and _is_space(before) and _is_space(after):
        return "direct sum"
    return ""


def _say_similar(after: Node | None) -> str:
    """What a tilde before a number, a fraction or a power means; "" before a distribution."""
    if isinstance(after.base if isinstance(after, Indexed) else after, tree.Number):
        return "is about"
    if isinstance(after, tree.Fraction):
        return "is asymptotic to"
    if after in _GROWTH:
        return "scales as"
    power = after.above if isinstance(after, Indexed) and after.base != Symbol("χ") else None
    parts = tree.list_parts(power) if power else ()
    return "scales as" if any(isinstance(p, tree.Number | tree.Fraction) for p in parts) else ""


def _takes(after: Node | None) -> bool:
    """Whether it is what the real part, or a probability, may be of."""
    base = after.base if isinstance(after, Indexed | tree.Accented) else after
    letter = isinstance(base, Symbol) and len(base.sign) == 1 and base.sign.isalpha()
    return letter or isinstance(base, tree.Fenced | Group)


def _is_vector(node: Node | None) -> bool:
    return isinstance(node, tree.Accented) and node.mark == "\u20d7"


def _is_space(node: Node | None) -> bool:
    """Whether it is a letter that is mostly a vector space or a module."""
    base = node.base if isinstance(node, Indexed) else node
    return isinstance(base, Symbol) and base.sign in set("ABEFGHMNRUVWℤℝℂℚ")


def _say_interval(before: Node | None, node: Node) -> str:
    """The words of an interval behind "in"; "" for anything else."""
    if before != Symbol("∈") or not isinstance(node, tree.Fenced) or node.opening not in "[(":
        return ""
    if "[" not in node.opening and "]" not in node.closing:
        return ""
    first, comma, last = tree.cut(node.inside, Symbol(","))
    return f"{_say_phrase(first)} to {_say_phrase(last)}" if comma else ""


def _multiplies(node: Node | None, words: str) -> bool:
    """Whether what was said last is a factor of what follows."""
    while isinstance(node, Indexed | tree.Accented):
        node = node.base
    if isinstance(node, Symbol):
        return len(node.sign) == 1 and node.sign.isalpha() and not words.endswith(" of")
    factors = (tree.Number, tree.Fraction, tree.Root, tree.Fenced)
    return isinstance(node, factors) and not words.endswith(" of")


def _expects(node: Node | None, words: str = "the ") -> bool:
    """Whether it is an expectation or a probability, of what `words` say."""
    base = node.base if isinstance(node, Indexed) else node
    return base in {Symbol("𝔼"), Symbol("ℙ")} and words.startswith("the ")


def _is_called(node: Node | None) -> bool:
    """Whether it is a bracket, with its exponent, that a factor may follow."""
    base = node.base if isinstance(node, Indexed) else node
    return isinstance(base, tree.Fenced) and base.opening in "(["


def _is_factor(node: Node, after: Node | None) -> bool:
    """Whether it is a variable or a function: no sign, and no differential."""
    base = node
    while isinstance(base, Indexed | tree.Accented):
        base = base.base
    if not isinstance(base, Symbol) or not base.sign.isalpha() or len(base.sign) > 1:
        return False
    return base != Symbol("d") or not isinstance(after, Symbol)


def _say_node(node: Node) -> str:  # noqa: C901, PLR0911 - a case each
    match node:
        case Symbol(sign):
            return _say_symbol(sign)
        case tree.Number(digits):
            return spell_digits(digits) if re.fullmatch("0\\d+", digits) else decimal(digits)
        case tree.Text(text):
            return _say_text(text)
        case tree.Fraction(above, below):
            pair = tree.plain_signs(above), tree.plain_signs(below)
            if pair[1] == "2" and pair[0] in {"3", "5", "7", "9"}:
                return f"{decimal(pair[0])} halves"
            if all(re.fullmatch(r"\d{1,3}", digits) for digits in pair):
                return fraction(*pair)
            operator = " of" if _is_derivative(above, below) else ""
            over = ", all over" if _is_sum(above) else " over"
            return f"{_say_phrase(above)}{over} {_say_phrase(below)}{operator}"
        case tree.Root(inside, degree):
            return f"the {_ROOTS.get(degree) or ordinal(degree)} root of {_say_phrase(inside)}"
        case tree.Accented(base, mark):
            return f"{_say_phrase(base)} {signs.ACCENTS[mark]}"
        case tree.Fenced():
            return _say_fenced(node)
        case tree.Table():
            return say_table(node, _say_phrase)
        case tree.Labelled(base, label):
            return f"{_say_phrase(base)}, labelled {_say_phrase(label)}"
    return _say_phrase(node)


def _is_sum(node: Node) -> bool:
    """Whether it is a sum or a difference, of which only the last part would seem divided."""
    return any(part in {Symbol("+"), Symbol("−")} for part in tree.list_parts(node)[1:])


def _is_derivative(above: Node, below: Node) -> bool:
    """Whether a fraction is an operator, as d/dx."""
    sign = above.base if isinstance(above, Indexed) else above
    return sign in {Symbol("d"), Symbol("∂")} and tree.list_parts(below)[:1] == (sign,)


def _say_symbol(sign: str) -> str:
    """A sign's words; an unknown name is said as it is, or by its letters if they are capitals."""
    spelled = sign in GROUPS or _LETTERS.fullmatch(sign)
    words = signs.WORDS.get(sign, sign.upper() if spelled else sign)
    if mixed := re.fullmatch("([a-z]+)([A-Z]{2,3})", words):  # as coNP
        return f"{mixed[1]} {' '.join(mixed[2])}"
    if sign not in signs.WORDS and not sign[0].isalpha():
        raise FormulaError(f"{sign} has no words")
    return " ".join(words) if words.isupper() and len(words) < 5 else words


def _say_text(text: str) -> str:
    """Words stay words; anything else is read as mathematics."""
    if not re.fullmatch(r"(?=.*[A-Za-z]{2})\(?[A-Za-z' -]+\.?\)?", text):
        return _say_phrase(parse(text))
    return " ".join(map(_say_symbol, re.findall("[A-Za-z][A-Za-z']*", text)))


def _say_fenced(node: tree.Fenced) -> str:
    pair = node.opening + node.closing
    if pair not in signs.FENCES:
        raise FormulaError(f"{pair} has no words")
    if pair == "⟨⟩":
        return _say_angles(node.inside)
    if pair in {"|⟩", "⟨|"} and isinstance(node.inside, tree.Number):
        return f"{signs.FENCES[pair]} {spell_digits(node.inside.digits)}"
    inside = node.inside
    if pair == "||" and _is_set(inside):
        return f"the size of {_say_phrase(inside)}"
    if Symbol("·") in tree.list_parts(inside):
        inside = _name_placeholders(inside)
    for bar in "|∣" if pair == "{}" else "":
        inside = tree.replace_sign(inside, bar, "such that")
    return f"{signs.FENCES[pair]} {_say_phrase(inside)}"


def _name_placeholders(node: Node) -> Group:
    """The node with "dot" for what stands in an argument's place, as in K(·, x)."""
    parts = (Symbol(","), *tree.list_parts(node), Symbol(","))
    ends = {Symbol(sign) for sign in (",", ";", "|", "∣")}
    return Group(
        tuple(
            tree.Text("dot") if part == Symbol("·") and ends.issuperset((before, after)) else part
            for before, part, after in zip(parts, parts[1:], parts[2:], strict=False)
        )
    )


def say_divides(node: Node) -> Node:
    """The node, with words for the bar of a statement as a ∣ b and E ∥ c."""
    values = [part for part in tree.list_parts(node) if part != Symbol(" ")]
    words = _STATED.get(values[1]) if len(values) == 3 else None
    return Group((values[0], tree.Text(words), values[2])) if words else node


def _is_set(node: Node) -> bool:
    """Whether bars around it mean its size: one capital letter, or a union."""
    parts = tree.list_parts(node)
    if any(part in {Symbol("∪"), Symbol("∩"), Symbol("∖")} for part in parts):
        return True
    base = parts[0] if len(parts) == 1 else Group(())
    while isinstance(base, Indexed | Group) and base != Group(()):
        base = base.base if isinstance(base, Indexed) else base.parts[0]
    return isinstance(base, Symbol) and base.sign in _SETS


def _say_angles(inside: Node) -> str:
    """An inner product of two; an average of one."""
    parted: list[list[Node]] = [[]]
    for part in tree.list_parts(inside):
        if part in {Symbol(","), Symbol("|"), Symbol("∣")}:
            parted.append([])
        else:
            parted[-1].append(part)
    said = [_say_phrase(Group(tuple(parts))) for parts in parted]
    if len(said) == 3 and said[0] == said[2]:
        return f"the expectation of {said[1]} in {said[0]}"
    if len(said) == 2:
        return f"the inner product of {said[0]} and {said[1]}"
    return ", ".join(said) if said[1:] else f"{signs.FENCES['⟨⟩']} {said[0]}"
