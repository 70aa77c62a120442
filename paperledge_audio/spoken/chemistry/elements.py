"""The chemical elements: their symbols and names (IUPAC, with American spelling)."""

from __future__ import annotations

import re

from paperledge_audio.spoken.numbers.words import label

_NAMES = """
    H hydrogen He helium Li lithium Be beryllium B boron C carbon N nitrogen O oxygen F fluorine
    Ne neon Na sodium Mg magnesium Al aluminum Si silicon P phosphorus S sulfur Cl chlorine
    Ar argon K potassium Ca calcium Sc scandium Ti titanium V vanadium Cr chromium Mn manganese
    Fe iron Co cobalt Ni nickel Cu copper Zn zinc Ga gallium Ge germanium As arsenic Se selenium
    Br bromine Kr krypton Rb rubidium Sr strontium Y yttrium Zr zirconium Nb niobium
    Mo molybdenum Tc technetium Ru ruthenium Rh rhodium Pd palladium Ag silver Cd cadmium
    In indium Sn tin Sb antimony Te tellurium I iodine Xe xenon Cs cesium Ba barium La lanthanum
    Ce cerium Pr praseodymium Nd neodymium Pm promethium Sm samarium Eu europium Gd gadolinium
    Tb terbium Dy dysprosium Ho holmium Er erbium Tm thulium Yb ytterbium Lu lutetium Hf hafnium
    Ta tantalum W tungsten Re rhenium Os osmium Ir iridium Pt platinum Au gold Hg mercury
    Tl thallium Pb lead Bi bismuth Po polonium At astatine Rn radon Fr francium Ra radium
    Ac actinium Th thorium Pa protactinium U uranium Np neptunium Pu plutonium Am americium
    Cm curium Bk berkelium Cf californium Es einsteinium Fm fermium Md mendelevium No nobelium
    Lr lawrencium Rf rutherfordium Db dubnium Sg seaborgium Bh bohrium Hs hassium Mt meitnerium
    Ds darmstadtium Rg roentgenium Cn copernicium Nh nihonium Fl flerovium Mc moscovium
    Lv livermorium Ts tennessine Og oganesson
"""
_ROW = _NAMES.split()
ELEMENTS = dict(zip(_ROW[::2], _ROW[1::2], strict=True))
"""Symbol → name."""
_NONMETALS_ROW = """
    H C N O F P S Cl Se Br I B Si As Te Ge Sb
"""
NONMETALS = frozenset(_NONMETALS_ROW.split())
"""Elements that a compound without metals is made of; some are metalloids."""
_NOBLE_ROW = """
    He Ne Ar Kr Xe Rn Og
"""
_NOBLE = frozenset(_NOBLE_ROW.split())
HEAVY = frozenset(_ROW[2 * _ROW[::2].index("Po") :: 2])
"""Polonium and what follows it: too rare, as "No" and "At" show, to be meant by two letters."""
METALS = frozenset(ELEMENTS) - NONMETALS - _NOBLE - HEAVY | {"U", "Th", "Pu", "Ra"}
_NAMED_ROW = """
    Mg Cl Cr Mn Fe Cu Zn Br Kr Rb Sr Zr Nb Pd Cd Cs Hf Pt Pb Au Gd Nd Yb Xe Ag
"""
NAMED = frozenset(_NAMED_ROW.split())
"""Symbols that stand for nothing else, so that they are said by name."""
_MASSES = """
    H:2,3 He:3,4 Li:6,7 Be:10 B:10,11 C:11,12,13,14 N:13,15 O:15,16,17,18 F:18,19 Na:22,23
    Mg:24,25,26 Al:26 Si:28,29,30 P:31,32,33 S:32,34,35 Cl:35,36,37 K:40 Ar:39,40 Ca:44,45,48
    Cr:51,52,53 Fe:55,56,57,60 Co:57,60 Ni:63 Cu:63,64,65 Zn:64,66,68 Ga:67,68 Kr:85 Sr:87,89,90
    Y:90 Zr:89 Mo:95,98,99 Tc:99 I:123,124,125,129,131 Xe:129,131,133,136 Cs:133,134,137
    Hg:199,202 Nd:143,144 Lu:177 Pb:206,207,208 Po:210 Rn:222 Ra:223,226 Ac:225 Th:230,232
    U:233,234,235,238 Np:237 Pu:238,239,240 Am:241
"""
ISOTOPES = {
    (symbol, mass)
    for symbol, masses in (row.split(":") for row in _MASSES.split())
    for mass in masses.split(",")
}
"""Isotopes that people write about, as symbol and mass number."""

_RESIDUE_ROW = """
    Ala alanine Arg arginine Asn asparagine Asp aspartate Cys cysteine Gln glutamine Glu glutamate
    Gly glycine His histidine Ile isoleucine Leu leucine Lys lysine Met methionine
    Phe phenylalanine Pro proline Ser serine Thr threonine Trp tryptophan Tyr tyrosine Val valine
    Ter stop
"""
_RESIDUES = _RESIDUE_ROW.split()
RESIDUES = dict(zip(_RESIDUES[::2], _RESIDUES[1::2], strict=True))
"""Amino acids in a protein, and the stop behind the last."""


def name_isotope(symbol: str, mass: str, before: str) -> str:
    """An isotope behind the text `before`; its mass comes first behind "an", as in "an 18F tracer".

    >>> name_isotope("F", "18", "with "), name_isotope("F", "18", "with an ")
    ('fluorine eighteen', 'eighteen F')
    """
    if _AN.search(before[-5:]):
        return f"{label(mass)} {' '.join(symbol.upper())}"
    return f"{ELEMENTS[symbol]} {label(mass)}"


_AN = re.compile(r"\b[Aa]n\s?$")
