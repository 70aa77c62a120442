"""Crystals: planes, directions, space groups, and the sides of a compound → words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.spoken.chemistry.elements import ELEMENTS
from paperledge_audio.spoken.chemistry.formulas import FORMULA, spell_formula
from paperledge_audio.spoken.numbers.words import spell_digits
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_INDEX = "(?:[-−–]?[0-6][\u0304\u0305]?)"
_INDICES = rf"(?!(?:19|20)\d\d\b){_INDEX}{{3,4}}"
_PLANES = (
    r"(?:planes?|surfaces?|faces?|facets?|wafers?|substrates?|reflections?|peaks?|textures?|terraces?|"
    r"lattice|twins?|habits?|orientations?|oriented|crystals?|single[-\s]crystals?|electrodes?|"
    r"films?|spots?|lines?|diffraction|directions?|ax[ie]s|zones?|poles?)"
)
_MORE = rf"(?:(?:,\s?|\s)(?:(?:and|or)\s)?[(\[]{_INDICES}[)\]]){{0,4}}"
_MATTER = rf"{_MORE}[\s-](?:[AB]\s)?{_PLANES}\b"
_COMPOUND = re.compile(rf"(?<!\w){FORMULA}$")
_AND_PLANE = rf"(?:,|,?\s(?:and|or))\s\({_INDICES}\)"
_JOINED = re.compile(r"\b(?:and|or|the|both)\s\(?$")
_COUNTED = re.compile(r"\b(?:eq|formula|ref|step|example|case|theorem|lemma)", re.IGNORECASE)
"""What stands before a list of numbers in brackets that are no planes."""
_LISTED = re.compile(rf"\({_INDICES}\)(?:,|,?\s(?:and|or))\s\(?$")
"""Another plane beside one."""
_ALONG = re.compile(r"\b(?:along|parallel\sto|towards?)\s$")
_SCREWS = str.maketrans("₁₂₃₄₅", "12345")


def _say_indices(indices: str) -> str:
    """Each index by itself, one below zero with "bar".

    >>> _say_indices("110"), _say_indices("1-10")
    ('one one zero', 'one bar one zero')
    """
    found = re.findall("([-−–]?)(\\d)([\u0304\u0305]?)", indices)
    return " ".join(f"{'bar ' if sign or bar else ''}{spell_digits(n)}" for sign, n, bar in found)


def _say_plane(match: re.Match[str], _context: Context) -> Saying:
    """A plane behind the crystal that it is of, as "Pt(111)", or before its noun."""
    before = match.string[max(match.start() - 24, 0) : match.start() + 1]
    compound = _COMPOUND.search(before[:-1]) if before.endswith("(") else None
    touches = compound and (compound[0] == "W" or re.search(r"[a-z\d]", compound[0]))
    known = touches and compound and spell_formula(compound[0])
    after = match.string[match.end() : match.end() + 80]
    listed = _LISTED.search(before) or re.match(_AND_PLANE, after)
    if listed and _COUNTED.search(match.string[max(match.start() - 40, 0) : match.start()]):
        return None
    if not (known or listed or re.match(_MATTER, after)):
        return None
    pause = "," if listed and not known and not _JOINED.search(before) else ""
    return f"{pause} {_say_indices(match[1])}"


def _say_element_plane(match: re.Match[str], _context: Context) -> Saying:
    """An element before the plane of its crystal."""
    return ELEMENTS[match[0]]


def _say_direction(match: re.Match[str], _context: Context) -> Saying:
    """A direction, where the words beside it tell it from a citation."""
    text = match.string
    named = re.match(rf"[AB]?{_MATTER}|[AB]\s{_PLANES}\b", text[match.end() : match.end() + 80])
    along = _ALONG.search(text[max(match.start() - 14, 0) : match.start() + 1])
    no_number = match[1].startswith("0") and match[1].isdecimal()
    if not (named or along or no_number):
        return None
    side = " " if text[match.end() : match.end() + 1].isalpha() else ""
    return f" {_say_indices(match[1])}{side}"


def _say_space_group(match: re.Match[str], _context: Context) -> Saying:
    """The symmetry of a crystal, as "P2₁/c" and "P63/mmc"."""
    letter, axis, mirrors = match.groups()
    axis = spell_digits(axis.translate(_SCREWS))
    return f"{letter} {axis} over {' '.join(mirrors.upper())}"


def _say_barred_group(match: re.Match[str], _context: Context) -> Saying:
    """The same with an inversion, as "Fm-3m"."""
    letters, number, mirrors = match.groups()
    number = spell_digits(unicodedata.normalize("NFKD", number)[0])
    return " ".join((*letters.upper(), number, "bar", *mirrors.upper()))


def _spell_signs(group: str) -> str:
    """A symbol of a space group, sign by sign."""
    return " ".join(spell_digits(sign) if sign.isdecimal() else sign.upper() for sign in group)


_LETTERED_ROW = """
    Pnma Pbca Pbcn Pbcm Pbam Pban Pnnm Pnna Pmna Pmma Pmmn Pmmm Pcca Pccn Pccm Pnnn Pbnm Pcmn Pmcn
    Cmcm Cmca Cmce Cmmm Cmme Cccm Ccce Immm Imma Ibam Ibca Fmmm Fddd
"""
"""Space groups whose symbols are letters alone."""
_EL = "|".join(sorted(ELEMENTS, key=len, reverse=True))
RULES: tuple[Rule, ...] = (
    rule("crystal plane", "sp", rf"\s?\(({_INDICES})\)(?!\w)", _say_plane),
    rule("element", "U", rf"(?<![\w-])(?:W|(?:{_EL})(?<=[a-z]))(?=\({_INDICES}\))",
         _say_element_plane),
    rule("crystal direction", "sp", rf"\s?\[({_INDICES})\](?=[AB]?(?!\w))", _say_direction),
    rule("space group", "U", r"(?<!\w)([PIFRCA])([2346][1-5₁-₅]?)/([abcdmn]{1,3})(?!\w)",
         _say_space_group),
    rule("space group", "U", "(?<!\\w)(F[md]|P[mn]|I[ma]|R)[-−]?(?:(?<=[-−])|(?=\\d[\u0304\u0305]))"
         "(3)[\u0304\u0305]?([mcdn])(?!\\w)", _say_barred_group),
    rule("space group", "U", r"(?<!\w)([PIF])[-−]([46])(\d[abcdmn]|[abcdmn]\d)(?!\w)",
         lambda m, _c: f"{m[1]} {spell_digits(m[2])} bar {_spell_signs(m[3])}"),
    rule("space group", "U", r"(?<!\w)(?:P2[₁1]2[₁1]2[₁1]?|[PCIFA][abcdmn]{2}2[₁1])(?!\w)",
         lambda m, _c: _spell_signs(m[0].translate(_SCREWS))),
    rule("space group", "U", rf"(?<![\w-])(?:{'|'.join(_LETTERED_ROW.split())})(?![\w'’])",
         lambda m, _c: _spell_signs(m[0])),
    rule("space group", "s", r"(?:(?<=space\sgroup)|(?<=triclinic))\sP[-−]1(?!\w)",
         " P one bar"),
    rule("anion", "sp", rf"(?<=\])\s?\[({FORMULA})[-−⁻]?\]",
         lambda m, _c: f" {words}" if (words := spell_formula(m[1])) else None),
)  # fmt: skip
