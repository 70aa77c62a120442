"""Numbers as words, the way an American host says them: no "and", no hyphens, no commas.

Our own code, since num2words says "one thousand and twenty-four", has no rule for digits in names
("RTX 4090"), and takes every command 40 ms to load and 0.4 ms per number.
"""

from __future__ import annotations

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SCALES = """
    thousand million billion trillion quadrillion quintillion sextillion septillion octillion
    nonillion decillion
"""
ONES = tuple(_ONES.split())
TENS = ("", "", *_TENS.split())
SCALES = ("", *_SCALES.split())
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
LONGEST = 3 * len(SCALES)
"""A whole number with more digits than this is read digit by digit."""


def to_number(digits: str) -> int:
    """The number that digits write; 10^36 for a longer one than `LONGEST`, enough to compare it.

    Python refuses to read thousands of digits, and takes long over fewer.
    """
    bare = digits.lstrip("0") or "0"
    return int(bare) if len(bare) <= LONGEST else 10**LONGEST


def cardinal(digits: str) -> str:
    """A whole number given as digits.

    >>> cardinal("0"), cardinal("1024"), cardinal("300000000")
    ('zero', 'one thousand twenty four', 'three hundred million')
    """
    digits = digits.lstrip("0") or "0"
    if digits == "0":
        return "zero"
    if len(digits) > LONGEST:
        return spell_digits(digits)
    words = []
    for power in range((len(digits) - 1) // 3, -1, -1):
        end = len(digits) - 3 * power
        group = int(digits[max(end - 3, 0) : end])
        if group:
            words += [_below_thousand(group), SCALES[power]]
    return " ".join(word for word in words if word)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [ONES[hundreds], "hundred"] if hundreds else []
    if rest >= 20:
        words.append(TENS[rest // 10])
        rest %= 10
    if rest:
        words.append(ONES[rest])
    return " ".join(words)


def ordinal(digits: str) -> str:
    """A place in an order.

    >>> ordinal("1"), ordinal("20"), ordinal("112")
    ('first', 'twentieth', 'one hundred twelfth')
    """
    head, _, last = cardinal(digits).rpartition(" ")
    if last in _ORDINALS:
        last = _ORDINALS[last]
    else:
        last = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return f"{head} {last}".strip()


def spell_digits(digits: str) -> str:
    """One digit after the other.

    >>> spell_digits("2510")
    'two five one zero'
    """
    return " ".join(ONES[int(digit)] for digit in digits)


def bare(text: str) -> str:
    """A number without what parts its thousands.

    >>> bare("1,024.5"), bare("10 000"), bare("2’500")
    ('1024.5', '10000', '2500')
    """
    return text.translate(_PARTING)


_PARTING = str.maketrans("", "", ", '’\t\n\xa0")


def decimal(text: str) -> str:
    """A number with or without a decimal part; thousands may be parted by commas.

    >>> decimal("30.85"), decimal("1,024"), decimal(".5"), decimal("0.90")
    ('thirty point eight five', 'one thousand twenty four', 'point five', 'zero point nine zero')
    """
    whole, point, part = bare(text).partition(".")
    words = [cardinal(whole)] if whole else []
    if point:
        words += ["point", spell_digits(part)]
    return " ".join(words)


def span_of(first: str, second: str | None) -> str:
    """A number, or a range if there is a second one.

    >>> span_of("2.5", None), span_of("2.5", "3")
    ('two point five', 'two point five to three')
    """
    return f"{decimal(first)} to {decimal(second)}" if second else decimal(first)


def margin_of(decimals: str, last: str) -> str:
    """A margin of the last digits among `decimals`; many zeros are not said.

    >>> margin_of("914", "25"), margin_of("00116592061", "41")
    ('zero point zero two five', 'forty one in the last digits')
    """
    if len(decimals) - len(last) > 5:
        return f"{cardinal(last)} in the last digit{'s' if len(last) > 1 else ''}"
    return decimal(f"0.{last.zfill(len(decimals))}")


def pairs(digits: str) -> str:
    """Four digits as years are said, two and two.

    >>> pairs("1998"), pairs("2005"), pairs("1900"), pairs("1905")
    ('nineteen ninety eight', 'two thousand five', 'nineteen hundred', 'nineteen oh five')
    """
    high, low = digits[:-2], digits[-2:]
    if int(high) % 10 == 0 and int(low) < 10:
        return cardinal(digits)
    if low == "00":
        return f"{cardinal(high)} hundred"
    if low[0] == "0":
        return f"{cardinal(high)} oh {cardinal(low)}"
    return f"{cardinal(high)} {cardinal(low)}"


def label(digits: str) -> str:
    """Digits inside a name, as "ResNet-101" or "RTX 4090".

    >>> label("50"), label("101"), label("152"), label("100"), label("4090")
    ('fifty', 'one oh one', 'one fifty two', 'one hundred', 'forty ninety')
    >>> label("150914")
    'fifteen oh nine fourteen'
    """
    if len(digits) == 6 and digits[3:] != "000":
        return " ".join(label(pair) for pair in (digits[:2], digits[2:4], digits[4:]))
    if digits[0] == "0" or len(digits) > 6:
        return " ".join("oh" if d == "0" and len(digits) > 1 else ONES[int(d)] for d in digits)
    if len(digits) == 3 and digits[1:] != "00":
        rest = f"oh {ONES[int(digits[2])]}" if digits[1] == "0" else cardinal(digits[1:])
        return f"{ONES[int(digits[0])]} {rest}"
    if len(digits) == 4 and digits[1:] != "000":
        return pairs(digits)
    return cardinal(digits)


def decade(digits: str) -> str:
    """Ten years, as "the 1990s" or "the 90s".

    >>> decade("1990"), decade("2000"), decade("80")
    ('nineteen nineties', 'two thousands', 'eighties')
    """
    words = pairs(digits) if len(digits) == 4 else cardinal(digits)
    return words[:-1] + "ies" if words.endswith("y") else words + "s"


_PARTS = {"2": "half", "4": "quarter"}


_THIRDS = frozenset({"4", "5", "7", "8", "11"})
"""Thirds that exponents are, as in Kolmogorov's −5/3."""


def fraction(above: str, below: str) -> str:
    """One number over another.

    >>> fraction("1", "2"), fraction("3", "4"), fraction("2", "3"), fraction("24", "7")
    ('one half', 'three quarters', 'two thirds', 'twenty four over seven')
    """
    if below == "3" and above in _THIRDS:
        return f"{cardinal(above)} thirds"
    if to_number(below) < 2 or to_number(above) >= to_number(below) or to_number(below) > 100:
        return f"{cardinal(above)} over {cardinal(below)}"
    part = _PARTS.get(below) or ordinal(below)
    if to_number(above) == 1:
        return f"one {part}"
    return f"{cardinal(above)} {'halves' if part == 'half' else part + 's'}"


def power(exponent: str) -> str:
    """What follows a base: an exponent as digits, with or without a minus.

    >>> power("2"), power("6"), power("-5")
    ('squared', 'to the sixth', 'to the minus five')
    """
    if exponent in {"2", "3"}:
        return "squared" if exponent == "2" else "cubed"
    if exponent.startswith("-"):
        return f"to the minus {cardinal(exponent[1:])}"
    long = len(exponent) > 4 or not to_number(exponent)
    return f"to the {cardinal(exponent) if long else ordinal(exponent)}"


def inflect_number(words: str) -> str:
    """A number in the plural.

    >>> inflect_number("forty ninety"), inflect_number("six")
    ('forty nineties', 'sixes')
    """
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith("x") else "s")
