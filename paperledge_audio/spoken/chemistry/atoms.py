"""Electrons and nuclei of atoms: shells, hybrids, core levels, and what NMR sees."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.spoken.chemistry.elements import ELEMENTS
from paperledge_audio.spoken.numbers.words import cardinal, label
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_POLARISED = {"d": "D", "f": "F", "p": "P", "*": "star"}
_EL = "|".join(sorted(ELEMENTS, key=len, reverse=True))
_SPIN_ROW = """
    1H 2H 6Li 7Li 10B 11B 13C 14N 15N 17O 19F 23Na 27Al 29Si 31P 35Cl 43Ca 45Sc 51V 55Mn 59Co 63Cu
    71Ga 77Se 87Rb 89Y 93Nb 109Ag 113Cd 117Sn 119Sn 125Te 129Xe 133Cs 139La 195Pt 199Hg 205Tl 207Pb
"""
_SPINS = frozenset(_SPIN_ROW.split())
"""Nuclei with a spin, whose resonance is measured."""
_METHODS = "(?:NMR|HSQC|HMBC|HMQC|COSY|TROSY|NOESY)"
_SECOND = rf"\d{{1,3}}[A-Z][a-z]?\s{_METHODS}"
_NMR = (
    rf"(?=(?:\s?[-–,/]\s?|\sand\s){_SECOND}\b"
    rf"|\s(?:[A-Z]{{2,6}}\s|solid-state\s)?(?:{_METHODS}|nuclei|spectr\w+)\b|\{{1H\}})"
)
"""What stands behind a nucleus whose resonance is measured."""
_ELECTRONS = (
    r"(?=[\s-](?:metals?|ions?|complex(?:es)?|config\w+|electrons?|square|octahedral|tetrahedral|"
    r"low[\s-]spin|high[\s-]spin|system|cent(?:er|re)s?|transition|species|shell|state|manifold))"
)
"""What follows the electrons of a shell, as in "d⁸ metals", and no power."""


def _say_basis(match: re.Match[str], _context: Context) -> Saying:
    """Functions that electrons are computed with, as "6-31+G(d,p)"."""
    core, valence, diffuse, polarised = match.groups()
    tail = (_POLARISED.get(sign) or cardinal(sign) for sign in re.findall(r"[\ddfp*]", polarised))
    return " ".join([cardinal(core), label(valence), *["plus"] * len(diffuse), "G", *tail])


def _say_nucleus(match: re.Match[str], _context: Context) -> Saying:
    """A nucleus whose resonance is measured, as in "31P NMR" and "13C{1H}"."""
    mass, symbol, decoupled = match.groups()
    if mass + symbol not in _SPINS:
        return None
    name = "proton" if (mass, symbol) == ("1", "H") else f"{ELEMENTS[symbol]} {label(mass)}"
    return f"{name}{' proton decoupled' if decoupled else ''}"


def _say_hybrid(match: re.Match[str], _context: Context) -> Saying:
    """Orbitals of an atom that mix, as "sp³" and "sp³d²"."""
    counts = [unicodedata.normalize("NFKC", part or "") for part in match.groups()]
    words = ["S P", cardinal(counts[0] or counts[2])]
    words += ["D"] if match[2] is not None else []
    return " ".join([*words, cardinal(counts[1])] if counts[1] else words)


def _say_electrons(match: re.Match[str], _context: Context) -> Saying:
    """How many electrons a shell has, as in "d¹⁰ configuration"."""
    shell, count = match[1] or match[3], match[2] or match[4]
    return f"{shell.upper()} {cardinal(unicodedata.normalize('NFKC', count))}"


_NO_LEVELS = frozenset({"He", "In", "As", "At", "Be", "No", "I", "Am", "Ho", "Es", "V"})
"""Symbols that are words, before which a time is no level."""


def _say_core_level(match: re.Match[str], _context: Context) -> Saying:
    """Where an electron was, as in "C 1s" and "Ti 2p3/2"."""
    symbol, shell, letter, spin = match.groups()
    if symbol in _NO_LEVELS or (len(symbol) == 1 and shell + letter not in {"1s", "2p"}):
        return None
    halves = f" {cardinal(spin)} {'half' if spin == '1' else 'halves'}" if spin else ""
    return f"{' '.join(symbol.upper())} {cardinal(shell)} {letter.upper()}{halves}"


def _say_orbital(match: re.Match[str], _context: Context) -> Saying:
    """Electrons of an atom, as "3d⁶"."""
    electrons = cardinal(unicodedata.normalize("NFKC", match[3]))
    return f"{cardinal(match[1])} {match[2].upper()} {electrons} "


RULES: tuple[Rule, ...] = (
    rule("basis set", "d", r"([346])-(21|31|311)(\+{0,2})G(\([\ddfp,]{1,9}\)|\*{0,2})(?!\w)",
         _say_basis),
    rule("nucleus", "d", rf"(?<![\w.])(\d{{1,3}})({_EL})(\{{1H\}})?{_NMR}", _say_nucleus),
    rule("nuclei", "p", rf"(?<=[A-Za-z])[-–](?={_SECOND})", " "),
    rule("nucleus", "p", r"\{¹H\}|(?<=[A-Z])\{1H\}", " proton decoupled"),
    rule("hybrid", "lp", r"(?<!\w)sp([²³])(?:d([²³]?))?(?!\w)|\$sp\^\{?([23])\}?\$", _say_hybrid),
    rule("electrons", "lp", rf"(?<![\w.])([df])([¹²³⁴-⁹][⁰¹²³⁴]?){_ELECTRONS}"
         rf"|\$([df])\^\{{?(\d{{1,2}})\}}?\${_ELECTRONS}", _say_electrons),
    rule("core level", "U", rf"(?<![\w-])({_EL})\s([1-5])([spdf])(?:([1357])/2)?(?![\w/])",
         _say_core_level),
    rule("orbital", "d", r"(?<![A-Za-z\d.])([1-7])([spdf])([¹²³⁴-⁹][⁰¹²³⁴]?)(?![⁰¹²³⁴-⁹⁻])",
         _say_orbital),
)  # fmt: skip
