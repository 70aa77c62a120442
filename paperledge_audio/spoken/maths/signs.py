"""What of mathematics stands among words, one by one: signs, powers, Greek letters, names."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.script.printed.signs import GREEK, SIGNS, WORDS
from paperledge_audio.spoken import english
from paperledge_audio.spoken.lexicon.phonemes import respell, spell
from paperledge_audio.spoken.maths.words import say_formula
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.numbers.patterns import N
from paperledge_audio.spoken.numbers.units.table import UNITS
from paperledge_audio.spoken.numbers.words import cardinal, decimal, ordinal
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_BEFORE_INTERVAL = r"(?:(?<=∈)|(?<=∈\s)|(?<=\brange)|(?<=\binterval))"
_ARROWS = "→←↦⟼⇒⟹⇐⟸⇔⟺↔⟶⟵↛⇌⇄↪↠⊢⊬⊨⊭⊣"
_SIGNS = _ARROWS + "=≠≈≃∼≡≢≅∝±×·⋅÷∈∉∋⊂⊆⊄⊈⊊⊃⊇∪∩⊔⊎∀∃∄¬∧∨⊕⊗⊙∘⋊⋉≀⋈◁⊲∞∂∇∑∏∫∬∮√∅∖≔≜∤∠∴∵∆ℓℝℕℤℚℂ𝔼ℒℏ∥‖⊥⟂⊤"
_END = r"[-−]?(?:\d{1,4}(?:\.\d{1,3})?)?(?:[A-Za-zα-ω∞]|(?<=\d))"
_DIMENSIONLESS = (
    "Re|We|Oh|St|Ca|Bo|Ra|Da|Ma|Pe|Sh|Bi|De|Wi|Ro|Ri|Ha|Le|Gr|Nu|Ec|Eu|Ek|Sc|Fr|Kn|Wo|La"
)
_OF_FLOW = r"(?=\^|[⁰¹²³⁴-⁹⁻]|\s?[=≈∼~<>≪≫≤≥≲≳]\s?(?:[-−~]?\d|[a-zA-Z]{1,3}/))"
"""Numbers of flows that would be said as words: those of Weber, Ohnesorge, Stokes and so on."""
_MEASURE = r"[-−+]?\d{1,6}(?:\.\d{1,4})?\s?(?:°|[A-Za-zµμΩ]{1,4})"
_FROM = re.compile(rf"(?:∈|\brange|\binterval)\s?[\[(]{_MEASURE}$")
_ANGLED = {"sin": "sine", "cos": "cosine", "tan": "tangent", "sinh": "sinch", "cosh": "cosh"}
_IN_PROSE = {
    "→": "to",
    "≈": "about",
    "∼": "about",
    "×": "times",
    "·": "",
    "⇒": "which means",
    "‖": "norm",
}
"""Words that differ from those in formulas."""
_PRIMED = re.compile(r"(?<![\w'’‘])([A-Za-z])(['’]{0,2})(?![\w*'’])")
"""A letter by itself, with primes or without."""
_CHAINED, _CHAINS = re.compile(r"[<>≤≥]=?\s?\w$"), re.compile(r"\w\s?[<>≤≥]")
"""What stands beside a sign in a chain, as in "0 < i < n"."""
_AFTER_A = re.compile(r"\b[Aa]$")
_DISTRIBUTIONS = (
    "𝒩|N|Normal|LogNormal|U|Unif(?:orm)?|Bern(?:oulli)?|Bin(?:omial)?|Beta|Gamma|Poi(?:sson)?|Pois|"
    "Exp(?:onential)?|Dir(?:ichlet)?|Cat(?:egorical)?|MVN|Cauchy|Laplace|Geom(?:etric)?|Weibull|"
    "Wishart|Half(?:Normal|Cauchy)|Student|Multinomial|GP"
)
_LABELS = frozenset({"Fig", "Figure", "Panel", "Part", "Table", "Section", "Step", "Eq", "Plan"})


def _say_formula(match: re.Match[str], _context: Context) -> Saying:
    return say_formula(match[0])


def _say_compared(match: re.Match[str], _context: Context) -> Saying:
    before = match.string[max(match.start() - 6, 0) : match.start()]
    chained = _CHAINED.search(before) or _CHAINS.match(match.string, match.end())
    verb = "" if chained else " is"
    return f"{verb} {'less' if match[1] == '<' else 'greater'} than "


def _say_tilde(match: re.Match[str], _context: Context) -> Saying:
    """A tilde before a letter: "not" where other signs of logic stand near, else "about"."""
    near = match.string[max(match.start() - 40, 0) : match.end() + 40]
    return "not " if re.search("[∨∧→⇒⇔↔¬⊕]", near) else "about "


def _say_of(match: re.Match[str], _context: Context) -> Saying:
    """The bracket of a function with a name, as in "Attention(Q, K, V)"."""
    before = match.string[max(match.start() - 21, 0) : match.start()]
    if re.match(r"\([RC]\)", match.string[match.start() :][:3]):
        return None  # a mark, as in "Intel(R)"
    name = re.search("[A-Z][A-Za-z]{1,20}$", before)
    return " of " if name and name[0] not in _LABELS else None


def _say_primes(match: re.Match[str], _context: Context) -> Saying:
    """A prime between letters, as in the strength f′c of concrete, and a product u′v′."""
    first, second = (part.upper() for part in match.groups() if part)
    return f"{first} prime {second}{' prime' if match[0][-1] in {chr(39), '’', '′'} else ''}"


def _say_place(match: re.Match[str], _context: Context) -> Saying:
    """A place in a row, as "(n+1)-th"."""
    return f" {match[1].upper()} {'plus' if match[2] == '+' else 'minus'} {ordinal(match[3])}"


def _say_letter_place(match: re.Match[str], context: Context) -> Saying:
    if context.lexicon.find(match[0]):
        return None
    sound = spell(match[1]) + "θ"
    return (Span(match[0], respell(sound), "place", sound),)


def _say_signed_interval(match: re.Match[str], _context: Context) -> Saying:
    signs = ("minus " if sign else "" for sign in match.group(1, 3))
    bounds = (decimal(bound) for bound in match.group(2, 4))
    return " " + " to ".join(f"{sign}{bound}" for sign, bound in zip(signs, bounds, strict=True))


def _say_group(match: re.Match[str], _context: Context) -> Saying:
    """A group of matrices, as "SU(3)" and "SL(2, ℤ)"."""
    size = say_formula(match[2])
    field = f" {say_formula(match[3])}" if match[3] else ""
    return f"{' '.join(match[1].upper())} {size}{field}"


def _say_capital_function(match: re.Match[str], _context: Context) -> Saying:
    """A function with a name in capitals and its value, as in "BB(5) = 47"."""
    name = match[1].lower() if english.is_common(match[1].lower()) else " ".join(match[1])
    return f"{name} of {', '.join(decimal(number) for number in re.findall(r'[0-9]+', match[2]))}"


def _say_prime(match: re.Match[str], _context: Context) -> Saying:
    """A prime in place of which an apostrophe stands, beside the letter without: "K and K'"."""
    letter, text = match.string[match.start() - 1], match.string
    near = text[max(match.start() - 40, 0) : match.start() - 1], text[match.end() :][:40]
    others = (found for part in near for found in _PRIMED.finditer(part))
    marks = {found[2] for found in others if found[1] == letter}
    if not marks - {match[0]} or (len(match[0]) > 1 and not {"'", "’"} & marks):
        return None
    return " prime" if len(match[0]) == 1 else " double prime"


def _say_convergence(match: re.Match[str], _context: Context) -> Saying:
    """An arrow with what sort of convergence it means, as in "X_n →^d N(0, 1)"."""
    return f" converges in {'distribution' if match[1] in 'dᵈ' else 'probability'} to"


def _say_to(match: re.Match[str], _context: Context) -> Saying:
    """The comma between the bounds of an interval with units, as in "θ ∈ [0°, 360°)"."""
    before = match.string[max(match.start() - 30, 0) : match.start()]
    return " to " if _FROM.search(before) else None


def _say_menu(match: re.Match[str], _context: Context) -> Saying:
    """What parts the names of a menu, as in "choose File > Open"."""
    before = match.string[max(match.start() - 60, 0) : match.start()]
    return ", then" if _MENU.search(before) else None


def _say_about(match: re.Match[str], _context: Context) -> Saying:
    """What stands before an estimate, as in "a ~10-year lag"."""
    before = match.string[max(match.start() - 3, 0) : match.start() + 1].rstrip()
    article = re.search(r"(?<!\w)[Aa](n?)$", before)
    if not article:
        return " about "
    return " approximately " if article[1] else " roughly "


def _say_of_body(match: re.Match[str], _context: Context) -> Saying:
    """What the sun or the Earth has, as M☉ and S⊕; an adjective in "a 10-million-M☉ star"."""
    letter, sign = match.groups()
    if match.string[match.start() - 1 : match.start()] == "-" and letter + sign in UNITS:
        return UNITS[letter + sign].one
    name = GREEK.get(letter, letter)
    return f"{name} {'Earth' if sign == '⊕' else 'sun'}"


def _say_direction(match: re.Match[str], _context: Context) -> Saying:
    """Along or across, as in "H∥ = 7 T" and "k⊥"; no bar that closes a norm."""
    if match[0] == "⊥":
        return " perp"
    return None if "∥" in match.string[max(match.start() - 40, 0) : match.start()] else " parallel"


def _say_sign(match: re.Match[str], _context: Context) -> Saying:
    sign = SIGNS[match[0].strip()]
    words = _IN_PROSE.get(sign, WORDS[sign])
    if words == "about" and _AFTER_A.search(match.string, max(match.start() - 2, 0), match.start()):
        words = "roughly"
    return f" {words} "


_MENU = re.compile(r"\b(?:choose|select|click|go to|open|under|menu)\b[^.;]*$", re.IGNORECASE)
RULES: tuple[Rule, ...] = (
    rule("place", "sp", r"\s?\(([a-zA-Z])\s?([+−-])\s?(\d{1,2})\)[-‐‑]?(?:th|st|nd|rd)(?!\w)",
         _say_place),
    rule("place", "Ul", r"(?<![\w'’-])([ijklmnpqrstxNKT])[-‐‑]?th(?!\w)", _say_letter_place),
    rule("function", "U", r"(?<!\w)([A-Z]{2,6})\((\d{1,6}(?:,\s?\d{1,6}){0,2})\)"
         r"(?=\s?[=≤≥<>≈]\s?[-−\d(])", _say_capital_function),
    rule("prime", "p", r"(?<=[α-ω])['’]{1,2}(?![\w'’])",
         lambda m, _c: " prime" if len(m[0]) == 1 else " double prime"),
    rule("prime", "p", r"(?<=\b[a-zA-Z])['’](?=\s?=\s?[^\s=])", " prime"),
    rule("convergence", "sp", r"\s?→\^?([dpᵈᵖ])(?=\s)", _say_convergence),
    rule("prime", "p", r"(?:(?<=[\s(/][A-Za-z])|(?<=^[A-Za-z]))['’]{1,2}(?=[\s,.)]|$)", _say_prime),
    rule("star", "p", r"(?<=\b[A-Z])\*(?=-[a-z])|"
         r"(?<!\w)\*(?=-(?:sub)?algebras?\b|-homo|-rep)", " star"),
    rule("category", "sp", r"\s?\(∞,\s?([012n])\)(?=-|\s(?:cat|top))",
         lambda m, _c: f" infinity {say_formula(m[1])}"),
    rule("degree", "l", r"deg(?=\s[A-Za-z](?!\w)\s?[=≤≥<>])", "the degree of"),
    rule("group", "U", r"(?<!\w)Ш(?!\w)", "sha"),
    rule("product", "sp", r"(?<=\d)\s?[·⋅]\s?(?=\d)", " times "),
    rule("thresholds", "p", rf"@\[{N}:{N}\]",
         lambda m, _c: f" at {decimal(m[1])} to {decimal(m[2])}"),
    rule("spectral line", "U", r"Ly(?=-?[α-ω])", "Lyman "),
    rule("star", "U", r"Sgr\sA\*?(?!\w)",
         lambda m, _c: "Sagittarius A star" if "*" in m[0] else "Sagittarius A"),
    rule("star", "U", r"(?<![\w-])([A-Z])(\d{1,3})\*(?!\w)",
         lambda m, _c: f"{m[1]} {cardinal(m[2])} star"),
    rule("logarithm", "l", r"(?:ln|lg)(?=\s(?:\d|[A-Za-zΑ-Ωα-ω](?!\w)))",
         lambda m, _c: "natural log" if m[0] == "ln" else "log"),
    rule("logarithm", "l", r"log(?:_(\d{1,2})|([₀-₉]{1,2})|(2|10)(?=\s[A-Za-z](?!\w)))(?!\w)",
         lambda m, _c: f"log base {cardinal(unicodedata.normalize('NFKC', m[m.lastindex or 1]))}"),
    rule("modulus", "sp", r"\s?\(mod\s([A-Za-z]|\d{1,9})\)",
         lambda m, _c: f" mod {cardinal(m[1]) if m[1].isdecimal() else m[1].upper()}"),
    rule("if and only if", "l", r"iff(?!\w)", "if and only if"),
    rule("group", "U", r"(?<!\w)(SU|SO|U|Sp|SL|GL|PSL|PGL|SE|GF|PG|AG)"
         r"\((\d{1,2}|2?[nNd])(?:,\s?([ℝℂℤRCZ]|\d{1,3}|q))?\)"
         r"(?!\w)", _say_group),
    rule("factorial", "d", r"(\d{1,3})!(?=\s?[=≈<>×·/÷+−]|[\d(]|"
         r"\s(?:ways|permutations|orders|orderings|arrangements)\b)",
         lambda m, _c: f"{cardinal(m[1])} factorial "),
    rule("product", "l", r"(?<==\s)(?:ma|mgh?|mv|kx|qv|vt)(?=[\s.,;:)]|$)(?!\s[a-z]*\d)",
         lambda m, _c: " ".join(m[0].upper())),
    rule("letters", "l", r"(?<!\w)ky(?![\w'’])", "K Y"),
    rule("marker", "l", "ʰⁱ", " high"),
    rule("transpose", "Ul", "ᵀ", " transpose"),
    rule("function", "l",
         r"(sin|cos|tan|sinh|cosh)(?=[²³]|\s\d{0,3}(?:k[xyz]|[xytuθφϕψωαβγπ])(?![^\W₀-₉]))",
         lambda m, _c: _ANGLED[m[1]]),
    rule("sex", "sp", r"\s?([♀♂])", lambda m, _c: " female" if m[1] == "♀" else " male"),
    rule("index", "p", r"(?<=\b[a-zA-Z])\[([ij])\]", lambda m, _c: f" sub {m[1].upper()}"),
    rule("prime", "p", r"(?<=\d)′(?!\s?\d|\s(?:on|off|@|at)(?!\w))", " prime"),
    rule("prime", "Ul", r"(?<![\w'’])(?:(f)['’′]([cmty])(?!\w)|([a-zA-HJ-Z])['’′]([a-rt-zA-Z])"
         r"(?:['’′](?!\w)|(?=\s?[=≈])))", _say_primes),
    rule("prime", "p", r"(?<=\b[35])['’](?=-|\s(?:and|or|to|caps?|ends?|UTRs?|splice|reads?|kits?|"
         r"s[cn]RNA|librar(?:y|ies)|flank\w+|overhangs?|adapters?|untranslated)\b)",
         " prime"),
    rule("Greek letters", "l", r"([α-ω])['’]s(?!\w)", lambda m, _c: f"{GREEK[m[1]]}s"),
    rule("Greek letter", "Ul", r"(?![µμ](?:[mgslLMAVW]|mol)(?![A-Za-z]))"
         r"[α-ωΑ-Ωϕϵϑµς](?:(?![-\d]*[A-Za-zα-ω])|(?=[A-Za-z]))",
         lambda m, _c: GREEK.get(m[0].lower())),
    rule("power", "pl", r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿⁱ]+|\^(?:\{[^{}]{1,20}\}|[-−]?\d+|[A-Za-z](?![A-Za-z]))",
         _say_formula),
    rule("power", "p", r"\^\(([^()]{1,20})\)", lambda m, _c: say_formula(f"^{{{m[1]}}}")),
    rule("power", "p", r"\^([-−]?[A-Za-zΑ-Ωα-ω]{2,6})(?!\w)",
         lambda m, _c: say_formula(f"^{{{m[1]}}}")),
    rule("subscript", "p", r"(?<=[A-Za-z])₀(?![₀-₉]|\.[₀-₉])", " naught"),
    rule("subscript", "pl", r"[₀-₉]+(?:\.[₀-₉]+)?",
         lambda m, _c: say_formula(unicodedata.normalize("NFKC", m[0]))),
    rule("interval", "s", rf"(?<=\bin)\s[\[(](?=[−-]?\d*\.\d|0)([−-]?)\s?{N},\s?([−-]?)\s?{N}[\])]",
         _say_signed_interval),
    rule("interval", "sp", rf"{_BEFORE_INTERVAL}\s?[\[(]{N},\s?{N}[\])]",
         lambda m, _c: f" {decimal(m[1])} to {decimal(m[2])}"),
    rule("interval", "sp", rf"{_BEFORE_INTERVAL}\s?[\[(]({_END}),\s?({_END})[\])]",
         lambda m, _c: f" {say_formula(m[1])} to {say_formula(m[2])}"),
    rule("interval", "sp", rf"\s?[\[(]({_END}|[-−]∞),\s?\+?∞[\])]",
         lambda m, _c: f" {say_formula(m[1])} to infinity"),
    rule("interval", "sp", r"(?:\s?∈\s?|(?<=\brange)\s|(?<=\binterval)\s)"
         rf"[\[(](?={_MEASURE},\s?{_MEASURE}[\])])",
         lambda m, _c: " in " if "∈" in m[0] else " "),
    rule("interval", "p", rf",\s?(?={_MEASURE}[\])])", _say_to),
    rule("sign", "sp", r"\s?(?:->|-->|=>)\s?", " to "),
    rule("comparison", "sp", r"\s?=<\s?", " at most "),
    rule("comparison", "sp", r"(?<=\b[A-Za-zα-ω])\s?([<>])\s?(?=[A-Za-zα-ω](?!\w))", _say_compared),
    rule("sign", "sp", rf"(?<=\S)\s?[~∼]\s?(?=(?:{_DISTRIBUTIONS})\()", " is distributed as "),
    rule("sign", "sp", r"(?<=\b[A-Za-zα-ω])\s?[~∼]\s?(?=[A-Za-z𝒩])", " is distributed as "),
    rule("sign", "sp", r"(?<=[\w)])\s[~∼]\s(?=[A-Za-zα-ω])", " about "),
    rule("prime", "l", r"(?<![\w'’])d['’](?=\s?[=≈<>]|\s(?:of|was|is|scores?|values?)\b)",
         "D prime"),
    rule("change", "sp", r"\s?([↑↓])(?=\sin\b)",
         lambda m, _c: f" {'increase' if m[1] == '↑' else 'decrease'}"),
    rule("sign", "sp", r"\s?([↑↓])\s?", lambda m, _c: f" {'up' if m[1] == '↑' else 'down'} "),
    rule("sign", "sp", r"\s?∣\s?", " divides "),
    rule("not", "p", r"~(?=[A-Za-z(])", _say_tilde),
    rule("menu", "s", r"(?<=[a-z])\s>(?=\s[A-Z][a-z])", _say_menu),
    rule("comparison", "s", r"(?<=[a-z]{2})\s([<>])\s(?=[a-z]{2})", _say_compared),
    rule("implies", "sp", r"(?:(?<=\b[A-Za-zα-ωΑ-Ω])|(?<=[)|‖]))\s?⇒\s?"
         r"(?=[A-Za-z¬α-ω](?!\w\w)|[|‖(∀∃∇])", " implies "),
    rule("implies", "sp", r"\s?⟹\s?", " implies "),
    rule("subscript", "p",
         r"(?<=[A-Za-zα-ω])_\{?(oc|sc|ac|dc|pa|pc|J?I{1,3}c|Na|Ca|Cl|Li)\}?(?!\w)",
         lambda m, _c: f" {' '.join(m[1].upper())}"),
    rule("direction", "p", r"(?<=[A-Za-zα-ω\d])[∥⊥](?=[\s,;)/]|\.?(?:\s|$))", _say_direction),
    rule("direction", "p", r"_[∥⊥]", lambda m, _c: " sub perp" if "⊥" in m[0] else " sub parallel"),
    rule("parallel", "p", r"(?<=\b[A-Z])∥(?=[A-Za-z](?![\w∥]))", " is parallel to "),
    rule("parallel", "s", r"\s[∥‖]\s(?=[A-Za-z](?!\w))", " is parallel to "),
    rule("given", "p", r"(?<=\b[A-Z])\|(?=[A-Z]\s?[~∼])", " given "),
    rule("of", "p", r"(?<=[a-zA-Z])\((?=(?:[A-Z]|[a-rt-zθ])(?:,\s?[A-Za-z0-9]){0,3}\))", _say_of),
    rule("triangle", "p", r"△(?=[A-Z]{3}\b)", "triangle "),
    rule("aleph", "Ul", r"ℵ(?:₀|_0)", "aleph naught"),
    rule("aleph", "Ul", r"ℵ(?=[₁-₉_\s])", "aleph "),
    rule("letters", "U", r"(?<=\d\s)Vs(?![\w.])", "V's"),
    rule("velocity", "U", r"(?<!\w)V([ps])(?:/V([ps]))?(?=30(?!\d)|(?!\w|\.?\s[A-Z]|\.(?:\s|$)))",
         lambda m, _c: f"V {m[1].upper()}" + (f" over V {m[2].upper()}" if m[2] else "")),
    rule("dimensionless number", "U", rf"(?<![A-Za-z])({_DIMENSIONLESS}){_OF_FLOW}|"
         rf"(?:(?<=\bnumber\s)|(?<=\bnumber\s\()|(?<=\bnumber,\s))({_DIMENSIONLESS}|Pr)(?!\w)",
         lambda m, _c: " ".join((m[1] or m[2]).upper())),
    rule("dimensionless number", "U",
         r"(?<!\w)(Re|We|Ra|Nu|Ma|Pe|Fr|St|Gr|Ca)_(\{[^{}]{1,8}\}|[A-Za-zα-ω∞]{1,3})(?!\w)",
         lambda m, _c: f"{' '.join(m[1].upper())} {say_formula('_' + m[2])}"),
    rule("index", "Ul", r"(?<![\w.$])([A-Za-zα-ω])_([a-z]{2})(?![\w(\[])",
         lambda m, _c: f"{say_formula(m[1])} sub {' '.join(m[2].upper())}"),
    rule("gain", "U", r"(?<!\w)([KT])([dips])(?=\s?=\s?\d)",
         lambda m, _c: f"{m[1]} {m[2].upper()}"),
    rule("direct sum", "sp", r"(?<=[ℤℝℂℚ])\s?⊕\s?|\s?⊕\s?(?=[ℤℝℂℚ])", " direct sum "),
    rule("dot", "sp", r"(?<=\b[a-zEBJ])\s?[·⋅]\s?(?=(?:d[lAS]|[a-zα-ω])(?!\w))", " dot "),
    rule("del", "p", r"[·⋅]∇", " dot del"),
    rule("diameter", "Usp", r"\s?[Ø∅⌀]\s?(?=\d)", " diameter "),
    rule("congruent", "sp", r"\s?≡\s?(?=[^.;]{1,24}\(?mod\b)", " is congruent to "),
    rule("limit", "l", r"lim(?:([ₙₓₖₜₘ])|\s([a-z]))\s?→\s?(∞|\d|[a-z](?!\w))\s?",
         lambda m, _c: f"the limit as {say_formula(unicodedata.normalize('NFKC', m[1] or m[2]))} "
         f"goes to {say_formula(m[3])} of "),
    rule("logarithm", "l", r"ln(?=[A-ZΛℒ](?!\w))", "log "),
    rule("space", "lp", r"ℓ([²₂¹₁ₚ])",
         lambda m, _c: f"L {say_formula(unicodedata.normalize('NFKC', m[1]))}"),
    rule("star", "Ul", r"(?<![\w$])([A-Zρ])_?([☉⊙⊕])(?!\w)", _say_of_body),
    rule("star", "p", r"⋆|(?<=\b[A-Z])★", " star"),
    rule("product", "U", r"(?<!\w)[A-Z]{2}(?=[²³⁴])", lambda m, _c: " ".join(m[0])),
    rule("letter", "l", r"(?<!\w)a(?=[²³⁴₀-₉]|/[A-Za-z](?!\w)|\s[+−]\s[b-z\d](?!\w))"
         r"|(?<=[({])a(?=,\s?[b-z](?!\w))",
         "A"),
    rule("divergence", "sp", r"\s?∇\s?[·⋅]\s?", " the divergence of "),
    rule("curl", "sp", r"\s?∇\s?×\s?", " the curl of "),
    rule("about", "sp", r"\s?[~∼]\s?(?=[$€£]?\.?\d)", _say_about),
    rule("sign", "sp", rf"\s?[{_SIGNS}]\s?", _say_sign),
    rule("hyphen", "p", r"(?<=[^\W\d_]{2})−(?=[^\W\d_]{2})", " "),
    rule("sign", "s", r"(?<=\w)\s\\\s(?=[\w({])", " without "),
    rule("sign", "p", r"(?<![\w)])−\s?(?=[^\W\d_]|[|‖∥√(∇∂∑∏∫])", "minus "),
    rule("such that", "sp", r"(?<=\{[A-Za-z])\s?[|∣]\s?", " such that "),
    rule("letter", "l", r"(?<!\w)i(?=ħ)", "I "),
    rule("letter", "l", r"(?:(?<!\w)|(?<=i))ħ(?![a-z]{2})", "H bar "),
    rule("half-life", "Ul", r"[tT](?:½|₁/₂|_\{1/2\}|_?1/2)(?!\w)", "half life"),
    rule("sign", "sp", r"\s?(?:!=|==)\s?",
         lambda m, _c: " is not equal to " if "!" in m[0] else " equals "),
    rule("sign", "sp", r"\s\+\s|\+(?=[A-Z])|(?<=\d)\+(?=\d)", " plus "),
    rule("cube root", "p", "∛", " the cube root of "),
    rule("sign", "sp", r"\s?−\s?", " minus "),
    rule("sign", "s", r"\s[~∼]\s", " about "),
    rule("or more", "p", r"(?<=[\dkKMB%])\+(?!\w)", " plus"),
)  # fmt: skip
