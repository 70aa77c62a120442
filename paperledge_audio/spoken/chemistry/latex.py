r"""Chemistry in LaTeX: "H$_2$O", "Ca$^{2+}$", `$\mathrm{YBa_2Cu_3O_{7-x}}$`, `\ce{SO4^2-}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.script.printed.signs import LOWERED
from paperledge_audio.spoken.chemistry.elements import ELEMENTS, ISOTOPES
from paperledge_audio.spoken.chemistry.formulas import is_formula, spell_formula
from paperledge_audio.spoken.numbers.words import cardinal, label
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_EL = "|".join(sorted(ELEMENTS, key=len, reverse=True))
_UPRIGHT = re.compile(r"\\(?:mathrm|mathsf|text|textrm|rm|ce)\b\s?")
_COUNT = r"_(?:\d|[nxy]|\{[^{}$]{1,16}\})"
_CHARGE = r"\^(?:[-−+]|\{?\d?[-−+]\}?)"
_ATOM = rf"[A-Z][a-z]?(?:\d{{1,2}}|\$(?:{_COUNT})?(?:{_CHARGE})?\$)?"
_GROUP = rf"\((?:{_ATOM}){{1,8}}\)(?:\d|\${_COUNT}(?:{_CHARGE})?\$)"
_ION = re.compile(r"(.+?)(?:\^?(\d?)([-−+]))?")
_SUBSCRIPT = re.compile(r"_(?:\{([^{}]*)\}|(\w))")
_LOWERED = LOWERED | {"-": "₋"}
_ALONE = frozenset({"H", "C", "N", "O", "F", "P", "S", "Cl", "Br", "I"})
"""Elements whose molecules are of them alone, as N₂ and C₆₀."""
_SLANTED = re.compile(r"[A-Z][a-z]|^(?:C?H?[NSCP]O[₂₃ₓ]|H[₂₃]O|N[₂]O|NH[₃₄]|CH[₃₄]|H₂[SO]|CO)")
"""What slanted letters need to be a formula rather than a product: a symbol of two, or fame."""
_SIGNS = {"+": "plus", "-": "minus", "−": "minus"}


def _print_formula(source: str) -> str:
    r"""A formula as Unicode writes it.

    >>> _print_formula(r"La$_{2-x}$Sr$_x$CuO$_4$"), _print_formula(r"\mathrm{H_2O}")
    ('La₂₋ₓSrₓCuO₄', 'H₂O')
    """
    plain = _UPRIGHT.sub("", source.replace("$", "").replace(r"\delta", "δ"))
    lowered = _SUBSCRIPT.sub(
        lambda low: "".join(_LOWERED.get(sign, sign) for sign in low[1] or low[2]), plain
    )
    return re.sub(r"[{}\s]", "", lowered)


def _is_molecule(plain: str) -> bool:
    """Whether a formula in subscripts has several elements, or several atoms of one."""
    symbols = re.findall("[A-Z][a-z]?", plain)
    if len(symbols) != 1:
        return len(symbols) > 1
    return symbols[0] in _ALONE and plain.removeprefix(symbols[0]) not in {"", "₀", "₁"}


def _say_source(match: re.Match[str], _context: Context) -> Saying:
    """A formula in letters, with its charge if it has one."""
    ion = _ION.fullmatch(_print_formula(match[0]))
    if not ion:
        return None
    plain, size, sign = ion.groups()
    slanted = match[0].startswith("$") and not _UPRIGHT.search(match[0])
    if slanted and (sign or not _SLANTED.search(plain)):
        return None
    known = sign or is_formula(plain) or _is_molecule(plain)
    words = spell_formula(plain) if known else None
    if not words or not sign:
        return words
    return f"{words}{f' {cardinal(size)}' if size else ''} {_SIGNS[sign]}"


def _say_isotope(match: re.Match[str], _context: Context) -> Saying:
    """An isotope whose mass number stands above: "$^{13}$C", and "^{13}C" without dollars."""
    _, mass, metastable, symbol, size, sign = match.groups()
    marked = {"$", "{"}.intersection(match[0]) or (symbol, mass) in ISOTOPES | {("H", "1")}
    if not marked:
        return None
    if (symbol, mass) == ("H", "1"):
        return "proton"
    words = [ELEMENTS[symbol], label(mass), *("M" if metastable else "")]
    words += [cardinal(size)] if size else []
    return " ".join([*words, _SIGNS[sign]] if sign else words)


RULES: tuple[Rule, ...] = (
    rule("isotope", "p", r"(?:(?P<dollar>\$)|(?<![\w)\]}|$]))(?:\{\})?\^\{?(\d{1,3})(\\?m)?"
         rf"\}}?(?(dollar)\$)({_EL})(?:\^\{{?(\d?)([-−+])\}}?)?(?![a-z\d])", _say_isotope),
    rule("space", "s", rf"\s(?={_GROUP})", " "),
    rule("formula", "Up", r"(?<![\w$])(?=[^$\s]{1,24}\$[_^])"
         rf"(?:{_ATOM}|{_GROUP}){{1,12}}(?![\w$])", _say_source),
    rule("formula", "p", rf"\$(?=[\\A-Z{{])(?:{_UPRIGHT.pattern}|[A-Za-z\d_{{}}()^+−-]|\\delta)"
         r"{2,60}\$", _say_source),
)  # fmt: skip
