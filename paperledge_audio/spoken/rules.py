"""The rules, in the order in which they are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.spoken import (
    addresses,
    heteronyms,
    mathtext,
    names,
    people,
    plainnumbers,
    quantities,
    scholarly,
    times,
    typography,
)

if TYPE_CHECKING:
    from paperledge_audio.spoken.rule import Rule

RULES: tuple[Rule, ...] = (
    *addresses.RULES,
    *scholarly.RULES,
    *mathtext.RULES,
    *times.RULES,
    *quantities.RULES,
    *plainnumbers.RULES,
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
