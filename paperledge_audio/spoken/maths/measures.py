r"""Units behind numbers in a formula, as in `v = 3\,\mathrm{km/s}`, become their words."""

from __future__ import annotations

import re

from paperledge_audio.spoken.numbers.units.grammar import read_unit

_UPRIGHT = r"\\(?:mathrm|mathsf|text|textrm|rm|operatorname)\b"
_BODY = rf"(?:\{{?\\(?:odot|oplus)\b\}}?|\{{?{_UPRIGHT}\s*\{{?(?:Jup|J|sun)\}}{{1,2}})"
_SYMBOL = (
    rf"(?:{_UPRIGHT}\s*\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}|\{{\\rm\s[^{{}}]*\}}"
    r"|(?<=[~,; ])\\mu\s?[smgLAVWF](?![A-Za-z])"
    rf"|\\(?:mu|Omega|AA)\b|[MLR]_{_BODY})"
)
_FURTHER = rf"(?:\\[,;: ]|\\cdot|[\s~/])*{_SYMBOL}|\^(?:\{{[-−]?\d\}}|\d)|\s*/\s*c(?![A-Za-z])"
_MEASURE = re.compile(
    r"(?:(?<=\d)|(?<=\d\})|(?<=[)\]])|(?<=[A-Za-z}])(?=\\,)(?P<variable>))"
    rf"(?P<space>\s*(?:(?:\\[,;: ]|~)\s*)*)(?P<unit>{_SYMBOL}(?:{_FURTHER})*)(?!\s*[A-Za-z(\[_^])"
)
_WHOLE = re.compile(rf"\s*(?P<unit>{_SYMBOL}(?:{_FURTHER})*)\s*")
_IN_UNICODE = {
    r"\mu": "µ", r"\Omega": "Ω", r"\AA": "Å", r"\cdot": "·", r"\odot": "⊙", r"\oplus": "⊕",
    r"\%": "%", "~": " ", **{rf"\{space}": " " for space in ",;: "},
}  # fmt: skip
"""What stands in units in LaTeX, and in Unicode."""
_ROOT_OF_UNIT = re.compile(
    rf"(?:\\[,;: ]\s*)?(?P<per>/\s*)?\\sqrt\s*\{{\s*(?:{_UPRIGHT}\s*\{{)?Hz\}}{{1,2}}"
)
_WORDS = re.compile(r"\\text\s*\{\s*(?:in|at|a|as)\s*\}")
"""Words that are spelled as units are."""


def name_units(source: str) -> str:
    r"""A formula whose units behind numbers are words; the rest is unchanged.

    >>> name_units(r"10^{5}\,M_\odot"), name_units(r"v = 3\,\mathrm{km\,s^{-1}}")
    ('10^{5}\\text{solar masses}', 'v = 3\\text{kilometers per second}')
    """
    if (whole := _WHOLE.fullmatch(source)) and (words := _read_whole(whole)):
        return words
    return _MEASURE.sub(_name_unit, _ROOT_OF_UNIT.sub(_name_root, source))


def _read_whole(match: re.Match[str]) -> str:
    r"""A formula that is a rate alone, as `\mathrm{km\,s^{-1}}`."""
    printed = _print_unit(match["unit"])
    unit = read_unit(printed)
    if not unit or unit.end != len(printed) or len(unit.factors) < 2:
        return ""
    return rf"\text{{{unit.say(one=False)}}}"


def _print_unit(source: str) -> str:
    """A unit as Unicode writes it."""
    source = re.sub(r"\\sqrt\s*\{?(Hz|m)\}?", r"√\1", source)
    printed = re.sub(rf"{_UPRIGHT}\s*|(?<!\^)\{{|(?<!\d)\}}", "", source)
    for command, sign in _IN_UNICODE.items():
        printed = printed.replace(command, sign)
    return " ".join(printed.split()).replace("µ ", "µ")


def _name_root(match: re.Match[str]) -> str:
    return rf"\text{{ {'per ' if match['per'] else ''}root hertz}}"


def _name_unit(match: re.Match[str]) -> str:
    printed = _print_unit(match["unit"])
    if match["variable"] is not None and (len(printed) == 1 or r"\text" in match["unit"]):
        return match[0]
    alone = len(printed) == 1 and not match["space"].strip()  # a factor, as in 2\mathrm{A}
    unit = None if alone or _WORDS.fullmatch(match["unit"]) else read_unit(printed)
    if not unit or unit.end != len(printed):
        return match[0]
    if match["variable"] is not None and all(factor.exponent < 0 for factor in unit.factors):
        below = " ".join(f"per {factor.say(one=True)}" for factor in unit.factors)
        return rf"\text{{{below}}}"  # as in 0.1\,h\,\mathrm{Mpc}^{-1}
    one = re.search(r"(?<![\d.,^{_\-−])1$", match.string[: match.start()])
    return rf"\text{{{unit.say(one=bool(one))}}}"
