"""Ordinary words that scripts print in capitals for stress, as in "a HUGE problem"."""

from __future__ import annotations

_WORDS = """
    a about above absolutely actually after again ain't all almost already also always am amazing
    an and another any anyone anything are aren't around as at awesome away back bad be because
    been before being best better between beyond big both bring but by call came can can't cannot
    care change come completely could crazy cool day deal did didn't different do does doesn't
    doing don't done down each easy else end enough entire even ever every everyone everything
    exactly excellent exciting extremely fact far fast faster few finally find first five for
    forget four free from full fun game gave get gets getting give go goes going gone good got
    great had half hard has hate have he heard help her here hey high him his hot how huge hundred
    hundreds idea if important impossible in incredible incredibly insane instead into is isn't
    it's its just keep key kind know large last later learn learning least left less let like
    little live long look loop lot lots love loud low made main make makes many massive matter may
    maybe me mean means might million millions mind mine more most much must my need needs never
    new next nice no nobody none nor not nothing now of off old on once one only open or other
    our out over own part people perfect please point power powerful problem proof put question
    quick quickly quite rather real really right run safe same saw say see seem seriously seven
    she should show side simple since six slow slower small so some someone something soon speed
    start step still stop such super sure take tell ten than that that's the their them then there
    these they thing things think this those thousand thousands three through thus time times tiny
    to today together told too top total totally toward tried true try turn two ultra under until
    up upon us use used using very via wait want warning was wasn't way ways we well went were
    what whatever when where which while who whole why wild will win with within without won't
    word words work works world worse worst would wow wrong yeah year years yep yes yet you your
    zero
    ask boy boys buy buys cried cry dad die dies duh eat eats few fly guy guys hmm huh kid kids
    law laws lie lies max meh men mom nah ooh paid pay pays ran sad shh son sons tax ton tons toy
    toys ugh war wars wet won yay
"""
STRESSED = frozenset(_WORDS.split())
"""Longer words in capitals count as stressed, too; see `names`."""
NOT_ALONE = frozenset({"as", "at", "an", "by", "of", "am"})
"""Words that are letters unless their neighbours are stressed, as in "patients with AS"."""
