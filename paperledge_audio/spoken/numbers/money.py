"""Sums of money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.numbers.patterns import N, counts_as_one
from paperledge_audio.spoken.numbers.quantities import SCALES
from paperledge_audio.spoken.numbers.units.grammar import name_below
from paperledge_audio.spoken.numbers.words import bare, cardinal, decimal, to_number
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_CURRENCY = {
    "$": ("dollar", "dollars", "cent"), "US$": ("U S dollar", "U S dollars", "cent"),
    "A$ AU$": ("Australian dollar", "Australian dollars", "cent"),
    "C$ CA$": ("Canadian dollar", "Canadian dollars", "cent"),
    "HK$": ("Hong Kong dollar", "Hong Kong dollars", "cent"),
    "NZ$": ("New Zealand dollar", "New Zealand dollars", "cent"),
    "S$": ("Singapore dollar", "Singapore dollars", "cent"),
    "NT$": ("Taiwan dollar", "Taiwan dollars", "cent"),
    "R$": ("Brazilian real", "Brazilian reals", "cent"),
    "MX$": ("Mexican peso", "Mexican pesos", "cent"),
    "€": ("euro", "euros", "cent"), "£": ("pound", "pounds", "penny"),
    "¥": ("yen", "yen", ""), "₹": ("rupee", "rupees", ""), "₩": ("won", "won", ""),
    "₽": ("ruble", "rubles", ""), "₿": ("bitcoin", "bitcoin", ""), "₺": ("lira", "lira", ""),
    "₴": ("hryvnia", "hryvnias", ""), "₪": ("shekel", "shekels", ""), "₦": ("naira", "naira", ""),
    "USD": ("U S dollar", "U S dollars", "cent"), "EUR": ("euro", "euros", "cent"),
    "GBP": ("pound", "pounds", "penny"), "JPY": ("yen", "yen", ""), "CNY RMB": ("yuan", "yuan", ""),
    "CHF": ("franc", "francs", ""), "INR": ("rupee", "rupees", ""), "KRW": ("won", "won", ""),
    "CAD": ("Canadian dollar", "Canadian dollars", "cent"),
    "AUD": ("Australian dollar", "Australian dollars", "cent"),
    "BRL": ("Brazilian real", "Brazilian reals", "cent"), "SEK": ("krona", "kronor", ""),
    "NOK DKK": ("krone", "kroner", ""),
}  # fmt: skip
_NAMES = {symbol: names for symbols, names in _CURRENCY.items() for symbol in symbols.split()}
_SIGN = "[$€£¥₹₩₽₿₺₴₪₦]"
_CODE = "|".join(symbol for symbol in _NAMES if symbol.isalpha())
_SYMBOL = rf"((?:US|AU|CA|HK|NZ|NT|MX|[ACSR])\$|(?:{_CODE})\s|{_SIGN})\s?"
_WORD = r"thousand|million|billion|trillion|hundred|crore|lakh|bn|Bn|tn|trn|mn|MM|[kKMBTm]"
_SCALE = rf"(?:[\s-]?({_WORD})(?!\w))?"
_PER = (
    r"(?:\s?/\s?(?:(1)?([kKMB])(?=\s|[.,;:)]|$)|"
    r"((?:sq\.?\s?)?[A-Za-z]+(?:-(?:h|hr|hour|day|week|month|yr|year))?)))?"
)


def _say_money(match: re.Match[str], _context: Context) -> Saying:
    symbol, first, scale, second, second_scale, _one, thousands, below = match.groups()
    if symbol.strip() == "INR" and re.fullmatch(r"\d(?:\.\d)?", first) and not scale:
        return None  # how fast blood clots
    one, many, small = _NAMES[symbol.strip()]
    if not below and counts_as_one(match):
        many = one
    if second:
        upper = f"{decimal(second)} {_scaled(second_scale)}{many}"
        lower = f"{decimal(first)} {_scaled(scale if scale != second_scale else None)}"
        words = f"{lower}to {upper}"
    elif scale:
        words = f"{decimal(first)} {_scaled(scale)}{many}"
    elif small and re.fullmatch(r"(?:\d[\d,]*)?\.\d\d", first):
        words = _say_coins(first, one, many, small)
    else:
        words = f"{decimal(first)} {one if first == '1' else many}"
    if thousands:
        return f"{words} per {SCALES[thousands]}"
    if below:
        under = name_below(below) or (below if below.islower() and len(below) > 2 else None)
        if not under:  # the slash has a rule of its own
            return name_letters(match[0][: match[0].rindex("/")].rstrip(), words, "money")
        return f"{words} per {under}"
    return words


def _say_per(match: re.Match[str], _context: Context) -> Saying:
    """The slash behind a sum, whatever that is for, as in "$50,000/QALY"."""
    before = match.string[max(match.start() - 24, 0) : match.start()]
    return " per " if re.search(rf"{_SIGN}\s?[\d.,]+(?:\s?(?:{_WORD}))?$", before) else None


def _say_rate(match: re.Match[str], _context: Context) -> Saying:
    """Money for something without an amount, as in "$/W"."""
    below = match[2]
    under = name_below(below) or (below if below.islower() and len(below) > 2 else None)
    return f"{_NAMES[match[1]][1]} per {under}" if under else None


def _scaled(scale: str | None) -> str:
    return f"{SCALES[scale]} " if scale else ""


def _say_code(match: re.Match[str], _context: Context) -> Saying:
    """An amount before its code, as in "30 USD"."""
    one, many, _ = _NAMES[match[3]]
    name = one if match[1] == "1" or counts_as_one(match) else many
    return f"{decimal(match[1])} {_scaled(match[2])}{name}"


def _say_coins(amount: str, one: str, many: str, small: str) -> str:
    whole, cents = bare(amount).split(".")
    pence = "pence" if small == "penny" else small + "s"
    parts = []
    if to_number(whole):
        parts.append(f"{cardinal(whole)} {one if to_number(whole) == 1 else many}")
    if to_number(cents):
        parts.append(f"{cardinal(cents)} {small if to_number(cents) == 1 else pence}")
    return " and ".join(parts) or f"zero {many}"


RULES: tuple[Rule, ...] = (
    rule("currencies", "U", rf"({_CODE})/({_CODE})(?!\w)",
         lambda m, _c: f"{' '.join(m[1])} {' '.join(m[2])}"),
    rule("money", "pU", rf"(?<![A-Za-z]){_SYMBOL}{N}{_SCALE}"
         rf"(?:\s?[-–—]\s?{_SIGN}?{N}{_SCALE})?{_PER}(?!\w)",
         _say_money),
    rule("money", "sp", r"\s?/\s?(?=[A-Za-z])", _say_per),
    rule("unit", "l", r"(?<=/)t(?=CO[2₂])", "tonne of "),
    rule("money", "d", rf"{N}{_SCALE}\s?({_CODE})(?!\w)", _say_code),
    rule("money", "p", r"(?<![\w$])\$\$+(?![\w$\\])(?=[\s.,;:!?)]|$)", "dollars"),
    rule("money", "p", rf"(?<!\w)({_SIGN})/([A-Za-z]+)(?!\w)", _say_rate),
    rule("money", "p", rf"(?<!\S){_SIGN}(?=[\s.,;:!?)]|$)",
         lambda m, _c: _NAMES[m[0]][0 if re.match(r"\ssigns?\b", m.string[m.end() :]) else 1]),
)  # fmt: skip
