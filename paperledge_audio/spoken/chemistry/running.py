"""Chemistry in running text: formulas, ions, isotopes, bonds, oxidation states."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.script.printed.signs import GREEK
from paperledge_audio.spoken.chemistry.elements import (
    ELEMENTS,
    HEAVY,
    ISOTOPES,
    METALS,
    NAMED,
    RESIDUES,
    name_isotope,
)
from paperledge_audio.spoken.chemistry.formulas import (
    ATOMS,
    COUNT,
    FORMULA,
    GROUP,
    is_formula,
    spell_formula,
)
from paperledge_audio.spoken.numbers.roman import read_roman
from paperledge_audio.spoken.numbers.words import cardinal, label
from paperledge_audio.spoken.rules.rule import SPACES, Context, Saying, rule, text_around

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_CHARGE = (
    r"(?:[²-³¹⁴-⁹]?[⁺⁻]|\^\{\d?[-+−]\}|\^\d?[-+−]|[+](?![\w+])|[-−](?![\w\s-])|[-−](?=\s[a-z])|"
    r"−(?=\s\d))"
)
_SUSPENDED = re.compile(r"[-−]\s(?:and|or|to|vs)\b")
_ANIONS = {
    "OAc": "acetate", "OH": "hydroxide", "NO3": "nitrate", "SO4": "sulfate", "CO3": "carbonate",
    "PO4": "phosphate", "ClO4": "perchlorate", "CN": "cyanide",
}  # fmt: skip
_SIGNS = {"⁺": "plus", "⁻": "minus", "+": "plus", "-": "minus", "−": "minus"}
_EL = "|".join(sorted(ELEMENTS, key=len, reverse=True))
_ROMAN = r"(?:IV|VI{0,3}|I{1,3}|IX|X)"
_IONISED = r"(?:X{0,2}(?:IX|IV|VI{0,3}|I{1,3})|X{1,2})"
_SPECTRAL = re.compile(r"\blines?\b|λ|\bemission\b|\babsorption\b|\bspectr")
_WORDS = frozenset({"He", "In", "As", "At", "Be", "No", "I", "Am", "Ho"})
"""Symbols that are words, so that an "I" after them is a pronoun."""
_KNOWN_BY_LETTER = {
    (row[0], row[1:])
    for row in [
        "C13",
        "C14",
        "N15",
        "O17",
        "O18",
        "P32",
        "S35",
        "I123",
        "I125",
        "I131",
        "U233",
        "U235",
        "U238",
    ]
}
"""Isotopes of elements with a single letter that no other name looks like, as "40K" does."""
_DOUBLE = {"=": "double bond", "≡": "triple bond"}
_LETTERED = re.compile(
    r"(?:panels?|parts?|sections?|figures?|figs?\.|options?|groups?|\d)\s?$", re.IGNORECASE
)
_MATTER = (
    r"(?:ions?|atoms?|alloys?|metals?|wafers?|films?|nano\w+|electrodes?|anodes?|cathodes?|foils?|"
    r"isotopes?|oxides?|layers?|substrates?|surfaces?|catalysts?|sites?|centers?|channels?|doping|tandems?|"
    r"solar\scells?|nanowires?|nanosheets?|powders?|intake|deficiency|levels|"
    r"complex(?:es)?|species|precursors?|dimers?|loadings?|content|clusters?|concentrations?|deposits?|dendrites?|transistors?|photonics|batter\w+)\b"
)


def _say_formula(match: re.Match[str], context: Context) -> Saying:
    formula, charge = match["formula"], match["charge"]
    plain = unicodedata.normalize("NFKC", match[0])
    if plain != match[0] and (entry := context.lexicon.find(plain)):
        return entry.spans(match[0])
    if context.lexicon.inflected(match[0]) or context.lexicon.inflected(formula):
        return None
    words = spell_formula(formula)
    if not words:
        return None
    if charge:
        return f"{words} {_say_charge(charge)}" if _is_ion(match) else None
    return words if is_formula(formula) else None


def _say_phase(match: re.Match[str], context: Context) -> Saying:
    """What tells forms of a compound apart, as in "γ-Al2O3" and "p-GaN"."""
    if not is_formula(match[2]) or context.lexicon.inflected(match[0] + match[2]):
        return None
    if match[1][0].isdecimal():
        return f"{cardinal(match[1][0])} {match[1][1]}{' prime' if match[1][2:] else ''} "
    return f"{GREEK.get(match[1], match[1].upper())} "


def _is_ion(match: re.Match[str]) -> bool:
    """Whether a sign behind a formula is its charge: not in "N- and O-linked"."""
    formula, charge = match["formula"], match["charge"]
    if charge[0] not in "+-−":
        return True
    if _SUSPENDED.match(match.string, match.end() - 1):
        return False
    symbols = re.findall("[A-Z][a-z]?", formula)
    if len(symbols) > 1:
        return bool(re.search(r"\d", formula)) or formula in {"OH", "CN"}
    ions = METALS | {"H"} if charge == "+" else {"Cl", "Br"}
    return symbols[0] in ions and not re.search(r"\d\d", formula)


def _say_charge(charge: str) -> str:
    size = re.sub(r"\D", "", unicodedata.normalize("NFKC", charge))
    sign = _SIGNS[charge.rstrip("}")[-1]]
    return f"{cardinal(size)} {sign}" if size else sign


def _say_salt(match: re.Match[str], _context: Context) -> Saying:
    """A metal and a group in brackets, by their names: "Ca(OH)2" is calcium hydroxide."""
    anion = _ANIONS.get(unicodedata.normalize("NFKC", match[2]))
    return f"{ELEMENTS[match[1]]} {anion}" if anion and match[1] in METALS else None


def _say_oxidation(match: re.Match[str], _context: Context) -> Saying:
    symbol = match[1]
    if symbol not in METALS | {"As", "Sb", "Se"}:
        return None
    return f"{ELEMENTS[symbol]} {cardinal(str(read_roman(match[2])))}"


def _say_spectrum(match: re.Match[str], _context: Context) -> Saying:
    """An ionised element as astronomers write it: "Fe II", "[O III]"."""
    symbol, roman = match[1], match[2]
    if symbol == "H":
        return f"H {cardinal(str(read_roman(roman)))}" if roman in {"I", "II"} else None
    if len(symbol) == 1 and symbol not in "CNOS":
        return None
    if len(roman) == 1 and symbol not in NAMED | {"Na", "Ca", "Si"}:
        near = match.string[max(match.start() - 80, 0) : match.end() + 40]
        bracketed = match.string[match.start() - 1 : match.start()] == "["
        if roman == "I" or not (bracketed or _SPECTRAL.search(near)):
            return None  # "I" is a pronoun, "V" and "X" are letters
    words = symbol if len(symbol) == 1 else ELEMENTS[symbol]
    return f"{words} {cardinal(str(read_roman(roman)))}"


def _say_forbidden(match: re.Match[str], _context: Context) -> Saying:
    """An ionised element whose line is forbidden, as in "[O III]": its brackets are not heard."""
    words = match[1] if len(match[1]) == 1 else ELEMENTS[match[1]]
    return f" {words} {cardinal(str(read_roman(match[2])))}"


_DRAG = re.compile(r"\b(?:drag|lift|aerodynamic\w*|airfoil|cars?|vehicles?|frontal|orifice|Cl)\b")
"""What the coefficient of drag is of, rather than cadmium."""
_PROMOTER = re.compile(r"(?:::|\s(?:CaMV\s)?promoter)")
"""What makes 35S the name of a promoter."""
_SEAT = re.compile(r"\b(?:seat|row|gate|room|exit|flight|apt\.?|unit|bus|suite)\s$", re.IGNORECASE)


def _is_beside(match: re.Match[str], symbol: str, number: str) -> bool:
    """Whether an isotope is compared with one before it, as in "87Sr/86Sr"."""
    before = match.string[max(match.start() - 6, 0) : match.start()]
    plain = len(symbol) == 2 or (symbol, number) in {("C", "12"), ("N", "14"), ("O", "16")}
    stem = before.removesuffix(f"{symbol}/")
    return plain and stem != before and stem[-1:].isdecimal()


def _say_isotope(match: re.Match[str], _context: Context) -> Saying:
    mass, symbol = unicodedata.normalize("NFKC", match["mass"]), match["symbol"]
    raised = match["mass"] != mass
    if not raised and _PROMOTER.match(match.string, match.end()):
        return None
    number = mass.rstrip("m")
    lists = ISOTOPES if len(symbol) == 2 else _KNOWN_BY_LETTER
    known = (symbol, number) in lists or _is_beside(match, symbol, number)
    known = known or (symbol in HEAVY - {"No"} and "-" in match[0] and 199 < int(number) < 300)
    if not raised and (not known or _SEAT.search(match.string[: match.start()][-10:])):
        return None
    if raised and symbol == "H" and mass == "1":
        return "proton"
    metastable = " M" if mass.endswith("m") else ""
    return name_isotope(symbol, number, match.string[: match.start()]) + metastable


def _say_bond(match: re.Match[str], _context: Context) -> Saying:
    parts = re.split("([-–—=≡])", match[0])
    symbols, signs = parts[::2], parts[1::2]
    before = match.string[max(match.start() - 12, 0) : match.start()]
    if "-" in signs and not (METALS | {"Si", "Cl", "Br"}).intersection(symbols):
        return None
    if any(symbol in _WORDS for symbol in symbols if len(symbol) == 2) or _LETTERED.search(before):
        return None
    words = [" ".join(symbols[0].upper())]
    named = re.match(r"\s(double|triple|bonds?)\b", match.string[match.end() :])
    for sign, symbol in zip(signs, symbols[1:], strict=True):
        words += [_DOUBLE[sign]] if sign in _DOUBLE and not named else []
        words.append(" ".join(symbol.upper()))
    if named and named[1].startswith("bond") and signs[-1] in _DOUBLE:
        words.append(_DOUBLE[signs[-1]].split()[0])  # "a C C double" and "bond" follows
    return " ".join(words)


def _say_ions(match: re.Match[str], _context: Context) -> Saying:
    """Two ions, as of the "Na+/K+ pump", or a metal and its own, as in "0.1 V vs. Li/Li+"."""
    first, charge, second = match.groups()
    if not charge and first not in METALS:
        return None
    return f"{ELEMENTS[first]} {ELEMENTS[second]}{' plus' if first == second else ''}"


def _say_element(match: re.Match[str], context: Context) -> Saying:
    symbol = match[0]
    if symbol == "Cd" and _DRAG.search(text_around(match, 40)):
        return "C D"
    return None if context.lexicon.inflected(symbol) else ELEMENTS[symbol]


def _say_enzyme(match: re.Match[str], _context: Context) -> Saying:
    """As "ATPase" and "DNase I"."""
    letters, plural, roman = match.groups()
    number = f" {cardinal(str(read_roman(roman)))}" if roman else ""
    return f"{' '.join(letters)} ace{plural or ''}{number}"


def _spell(symbol: str) -> str:
    return "alpha" if symbol == "α" else " ".join(symbol.upper())


_END = r"(?![^\W_]|_)"
_RESIDUE = "|".join(RESIDUES)
RULES: tuple[Rule, ...] = (
    rule("isotope", "p", rf"\$\{{?\}}?\^\{{?(\d{{1,3}})\}}?"
         rf"(?:\\(?:mathrm|text|rm)\{{)?({_EL})\}}?\$",
         lambda m, _c: f"{ELEMENTS[m[2]]} {label(m[1])}"),
    rule("isotope", "pd",
         rf"(?P<mass>(?<![A-Za-z\d)])[⁰¹²³⁴-⁹]{{1,3}}[mᵐ]?|(?<![\d.,])\d{{1,3}}m?)(?P<symbol>{_EL})"
         r"(?![a-z\d])", _say_isotope),
    rule("isotope", "U", rf"(?<![\w-])(?P<symbol>{_EL})-(?P<mass>\d{{1,3}}m?)(?!\w|\.\d|-\w)",
         _say_isotope),
    rule("ions", "U", rf"(?<!\w)({_EL})(⁺|\+)?/({_EL})(?:⁺|\+)(?![\w+])",
         _say_ions),
    rule("salt", "U", rf"(?<!\w)({_EL})\(([A-Z][A-Za-z₀-₉\d]{{1,4}})\){COUNT}{_END}", _say_salt),
    rule("oxidation state", "U", rf"(?<!\w)({_EL})\(({_ROMAN})\)", _say_oxidation),
    rule("ionised element", "U", rf"(?<![\w-])({_EL})\s({_IONISED})(?![\w'’-]|\.\w)",
         _say_spectrum),
    rule("bare atom", "U", r"(?<!\w)(Ni|Pd|Pt|Fe|Zn|Cu|Au|Ag|Co|Mn|Mg)⁰(?!\w)",
         lambda m, _c: f"{ELEMENTS[m[1]]} zero"),
    rule("forbidden line", "sp", rf"{SPACES}\[({_EL})(?:\s|(?<=[CNOS])(?=II|IV))({_IONISED})\]",
         _say_forbidden),
    rule("bond", "U", rf"(?<![\w–-])(?:{_EL})(?:[–-](?:{_EL})){{1,4}}+(?![\w–-])", _say_bond),
    rule("bond", "U", r"(?<![\w])[CNOPS][=≡][CNOS](?![\w=])", _say_bond),
    rule("equivalent", "U", r"(?<!\w)CO[2₂](?:[-\s]?eq|e)(?!\w)", "C O two equivalent"),
    rule("formula", "U", r"(?<!\w)([NSC]O)[xX](?!\w)", lambda m, _c: f"{' '.join(m[1])} X"),
    rule("formula", "U", rf"(?<!\w)((?:{_EL})[ON])x(?!\w)",
         lambda m, _c: f"{' '.join(m[1].upper())} X"),
    rule("phase", "Uld", rf"(?<![\w-])([α-ωa-z]|\d[THR][′'’]?)-(?=({FORMULA}){_END}(?!-))",
         _say_phase),
    rule("formula", "U", rf"(?<!\w)(?P<formula>{FORMULA})(?P<charge>{_CHARGE})?{_END}",
         _say_formula),
    rule("formula", "sp", rf"{SPACES}({GROUP}(?<=[\d₂-₉]){ATOMS}){_END}",
         lambda m, _c: f" {words}" if (words := spell_formula(m[1])) else None),
    rule("element", "U", rf"(?<![\w.])(?:{'|'.join(sorted(NAMED))})(?!\w|['’]|\.\w)", _say_element),
    rule("element", "U", r"(?<![\w-])(?:Li|Na|Al|Si|Ca|Ti|Co|Ni|Ga|Ge|Mo|Ru|Sn|Ir|La|Ba|Bi)"
         rf"(?=[\s-]{_MATTER}|\(\d{{3}}\)|/perovskite"
         rf"|/(?=[A-Z\da-z]{{2,8}}(?![\w+⁺]))(?:{_EL})[A-Z\d₀-₉/])",
         _say_element),
    rule("locants", "d", r"(?<![\d.,])\d{1,2}(?:,\d{1,2}){1,5}-(?=[a-z]{3}|[A-Z]{1,5}(?![a-z\d]))",
         lambda m, _c: f"{' '.join(cardinal(n) for n in m[0][:-1].split(','))} "),
    rule("configuration", "sp", r"\s?\(([RSEZ])\)-(?=\w)", lambda m, _c: f" {m[1]} "),
    rule("oxygen in blood", "p", r"(?<=O[2₂])/(?=FiO[2₂])", " over "),
    rule("oxygen in blood", "U", r"(S[apv]|P[av]|PaC|Fi)O[2₂](?!\w)",
         lambda m, _c: f"{' '.join(m[1].upper())} O two"),
    rule("abundance", "sp", rf"{SPACES}\[({_EL}|α)/({_EL})\]",
         lambda m, _c: f" {_spell(m[1])} over {_spell(m[2])}"),
    rule("abundance", "U", r"O/Fe(?!\w)", "O over F E"),
    rule("residue", "U", rf"(?<![\w-])(?!Pro-|Trp53)({_RESIDUE})-?([1-9]\d{{1,3}})(?![\w-])",
         lambda m, _c: f"{RESIDUES[m[1]]} {label(m[2])}"),
    rule("enzyme", "U", rf"(?<!\w)([A-Z]{{1,3}}[AD-Z])ase(s?)(?:\s({_ROMAN})(?!\w|['’]))?(?!\w)",
         _say_enzyme),
    rule("element", "U", r"(?:(?<=\d\s[mµμk]g\s)|(?<=\d\sg\s)|(?<=\d\smmol\s)|(?<=\bserum\s)|"
         r"(?<=\bdietary\s)|(?<=\dpp[bm]\s)|(?<=\spp[bm]\s))(?:Ir|Os|Pb|As|Cd|Cr|Na|Ca|Mg|Fe|Zn|Cu|Se|Li|Mn)(?![\w-])",
         lambda m, _c: ELEMENTS[m[0]]),
    rule("excess", "l", r"(?<=%\s)ee(?!\w)|(?<!\w)er(?=\s(?:of\s)?\d\d(?:\.\d)?:\d)",
         lambda m, _c: " ".join(m[0].upper())),
)  # fmt: skip
