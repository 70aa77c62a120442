"""Medicine in running text: areas under curves, rates, ratios, courses of treatment."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.script.printed.signs import GREEK
from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.numbers.patterns import TO, N
from paperledge_audio.spoken.numbers.units.grammar import read_unit
from paperledge_audio.spoken.numbers.words import cardinal, decimal, label, spell_digits
from paperledge_audio.spoken.rules.rule import Context, Saying, rule, text_around

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_PEOPLE = (
    r"\s(?:(?:live|still|total)\s)?(?:person|patient|woman|women|men|births?|people|persons|"
    r"population|inhabitants|residents|patients|individuals|adults|children|infants|deliver|"
    r"participants|hospital|admissions|procedures|pregnanc|cases|animals|cells|years?|y\b)"
)
_TIMES = {"d": "day", "wk": "week", "mo": "month", "yr": "year"}
_LIPIDS = re.compile(
    r"fatty|lipid|acyl|lino|oleic|palmit|stear|PUFA|ceramide|FAME|\d:\d chain|triglycer|omega|ω",
    re.IGNORECASE,
)
_LIPID = "PC|PE|PS|PI|PG|PA|SM|TA?G|DA?G|MA?G|CE|CL|Cer|LPC|LPE|FA|FFA"
_CURRENCIES = frozenset(
    {"USD", "EUR", "GBP", "INR", "CNY", "RMB", "JPY", "CHF", "CAD", "AUD", "RPM"}
)
_MEASURED = re.compile(r"\s?(?:%|°|(?:[kM]?Hz|[kmµμn]?[gmsLVWA]|[kM]?Da|bp|K|days|years|people)\b)")
"""A unit, before which two numbers are a range."""
_ERA = {"BP": "before present", "BC": "B C", "BCE": "B C E", "AD": "A D", "CE": "C E"}
_UPTO = {"∞": "infinity", "inf": "infinity", r"\infty": "infinity", "t": "T", "last": "last"}


def _say_area(match: re.Match[str], _context: Context) -> Saying:
    """The area under a curve up to a time, as "AUC₀₋₂₄" and "AUC0-inf"."""
    last = unicodedata.normalize("NFKC", match[1])
    return f"A U C zero to {_UPTO.get(last) or cardinal(last)}"


def _say_rate(match: re.Match[str], _context: Context) -> Saying:
    """How many of so many, as in "3.1/1000 person-years" and "25/10,000"."""
    above, below = match.groups()
    grouped = "," in below or below[-1] in "kK"
    counted = re.match(_PEOPLE, match.string[match.end() : match.end() + 30])
    if not (counted or "." in above or (grouped and above != "1")):
        return None
    thousand = " thousand" if below[-1] in "kK" else ""
    return f"{decimal(above)} per {decimal(below.rstrip('kK'))}{thousand}"


def _say_density(match: re.Match[str], _context: Context) -> Saying:
    """How many there are in so much space, as in "4.2/100 km²"."""
    unit = read_unit(match.string, match.end(), match.endpos)
    if not unit:
        return None
    words = f"{decimal(match[1])} per {decimal(match[2])} {unit.say(one=False)}"
    return name_letters(match.string[match.start() : unit.end], words, "rate")


def _say_ratio(match: re.Match[str], _context: Context) -> Saying:
    """The slash of what is called a ratio, but for one of more than two."""
    before = match.string[max(match.start() - 20, 0) : match.start()]
    return None if re.search(r"/\S*$", before) else " to "


def _say_course(match: re.Match[str], _context: Context) -> Saying:
    """Radiation and how it was given, as "60 Gy/30 fx"."""
    return f"{decimal(match[1])} grays in {cardinal(match[2])} fractions"


def _say_calibrated(match: re.Match[str], _context: Context) -> Saying:
    """An age that carbon dating gave, as "4,500 cal BP"."""
    first, last, unit, era = match.groups()
    words = f"{decimal(first)} to {decimal(last)}" if last else decimal(first)
    thousand = " thousand" if unit in {"ka", "kyr"} else ""
    years = " years" if era == "BP" else ""
    return f"{words}{thousand} calibrated{years} {_ERA[era]}"


_AMOUNTS_TO = re.compile(r"\b(?:was|were|is|of|at|about|to)\s$")
"""Before a ratio rather than a lipid."""


def _say_lipid(match: re.Match[str], _context: Context) -> Saying:
    """Carbons and double bonds, as in "C16:0", "PC(34:1)" and "20:5n-3"."""
    head, carbons, bonds, place = match.groups()
    near = text_around(match, 80)
    if not head and _AMOUNTS_TO.search(match.string[max(match.start() - 12, 0) : match.start()]):
        return None
    if not head and re.match(r"\sratio", match.string[match.end() : match.end() + 6]):
        return None
    if not head and not place and not _LIPIDS.search(near):
        return None
    first = f"{' '.join(head) if head.isupper() else 'ceramide'} " if head else ""
    after = f" N {cardinal(place)}" if place else ""
    return f"{first}{cardinal(carbons)} {cardinal(bonds)}{after}"


def _say_number(match: re.Match[str], _context: Context) -> Saying:
    """The number of a compound or a strain, as in "BAY 11-7082"; not a range."""
    before = re.search(
        r"(?<!\w)(\w{1,11})\s$", match.string[max(match.start() - 12, 0) : match.start()]
    )
    measured = _MEASURED.match(match.string, match.end())
    if not before or measured or before[1] in _CURRENCIES:
        return None
    return f"{label(match[1])} {label(match[2])}"


def _say_vitamin(match: re.Match[str], _context: Context) -> Saying:
    """As in "25(OH)D" and "1,25(OH)2D3"."""
    places, groups, number = match.groups()
    names = " ".join(cardinal(place) for place in places.split(","))
    return f"{names} {'di ' if groups else ''}hydroxy D{' ' + cardinal(number) if number else ''}"


def _say_below(match: re.Match[str], context: Context) -> Saying:
    """A variable with a word below it that is printed beside it, as in "Tmax" and "SUVmean"."""
    letters = " ".join(match[1])
    return None if context.lexicon.inflected(match[0]) else f"{letters} {match[2]}"


RULES: tuple[Rule, ...] = (
    rule("area", "U", r"AUC₀₋([₀-₉]{1,3}|∞|ₜ)", _say_area),
    rule("area", "U", r"AUC_?[{(]?0\s?[-–−]\s?(\d{1,3}|inf|∞|t|last)(?:h|min)?[)}]?(?!\w)",
         _say_area),
    rule("area", "p", r"\$(?:\\(?:mathrm|text)\{)?AUC\}?_\{?0\s?[-–−]\s?(\\infty|t|\d{1,3})\}?\$",
         _say_area),
    rule("percentile", "sp", r"\s?%-?ile(s?)(?!\w)", lambda m, _c: f" percentile{m[1]}"),
    rule("rate", "d", rf"{N}/((?:1(?:0{{1,2}})?,?000|1,?000,000|100,?000|10{{0,2}}[kK]))"
         r"(?![\w/]|[.,]\d)", _say_rate),
    rule("rate", "d",
         rf"{N}/(10{{1,6}}|100,000|1,?000|10,000)\s?(?=[kcmµμ]?m[²³23]|ha\b|[mµμ]?L\b)",
         _say_density),
    rule("over", "p", r"(?<=\bCL)/(?=F(?!\w))|(?<=\bV[dzc])/(?=F(?!\w))|(?<=\bV)/(?=F(?!\w))",
         " over "),
    rule("over", "p", r"(?<=[A-Z\d])/(?=(?:[A-Z]{1,5}\d?|[A-Z][A-Za-z]{0,3}\d?)"
         r"\s?[=<>≤≥≈]\s?\d[\d.,]*(?!/|\d))", " over "),
    rule("chains", "l", r"([αβγδ])/([αβγδ])(?=[\s-](?:TCR|T[\s-]cell|hydrolase|fold|barrel|protein|"
         r"domain|receptor|subunit|IFN|interferon|integrin|heterodimer|class))",
         lambda m, _c: f"{GREEK[m[1]]} {GREEK[m[2]]}"),
    rule("to", "p", r"(?<=[^\W_])/(?=[^\W\d_][\w-]{0,11}\sratios?\b)", _say_ratio),
    rule("per", "p", r"(?<=[CP]FU)/g(?!\w)", " per gram"),
    rule("per", "p", r"(?:(?<=[CP]FU)|(?<=MPN))/(?=\d{2,3}\s?m?[Lg]\b)", " per "),
    rule("per", "p", r"(?<=[A-Za-z]s)/(?=1(?:0{2,5}|,?000|0{1,2}[,\s]?000)(?![\d,]))", " per "),
    rule("per", "p", r"(?<=\d,\d{3})/(d|wk|mo|yr)(?!\w)", lambda m, _c: f" per {_TIMES[m[1]]}"),
    rule("per", "p", r"(?<=[a-z]{3}s)/d(?!\w)", " per day"),
    rule("per", "p",
         r"(?:(?<=[CP]FU)|(?<=\bvg)|(?<=\bgc))/(?=(?:cell|mouse|egg|swab|animal|eye)\b)",
         " per "),
    rule("subscript", "l", r"(?<!\w)([tkvrpq])(max|min)(?![^\W\d_])",
         lambda m, _c: f"{m[1].upper()} {m[2]}"),
    rule("subscript", "U", r"(?<!\w)(?!Amin|Emin|Imax|Jeff)"
         r"([A-Z]{1,4})(max|min|mean|peak|vol|trend|eff|rest)(?![^\W\d_])", _say_below),
    rule("levels", "p", r"(?<=\b[CLTS]\d)/(?=\d(?![\w/]))", " "),  # of the spine and the cortex
    rule("course", "d", rf"{N}\s?Gy/(\d{{1,2}})\s?(?:(?:fx|fractions?|f)(?!\w)|(?=[,;)]))",
         _say_course),
    rule("fractions", "d", r"(\d{1,2})\s?fx(?!\w)", lambda m, _c: f"{cardinal(m[1])} fractions"),
    rule("age", "d", rf"{N}(?:{TO}{N})?\s?cal\.?(?:\s?(yrs?|years|ka|kyr))?\s(BP|BCE?|AD|CE)(?!\w)",
         _say_calibrated),
    rule("age", "l", r"cal\.?(?=\s(?:BP|BCE?|AD|CE)(?!\w))", "calibrated"),
    rule("age", "l", r"(?<=14C\s)yrs?(?=\sBP(?!\w))|(?<=⁴C\s)yrs?(?=\sBP(?!\w))", "years"),
    rule("week", "l", r"(?<![\w-])(?<!\d\s)(wk|mo|yr)\.?\s?(?=\d{1,3}(?!\d|,\d))",
         lambda m, _c: f"{_TIMES[m[1]]} "),
    rule("day", "l", r"(?:(?<=\bby\s)|(?<=\bon\s)|(?<=\bat\s)|(?<=\bto\s)|(?<=\bfrom\s))"
         r"d\s(?=\d{1,3}(?!\d|,\d))", "day "),
    rule("vitamin", "l", r"vit\.?(?=\s[A-EK]\d{0,2}\b)", "vitamin"),
    rule("squared", "U", r"(?<![\w-])I2(?=\s?[=≈<>]\s?\d{1,3}(?:\.\d)?\s?%)", "I squared"),
    rule("squared", "U", r"(?<=[Aa]djusted\s)R2(?!\w)|(?<![\w-])"
         r"R2(?=(?:\s?[=≈<>≥~]|\s(?:of|was))\s?[01]?\.\d++(?!\s?[kM]?[ΩΩVA]))", "R squared"),
    rule("score", "d", r"(?:(?<=IGA\s)|(?<=IGA\sof\s)|(?<=IGA\s\())0/1(?!\w)", "zero or one"),
    rule("lipid", "dU", r"(?<![\w:])(?:(C)(?=\d))?([1-4]\d|(?<=C)\d):(\d)(?:n-(\d))?(?![\w:])",
         _say_lipid),
    rule("lipid", "U", rf"(?<!\w)({_LIPID})\s?\((?:d|[OP]-)?(\d{{1,2}}):(\d{{1,2}})()\)",
         _say_lipid),
    rule("omega", "l", r"(?:ω|omega)[-‐‑]([369])(?![\w.])",
         lambda m, _c: f"omega {cardinal(m[1])}"),
    rule("code", "d", r"(?:(?<=[A-Z]{2}\s)|(?<=\bstrain\s)|(?<=\bcompound\s)|(?<=\bisolate\s))"
         r"(\d{2})-(\d{4})(?![\w-])", _say_number),
    rule("code", "d", r"(\d{4})-(\d{6})-(\d{2})(?![\w-])",
         lambda m, _c: ", ".join(map(spell_digits, m.groups()))),
    rule("code", "d", r"(?<=CCDC\s)\d{6,8}(?!\w)", lambda m, _c: spell_digits(m[0])),
    rule("vitamin", "d", r"(\d{1,2}(?:,\d{1,2}){0,2})-?\(OH\)([2₂])?-?D([23])?(?!\w)",
         _say_vitamin),
    rule("half-life", "Ul", r"(?<!\w)[tT]₁[/⁄]₂(?!\w)", "half life"),
    rule("reproduction number", "U", r"(?<![\w-])R0(['’]s)?(?![\w-]|\s(?:resect|margin|status))",
         lambda m, _c: f"R naught{chr(39) + 's' if m[1] else ''}"),
)  # fmt: skip
