"""Quantities: percent, sizes, multiples, scales, powers."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.patterns import DIGITS, END, GROUPED, NUMBER, TO, N
from paperledge_audio.spoken.numbers.words import (
    bare,
    cardinal,
    decimal,
    label,
    margin_of,
    ordinal,
    power,
    span_of,
    spell_digits,
    to_number,
)
from paperledge_audio.spoken.rules.rule import Context, Saying, rule, text_around

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

SCALES = {
    "k": "thousand", "K": "thousand", "M": "million", "MM": "million", "m": "million",
    "mn": "million", "B": "billion", "b": "billion", "bn": "billion", "Bn": "billion",
    "T": "trillion", "tn": "trillion", "trn": "trillion",
    "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
    "hundred": "hundred", "crore": "crore", "lakh": "lakh",
    "lakh crore": "lakh crore", "lakh crores": "lakh crore",
}  # fmt: skip
_COUNTED = (
    "parameters?|params?|tokens?|examples?|images|samples?|words?|users?|people|rows|pairs|"
    "documents?|docs|weights?|frames?|videos|hours?|records?|queries|questions|steps?|papers?|"
    "sentences?|pages?|nodes?|edges?|cells?|years?|dollars|views|downloads|lines|devices?|"
    "flows?|packets?|vectors?|events?|transistors?|requests?|interactions?|miles?|"
    "conversations?|prompts?|instances?|points?|connections?|neurons?|synapses|stars|galaxies|"
    "masks|boxes|captions|clips|tweets|posts|messages|interactions|ratings|reviews|triples|entities|"
    "links|transactions|shares|trips|plays|songs|tracks|utterances|recordings|files|functions|commits|"
    "characters|games|moves|states|trajectories|atoms|molecules|"
    "active|trainable|total|training|daily|monthly|unique|text|human|labeled|non|"
    "birds|animals|chickens|cattle|trees|deaths|cases|patients|adults|children|births|doses|reads|nuclei|spectra|peptides|"
    "variants|jobs|homes|households|subscribers|tonnes|tons|barrels|vehicles|cars"
)
_CAPITALISED = r"(?:Param(?:eter)?|Token|Example|Image|Sample|Word|User|Row|Document|Hour|Step)s?\b"
"""What is counted, in a title."""
_PICTURES = (
    "resolutions?|images?|videos?|displays?|TVs?|screens?|UHD|footage|pictures?|monitors?|"
    "streams?|frames|photos?|textures?"
)
_MORE = (
    r"(?=(?:,?\s(?:and|or|to)\s[\d.]{1,9}[xX])?"
    r"\s(?:more|less|fewer|as|the|that|better|worse|(?!engineer|develop|program|research|play|perform|lever)\w+er\b)(?!\w))"
)


def say_range(match: re.Match[str], _context: Context) -> Saying:
    """A range of plain numbers; shares of a hundred, as 80-20, are said side by side."""
    above, below = match[1], match[2]
    two_digits = len(above) == len(below) == 2 and (above + below).isdecimal()
    if above >= below and two_digits and to_number(above) + to_number(below) == 100:
        return f"{cardinal(above)} {cardinal(below)}"
    return f"{decimal(match[1])} to {decimal(match[2])}"


def _say_percent(match: re.Match[str], _context: Context) -> Saying:
    """A share, or the difference of two, as in "a 12.7%-point drop"."""
    points = re.match(r"[\s-]points?\b", match.string[match.end() :][:8])
    return f"{decimal(match[1])} percent{'age' if points else ''}"


def _say_per_mille(match: re.Match[str], _context: Context) -> Saying:
    """Parts per thousand; of isotopes one says "per mil"."""
    near = text_around(match, 60)
    below_zero = match.string[max(match.start() - 1, 0)] in "-−"
    isotopes = below_zero or re.search(r"[δΔ]|VPDB|VSMOW|isotop", near)
    unit = "mil" if isotopes else "thousand"
    return f"{decimal(match[1])} per {unit}"


def _say_percents(match: re.Match[str], _context: Context) -> Saying:
    return f"{decimal(match[1])} to {decimal(match[2])} percent"


def _say_scaled(match: re.Match[str], _context: Context) -> Saying:
    first, second, scale = match.groups()
    words = span_of(first, second)
    return f"{words} {SCALES[scale]}"


def _say_trillions(match: re.Match[str], context: Context) -> Saying:
    """A T behind a number, where the text is about no magnet's field."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 60]
    if re.match(r"\s(?:SRAM|bit\s?-?cell)", match.string[match.end() :][:8]):
        return None  # as many transistors
    return None if _MAGNET.search(near) else _say_scaled(match, context)


def _say_people(match: re.Match[str], context: Context) -> Saying:
    """Billions of people, as in "a population of 8.1B"; else the size of a model."""
    before = match.string[max(match.start() - 40, 0) : match.start()]
    return _say_scaled(match, context) if _PEOPLE.search(before) else None


_PEOPLE = re.compile(r"\b(?:[Pp]op(?:ulation|\.)|humans|world['’]s\speople)[^.;]{0,24}$")
_MAGNET = re.compile(
    r"\bf?MRI?\b|\bNMR\b|magnet|scan|tesla|\bfield\b|\bDWI\b|FLAIR|voxel|diffusion-weighted|"
    r"\bT[12]w?\b|\bADC\b|\bBOLD\b|\bGRE\b|\bT[ER]\s?=",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:what(?:\sis|['’]s)|compute|multiply|calculate)\s$", re.IGNORECASE)


_PART = re.compile(
    r"\s?(?:[kMG]?(?:W|V|A|Ah|Wh|VA|Hz|Ω)|[MGT]i?B|[MGT]b(?:ps|/s)|cores|threads|"
    r"[CGT]PUs|SSDs|days|trials|runs)(?![\w²³/])"
)
"""A unit of what several parts have each."""


def _say_often(match: re.Match[str], _context: Context) -> Saying:
    """How often something is done, as in "2×/day"."""
    number, symbol = match.groups()
    return f"{_OFTEN.get(number) or decimal(number) + ' times'} per {_PERIODS[symbol[0]]}"


_OFTEN = {"1": "once", "2": "twice"}
_PERIODS = {"d": "day", "w": "week", "m": "month", "y": "year"}


def _say_dimensions(match: re.Match[str], _context: Context) -> Saying:
    """The sides of something; a product that is asked for, "17 × 24?"; parts, as "2 × 16 GB"."""
    asked = _ASKED.search(match.string[: match.start()][-12:])
    if asked or _PART.match(match.string, match.end()):
        return " times ".join(decimal(part) for part in re.split(r"\s?[x×X*]\s?", match[0]))
    return " by ".join(decimal(part) for part in re.split(r"\s?[x×X*]\s?", match[0]))


def _say_scientific(match: re.Match[str], _context: Context) -> Saying:
    ten = f"ten {_say_exponent(match['exponent'])}"
    mantissa = match["mantissa"]
    return ten if mantissa in {None, "1"} else f"{decimal(mantissa)} times {ten}"


def _say_raised(match: re.Match[str], _context: Context) -> Saying:
    return f"{decimal(match['base'])} {_say_exponent(match['exponent'])}"


def _say_exponent(exponent: str) -> str:
    return power(exponent.translate(SUPERSCRIPTS).replace("−", "-").replace(",", "").strip("*^{}+"))


SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿⁱ", "0123456789-+ni")
_EXPONENT = (
    r"(?P<exponent>\^\{?\d{1,3}(?:,\d{3})++\}?|\*\*[-−+]?\d+|\^\{[-−+]?\d+\}|\^[-−+]?\d+"
    r"|[⁻⁺]?[⁰¹²³⁴-⁹]+)"
)


_UNITS = "[fpnµμmkMGT]?(?:s|Hz|eV|K|V|W|Pa|b)|[pnµμmk]?m|[kM]?pc|Å|km/s|cm⁻¹|days?|yr"
"""What stands behind a measured number and its margin rather than a citation."""
_SEXES = {"M": "male", "F": "female"}
_PATIENT = re.compile(r"\b(?:patient|subject|participant|volunteer|case|adult)\b", re.IGNORECASE)


def _say_patient(match: re.Match[str], _context: Context) -> Saying:
    """Age and sex, as in "the patient (72M)"."""
    before = match.string[max(match.start() - 40, 0) : match.start()]
    if not _PATIENT.search(before):
        return None
    return f"{cardinal(match[1])}, {_SEXES[match[2]]}"


def _say_margins(match: re.Match[str], _context: Context) -> Saying:
    """A value with its upper and lower margin, as 36⁺⁵₋₄."""
    above, below = (cardinal(unicodedata.normalize("NFKC", one)) for one in match.group(2, 3))
    return f"{decimal(match[1])} plus {above} minus {below}"


def _say_margin(match: re.Match[str], _context: Context) -> Saying:
    """A value whose bracket has the margin of its last digits: 2.914(25) is 2.914 ± 0.025."""
    value, decimals, last = match.groups()
    if len(last) > len(decimals):
        return None
    return f"{decimal(value)} plus or minus {margin_of(decimals, last)}"


def _say_decimal_ordinal(match: re.Match[str], _context: Context) -> Saying:
    """As in "the 97.5th percentile"."""
    before, _, after = match[1].partition(".")
    digits = f" {spell_digits(after)}" if after else ""
    return f"{cardinal(before)} point{digits} {ordinal(match[2])}"


def _say_runway(match: re.Match[str], _context: Context) -> Saying:
    """A runway by its digits, as "09L/27R"."""
    first, side, second, other = match.groups()
    ends = ((first, side), (second, other))
    return ", ".join(f"{spell_digits(n)} {_SIDES.get(at, '')}".rstrip() for n, at in ends if n)


_SIDES = {"L": "left", "R": "right", "C": "center"}


RULES: tuple[Rule, ...] = (
    rule("runway", "d", r"(?<=\b[Rr]unway\s)(\d{2})([LRC])?(?:/(\d{2})([LRC])?)?(?!\w)",
         _say_runway),
    rule("patient", "d", r"(?<=\()(\d{1,2})\s?([MF])(?=\))", _say_patient),
    rule("women and men", "d", r"(\d{1,5})\s?(?:([MF])[,/]\s?)(\d{1,5})\s?(?!\2)([MF])(?!\w)",
         lambda m, _c: f"{cardinal(m[1])} {_SEXES[m[2]]}, {cardinal(m[3])} {_SEXES[m[4]]}"),
    rule("margins", "d", rf"{N}⁺([⁰¹²³⁴-⁹]{{1,4}})₋([₀-₉]{{1,4}})", _say_margins),
    rule("margin", "d", r"(\d{1,9}\.(\d{1,9}))\((\d{1,2})\)(?!\w)", _say_margin),
    rule("margin", "d", r"(\d{1,9}\.\d{1,9})\((\d{1,2}\.\d{1,4})\)(?!\w)",
         lambda m, _c: f"{decimal(m[1])} plus or minus {decimal(m[2])}"),
    rule("margin", "d", rf"(?<![\w.])(\d{{2,4}})\((\d{{1,2}})\)(?=\s?(?:{_UNITS})(?!\w))",
         lambda m, _c: f"{decimal(m[1])} plus or minus {cardinal(m[2])}"),
    rule("aeroplanes", "d", r"(7[0-8]7)s(?!\w)", lambda m, _c: f"{label(m[1])}s"),
    rule("steel", "d", r"(1[57])-([457])(?=\s?PH(?!\w))",
         lambda m, _c: f"{label(m[1])} {label(m[2])}"),
    rule("cores", "d", r"(\d{1,3})C/(\d{1,3})T(?!\w)",
         lambda m, _c: f"{cardinal(m[1])} cores, {cardinal(m[2])} threads"),
    rule("steel", "d", r"(304|310|316|321|430)L(?!\w)", lambda m, _c: f"{label(m[1])} L"),
    rule("scientific notation", "d", rf"(?P<mantissa>{NUMBER})[eE](?P<exponent>[-−+]?\d+){END}",
         _say_scientific),
    rule("scientific notation", "d", rf"{N}\s?×\s?10−(\d{{1,2}})(?![\d.])",
         lambda m, _c: f"{decimal(m[1])} times ten to the minus {cardinal(m[2])}"),
    rule("margin", "d", rf"({GROUPED})\((\d{{1,2}})\)(?!\w)",
         lambda m, _c: f"{decimal(m[1])} plus or minus {cardinal(m[2])}"),
    rule("scientific notation", "d",
         rf"(?:(?P<mantissa>{NUMBER})\s?[×x·*]\s?)?10{_EXPONENT}{END}", _say_scientific),
    rule("power", "d", rf"{N}\^\{{?([-−]?)(\d{{1,3}}\.\d{{1,3}})\}}?(?![\w}}])",
         lambda m, _c: f"{decimal(m[1])} to the {'minus ' if m[2] else ''}{decimal(m[3])}"),
    rule("power", "dp", rf"(?P<base>{NUMBER}){_EXPONENT}{END}", _say_raised),
    rule("count", "d", rf"{N}\s?[×x]\s?(?=[A-Z]{{1,4}}[ -]?\d)", lambda m, _c: f"{decimal(m[1])} "),
    rule("size", "d",
         rf"(?:{GROUPED}|{DIGITS})(?:\.\d++)?"
         rf"(?:\s?×\s?(?:{GROUPED}|\d++)|[xX]\d++|\s[xX]\s\d++){{1,9}}{END}", _say_dimensions),
    rule("times", "d", rf"{N}\s?[×x]\s?/\s?(d|day|wk|week|mo|month|yr|year)(?!\w)", _say_often),
    rule("multiple", "d", rf"{N}\s?×{END}(?!\s?\d)", lambda m, _c: f"{decimal(m[1])} times"),
    rule("multiple", "d", rf"{N}[xX×]?[–-]{N}\s?[x×X]{END}(?!\s?\d)",
         lambda m, _c: f"{decimal(m[1])} to {decimal(m[2])} times"),
    rule("multiple", "d", rf"{N}[xX]{_MORE}", lambda m, _c: f"{decimal(m[1])} times"),
    rule("multiple", "d",
         rf"(?:(?<=\bcited\s)|(?<=ried\s)|(?<=peated\s)|(?<=[\"”]\s)){N}[xX](?!\w)",
         lambda m, _c: f"{decimal(m[1])} times"),
    rule("multiple", "d", rf"{N}[xX](?![\w])", lambda m, _c: f"{decimal(m[1])} X"),
    rule("reading level", "d", r"(?:(?<=Lexile\s)|(?<=\dL–))(\d{2,4})L(?!\w)",
         lambda m, _c: f"{label(m[1])} L"),
    rule("percent", "dp", rf"{N}\s?%?{TO}{N}\s?%", _say_percents),
    rule("percent", "dp", rf"{N}\s?%", _say_percent),
    rule("per mille", "dp", rf"{N}\s?‰", _say_per_mille),
    rule("race", "d", r"(?<=\b[Aa]\s)([58]|1[05]|20)K(?=[.,;:!?)]|$|"
         r"\s(?:and|or|in|on|for|run|takes?|drops?|is|was|time)\b)",
         lambda m, _c: f"{cardinal(m[1])} K"),
    rule("race", "d", r"(5|8|10|15|20|25|50|100)K(?=\s(?:P[RB]s?|races?|runners?|pace|splits?)\b)",
         lambda m, _c: f"{cardinal(m[1])} K"),
    rule("resolution", "d", rf"([248]|16)K(?=\s(?:{_PICTURES})\b)",
         lambda m, _c: f"{cardinal(m[1])} K"),
    rule("resistance", "d", rf"{N}k(?=\s(?:resistors?|pull-?ups?|pots?|potentiometers?)\b)",
         lambda m, _c: f"{decimal(m[1])} K"),
    rule("resolution", "d", r"4K(?!\w)(?!\s(?:of|tokens|steps)\b)", "four K"),
    rule("resolution", "d", r"(720|1080|1440|2160|4320|480|360)([pi])(?!\w)",
         lambda m, _c: f"{label(m[1])} {m[2].upper()}"),
    rule("scale", "dp", rf"{N}(?:{TO}{N})?\s?([kKMBT])(?=[\s-](?:{_COUNTED})|-{_CAPITALISED})",
         _say_scaled),
    rule("scale", "dp", rf"{N}(?:[–-]{N})?([kKM]|bn|mn|tn)(?![\w])(?!-)"
         r"(?!\s(?:context|window|races?)\b)", _say_scaled),
    rule("scale", "d", rf"{N}(?:{TO}{N})?\s(bn|mn|tn|trn)(?![\w])", _say_scaled),
    rule("scale", "d", rf"{N}()(B)(?!\w)", _say_people),
    rule("scale", "d", rf"{N}(?:{TO}{N})?(T)(?!\w)(?!\s?[/×>])", _say_trillions),
    rule("ordinal", "d", r"(\d{1,3}\.\d{0,3})(\d)(?:st|nd|rd|th)(?!\w)", _say_decimal_ordinal),
    rule("ordinal", "d", rf"({GROUPED}|{DIGITS})-?(?:st|nd|rd|th|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ)(?!\w)",
         lambda m, _c: ordinal(bare(m[1]))),
)  # fmt: skip
