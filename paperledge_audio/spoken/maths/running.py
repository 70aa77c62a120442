"""Formulas in running text, with dollar signs or without."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.script.printed.markup import FORMULA
from paperledge_audio.script.printed.signs import SIGNS
from paperledge_audio.spoken import english
from paperledge_audio.spoken.maths.expressions import say_expression
from paperledge_audio.spoken.maths.scripts import CLASSES
from paperledge_audio.spoken.maths.shapes import STAR
from paperledge_audio.spoken.maths.words import say_formula
from paperledge_audio.spoken.numbers.units.grammar import read_unit
from paperledge_audio.spoken.numbers.words import cardinal, decimal
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule


def _say_formula(match: re.Match[str], _context: Context) -> Saying:
    words = say_formula(match[0].strip("$"))
    if not words:
        return None
    is_value = _BEFORE_A_VALUE.search(match.string, max(match.start() - 12, 0), match.start())
    stated = match.string.endswith(" is ", 0, match.start())
    goes_on = stated or _GOES_ON.match(match.string, match.end())  # "if $X \\subset Y$ is a curve"
    if (is_value or (goes_on and words.count(" is ") == 1)) and " equals " not in words:
        words = _IS.sub(" ", words)
    return _follow_a(words, match)


def _follow_a(words: str, match: re.Match[str]) -> str:
    r"""The words behind an article, which neither "about" nor "the" can follow.

    Behind "all", "any" or "rank", a relation has no verb: "for all $t \ge 1$".
    """
    before = match.string[max(match.start() - 10, 0) : match.start()]
    if _QUANTIFIES.search(before):
        words = _RELATED.sub(" ", words, count=1)
    if _AFTER_ARTICLE.search(before):
        words = words.removeprefix("the ")
    return re.sub("^( ?)about ", r"\1roughly ", words) if _AFTER_A.search(before) else words


def _say_temperature(match: re.Match[str], _context: Context) -> Saying:
    scale = "Celsius" if match[2] == "C" else "Fahrenheit"
    number = say_formula(match[1])
    return f"{number} degrees {scale}" if number else None


def _say_logarithm(match: re.Match[str], _context: Context) -> Saying:
    """A function with its base, as "log₁₀(M*/M☉)"."""
    name, base, bracket = match.groups()
    below = f"_{{{unicodedata.normalize('NFKC', base)}}}" if base else ""
    return say_formula(name + below + STAR.sub("^*", bracket))


def _say_side(side: str) -> str:
    """The length of a side, which a letter or a thread may stand for, as M12."""
    letter = side[0] if side[0].isalpha() else ""
    number = decimal(side[len(letter) :]) if side[len(letter) :] else ""
    return f"{letter.upper()} {number}".strip()


def _say_micro(match: re.Match[str], _context: Context) -> Saying:
    r"""A number with its prefix inside the dollar signs, as `$68\,\mu$s`."""
    number, unit = say_formula(match[1]), read_unit(f"µ{match[2]}")
    return f"{number} {unit.say(one=False)}" if number and unit else None


def _say_function(match: re.Match[str], context: Context) -> Saying:
    """A function written without dollar signs, as "O(n log n)"; not "E(xamples)"."""
    names = re.findall("[A-Za-z]{2,}", match[0])
    bound = match[0][0] in "OΘΩ"  # in which two letters are a product, as in "O(nd²)"
    named = all(name in SIGNS or (bound and re.fullmatch("[a-z]{2}", name)) for name in names)
    return _say_formula(match, context) if named else None


def _say_of_words(match: re.Match[str], _context: Context) -> Saying:
    """A function of what has a name, as in "log(wage)"."""
    names = re.findall("[a-z]+", match[2])
    if not all(map(english.is_known, names)):
        return None
    function = {"ln": "natural log", "exp": "exponential"}.get(match[1], match[1])
    return f"{function} of {' '.join(names)}"


def _say_given(match: re.Match[str], _context: Context) -> Saying:
    """A probability of what has a name, as in "P(correct | prompt)"."""
    sides = [re.split("[ _-]", side) for side in match.group(2, 3)]
    words = [word for side in sides for word in side]
    if max(map(len, words)) < 2 or not all(len(w) < 2 or english.is_known(w) for w in words):
        return None
    said = (" ".join(w.upper() if len(w) < 2 else w for w in side) for side in sides)
    verb = " is" if re.match(r"\s?[≈~]", match.string[match.end() :][:2]) else ""
    return f"P of {' given '.join(said)}{verb}"


def _say_probability(match: re.Match[str], _context: Context) -> Saying:
    """A probability of one thing, as in "P(win)"; that of doom is a name."""
    if not english.is_known(match[1]):
        return None
    return f"P {'' if match[1] == 'doom' else 'of '}{match[1]}"


def _say_statistic(match: re.Match[str], _context: Context) -> Saying:
    """Chi squared with its degrees of freedom, as in "χ²(1, N = 90)"."""
    words = f"chi squared of {decimal(match[1])}"
    return f"{words}, N equals {decimal(match[2])}," if match[2] else words


def _say_factors(match: re.Match[str], _context: Context) -> Saying:
    """Between the factors of an experiment, as in "a 2 (prime) × 3 (delay) design"."""
    before = match.string[max(match.start() - 60, 0) : match.start()]
    return " by " if re.search(r"(?<!\w)\d{1,2}\s\([^()]{1,50}\)$", before) else None


def _say_before_bracket(match: re.Match[str], context: Context) -> Saying:
    """The space before a formula that starts with a bracket and goes on behind it: "(a + b)/2"."""
    text, opening = match.string, match.end()
    bracket = _BRACKETED.match(text, opening, match.endpos)
    start = _OPENING.match(text, opening, match.endpos)
    if not bracket or not start or not _OPERATES.search(bracket[0]):
        return None
    return " " if say_expression(start, context) else None


_COMPARED = {
    "sim": "about",
    "approx": "about",
    "simeq": "about",
    "gtrsim": "at least about",
    "lesssim": "at most about",
    "geq": "at least",
    "ge": "at least",
    "leq": "at most",
    "le": "at most",
    "gg": "much greater than",
    "ll": "much less than",
    "pm": "plus or minus",
    "times": "times",
    ">": "greater than",
    "<": "less than",
}
"""Signs that stand alone between dollar signs before a number, as in `$\\sim$5%`."""
_BEFORE_A_VALUE = re.compile(
    r"\b(?:for|all|any|every|each|some|with|at|of|in|to|range|by|below|above|given|than|let|exists?"
    r"|choose|fix|primes|integers|numbers|values|masses|energies|redshifts?|temperatures?|dimensions?"
    r"|exponents?)\s$",
    re.IGNORECASE,
)
"""What a value with its bound stands behind: "for all $t \\ge 0$" is no statement."""
_GOES_ON = re.compile(r"\s(?:is|are|be|has|have|was|were|can)\b")
_IS = re.compile(
    r" is (?=(?:much )?(?:less|greater) than |at (?:most|least) |approximately |not equal to |"
    r"congruent to |a subset of |left adjoint to |about )"
)
_AFTER_A = re.compile(r"\b[Aa]\s?$")
_QUANTIFIES = re.compile(
    r"\b(?:all|any|every|each|some|with|fixed|rank|size|degree|order|length)\s$"
)
_RELATED = re.compile(r" is (?=(?:at (?:least|most)|(?:much )?(?:greater|less) than)\b)")
_AFTER_ARTICLE = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Tt]his|[Oo]ur|[Ii]ts)\s$")
_OPERATES = re.compile(r"(?<=[^(])[-+−·×/^²³√*][^)]|\)[!²³ᵀ^⁻⁺†]")
_OPENING = re.compile(r"\(")
_BRACKETED = re.compile(
    r"\((?:[^()]|\([^()]{0,30}\)){1,60}\)(?:[/!²³ᵀ^⁻⁺†*]|\s?[+−=·×<>≤≥≈∝]\s?\S|[a-zα-ω](?!\w))"
)
"""A bracket that is part of a formula, since the formula goes on behind it."""
_TABLES = (
    "matri(?:x|ces)|grids?|images?|arrays?|blocks?|patch(?:es)?|kernels?|tables?|lattices?|boards?|"
    "windows?|tensors?|mesh(?:es)?|filters?|pixels?|bolts?|screws?|threads?"
)
"""What has rows and columns."""
_NAMED = r"[A-Za-z][a-z]{0,14}(?:[ _-][a-z]{2,14}){0,3}"
"""What a probability may be of."""
_STATE = r"[^|⟨⟩\s]{1,12}"
"""What stands in a ket or a bra."""
_NUMERIC = (
    r"(?<![\w.,$€£:/-])(?=\d{1,9}(?:\.\d{1,9})?(?:/(?:poly(?:log)?)?\(|[A-Za-z]²?[‖∥]|[TfgpqFPQ]\([a-z]|[A-Z]{1,2}/\(|[α-ω]{1,2}[A-Za-z]?[ₙᵢⱼₖₘₜₓ]|(?!k/(?:\d+[kM]|(?:s|sec|min|h|hr|d|day|wk|yr)\b))[nxyzijkptNθπλ](?:[-−+^²³)(\[/]|\s[-−+]\s)|\(|"
    r"[\^⁰-⁹²³¹]\S{1,12}[-−]|\s?[-−]\s?\d{1,9}\s?=))\d"
)
"""A number that may begin a formula: "2n−1", "2^32−1", "5−3 ="."""
RULES: tuple[Rule, ...] = (
    rule("unit", "p", r"\$([-−]?[\d.]{1,9})\s?\^\{?\\circ\}?\s?(?:\\(?:text|mathrm)\{)?"
         r"(?:\$\s?)?([CF])(?!\w)\}?\$?", _say_temperature),
    rule("unit", "p", r"\$([^$\n]{0,60}\d)\s?(?:\\[,;:]|~)?\s?\\mu\s?\$\s?([smgLAVWFM])(?!\w)",
         _say_micro),
    rule("space", "U", r"(?<!\w)L²(?=\s(?:norms?|spaces?|loss|regular\w+|distances?|errors?|"
         r"penalt\w+|functions?|convergence|sense|inner)\b)", "L two"),
    rule("unit", "p", r"/\s?\$\\sqrt\s?\{?(?:\\(?:mathrm|text|rm)\b\s?\{?)?Hz\}{0,2}\$",
         " per root hertz"),
    rule("comparison", "sp", rf"\s?\$(?:\\({'|'.join(_COMPARED)})|([<>]))\$\s?(?=[\d.$])",
         lambda m, _c: _follow_a(f" {_COMPARED[m[1] or m[2]]} ", m)),
    rule("statistic", "l", r"χ(?:²|2|\^2)\s?\((\d{1,4})(?:,\s?[Nn]\s?=\s?(\d[\d,]{0,9}))?\)",
         _say_statistic),
    rule("by", "sp", r"(?<=\))\s?[×x]\s?(?=\d{1,2}\s\()", _say_factors),
    rule("by", "Uld",
         r"(?<![\w.])([A-Za-z]|\d{1,4}|M\d{1,2})\s?×\s?([A-Za-z]|\d{1,4}(?:\.\d{1,2})?)"
         rf"(?=(?:\s(?:and|or)\s\w\s?×\s?\w)?\s(?:[a-z]{{3,10}}\s)?(?:{_TABLES})\b)",
         lambda m, _c: f"{_say_side(m[1])} by {_say_side(m[2])}"),
    rule("by", "U", r"(?<!\w)(HSS|HP|MC|WT|W)(\d{1,2})\s?×\s?(\d{1,3})(?:\s?×\s?(?=\d)|(?!\w))",
         lambda m, _c: f"{' '.join(m[1])} {decimal(m[2])} by {decimal(m[3])}"
         f"{' by ' if m[0][-1] in '× ' else ''}"),
    rule("by", "p", r"\$([^$\n]{1,20})\\times([^$\n]{1,20})\$"
         rf"(?=\s(?:[a-z]{{3,10}}\s)?(?:{_TABLES})\b)",
         lambda m, _c: say_formula(rf"{m[1]}\text{{ by }}{m[2]}")),
    rule("formula", "p", rf"(?:{FORMULA})", _say_formula),
    rule("class", "U", rf"(?<!\w)({'|'.join(sorted(CLASSES))})(?:\^\{{?([0-3])\}}?|([⁰¹²³]))(?!\w)",
         lambda m, _c: f"{' '.join(m[1])} {cardinal(unicodedata.normalize('NFKC', m[2] or m[3]))}"),
    rule("formula", "p", r"\\\((?:[^\\\n]++|\\[^()\n]){1,200}+\\\)",
         lambda m, _c: say_formula(m[0][2:-2])),
    rule("factor", "d", r"(?<![\w.])\d{1,4}(?:\.\d{1,4})?"
         r"(?=(?:log|ln)(?:[₀-₉(_]|10\b|2\b)|(?:Re|Ra|Gr|Pr)[\^⁰¹²³⁴-⁹])",
         lambda m, _c: f"{decimal(m[0])} "),
    rule("binomial", "U", r"(?<!\w)C\((\d{1,3}|n),\s?(\d{1,3}|k)\)",
         lambda m, _c: say_formula(rf"\binom{{{m[1]}}}{{{m[2]}}}")),
    rule("formula", "Ul", r"([A-Za-zφϕσ]):\s?[A-Z]\s?(?:→|->)\s?[A-Z](?!\w)", _say_formula),
    rule("probability", "Ul", r"(?<!\w)[Pp]\(([a-z]{3,14})\)", _say_probability),
    rule("probability", "Ul", rf"(?<!\w)([Pp]|Pr)\(({_NAMED})\s?\|\s?({_NAMED})\)", _say_given),
    rule("formula", "Ulp", r"(?:(?<![\w.@#\\/$-])|(?<=[½¼¾]))(?:[^\W\d_]|[|‖∥√(∇∂∑∏∫∬∮])",
         say_expression),
    rule("formula", "p", rf"\|{_STATE}⟩|⟨{_STATE}\|(?:{_STATE}(?:\|{_STATE})?⟩)?", _say_formula),
    rule("space", "s", rf"\s(?=[‖∥∑∏∫∬∮∇∂√⌈⌊ℓ]\S|⟨{_STATE}[|⟩])", " "),
    rule("space", "s", r"\s(?=\()", _say_before_bracket),
    rule("formula", "d", _NUMERIC, say_expression),
    rule("formula", "U", r"[OPEΘΩ]\([^()]{1,40}(?:\([^()]{1,20}\)[^()]{0,20})*\)", _say_function),
    rule("formula", "l", r"(?<!\w)o\([^()\s]{1,8}\)(?!\w)", _say_formula),
    rule("formula", "Ul", r"[fgh]['’′]?\([a-zθ](?:,\s?[a-zθ]){0,3}\)", _say_formula),
    rule("formula", "Ul", r"[A-Za-zΑ-Ωα-ωϕϵϑ]_(?:[A-Za-z0-9]|\{[^{}]{1,20}\})(?!\w)", _say_formula),
    rule("formula", "p", r"\|[^|\s][^|]{0,24}\||⌈[^⌈⌉]{1,24}⌉|⌊[^⌊⌋]{1,24}⌋", _say_formula),
    rule("logarithm", "l", r"(log|ln|exp)\(([a-z]{3,}(?:[ _-][a-z]{2,}){0,3})\)", _say_of_words),
    rule("formula", "l", r"(log|ln|exp|sqrt|sin|cos|tanh?)(\d{0,2}|[₀-₉]{1,2})(\([^()]{1,30}\))",
         _say_logarithm),
    rule("inverse", "l", r"(sin|cos|tan)⁻¹(\([^()]{1,20}\))",
         lambda m, _c: say_formula(rf"\{m[1]}^{{-1}}{m[2]}")),
    rule("average", "p", r"⟨(?!\d+⟩)[^⟨⟩|,]{1,24}⟩", _say_formula),
)  # fmt: skip
