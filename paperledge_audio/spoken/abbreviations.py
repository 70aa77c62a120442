"""Abbreviations whose dot is no full stop, and the words that begin a sentence after one."""

from __future__ import annotations

_BEFORE_A_NAME = """
    rev pres dr mr mrs ms messrs prof profs gen gov sen rep hon capt col lt maj sgt cmdr st mt ft md
    dem ste pt mts adm cpl pvt drs sens reps govs mme mlle amb asst msgr supt det brig cdr
"""
BEFORE_A_NAME = frozenset(_BEFORE_A_NAME.split())
"""Titles."""
_BEFORE_MORE = """
    e.g i.e cf vs viz resp approx ca fig figs eq eqs sec secs tab ref refs ch chap vol pp dept univ
    eds assoc incl est suppl supp appx tbl inst intl natl adj educ bldg sched
    aff aq conc anhyd dil iter trib const uncal obs pls esp cv avg vit
"""
BEFORE_MORE = frozenset(_BEFORE_MORE.split())
"""Something follows them, whatever it begins with."""
_BEFORE_NUMBERS = """
    b d fl r l ll col cols chr no nos min max p c ed v ver rev art arts par op rm cl gr
    ep vols bk sc vv para paras reg regs ss fn fns n nn apt hwy rte rt len freq temp coeff dim res
    pt cir s am sch maj sens spec gen
"""
BEFORE_NUMBERS = frozenset(_BEFORE_NUMBERS.split())
"""Words that are abbreviations only before a number, and names of units that end sentences."""
_MAY_END = """
    ct pl sp spp equiv eq soln acc al etc pts inc ltd corp co bros jr sr ed sq ave blvd rd ln pkwy
    mos yrs hrs wks qtrs
    hwy
"""
MAY_END = frozenset(_MAY_END.split())
"""They end a sentence before a capital."""
_IN_TITLES = """
    Phys Rev Lett Proc Natl Acad Sci Nucl Acids Res Trans Conf Int Assn Comput Commun Appl Math
    Biol Chem Med Eng Nat Univ Dev Soc Am Ann Bull Opt Electron
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
"""
IN_TITLES = frozenset(_IN_TITLES.split())
"""Parts of journals' names, months and days, which have a capital; most words in small letters."""
_HALVES = "a.m p.m"
HALVES = frozenset(_HALVES.split())
"""They end a sentence before a capital, but for the name of a zone or a day."""
_AFTER_HALVES = """
    Eastern Central Mountain Pacific Greenwich Zulu Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday January February March April May June July August September October
    November December
"""
AFTER_HALVES = frozenset(_AFTER_HALVES.split())
_DOTTED = (
    "u.s u.k e.u u.n d.c u.s.a ph.d m.d b.a m.a a.k.a m.ed b.ed ed.d ll.m ll.b m.phil d.phil psy.d"
)
DOTTED = frozenset(_DOTTED.split())
"""They end a sentence before one of `STARTERS`."""
_STARTERS = """
    A About After Again All Almost Also Although Among An And Another Any As At Because Before Both
    But By Can Could Did Do Does Each Either Even Every Everyone Few Finally First For From Had Has
    Have He Her Here His How However I If In Instead Is It Its Just Last Later Let Like Many Maybe
    More Most Much My Neither Never Next No Nobody None Nor Not Nothing Now Of On Once One Only Or
    Other Others Our Over People Perhaps Second She Should Since So Some Someone Something Soon
    Still Such Than That The Their Then There These They Third This Those Three Through Thus To
    Today Together Tomorrow Two Under Until Was We Were What When Where Whether Which While Who Why
    Will With Without Would Yes Yesterday Yet You Your
"""
STARTERS = frozenset(_STARTERS.split())
"""Words that begin a sentence rather than a name."""
