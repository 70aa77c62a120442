"""States and particles as physicists write them: terms of atoms, spins, antiparticles, isotopes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.script.printed.signs import GREEK
from paperledge_audio.spoken.chemistry.elements import ELEMENTS
from paperledge_audio.spoken.numbers.words import cardinal, label
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_MULTIPLES = {
    "1": "singlet", "2": "doublet", "3": "triplet", "4": "quartet", "5": "quintet", "6": "sextet",
    "7": "septet", "8": "octet",
}  # fmt: skip
_EL = "|".join(sorted(ELEMENTS, key=len, reverse=True))
_SIGNS = {"⁺": " plus", "+": " plus", "⁻": " minus", "-": " minus"}
_UPRIGHT = r"(?:\\(?:mathrm|text|rm)\s?\{)?"
_STOPS = r"(?![\w/])"
_BARRED = "[̄̅]"
"""A macron or an overline above the letter before it."""


def _say_term(match: re.Match[str], _context: Context) -> Saying:
    """A term of an atom, as "5²P₃/₂": its multiplicity, its letter, its angular momentum."""
    parts = (unicodedata.normalize("NFKC", part) if part else "" for part in match.groups())
    shell, multiple, letter, number = parts
    return f"{cardinal(shell) if shell else ''} {name_term(multiple, letter, number)}".strip()


def name_term(multiple: str, letter: str, number: str) -> str:
    """The words of a term without its shell; `multiple` may be empty.

    >>> name_term("2", "P", "3/2"), name_term("1", "S", "0")
    ('doublet P three halves', 'singlet S zero')
    """
    first = f"{_MULTIPLES[multiple]} " if multiple else ""
    momentum = _count_halves(number[:-2]) if "/" in number else cardinal(number)
    return f"{first}{letter.upper()} {momentum}"


def _count_halves(number: str) -> str:
    """A number of halves.

    >>> _count_halves("1"), _count_halves("3")
    ('one half', 'three halves')
    """
    return "one half" if number == "1" else f"{cardinal(number)} halves"


def _say_bar(match: re.Match[str], _context: Context) -> Saying:
    """A particle and its antiparticle, as in "tt̄", or an antiparticle with its kind, as "ν̄ₑ"."""
    first, second, kind = match.groups()
    if first and first[-1] != second and first[-1] not in GREEK:
        return None
    letters = [GREEK.get(one, one.upper()) for one in (first or "") + second]
    tail = [GREEK.get(kind, kind.upper())] if kind else []
    return " ".join([*letters, "bar", *tail])


def _say_shift(match: re.Match[str], _context: Context) -> Saying:
    """How much of an isotope there is, as "δ¹⁸O"."""
    mass = unicodedata.normalize("NFKC", match[2])
    place = match[4] or ""  # as "sw" for sea water
    rest = place if len(place) > 2 else " ".join(place.upper())
    return f"delta {ELEMENTS[match[3]]} {label(mass)} {rest}".rstrip()


RULES: tuple[Rule, ...] = (
    rule("term", "dpU", rf"(?<![\w.])(?=[\d¹²³⁴-⁸])(\d{{1,3}})?([¹²³⁴-⁸])?([SPDFG])"
         rf"([₁₃₅₇₉]/₂|[13579]/2){_STOPS}", _say_term),
    rule("term", "p", rf"(?<!\w)(\d{{1,3}})?([¹³⁵])([SPDFG])([₀-₄]){_STOPS}", _say_term),
    rule("term", "p", rf"\$(\d{{1,3}})(){_UPRIGHT}([SPDFGspdf])\}}?_\{{?([1-9]/2)\}}?\$",
         _say_term),
    rule("shell", "d", r"(?:(?<!\w)|(?<=[⁰¹²³⁴-⁹]))([1-7])([spdf])"
         r"(¹[⁰¹²³⁴]|[¹⁴-⁹]|(?<=\][1-7][spdf])[²³])(?!\w)",
         lambda m, _c: f"{cardinal(m[1])} {m[2].upper()} "
         f"{cardinal(unicodedata.normalize('NFKC', m[3]))}"),
    rule("spin", "Ul", r"([Ss]pin)s?[-‐‑](\d{1,2})/2(s?)(?![\w/])",
         lambda m, _c: f"{m[1]} {'one halves' if m[3] and m[2] == '1' else _count_halves(m[2])}"),
    rule("spin", "d", r"(?:(?<=[Ss]pin\s)|(?<=\b[JFSjms]\s=\s))([13579]|1[1-9])/2(?![\d/])",
         lambda m, _c: _count_halves(m[1])),
    rule("antiparticle", "Ul",
         rf"(?<![^\W⁰⁺⁻])([α-ω]?[A-Za-zν])?([A-Za-zα-ω]){_BARRED}([eμτ])?(?=$|\W|[A-Z](?!\w))",
         _say_bar),
    rule("isotope", "Ul", rf"(?<!\w)([δΔ])([⁰¹²³⁴-⁹]{{1,3}})({_EL})([a-z]{{1,4}})?(?!\w)",
         _say_shift),
    rule("isotope", "p", rf"\$\\([dD])elta\s?\^\{{?(\d{{1,3}})\}}?{_UPRIGHT}({_EL})\}}?()\$",
         _say_shift),
    rule("isotope", "p", rf"\$\\([dD])elta\s?\^\{{?(\d{{1,3}})\}}?\$({_EL})()(?!\w)", _say_shift),
    rule("charge", "p", r"(?:(?<=[BDKZΛΣΞπρηωχΩφ])|(?<=[ΛΣΞΩ][bc]))⁰(?![⁰¹²³⁴-⁹])", " zero"),
    rule("resonance", "Ul", r"([ψΥϒ])\(([1-6])([SPD])\)",
         lambda m, _c: f"{GREEK[m[1].lower().replace('ϒ', 'υ')]} {cardinal(m[2])} {m[3]}"),
    rule("resonance", "U", r"(?<!\w)([XYZ]|[PZ]cs?|Tcc)\((\d{4})\)([⁺⁻+-]?)(?!\w)",
         lambda m, _c: f"{' '.join(m[1].upper())} {label(m[2])}{_SIGNS.get(m[3], '')}"),
    rule("collisions", "U",
         r"(?<!\w)(Pb|Au|Xe)[–+-](Pb|Au|Xe)(?!\w)(?=\s(?:collisions?|runs?|data))",
         lambda m, _c: f"{ELEMENTS[m[1]]} {ELEMENTS[m[2]]}"),
    rule("per nucleon", "p", r"(?<=eV)/[nuA](?!\w)", " per nucleon"),
    rule("charge", "p", r"⁺⁺", " plus plus"),
)  # fmt: skip
