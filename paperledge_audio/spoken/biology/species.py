"""Names of species and what is shortened in them: "Bombus spp.", "Ae. aegypti", "s.l."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.abbreviations import STARTERS
from paperledge_audio.spoken.chemistry.elements import ELEMENTS
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperledge_audio.spoken.abbreviations import STARTERS
from paperledge_audio.spoken.rules.rule import Rule

_GENERA = {
    "Ae": "Aedes", "An": "Anopheles", "Cx": "Culex", "Ph": "Phlebotomus", "Lu": "Lutzomyia",
    "Gl": "Glossina", "Ix": "Ixodes", "Staph": "Staphylococcus",
    "Strep": "Streptococcus", "Str": "Streptococcus", "Cl": "Clostridium",
    "Ps": "Pseudomonas", "Pl": "Plasmodium", "Au": "Australopithecus",
}  # fmt: skip
"""Genera that are shortened to more than a letter, before the name of the species."""
_GENUS = re.compile(r"(?<![\w.])(?:[A-Z][a-z]{2,}|[A-Z]\.)\s$")
_BINOMIAL = re.compile(r"(?<![\w.])(?:[A-Z][a-z]{2,}|[A-Z]\.)\s[a-z]{3,}\s$")
_ELEMENTS = re.compile(rf"(?:{'|'.join(ELEMENTS.values())})\b")
_SPECIES = r"[a-z]{3,}(?:us|um|is|ae?|ii?|ens|ans|ile|ense|oides)\b"
"""What the second word of a Latin name looks like."""
_REACH = 40


def _before(match: re.Match[str]) -> str:
    return match.string[max(match.start() - _REACH, 0) : match.start()]


def _say_after_genus(words: str) -> Callable[[re.Match[str], Context], Saying]:
    """Words that hold behind the name of a genus, as for "sp." in "Salix sp."."""
    return lambda match, _context: words if _is_named(_GENUS.search(_before(match))) else None


def _say_after_name(words: str) -> Callable[[re.Match[str], Context], Saying]:
    """Words that hold behind a whole name, as for "f." in "Acer saccharum f. glaucum"."""
    return lambda match, _context: words if _is_named(_BINOMIAL.search(_before(match))) else None


def _is_named(found: re.Match[str] | None) -> bool:
    """Whether what stands before is a name, and not the first words of a sentence."""
    return found is not None and found[0].split()[0] not in STARTERS


def _say_genus(match: re.Match[str], context: Context) -> Saying:
    """A genus before a species; an element's name is none: "An. magnesium"."""
    if _ELEMENTS.match(match.string, match.end() + 1):
        return None
    return _look_up(_GENERA[match[1]], match, context)


def _say_sense(match: re.Match[str], context: Context) -> Saying:
    """Whether a name is meant in its wide or its narrow sense, as in "B. burgdorferi s.l."."""
    wide = "l" in match[0]
    return _look_up("sensu lato" if wide else "sensu stricto", match, context)


def _look_up(name: str, match: re.Match[str], context: Context) -> Saying:
    """A word or two with the sound that the lexicon has."""
    entry = context.lexicon.find(name)
    return entry.spans(match[0]) if entry else name


RULES: tuple[Rule, ...] = (
    rule("species", "l", r"sp\.\s?nov\.", "new species"),
    rule("species", "l", r"gen\.\s?(?:et\ssp\.\s?)?nov\.",
         lambda m, _c: "new genus and species" if "sp" in m[0] else "new genus"),
    rule("species", "l", r"spp?\.", _say_after_genus("species")),
    rule("species", "l", r"(?:subsp|ssp)\.(?=\s[a-z])", "subspecies"),
    rule("species", "l", rf"var\.(?=\s{_SPECIES})", _say_after_name("variety")),
    rule("species", "l", rf"f\.(?=\s{_SPECIES})", _say_after_name("form")),
    rule("species", "l", rf"cf\.(?=\s{_SPECIES})", _say_after_genus("C F")),
    rule("species", "l", rf"aff\.(?=\s(?:[A-Z][a-z]+\s)?{_SPECIES})", "affinis"),
    rule("species", "l", r"(?<=[a-z]{3}\s)s\.\s?(?:l\.|lat\.)", _say_sense),
    rule("species", "l", r"(?<=[a-z]{3}\s)s\.\s?(?:s\.|str\.)", _say_sense),
    rule("genus", "U", r"St\.(?=\s(?:aureus|epidermidis|haemolyticus|saprophyticus)\b)",
         "Staphylococcus"),
    rule("genus", "U", rf"({'|'.join(_GENERA)})\.(?=\s{_SPECIES})", _say_genus),
    rule("species", "l", r"(?<![\w.])spp\.", "species"),
    rule("initial", "l", r"(?<=[A-Z]\.\s)([a-z])\.(?=\s[a-z]{4})", lambda m, _c: m[1].upper()),
    rule("initial", "l", rf"(?<=[a-z]\s)([a-z])\.(?=\s{_SPECIES})",
         lambda m, _c: m[1].upper() if _is_named(_GENUS.search(_before(m))) else None),
)  # fmt: skip
