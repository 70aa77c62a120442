"""Lists of words that tell the part of speech of the word after them."""

from __future__ import annotations

FINAL = frozenset(".?!;:")
"""Marks that part sentences."""
_AUXILIARIES = """
    to can could will would may might must should shall cannot not n't 'll 'd do does did let's
    please
"""
AUXILIARIES = frozenset(_AUXILIARIES.split())
"""After these comes a bare verb."""
_PRONOUNS = "i we they you who"
BEFORE_VERB = AUXILIARIES | frozenset(_PRONOUNS.split())
"""After these comes a verb without -s."""
_THIRD_PERSONS = "he she it this which who that"
BEFORE_S = frozenset(_THIRD_PERSONS.split())
"""After these comes a verb with -s."""
_FOR_A_NOUN = "some both many most all others few several these those"
FOR_A_NOUN = frozenset(_FOR_A_NOUN.split())
"""They stand before a noun, or for one."""
_OBJECTS = "everything something anything nothing everyone someone anyone each"
OBJECTS = frozenset(_OBJECTS.split())
"""They are no part of a noun before them, so they may be a verb's object."""
_CAUSES = "let lets make makes made help helps helped see have"
CAUSES = frozenset(_CAUSES.split())
"""Verbs that have a noun and a bare verb after them."""
_MANY = "bacteria cattle children criteria data feet men mice people police teeth women"
MANY = frozenset(_MANY.split())
"""Plurals without -s."""
_BE = "am are be been being is was were 'm 're feel feels felt look seem seemed"
BE = frozenset(_BE.split())
"""Verbs that have an adjective after them."""
_PERFECT = "have has had 've having get gets got 's well widely"
PERFECT = frozenset(_PERFECT.split()) | BE
"""After these comes a participle."""
_DEGREES = "so very too even such but"
DEGREES = frozenset(_DEGREES.split())
_BESIDE_MINUTES = "by hand hands read walk drive ride clip video call talk late later"
BESIDE_MINUTES = frozenset(_BESIDE_MINUTES.split())
"""Nouns after a length of time."""
_SHIPS = "ship ships boat boats vessel vessels canoe stern hull deck prow sailor sailors wave waves"
SHIPS = frozenset(_SHIPS.split())
"""Near the bow of one of these."""
_GREETING = "take takes took taking taken final deep low polite curtain respectful slight"
GREETING = frozenset(_GREETING.split())
"""Before a bow of the body."""
_ONE_SOUND = "that used inside outright nearby overall"
ONE_SOUND = frozenset(_ONE_SOUND.split())
"""Words that the engines judge well by themselves."""
