"""Genes as papers write them: genotypes, alleles, changes of bases, sequences, accessions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.chemistry.elements import RESIDUES
from paperledge_audio.spoken.lexicon.phonemes import spell
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.names.words import read_word
from paperledge_audio.spoken.numbers.words import cardinal, label, pairs, spell_digits
from paperledge_audio.spoken.rules.rule import Context, Saying, join_spans, rule, text_around

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_SIGNS = {"+": "plus", "⁺": "plus", "-": "minus", "−": "minus", "–": "minus", "⁻": "minus"}
_NAME_BEFORE = re.compile(r"[A-Za-z][\w-]{0,14}[\s^{]{0,3}$")
"""The gene before the signs of its two alleles."""
_GENE_BEFORE = re.compile(r"(?<!\w)(?:(?=[\w-]{0,14}\d)[A-Z]{2,6}[\w-]{0,8}|HLA-[A-Z]{1,4})$")
"""A gene whose name has a number in it, as CYP2C9, before the number of an allele."""
_CHANGES = {
    "fs": "frame shift", "del": "deletion", "dup": "duplication", "ins": "insertion",
    "=": "unchanged",
}  # fmt: skip
_CHANGED = (
    r"substitutions?|transitions?|transversions?|mutations?|changes?|variants?|polymorphisms?|"
    r"SNPs?|SNVs?|conversions?|edit(?:s|ing)?|alleles?"
)
_MARKER = r"[A-Za-z][A-Za-z\d-]{1,9}"


def _say_genotype(match: re.Match[str], _context: Context) -> Saying:
    """The two alleles of a gene, as in "Apoe-/-", "p53+/−" and "Mecp2-/y"."""
    first, second = match.groups()
    before = match.string[max(match.start() - 18, 0) : match.start() + 1].rstrip("+-−–⁺⁻")
    doubled = first == second and not before.strip(" ({^")
    if not _NAME_BEFORE.search(before) and not doubled:
        return None
    return f" {_SIGNS[first]} {_SIGNS.get(second, second.upper())}"


def _say_floxed(match: re.Match[str], _context: Context) -> Saying:
    """Alleles between two lox sites, as in "Trp53fl/fl" and "Pten fl/+"."""
    return f" F L {'F L' if match[1] == 'fl' else _SIGNS[match[1]]}"


def _say_variant(match: re.Match[str], _context: Context) -> Saying:
    """A change of a protein, as "p.Val600Glu" and "p.Lys1172Asnfs*9"."""
    _opened, before, place, after, shifted, last = match.groups()
    words = [f"P dot {RESIDUES[before]} {label(place)}"]
    if after:
        words.append(RESIDUES.get(after) or _CHANGES.get(after, "stop"))
    words += ["frame shift"] if shifted else []
    words += [f"stop {label(last)}"] if last else []
    return " ".join(words)


def _say_short_variant(match: re.Match[str], _context: Context) -> Saying:
    """The same with letters for the residues, as "p.V600E"."""
    _opened, before, place, after, shifted = match.groups()
    change = "stop" if after == "*" else _CHANGES.get(after, after)
    return f"P dot {before} {label(place)} {change}{' frame shift' if shifted else ''}"


def _say_lacking(match: re.Match[str], _context: Context) -> Saying:
    """The hyphen of a receptor that a tumor lacks, as in "ER+/HER2- disease"."""
    before = match.string[max(match.start() - 16, 0) : match.start()]
    return " minus" if re.search(r"[+−-]/[A-Z]{2,5}\d?$", before) else None


def _say_changed_bases(match: re.Match[str], _context: Context) -> Saying:
    """Bases of a gene that are gone or new, as in "c.68_69delAG"."""
    first, last, change, bases = match.groups()
    place = f"{label(first)} to {label(last)}" if last else label(first)
    return f"C dot {place} {_CHANGES[change]} {' '.join(bases)}".rstrip()


def _say_changed_base(match: re.Match[str], _context: Context) -> Saying:
    """A base of a gene that is another one, as in "c.524G>A" and "c.-32-13T>G"."""
    kind, sign, place, offset, before, after = match.groups()
    words = [kind.upper(), "dot", {"": "", "*": "star"}.get(sign, "minus"), label(place)]
    if offset:
        words += [_SIGNS[offset[0]], label(offset[1:])]
    return " ".join(filter(None, [*words, before, "to", after]))


def _say_substitution(match: re.Match[str], _context: Context) -> Saying:
    """A base that is another one, where the sentence is about a gene, as in "rs334, A>T"."""
    near = _GENETIC.search(text_around(match, 80))
    return f"{match[1]} to {match[2]}" if near else None


_GENETIC = re.compile(
    r"\brs\d{3}|\bSN[PV]s?\b|\bgenes?\b|allele|variant|\bp\.[A-Z(]|\b[A-Z]\d{2,4}[A-Z]\b"
)


def _say_sequence(match: re.Match[str], _context: Context) -> Saying:
    """Bases with the names of their ends, as in "5'-ACGT-3'"."""
    return f"five prime {' '.join(match[1])} three prime"


def _say_bases(match: re.Match[str], _context: Context) -> Saying:
    return " ".join(match[0])


def _say_accession(match: re.Match[str], _context: Context) -> Saying:
    """An entry of a database, as "NM_000546.6"."""
    letters, digits, version = match.groups()
    after = f" point {cardinal(version)}" if version else ""
    return f"{' '.join(letters)} {spell_digits(digits)}{after}"


def _say_star(match: re.Match[str], _context: Context) -> Saying:
    """The number of an allele, as in "CYP2C9*3"."""
    if not _GENE_BEFORE.search(match.string[max(match.start() - 16, 0) : match.start()]):
        return None
    number = _say_pair(match[1]) if len(match[1]) == 2 else cardinal(match[1])
    return f" star {number}{' ' + match[2] if match[2] else ''}"


def _say_pair(digits: str) -> str:
    return f"oh {cardinal(digits[1])}" if digits[0] == "0" else cardinal(digits)


def _say_repeated(match: re.Match[str], _context: Context) -> Saying:
    """Bases that come again and again, as in "poly(A)" and "oligo(dT)"."""
    parts = {"I:C": "I C", "ADP-ribose": "A D P ribose"}
    return f"{match[1]} {parts.get(match[2]) or ' '.join(match[2].upper())}"


_AMOUNTS = {
    "high": "high", "hi": "high", "low": "low", "lo": "low", "int": "intermediate", "dim": "dim",
    "bright": "bright", "neg": "negative", "pos": "positive",
}  # fmt: skip
"""How much of a marker a cell has."""


def _say_antigen(match: re.Match[str], _context: Context) -> Saying:
    """What antibodies bind, where the text is about a disease; else silver."""
    return "antigen" if _IMMUNE.search(text_around(match, 60)) else None


_IMMUNE = re.compile(r"\b(?:NS1|HBs|Ab|Ig[GMAE]|RDTs?|serolog\w+|viral|virus|antibod\w+|dengue)\b")


def _say_translocation(match: re.Match[str], _context: Context) -> Saying:
    """Pieces of two chromosomes that changed places, as "t(9;22)(q34;q11)"."""
    first, second, *bands = match.groups()
    words = f"T {_say_chromosome(first)} {_say_chromosome(second)}"
    if not bands[0]:
        return words
    return f"{words}, {' '.join(map(_say_band, bands))}"


def _say_chromosome(name: str) -> str:
    return cardinal(name) if name.isdecimal() else name


def _say_band(band: str) -> str:
    whole, _, part = band[1:].partition(".")
    words = f"{band[0].upper()} {cardinal(whole)}"
    return f"{words} point {spell_digits(part)}" if part else words


def _say_interleukin(match: re.Match[str], _context: Context) -> Saying:
    """The gene of an interleukin of mice, as "Il10" and "Il2rg"."""
    return " ".join(["I L", cardinal(match[1]), *match[2].upper()])


def _say_inhibitor(match: re.Match[str], context: Context) -> Saying:
    """A drug against a protein, as "PARPi", or what interferes, as "RNAi"."""
    if context.lexicon.find(match[0]):
        return None
    return join_spans((*read_word(match[1], context), Span("i", "I", "inhibitor", spell("I"))))


_HEDGEHOG = re.compile(r"[Hh]edgehog|\bgenes?\b|signal|pathway|\b[ID]HH\b|\bGLI\d?|\bPTCH")


def _say_strain(match: re.Match[str], _context: Context) -> Saying:
    """A strain of influenza, as "A/Texas/50/2012"."""
    kind, places, number, year = match.groups()
    return f"{kind} {places.replace('/', ' ').strip()} {label(number)}, {pairs(year)}"


_RESIDUE = "|".join(RESIDUES)
_SIGN = "[-−–+⁺⁻]"
RULES: tuple[Rule, ...] = (
    rule("genotype", "sp",
         rf"\s?\^?\{{?({_SIGN})/({_SIGN}|[yY0])\}}?(?![\w/]|\s?[$€£]?\d)", _say_genotype),
    rule("gene", "U", r"(?<!\w)[A-Z][A-Za-z]{1,6}\d{0,3}[a-z]?\d?"
         r"(?=\^?\{?fl(?:ox)?/(?:fl|[-−+]))",
         lambda m, c: read_word(m[0], c)),
    rule("genotype", "slp", rf"(?:(?<=[a-z\d])|\s|\^\{{?)fl(?:ox)?/(fl|{_SIGN})(?:ox)?\}}?"
         r"(?![\w/])", _say_floxed),
    rule("marker", "p", r"(?<=[A-Z\d])-(?=[\s,.;:)])", _say_lacking),
    rule("markers", "p", rf"(?<=[A-Za-z\d])−(?={_MARKER}[+−⁺⁻])", " minus, "),
    rule("variant", "l", rf"p\.\s?(\()?({_RESIDUE})(\d{{1,5}})({_RESIDUE}|\*|Ter|fs|del|dup|=)?"
         r"(fs)?(?:(?:\*|Ter)(\d{1,4}))?(?(1)\))(?!\w)", _say_variant),
    rule("variant", "l", r"p\.\s?(\()?([A-Z])(\d{1,5})([A-Z*]|fs|del|dup|=)(fs)?(?(1)\))(?!\w)",
         _say_short_variant),
    rule("variant", "l", r"c\.(\d{1,6})(?:_(\d{1,6}))?(del|dup|ins)([ACGT]{0,12})(?!\w)",
         _say_changed_bases),
    rule("variant", "l", r"([cgmn])\.([-−*]?)(\d{1,9})([-−+]\d{1,5})?([ACGT])\s?>\s?([ACGT])(?!\w)",
         _say_changed_base),
    rule("substitution", "p", r"(?<=\d[ACGTU])>(?=[ACGTU](?!\w))", " to "),
    rule("substitution", "U", rf"(?<![\w-])([ACGTU])\s?[>→]\s?([ACGTU])(?=\s(?:{_CHANGED})\b)",
         lambda m, _c: f"{m[1]} to {m[2]}"),
    rule("substitution", "U", r"(?<![\w-])([ACGT])>([ACGT])(?!\w)", _say_substitution),
    rule("substitution", "U", r"(?<=\()([ACGT])\s>\s([ACGT])(?=\))",
         lambda m, _c: f"{m[1]} to {m[2]}"),
    rule("poly I C", "Ul", r"[Pp]oly[\s-]?\(?I:C\)?(?!\w)", "poly I C"),
    rule("sequence", "d", r"5['′’][-\s]?([ACGTUNRYKMSWBDHV]{3,60})[-\s]?3['′’](?!\w)",
         _say_sequence),
    rule("sequence", "U", r"(?<![\w-])(?![AU]{5}(?!\w))(?:[ACGT]{5,60}|[ACGU]{5,60})(?![\w-])",
         _say_bases),
    rule("accession", "U", r"(?<!\w)([A-Z]{2,4})_(\d{4,12})(?:\.(\d{1,2}))?(?![\w]|\.\d)",
         _say_accession),
    rule("marker", "p", rf"(?<=[A-Za-z\d])\^\{{?({'|'.join(_AMOUNTS)})\}}?(?![\w^])",
         lambda m, _c: f" {_AMOUNTS[m[1]]}"),
    rule("marker", "p", r"(?<=[a-z\d])\^\{?([+−⁺⁻-])\}?(?=[\s,.;:)])",
         lambda m, _c: f" {_SIGNS[m[1]]}"),
    rule("deletion", "d", r"(?<=[Δ∆])(\d{1,4})[/–-](\d{1,4})(?!\w)",
         lambda m, _c: f"{label(m[1])} {'to ' if '/' not in m[0] else ''}{label(m[2])}"),
    rule("bases", "l", r"(?<!\w)(poly|oligo)\(([ACGTU]|d[ACGT]|rA|I:C|ADP-ribose)\)",
         _say_repeated),
    rule("antigen", "U", r"(?<![\w-])Ag(?!\w)", _say_antigen),
    rule("alleles", "p", r"(?<![a-z*])\*(\d{1,2})/\*(\d{1,2})(?!\w)",
         lambda m, _c: f"star {cardinal(m[1])} star {cardinal(m[2])}"),
    rule("allele", "p", r"(?<=[A-Z\d])\*(\d\d)((?::\d\d){1,3})(?!\w)",
         lambda m, _c: f" star {' '.join(map(_say_pair, (m[1] + m[2]).split(':')))}"),
    rule("allele", "p", r"\*(\d{1,3})([A-Z]?)(?![\w*])", _say_star),
    rule("translocation", "l", r"(?<!\w)t\((\d{1,2}|[XY]);(\d{1,2}|[XY])\)"
         r"(?:\(([pq]\d{1,2}(?:\.\d{1,2})?);([pq]\d{1,2}(?:\.\d{1,2})?)\))?", _say_translocation),
    rule("genes", "p", r"(?<=[A-Z]\d)/(\d)/(\d)(?![\d/])",
         lambda m, _c: f", {cardinal(m[1])}, {cardinal(m[2])}"),
    rule("inhibitor", "U", r"(?<![\w-])([A-Z]{3,6})i(?!\w)", _say_inhibitor),
    rule("strain", "U", r"(?<!\w)([AB])((?:/[A-Za-z][A-Za-z. -]{2,24}){1,2})/(\d{1,6})/"
         r"((?:19|20)\d\d)(?!\w)", _say_strain),
    rule("gene", "U", r"(?<![\w-])Il(\d{1,2})([a-z]{0,3})(?!\w)", _say_interleukin),
    rule("gene", "U", r"Shh(?=\s(?:signal|pathway|gene|protein|expression|ligand|mutant|target)|"
         r",\s(?:[A-Z][a-z]*\d|[A-Z]{3,}\d|[ID]hh))|(?<=\d,\s)Shh(?=[,\s])", "S H H"),
    rule("gene", "U", r"SHH(?![\w'’!…])",
         lambda m, _c: "S H H" if _HEDGEHOG.search(text_around(m, 60)) else None),
)  # fmt: skip
