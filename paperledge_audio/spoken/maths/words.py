"""A formula's tree → the words that a lecturer would say.

Single letters come out as capitals, which is how the rest of this room writes the names of letters.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from paperledge_audio.script.printed import signs, tree
from paperledge_audio.script.printed.latex import parse
from paperledge_audio.script.printed.tree import FormulaError, Group, Indexed, Node, Symbol
from paperledge_audio.spoken.numbers.words import decimal, fraction, ordinal, power

_BELOW = {"the limit": "as {} of", "log": "base {}"} | dict.fromkeys(
    ("max", "min", "arg max", "arg min", "the supremum", "the infimum"), "over {} of"
)
"""How what stands below these words is said; below others it is "sub"."""
_ROOTS = {"2": "square", "3": "cube"}
_PARTED = {"{}": "such that", "⟨⟩": ","}
"""What a bar is said as between these; elsewhere it is "given"."""
_ABOVE = {
    "′": "prime", "′′": "double prime", "*": "star", "∗": "star", "⋆": "star", "T": "transpose",
    "⊤": "transpose", "⊺": "transpose", "∘": "degrees", "°": "degrees", "†": "dagger",
}  # fmt: skip
"""What is said of a base for what stands above it; for others "to the"."""


def formula(source: str) -> str | None:
    r"""The words for a formula without its dollar signs; None where part of it has none.

    >>> formula(r"O(n \log n)"), formula(r"\mathbb{R}^d"), formula(r"x_{i+1}")
    ('O of N log N', 'R to the D', 'X sub I plus one')
    """
    try:
        words = _phrase(parse(source))
    except FormulaError:
        return None
    return re.sub(" (?=[,:.])", "", words) or None


def _phrase(node: Node) -> str:
    """The words for what stands on its own; brackets at its beginning end with a pause."""
    parts = tree.parts_of(node)
    if parts[1:2] == (Symbol(":"),) and Symbol("→") in parts:
        parts = _saying(node, ":", "from").parts
    said: list[str] = []
    for part, after in zip_longest(parts, parts[1:]):
        base = part.base if isinstance(part, Indexed) else part
        words = _words(base)
        if _is_bracket(base) and not any(said) and (after or part is not base):
            words += ","
        if isinstance(part, Indexed):
            words = _indexed(words, part)
        if _is_function(base) and _is_bracket(after) and not words.endswith(" of"):
            words += " of"
        said.append(words)
    return " ".join(" ".join(said).split())


def _words(node: Node) -> str:  # noqa: PLR0911 - a case each
    match node:
        case Symbol(sign):
            return _symbol(sign)
        case tree.Number(digits):
            return decimal(digits)
        case tree.Text(text):
            return _text(text)
        case tree.Fraction(above, below):
            pair = tree.written(above), tree.written(below)
            plain = all(re.fullmatch(r"\d{1,3}", digits) for digits in pair)
            return fraction(*pair) if plain else f"{_phrase(above)} over {_phrase(below)}"
        case tree.Root(inside, degree):
            return f"the {_ROOTS.get(degree) or ordinal(degree)} root of {_phrase(inside)}"
        case tree.Accented(base, mark):
            return f"{_phrase(base)} {signs.ACCENTS[mark]}"
        case tree.Fenced():
            return _fenced(node)
    return _phrase(node)


def _symbol(sign: str) -> str:
    """A sign's words; an unknown name is said as it is, or by its letters if they are capitals."""
    words = signs.WORDS.get(sign, sign)
    if sign not in signs.WORDS and not sign[0].isalpha():
        raise FormulaError(f"{sign} has no words")
    return " ".join(words) if words.isupper() and len(words) < 5 else words


def _text(text: str) -> str:
    """Words stay words; anything else is read as mathematics."""
    if not re.fullmatch(r"(?=.*[A-Za-z]{2})[A-Za-z' -]+", text):
        return _phrase(parse(text))
    return " ".join(map(_symbol, re.findall("[A-Za-z][A-Za-z']*", text)))


def _fenced(node: tree.Fenced) -> str:
    pair = node.opening + node.closing
    if pair not in signs.FENCES:
        raise FormulaError(f"{pair} has no words")
    inside = node.inside
    for bar in "|∣" if pair in _PARTED else "":
        inside = _saying(inside, bar, _PARTED[pair])
    return f"{signs.FENCES[pair]} {_phrase(inside)}"


def _indexed(words: str, node: Indexed) -> str:
    """The `words` of the base with those for what stands below and above it."""
    if node.below is not None:
        words = _lowered(words, _phrase(node.below))
    if node.above is None:
        return words
    sign = node.base.sign if isinstance(node.base, Symbol) else ""
    above = node.above
    if sign in signs.DOUBLE_STRUCK.values():
        above = _saying(above, "×", "by")
    stem = words.removesuffix(" of")
    if sign and sign in "∑∏∫":
        return f"{stem.replace(' over ', ' from ')} to {_phrase(above)} of"
    return f"{stem} {_raised(above)}{words[len(stem) :]}"


def _lowered(words: str, low: str) -> str:
    if words.startswith("the norm of "):
        return words.replace("the", f"the {low}", 1)
    if words == "the limit":
        low = low.replace(" to ", " goes to ")
    usual = "over {} of" if words.endswith(" of") else "sub {}"
    return f"{words.removesuffix(' of')} {_BELOW.get(words, usual).format(low)}"


def _raised(above: Node) -> str:
    written = tree.written(above)
    if re.fullmatch(r"−?\d{1,9}", written):
        return power(written.replace("−", "-"))
    return _ABOVE.get(written) or f"to the {_phrase(above)}"


def _saying(node: Node, sign: str, words: str) -> Group:
    """The nodes in a row with other words for a sign."""
    parts = tree.parts_of(node)
    return Group(tuple(tree.Text(words) if part == Symbol(sign) else part for part in parts))


def _is_bracket(node: Node | None) -> bool:
    base = node.base if isinstance(node, Indexed) else node
    return isinstance(base, tree.Fenced) and base.opening in "(["


def _is_function(node: Node) -> bool:
    """Whether "of" stands between it and a bracket."""
    if isinstance(node, Indexed | tree.Accented):
        return _is_function(node.base)
    if isinstance(node, tree.Text):
        return len(node.text) > 1 and node.text.isalpha()
    name = node.sign if isinstance(node, Symbol) else ""
    return name in signs.FUNCTION_LETTERS or (len(name) > 1 and name not in signs.OPERATIONS)
