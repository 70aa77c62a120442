"""The rules, in the order in which they are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.spoken.biology import clinic, genes, species
from paperledge_audio.spoken.chemistry import atoms, crystals, latex, notation
from paperledge_audio.spoken.chemistry import running as chemistry
from paperledge_audio.spoken.maths import division, particles
from paperledge_audio.spoken.maths import running as mathtext
from paperledge_audio.spoken.maths import signs as mathsigns
from paperledge_audio.spoken.names import (
    languages,
    music,
    phonetics,
    places,
    repeated,
    scripts,
    stars,
    titles,
)
from paperledge_audio.spoken.names import words as names
from paperledge_audio.spoken.numbers import (
    fractions,
    money,
    plurals,
    quantities,
    raised,
    ranges,
    roman,
    times,
)
from paperledge_audio.spoken.numbers import plain as plainnumbers
from paperledge_audio.spoken.numbers.units import columns, durations, pairs
from paperledge_audio.spoken.numbers.units import running as units
from paperledge_audio.spoken.people import running as people
from paperledge_audio.spoken.rules import (
    addresses,
    citations,
    dashes,
    heteronyms,
    humanities,
    scholarly,
    shortened,
    typography,
)

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *repeated.RULES,
    *addresses.RULES,
    *genes.RULES,
    *species.RULES,
    *clinic.RULES,
    *crystals.RULES,
    *latex.RULES,
    *atoms.RULES,
    *notation.RULES,
    *humanities.RULES,
    *shortened.RULES,
    *citations.RULES,
    *scholarly.RULES,
    *languages.RULES,
    *phonetics.RULES,
    *scripts.RULES,
    *music.RULES,
    *places.RULES,
    *stars.RULES,
    *particles.RULES,
    *chemistry.RULES,
    *roman.RULES,
    *titles.RULES,
    *raised.RULES,
    *columns.RULES,
    *mathtext.RULES,
    *division.RULES,
    *mathsigns.RULES,
    *dashes.DIFFERENCES,
    *plurals.RULES,
    *durations.RULES,
    *times.RULES,
    *money.RULES,
    *quantities.RULES,
    *pairs.RULES,
    *units.RULES,
    *times.YEARS,
    *ranges.RULES,
    *fractions.RULES,
    *plainnumbers.RULES,
    *dashes.RULES,
    names.PHRASE,
    *people.RULES,
    *heteronyms.RULES,
    *names.RULES,
    plainnumbers.REST,
    *typography.RULES,
)
BY_START: dict[str, tuple[Rule, ...]] = {
    kind: tuple(rule for rule in RULES if kind in rule.starts) for kind in "dUlsp"
}
