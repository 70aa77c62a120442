"""Words that carry no accent in a phrase."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    word
    for line in (
        "a an the of to in on at by for from with as into onto than",
        "and or but nor if that because while there there's",
        "is are was were be been being am has have had do does did it's that's",
        "will would can could shall should may might must",
        "it its he she they we you i him her them us me my your his our their",
    )
    for word in line.split()
)
"""Articles and prepositions, conjunctions, forms of auxiliaries, pronouns."""
