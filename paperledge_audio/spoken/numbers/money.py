"""Sums of money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.numbers.patterns import N, counts_as_one
from paperledge_audio.spoken.numbers.quantities import SCALES
from paperledge_audio.spoken.numbers.units.grammar import name_below
from paperledge_audio.spoken.numbers.words import bare, cardinal, decimal, label, to_number
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_CURRENCY = {
    "$": ("dollar", "dollars", "cent"), "US$ USD$": ("U S dollar", "U S dollars", "cent"),
    "A$ AU$ AUD$": ("Australian dollar", "Australian dollars", "cent"),
    "C$ CA$ CAD$ CDN$": ("Canadian dollar", "Canadian dollars", "cent"),
    "HK$ HKD$": ("Hong Kong dollar", "Hong Kong dollars", "cent"),
    "NZ$ NZD$": ("New Zealand dollar", "New Zealand dollars", "cent"),
    "S$ SGD$": ("Singapore dollar", "Singapore dollars", "cent"),
    "NT$": ("Taiwan dollar", "Taiwan dollars", "cent"),
    "R$": ("Brazilian real", "Brazilian reals", "cent"),
    "MX$": ("Mexican peso", "Mexican pesos", "cent"),
    "€": ("euro", "euros", "cent"), "£": ("pound", "pounds", "penny"),
    "¥": ("yen", "yen", ""), "₹ Rs Rs.": ("rupee", "rupees", ""), "₩": ("won", "won", ""),
    "₽": ("ruble", "rubles", ""), "₿": ("bitcoin", "bitcoin", ""), "₺": ("lira", "lira", ""),
    "₴": ("hryvnia", "hryvnias", ""), "₪": ("shekel", "shekels", ""), "₦": ("naira", "naira", ""),
    "USD": ("U S dollar", "U S dollars", "cent"), "EUR": ("euro", "euros", "cent"),
    "GBP": ("pound", "pounds", "penny"), "JPY": ("yen", "yen", ""), "CNY RMB": ("yuan", "yuan", ""),
    "CHF": ("franc", "francs", ""), "INR": ("rupee", "rupees", ""), "KRW": ("won", "won", ""),
    "CAD": ("Canadian dollar", "Canadian dollars", "cent"),
    "AUD": ("Australian dollar", "Australian dollars", "cent"),
    "BRL": ("Brazilian real", "Brazilian reals", "cent"), "SEK": ("krona", "kronor", ""),
    "NOK DKK": ("krone", "kroner", ""), "₱": ("peso", "pesos", ""), "₫": ("dong", "dong", ""),
    "₵": ("cedi", "cedis", ""), "฿": ("baht", "baht", ""), "₸": ("tenge", "tenge", ""),
    "MXN": ("Mexican peso", "Mexican pesos", ""), "ZAR": ("rand", "rand", ""),
    "PLN": ("zloty", "zlotys", ""), "NGN": ("naira", "naira", ""),
    "KES": ("Kenyan shilling", "Kenyan shillings", ""), "IDR": ("rupiah", "rupiah", ""),
    "SGD": ("Singapore dollar", "Singapore dollars", "cent"),
    "HKD": ("Hong Kong dollar", "Hong Kong dollars", "cent"),
    "NZD": ("New Zealand dollar", "New Zealand dollars", "cent"),
    "TWD": ("Taiwan dollar", "Taiwan dollars", ""), "THB": ("baht", "baht", ""),
    "CZK": ("koruna", "koruna", ""), "HUF": ("forint", "forints", ""),
    "RUB": ("ruble", "rubles", ""), "UAH": ("hryvnia", "hryvnias", ""),
    "VND": ("dong", "dong", ""), "PKR": ("Pakistani rupee", "Pakistani rupees", ""),
    "BDT": ("taka", "taka", ""), "ETB": ("birr", "birr", ""), "GHS": ("cedi", "cedis", ""),
    "TZS": ("Tanzanian shilling", "Tanzanian shillings", ""),
    "UGX": ("Ugandan shilling", "Ugandan shillings", ""),
}  # fmt: skip
_LARGE = {
    "ARS": ("Argentine peso", "Argentine pesos", ""),
    "CLP": ("Chilean peso", "Chilean pesos", ""), "COP": ("Colombian peso", "Colombian pesos", ""),
    "PEN": ("Peruvian sol", "Peruvian soles", ""),
}  # fmt: skip
"""Codes that are something else before a small number, as in "COP 28"."""
_NAMES = {symbol: names for symbols, names in _CURRENCY.items() for symbol in symbols.split()}
_NAMES |= _LARGE
_SIGN = "[$€£¥₹₩₽₿₺₴₪₦₱₫₵฿₸]"
_DOLLARS = "USD?|AUD?|CAD?|CDN|HKD?|NZD?|SGD|NT|MX|[ACSR]"
_SIGNED = rf"(?:(?:{_DOLLARS})\$|{_SIGN})"
_CODE = "|".join(symbol for symbol in _NAMES if symbol.isalpha() and symbol.isupper())
_SYMBOL = rf"((?:{_DOLLARS})\$|(?:{_CODE})\s|Rs\.?|{_SIGN})\s?"
_WORD = (
    r"lakh\scrores?|thousand|million|billion|trillion|hundred|crore|lakh|bn|Bn|tn|trn|mn|MM|"
    "[kKMBTm]"
)
_SCALE = rf"(?:[\s-]?({_WORD})(?!\w))?"
_PER = (
    r"(?:\s?/\s?(?:(1)?([kKMB])(?=\s|[.,;:)]|$)|"
    r"([$€£¥₹]|(?:sq\.?\s?)?[A-Za-z]+(?:-(?:h|hr|hour|day|week|month|yr|year))?)"
    r"(?:(?<=/mo)\.(?=\s[a-z]))?))?"
)


def _say_money(match: re.Match[str], _context: Context) -> Saying:
    symbol, first, scale, second, second_scale, _one, thousands, below = match.groups()
    if symbol.strip() == "INR" and re.fullmatch(r"\d(?:\.\d)?", first) and not scale:
        return None  # how fast blood clots
    if symbol.strip() in _LARGE and not (scale or "," in first):
        return None
    one, many, small = _NAMES[symbol.strip()]
    if counts_as_one(match) and not (below and "." in first):
        many = one
    if second:
        upper = f"{decimal(second)} {_scaled(second_scale)}{many}"
        lower = f"{decimal(first)} {_scaled(scale if scale != second_scale else None)}"
        words = f"{lower}to {upper}"
        if small and not scale and not second_scale and _COINS.search(f"{first} {second}"):
            words = " to ".join(_say_sum(part, one, many, small) for part in (first, second))
    elif scale:
        words = f"{decimal(first)} {_scaled(scale)}{many}"
    else:
        words = _say_sum(first, one, many, small)
    if thousands:
        return f"{words} per {SCALES[thousands]}"
    if below:
        under = _name_below(below)
        if not under:  # the slash has a rule of its own
            return name_letters(match[0][: match[0].rindex("/")].rstrip(), words, "money")
        return f"{words} per {under}"
    return words


def _say_per(match: re.Match[str], _context: Context) -> Saying:
    """The slash behind a sum, whatever that is for, as in "$50,000/QALY"."""
    before = match.string[max(match.start() - 24, 0) : match.start()]
    return " per " if re.search(rf"{_SIGN}\s?[\d.,]+(?:\s?(?:{_WORD}))?$", before) else None


def _say_over(match: re.Match[str], context: Context) -> Saying:
    """The slash between a sum and how long that is for, as "$1.6bn/5 yrs"."""
    return " over " if _say_per(match, context) else None


def _name_below(below: str) -> str | None:
    """What stands behind the slash of a price or a rate: a unit, a thing, a currency."""
    if below in _NAMES:
        return _NAMES[below][0]
    return name_below(below) or (below if below.islower() and len(below) > 2 else None)


def _say_rate(match: re.Match[str], _context: Context) -> Saying:
    """Money for something without an amount, as in "$/W"."""
    under = _name_below(match[2])
    return f"{_NAMES[match[1]][1]} per {under}" if under else None


def _scaled(scale: str | None) -> str:
    return f"{SCALES[' '.join(scale.split())]} " if scale else ""


def _say_code(match: re.Match[str], _context: Context) -> Saying:
    """An amount before its code, as in "30 USD"."""
    one, many, _ = _NAMES[match[3]]
    if match[3] in _LARGE and not (match[2] or "," in match[1]):
        return None
    name = one if match[1] == "1" or counts_as_one(match) else many
    before = match.string[max(match.start() - 10, 0) : match.start()]
    if not match[2] and _LATELY.fullmatch(match[1]) and _VALUED.search(before):
        return f"{label(match[1])} {many}"
    rate = f" per {_NAMES[match[4]][0]}" if match[4] else ""
    return f"{decimal(match[1])} {_scaled(match[2])}{name}{rate}"


_LATELY = re.compile(r"199\d|20[0-2]\d")
_VALUED = re.compile(r"(?:\(|\b(?:[Ii]n|constant|const\.|current|real|nominal)\s)$")
"""Before the year whose prices are meant, as in "(2019 USD)" and "constant 2010 EUR"."""


_COINS = re.compile(r"(?:(?<!\S)|(?<=\d))\.\d\d(?!\d)")
"""Cents behind a point."""


def _say_sum(amount: str, one: str, many: str, small: str) -> str:
    """An amount, whose two decimals are coins where the currency has `small` ones."""
    if small and re.fullmatch(r"(?:\d[\d,]*)?\.\d\d", amount):
        return _say_coins(amount, one, many, small)
    return f"{decimal(amount)} {one if amount == '1' else many}"


def _say_coins(amount: str, one: str, many: str, small: str) -> str:
    whole, cents = bare(amount).split(".")
    pence = "pence" if small == "penny" else small + "s"
    parts = []
    if to_number(whole):
        parts.append(f"{cardinal(whole)} {one if to_number(whole) == 1 else many}")
    if to_number(cents):
        parts.append(f"{cardinal(cents)} {small if to_number(cents) == 1 else pence}")
    return " and ".join(parts) or f"zero {many}"


def _say_pence(match: re.Match[str], _context: Context) -> Saying:
    """Pennies, where the text is about British money: "petrol rose by 5p"."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 60]
    if not _BRITISH.search(near):
        return None
    return f"{decimal(match[1])} {'penny' if match[1] == '1' else 'pence'}"


_BRITISH = re.compile(
    r"£|\b(?:pence|penny|pennies|UK|Brit\w+|England|sterling|litres?|(?:plastic|carrier)\sbags?)\b"
)
RULES: tuple[Rule, ...] = (
    rule("money", "p", r"(?<=illion-)\$(?!\d)", "dollar"),
    rule("pence", "d", r"(?<![\d.,])(\d{1,3}(?:\.\d)?)p(?!\w|-)", _say_pence),
    rule("currencies", "U", rf"({_CODE})/({_CODE})(?!\w)",
         lambda m, _c: f"{' '.join(m[1])} {' '.join(m[2])}"),
    rule("money", "pU", rf"(?<![A-Za-z]){_SYMBOL}{N}{_SCALE}"
         rf"(?:\s?[-–—]\s?{_SIGN}?{N}{_SCALE})?{_PER}(?!\w)",
         _say_money),
    rule("money", "sp", r"\s?/\s?(?=[A-Za-z])", _say_per),
    rule("money", "p", r"/(?=\d{1,2}\s(?:yr|year|mo|month|wk|week|day)s?(?!\w))", _say_over),
    rule("unit", "l", r"(?<=/)t(?=CO[2₂])", "tonne of "),
    rule("money", "d", rf"{N}{_SCALE}\s?({_CODE})(?:/({_CODE}))?(?!\w)", _say_code),
    rule("money", "p", r"(?<![\w$])\$\$+(?![\w$\\])(?=[\s.,;:!?)]|$)", "dollars"),
    rule("money", "pU", rf"(?<!\w)({_SIGNED})/([A-Za-z]+)(?!\w)", _say_rate),
    rule("money", "pU", rf"(?:(?<!\S)|(?<=\()){_SIGNED}(?=[\s.,;:!?)]|$)",
         lambda m, _c: _NAMES[m[0]][0 if re.match(r"\ssigns?\b", m.string[m.end() :]) else 1]),
)  # fmt: skip
