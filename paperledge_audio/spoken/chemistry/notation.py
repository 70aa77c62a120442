"""What chemists write beside formulas: standard states, radicals, ligands, marks of isotopes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.spoken.chemistry.elements import (
    ELEMENTS,
    ISOTOPES,
    METALS,
    NAMED,
    name_isotope,
)
from paperledge_audio.spoken.chemistry.formulas import FORMULA, is_formula, spell_formula
from paperledge_audio.spoken.numbers.words import cardinal, decimal, label
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_LIGANDS = {
    "bpy": "B P Y", "ppy": "P P Y", "acac": "A C A C", "phen": "fen", "terpy": "ter pie",
    "tpy": "T P Y", "cod": "C O D", "dba": "D B A", "dppf": "D P P F",
    "PPh3": "triphenyl phosphine",
    "PPh₃": "triphenyl phosphine", "OTf": "triflate", "Cp": "C P", "en": "E N",
    "edta": "E D T A", "pin": "pin", "dppe": "D P P E", "dmso": "D M S O",
}  # fmt: skip
"""Groups around a metal → how they are said."""
_LIGAND = re.compile(rf"\(({'|'.join(_LIGANDS)})\)([2-6₂-₆])?")
_RADICALS = {"OH": "hydroxyl radical", "O2": "superoxide", "O₂": "superoxide"}
_BINDING = {"η": "eta", "κ": "kappa"}
_SIGN = {"+": "plus", "⁺": "plus", "-": "minus", "−": "minus", "⁻": "minus"}
_LISTED_SURE = frozenset(NAMED) | {"Na", "Ca", "Ti", "Ru", "Rh", "Ba", "Sn", "Ir", "Se", "Co"}
"""Symbols that make a symbol beside them in a list that of an element."""
_NAMED_IN_LISTS = _LISTED_SURE | {
    "Li",
    "Al",
    "Si",
    "Ni",
    "Co",
    "Ga",
    "Ge",
    "Mo",
    "Sc",
    "Sb",
    "Te",
    "La",
    "Ce",
    "Eu",
    "Bi",
    "Tl",
    "Os",
    "Ta",
    "Ar",
    "Ne",
    "Hg",
    "As",
}
_BESIDE = r"(?:,\s(?:(?:and|or)\s)?|\s(?:and|or|to|vs\.?|versus|on|with)\s|/)"


def _say_standard(match: re.Match[str], _context: Context) -> Saying:
    """A quantity in the standard state, as "ΔH°" and "E°′"."""
    after = f" {match[2].upper()}" if match[2].isalpha() else " prime" if match[2] else ""
    quantity = f"delta {' '.join(match[1].upper())}" if match[1] else "E"
    return f"{quantity} naught{after}"


_PARTS = {
    "carb": "carbonate", "org": "organic", "sw": "seawater", "coll": "collagen", "bulk": "bulk",
    "air": "air", "w": "water", "p": "phosphate",
}  # fmt: skip
"""What isotopes were measured in, behind their symbol."""


def _say_ratio_mark(match: re.Match[str], _context: Context) -> Saying:
    """What is measured of isotopes, as in "δ¹³C"."""
    mass = unicodedata.normalize("NFKC", match[2])
    if (match[3], mass) not in ISOTOPES:
        return None
    part = _PARTS.get(match[4])
    return f"delta {ELEMENTS[match[3]]} {label(mass)}{f' {part}' if part else ''}"


def _say_label(match: re.Match[str], _context: Context) -> Saying:
    """An isotope built into a molecule, as in "[11C]raclopride"."""
    mass, symbol = unicodedata.normalize("NFKC", match[1]), match[2]
    if (symbol, mass.rstrip("m")) not in ISOTOPES:
        return None
    if (symbol, mass) == ("H", "3"):
        return " tritiated "
    name = name_isotope(symbol, mass.rstrip("m"), match.string[: match.start()])
    return f" {name}{' M' * mass.endswith('m')} "


def _say_radical(match: re.Match[str], _context: Context) -> Saying:
    formula, sign = match.groups()
    if re.match(r"\sradical", match.string[match.end() : match.end() + 8]):
        return spell_formula(formula)
    if sign or formula == "OH":
        return _RADICALS.get(formula) or None
    words = spell_formula(formula)
    return f"{words} radical" if words else None


def _say_complex(match: re.Match[str], _context: Context) -> Saying:
    """A metal with its ligands, as "[Ru(bpy)3]2+" and "[Rh(cod)Cl]2"."""
    opening, metal, metals, ligands, halide, closing, times, charge = match.groups()
    if bool(opening.strip()) != bool(closing) or metal not in METALS or (times and charge):
        return None
    words = [" ".join(metal.upper()), *(["two"] if metals else [])]
    for ligand, count in _LIGAND.findall(ligands):
        words += [_LIGANDS[ligand]]
        words += [cardinal(unicodedata.normalize("NFKC", count))] if count else []
    words += [spell_formula(halide) or halide] if halide else []
    words += ["two"] if times else []
    if charge:
        plain = unicodedata.normalize("NFKC", charge.strip("^{}"))
        words += [cardinal(plain[0])] if plain[0].isdecimal() else []
        words.append(_SIGN[charge.strip("^{}")[-1]])
    return f"{' ' if opening.startswith(' ') else ''}{' '.join(words)}"


_IN_NATURE = (
    "concentrations?|levels?|contents?|exposures?|pollution|toxicity|contamination|accumulation|"
    "uptake|ions?|deficiency|supplementation|nanoparticles?"
)
"""What chemists and doctors say of an element."""


def _say_listed(match: re.Match[str], _context: Context) -> Saying:
    """An element beside another one, as in "Ca and Mg" and "Rh, Ru or Ir"."""
    symbol, text = match[0], match.string
    before = re.search(
        rf"(?<![\w-])({_EL}){_BESIDE}$", text[max(match.start() - 12, 0) : match.start()]
    )
    after = re.match(rf"{_BESIDE}({_EL})(?![\w'’])", text[match.end() : match.end() + 12])
    beside = {one[1] for one in (before, after) if one}
    both = beside - {symbol}
    sure = both & _LISTED_SURE or (symbol in _LISTED_SURE and both & _NAMED_IN_LISTS)
    return ELEMENTS[symbol] if sure else None


def _say_elements(match: re.Match[str], _context: Context) -> Saying:
    """Two elements with a sign between them, as in "Mg/Ca ratio" and "Li‖Cu"."""
    first, sign, last = match.groups()
    if sign in "/:" and len(first + last) < 3:
        return None  # "S/N" is no ratio of elements
    between = " to " if sign in "/:" else " "
    return f"{ELEMENTS[first]}{between}{ELEMENTS[last]}"


_CLOCKS_ROW = "U-Pb Pb-Pb Ar-Ar K-Ar Lu-Hf Sm-Nd Re-Os Rb-Sr U-Th Th-Pb Hf-W Sr-Nd"
_CLOCKS = frozenset(tuple(row.split("-")) for row in _CLOCKS_ROW.split())


def _say_clock(match: re.Match[str], _context: Context) -> Saying:
    """Two elements that date rocks, as in "U–Pb ages"."""
    pair = match.group(1, 2)
    return " ".join(ELEMENTS[one] for one in pair) if pair in _CLOCKS else None


def _say_catalyst(match: re.Match[str], _context: Context) -> Saying:
    """A metal and what carries it, as "Pd/C"."""
    carrier = "carbon" if match[2] == "C" else "O" in match[2] and spell_formula(match[2])
    return f"{ELEMENTS[match[1]]} on {carrier}" if carrier else None


_STATES = {"aq": "aqueous", "s": "solid", "l": "liquid", "g": "gas"}
_METAL_BEFORE = re.compile(r"(?<!\w)(?:Na|Ag|Cu|Zn|Fe|Mg|Al|Pb|Ca|Hg|Li|Ni)$")
_COMPOUND_BEFORE = re.compile(rf"(?<!\w){FORMULA}[⁺⁻²³+−]{{0,2}}$")


def _say_state(match: re.Match[str], _context: Context) -> Saying:
    """What a substance in an equation is, as in "NaCl(aq)"."""
    before = match.string[max(match.start() - 24, 0) : match.start()]
    compound = _COMPOUND_BEFORE.search(before)
    counted = compound and len(re.findall(r"[A-Z\d₂-₉⁺⁻]", compound[0])) > 1
    is_one = counted and compound and spell_formula(compound[0].rstrip("⁺⁻²³+−"))
    return f" {_STATES[match[1]]}" if is_one or _METAL_BEFORE.search(before) else None


def _say_adduct(match: re.Match[str], _context: Context) -> Saying:
    """A molecule with an ion more or less, as "[M+H]+"."""
    count, sign, part, charge = match.groups()
    words = [cardinal(count)] if count else []
    words += ["M", _SIGN[sign], spell_formula(part) or part]
    return f" {' '.join([*words, _SIGN[charge]] if charge else words)}"


def _say_alloy(match: re.Match[str], context: Context) -> Saying:
    """A metal and how much of others is in it, as "Mg-3Al-1Zn"; no aeroplane, as "F-35B"."""
    if match[1] not in METALS or len(match[1]) < 2 or context.lexicon.find(match[0]):
        return None
    words = [ELEMENTS[match[1]]]
    for size, symbol in re.findall(r"-([\d.]+)([A-Z][a-z]?)", match[2]):
        words += [decimal(size), ELEMENTS[symbol]]
    return " ".join(words)


def _say_coefficient(match: re.Match[str], _context: Context) -> Saying:
    """How many molecules react, as in "2NaCl" and "2Na + Cl2"."""
    count, formula = match.groups()
    after = match.string[match.end() : match.end() + 3]
    reacts = re.match(r"\s?(?:[+→⇌]|->)", after) and (formula in METALS and len(formula) > 1)
    words = spell_formula(formula) if is_formula(formula) or reacts else None
    return f"{cardinal(count)} {words}" if words else None


def _say_charge(match: re.Match[str], _context: Context) -> Saying:
    """The charge of a complex behind its bracket, as in "[Ru(NH₃)₆]³⁺"."""
    size = f" {cardinal(unicodedata.normalize('NFKC', match[1]))}" if match[1] else ""
    return f"{size} {_SIGN[match[2]]}"


def _say_hapticity(match: re.Match[str], _context: Context) -> Saying:
    """How many atoms of a ligand bind, as in "η⁶-arene"."""
    return f"{_BINDING[match[1]]} {cardinal(unicodedata.normalize('NFKC', match[2]))}"


def _say_doped(match: re.Match[str], _context: Context) -> Saying:
    """An element in a crystal or a glass, as "Nd:YAG" and "Ti:sapphire"."""
    host = match[2]
    return f"{ELEMENTS[match[1]]} " if is_formula(host) or re.fullmatch(_HOSTS, host) else None


_HOSTS = (
    "YAG|YLF|YVO4|YAP|LuAG|GGG|KGW|KYW|CALGO|ZBLAN|Sa|sapphire|glass|silica|phosphate|"
    "fib(?:er|re)s?"
)
"""What rare earths and transition metals are put into, for lasers."""
_EL = "|".join(sorted(ELEMENTS, key=len, reverse=True))
_TWO_LETTERS = "|".join(sorted(symbol for symbol in METALS if len(symbol) > 1))
_MASS = r"[⁰¹²³⁴-⁹]{1,3}ᵐ?|\d{1,3}m?"
RULES: tuple[Rule, ...] = (
    rule("standard state", "Ul", r"(?<!\w)(?:Δ([rfcmv]?[GHSU])|E)[°⦵]([′'’]|[frmc](?!\w)|)(?!\w)",
         _say_standard),
    rule("saturated", "l", r"(?<!\w)sat(?:['’]d|\.)\s(?=aq\b|[A-Z][A-Za-z]{0,3}[A-Z\d₀-₉])",
         "saturated "),
    rule("ether", "U", r"(?<!\w)Et₂O(?!\w)", "diethyl ether"),
    rule("charge", "p", r"(?<=\])([²³⁴]?)([⁺⁻])(?!\w)", _say_charge),
    rule("transition state", "p", r"(?<=Δ[GHSV])\^?‡", " double dagger"),
    rule("isotope", "Ul", r"(?<!\w)([δΔ])([⁰¹²³⁴-⁹]{1,3}|\d{1,3})"
         rf"([CNOSH](?=[a-z]{{2,8}})|{_EL})({'|'.join(_PARTS)}|)(?!\w)", _say_ratio_mark),
    rule("isotope", "sp", rf"\s?\[({_MASS})({_EL})\]-?(?=[A-Za-z])", _say_label),
    rule("isotope", "d", r"(?<![\w.])(?:11C(?=-[a-z]{4})|18F(?=-[A-Zf])|90Y(?!\w))",
         lambda m, _c: name_isotope(m[0][-1], m[0][:-1], m.string[: m.start()])),
    rule("half", "Ul", r"(?<!\w)([A-Zk])(?:₁/₂|_1/2)(?!\w)",
         lambda m, _c: f"{m[1].upper()} one half"),
    rule("radical", "sp", r"\s?•(OH|CH3|CH₃|NO2|NO₂)()(?!\w)",
         lambda m, c: f" {words}" if (words := _say_radical(m, c)) else None),
    rule("radical", "U", r"(?<!\w)(OH|O2|O₂|CH3|CH₃|NO|HO2|Cl)[•˙]([-−⁻])?(?!\w)", _say_radical),
    rule("complex", "spU",
         rf"(\s?\[|(?<!\w))({_EL})([2₂])?((?:\((?:{'|'.join(_LIGANDS)})\)[2-6₂-₆]?){{1,3}})"
         r"((?:Cl|Br|I|F|H)[2-4₂-₄]?)?(\])?([2₂](?![+−\w]))?"
         r"(\^\{?\d?[-+−]\}?|\d?[+−](?!\w)|[²³⁴]?[⁺⁻])?(?!\w)", _say_complex),
    rule("mass spectrometry", "p", r"(?:(?<=MS)|(?<=\b[GL]C))/(?=MS(?!\w))", " "),
    rule("doped", "U", rf"(?<![\w-])({_TWO_LETTERS})(?:[²³]?⁺)?:"
         rf"(?=({_HOSTS}|{FORMULA})(?!\w))", _say_doped),
    rule("host", "U", r"(?<=Ti:)Sa(?!\w)", "sapphire"),
    rule("star", "U", r"Cp\*(?!\w)", "C P star"),
    rule("electrode", "U", r"(?<![\w/])Ag/AgCl(?![\w/])", "silver silver chloride"),
    rule("catalyst", "U", rf"(?<![\w/])(Pd|Pt|Rh|Ru|Ni|Au|Ag|Ir)/(C|{FORMULA})(?![\w/])",
         _say_catalyst),
    rule("elements", "U", rf"(?<![\w/])({_EL})([/:])({_EL})"
         r"(?=\s(?:molar\s|atomic\s|mass\s)?ratios?\b|\s?[=≈~<>≤≥]\s?\d|\sof\s~?\d)",
         _say_elements),
    rule("anomaly", "U", r"(?<!\w)(Eu|Ce)/\1\*(?!\w)",
         lambda m, _c: "{0} over {0} star".format(" ".join(m[1].upper()))),
    rule("magnesium number", "U", r"Mg#(?!\w)", "magnesium number"),
    rule("dating", "sp", r"\s?\(U[-–]Th\)/He(?!\w)", " uranium thorium helium"),
    rule("dating", "U", rf"(?<![\w–-])({_EL})[–-]({_EL})(?![\w–-])", _say_clock),
    rule("elements", "U", rf"(?<!\w)({_EL})(‖|∥|\|\|)({_EL})(?!\w)", _say_elements),
    rule("elements", "U", rf"(?<![\w:])(?:{_TWO_LETTERS})(?::(?:{_EL})){{1,5}}(?![\w:])",
         lambda m, _c: " ".join(ELEMENTS[symbol] for symbol in m[0].split(":"))),
    rule("electrodes", "U", rf"(?<!\w)({_TWO_LETTERS})(?:‖|∥|\|\|?)(?=[A-Z])",
         lambda m, _c: f"{ELEMENTS[m[1]]} "),
    rule("electrodes", "p", rf"(?<=[A-Z\d])\|(?=(?:{_TWO_LETTERS})(?!\w))", " "),
    rule("element", "U", rf"(?<![\w-])(?:{'|'.join(sorted(_NAMED_IN_LISTS))})(?![\w'’-]|\.\w)",
         _say_listed),
    rule("element", "U", r"(?<!mm\s)(?<!mm)(?<!cm\s)(?<!\din\s)(?<!\d\sin\s)(?<![\w-])Hg(?![\w'’])",
         "mercury"),
    rule("element", "U", rf"(?<![\w-])({_EL})(?=\s(?:{_IN_NATURE})\b)",
         lambda m, _c: ELEMENTS[m[1]] if len(m[1]) > 1 else None),
    rule("polymer", "Ul", r"([Pp]oly)\(([a-z][a-z -]{2,40})\)(?!\w)",
         lambda m, _c: f"{m[1]} {m[2]}"),
    rule("element", "U", r"(?<![\w-])Ar(?=\s(?:plasma|atmosphere|flow|gas|ions?|beam|purge|glove))"
         r"|(?:(?<=under\s)|(?<=\bwith\s)|(?<=\bin\s))Ar(?![\w-])", "argon"),
    rule("serum", "U", r"(?<![\w-])(?:Na|Ca)(?=\s\d[\d.,]*\s?m(?:g|mol|Eq)\b)",
         lambda m, _c: ELEMENTS[m[0]]),
    rule("serum", "U", r"(?<![\w-])Na(?=\s(?:was|of|is)\s\d|\s?\d{3}\b|\s?=\s?\d)", "sodium"),
    rule("constant", "l", r"pK_\{?([abw])\}?(?!\w)", lambda m, _c: f"P K {m[1].upper()}"),
    rule("rotation", "sp", r"\s?\[α\](?:(?:[⁰¹²³⁴-⁹]{2})?_\{?D\}?|_?D(?:[⁰¹²³⁴-⁹]{2})?)(?!\w)",
         " alpha D"),
    rule("hapticity", "l", r"([ηκ])([¹²³⁴-⁹])(?=-[A-Za-z])", _say_hapticity),
    rule("constant", "U", r"(?<![\w-])(K[aid]|Ea|Ne|Re)(?=\s?[=≈~<>]\s?\d|\s(?:was|were|is|of)\s"
         r"(?:about\s|around\s|only\s|~)?\d|\svalues?\b)|(?<=[Tt]he\s)K[aid](?=\s(?:was|is|of|for|at)\b)|"
         r"(?<![\w-])(?:Ka|Ea)(?=\s\d+(?:\.\d+)?(?!\w))",
         lambda m, _c: " ".join(m[0].upper())),
    rule("molar mass", "U", r"(?<![\w-])M[nwvz]"
         r"(?=\s?(?:[=≈~]|of|was|)\s?[\d.,]{1,9}\s?(?:k?Da|k?g/mol|g\smol))",
         lambda m, _c: " ".join(m[0].upper())),
    rule("alloy", "U", rf"(?<![\w-])({_EL})((?:-\d{{1,2}}(?:\.\d)?(?:{_EL})){{1,5}})(?![\w-])",
         _say_alloy),
    rule("state", "p", r"\((aq|s|l|g)\)(?!\w)", _say_state),
    rule("adduct", "sp", r"\s?\[(\d?)M\s?([-+−])\s?(H|Na|K|NH4|NH₄|Li|Cl)\]([-+−⁺⁻])?(?!\w)",
         _say_adduct),
    rule("rate constant", "l", r"(?<!\w)k_?(on|off)(?!\w)", lambda m, _c: f"K {m[1]}"),
    rule("tag", "d", r"(\d)[×x](?=(?:His|Myc|FLAG|HA)(?!\w))",
         lambda m, _c: f"{cardinal(m[1])} "),
    rule("coefficient", "d", rf"(?<![\w.,-])(\d{{1,2}})({FORMULA})(?![^\W_]|_)",
         _say_coefficient),
)  # fmt: skip
