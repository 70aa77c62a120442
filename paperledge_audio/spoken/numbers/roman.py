"""Roman numbers: "Henry VIII" is the eighth, "phase IIb" two B, "(ii)" two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.abbreviations import STARTERS
from paperledge_audio.spoken.numbers.words import cardinal, ordinal
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_CANONICAL = re.compile(
    r"M{0,3}(?:CM|CD|DC{0,3}|C{1,3})?(?:XC|XL|LX{0,3}|X{1,3})?(?:IX|IV|VI{0,3}|I{1,3})?"
)
_KINDS_ROW = """
    type phase stage grade class tier war factor level part chapter ch chap section sec volume vol
    book act scene table tab figure fig appendix theorem lemma proposition corollary definition
    equation category division group schedule title article amendment complex photosystem nerve
    collagen topoisomerase polymerase mark population zone region round season episode generation
    gen bowl apollo gemini saturn olympiad model step cohort arm case question problem example
    supplement note page form series clade subtype p pp pages chord violin bk sc pt canto
    experiment study calculus precalculus algebra
"""
_KINDS = frozenset(_KINDS_ROW.split())
"""Words that a Roman number of any length may follow, in any case, in the singular or plural."""
_LONG_WORKS = frozenset(
    {"chapter", "ch", "bowl", "canto", "book", "psalm", "section", "page", "pages"}
)
"""What may have fifty parts, so that XL or CC is a number there."""
_LETTERED_ROW = (
    "model equation case arm question problem example note form series step gen generation"
)
_LETTERS_GO_ON = re.compile(
    r"\s?[=≈∝]|\s(?:[B-Z](?!\w)|(?:squared|cubed|equals|plus|minus|sub|over|to\sthe)\b)"
)
"""What follows a letter that is none, as in "class I L one" and "stage X squared"."""
_LETTERED = frozenset(_LETTERED_ROW.split())
"""Kinds after which X is a letter, as in "Generation X"; V and I are numbers there, too."""
_GIVEN_NAMES = """
    Henry Elizabeth Louis John Paul Pius Benedict Charles George Edward William James Richard
    Philip Frederick Francis Leo Gregory Innocent Clement Urban Alexander Nicholas Peter
    Catherine Ivan Ferdinand Napoleon Otto Ramesses Ramses Thutmose Amenhotep Ptolemy Cleopatra
    Darius Xerxes Artaxerxes Cyrus Mehmed Suleiman Murad Selim Bayezid Umberto Victor Emmanuel
    Carlos Felipe Alfonso Haakon Harald Olav Gustav Adolphus Christian Margrethe Albert Leopold
    Wilhelm Maximilian Joseph Rudolf Constantine Justinian Theodosius Antiochus Mithridates
    Seti Boniface Sixtus Julius Adrian Celestine Stephen Michael Basil Manuel Mary Isabella
    Robert Kenneth Casimir Sigismund Andrew Rainier Abdullah Hassan Mohammed Hussein
    Rama Kamehameha Pedro Franz Karl Augustus Vittorio Emanuele Theodore Thomas David
"""
_GIVEN = "|".join(_GIVEN_NAMES.split())
"""Given names of rulers and popes."""
_TITLES = "King|Queen|Pope|Emperor|Empress|Tsar|Czar|Kaiser|Sultan|Shah|Pharaoh|Prince|Duke"
_RULER = re.compile(rf"\b(?:(?:{_TITLES})\s(?:[A-Z][a-z]+\s){{1,2}}|(?:{_GIVEN})\s)$")
_TENTH = re.compile(
    r"\b(?:Pius|Leo|Charles|Gregory|Benedict|John|Clement|Louis|Rames?ses|Ptolemy|Innocent|Stephen)\s$"
)
"""Rulers of whom there were ten."""
_SURNAMED = re.compile(rf"\b(?:{_GIVEN})\s(?:[A-Z]\.?\s)?[A-Z][a-z]+,?\s$")
"""A given name and a surname, as in "William Gates III"."""
_WORD_BEFORE = re.compile(r"(?<![\w’'])([^\W\d_]+)\.?[\s-]$")
_LIST_BEFORE = re.compile(
    r"\b[IVXLC]{1,7}[abcABC]?(?:,\s(?:and|or)\s|\s(?:and|or|to|vs\.)\s|,\s|\s?[–/-]\s?)$"
)
_SIGN = re.compile(r"§\s?$")
_SECTION = re.compile(r"(?:§\s?|\b(?:[Ss]ub)?[Ss]ec(?:tions?|s?\.)\s|\b[Pp]arts?\s)$")
_SECTION_BEFORE = re.compile(
    r"\b[IVX]{1,5}(?:[-.][A-H](?:[-.]?\d{1,2})?)?(?:,?\s(?:and|or|to)\s|,\s|\s?–\s?)$"
)
_LIST_AFTER = re.compile(r"(?:,?\s(?:and|or|to|vs\.)\s|,\s|\s?[–/-]\s?)(?:II+|IV|VI*|IX|X)\b")
_SURE = frozenset({"Type", "Phase", "War", "Stage", "Grade", "Class", "Tier"})
"""Kinds after which "I" is a number, whatever follows."""
_PRONOUN = re.compile(r"""
    (?:['’]\w|\s(?:am|was|have|had|do|did|will|would|can|could|should|might|may|must|think|thought|
    like|love|want|wanted|need|took|take|mean|meant|know|knew|find|found|saw|see|wrote|read|got|get|
    said|say|mentioned|described|made|make|use|used|teach|taught|attended|just|really|also|never|
    always|actually|still|first|recently|personally|already|discuss|discussed|show|showed|explain|
    explained|describe|argue|go|went|left|keep|kept|learned|believe|hope|guess|suppose)\b)
""", re.VERBOSE)  # fmt: skip
_OF_A_RULER = re.compile(
    r"[,.;:)]|['’]s|\s?[(&–—]|\s(?:of|and|or|to|vs|versus|was|is|are|were|has|had|who|ruled|reigned|in|"
    r"died|became|came|succeeded|married|with|by|as|from|for)\b|$"
)
_OPENS = re.compile(rf"(?:^|[.?!:;]\s|\b(?:{_TITLES})\s)(?:{_GIVEN})\s$")
_THINKS = re.compile(r"\s(?:think|mean|guess|know|believe|love|hope|wonder|suppose)\b")
_IS_RAISED = re.compile(r"\s(?:squared|cubed|to\sthe|prime|naught|sub)\b|[⁰¹²³⁴-⁹₀-₉′^_]")
"""A power or an index after a variable."""
_ORDERED = re.compile(r"\s(?:century|centuries|dynasty|dynasties|Dynasty|Century|Olympiad)\b")
_UNMISTAKABLE = re.compile(r"(?:II|III|VII|VIII|XII|XIII|XVI{1,3}|XIV|XIX|XXI{1,3}|XXIV)")
"""Numbers that mean nothing else, whatever word is before them."""
_SURE_SMALL = frozenset({"iii", "vii", "viii", "xii", "xiii"})
"""Numbers that are no word in small letters."""
_SMALL = r"(?:i{1,3}|iv|vi{1,3}|v|ix|x)"


def read_roman(text: str) -> int:
    """The value of a Roman number; 0 for what is not written as one.

    >>> read_roman("XIV"), read_roman("LVIII"), read_roman("MCMXCIX"), read_roman("IIX")
    (14, 58, 1999, 0)
    """
    if not text or not _CANONICAL.fullmatch(text):
        return 0
    values = [_VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def _say_roman(match: re.Match[str], _context: Context) -> Saying:
    number, letter, ending = match.groups()
    value = read_roman(number)
    if not value:
        return None
    before = match.string[max(match.start() - 60, 0) : match.start()]
    if not letter and _names_a_ruler(match, before):
        return f"the {ordinal(str(value))}{(ending or '').replace('’', chr(39))}"
    if not letter and _ORDERED.match(match.string, match.end()):
        return ordinal(str(value))
    spelled = len(match[1]) == 1 and _LETTERS_GO_ON.match(match.string, match.end(1))
    if spelled or not _is_number(match, before):  # "class I L one" spells IL-1
        return None
    words = cardinal(str(value)) + (f" {letter.upper()}" if letter else "")
    return words + (ending or "").replace("’", "'")


def _names_a_ruler(match: re.Match[str], before: str) -> bool:
    dotted = re.match(r"\.\s?([A-Z][\w'’]*)", match.string[match.end() :][:16])
    starts = dotted and re.split(r"['’]", dotted[1])[0] in STARTERS
    if match[1] in "LCDM" or (dotted and len(match[1]) == 1 and not starts):
        return False  # an initial
    if match[1] == "X" and not _TENTH.search(before):
        return False
    if _IS_RAISED.match(match.string, match.end()):
        return False
    sure = _OPENS.search(before) and not _THINKS.match(match.string, match.end(1))
    if match[1] == "I" and not (sure or _OF_A_RULER.match(match.string, match.end(1))):
        return False
    if _RULER.search(before):
        return True
    return match[1] in {"II", "III", "IV"} and bool(_SURNAMED.search(before))


def _is_number(match: re.Match[str], before: str) -> bool:
    """Whether the letters are a number: by the word before them, or by the list they are in."""
    number, letter, _ = match.groups()
    after = match.end(2) if letter else match.end(1)
    while earlier := _LIST_BEFORE.search(before):
        before = before[: earlier.start()]
    word = _WORD_BEFORE.search(before)
    if word and (is_kind(word[1]) or word[0].startswith(("App.", "Art.", "Arts."))):
        kind = word[1].lower()
        measured = number == "V" and word[1] == "volume"  # which is a quantity, as "the volume V"
        longest = 1 if kind in _LONG_WORKS else 2  # "Appendix C", "group CC"
        large = len(number) <= longest and set(number) & set("LCDM")
        if large or (not letter and (measured or (number == "X" and kind in _LETTERED))):
            return kind == "bowl" and number == "L"
        if number == "I" and not letter:
            return word[1] in _SURE or not _PRONOUN.match(match.string, after)
        return True
    if letter and letter.isupper():
        return False
    if not letter and number == "I" and not _LIST_AFTER.match(match.string, after):
        return False
    listed = number == "I" and not letter
    return bool(word and (listed or _UNMISTAKABLE.fullmatch(number)))


def _say_hyphenated(match: re.Match[str], _context: Context) -> Saying:
    """A kind with its number, as in "type-II superconductors"."""
    kind, number, letter = match.groups()
    value = read_roman(number)
    if not value or kind.lower() not in _KINDS:
        return None
    return f"{kind} {cardinal(str(value))}{' ' + letter.upper() if letter else ''}"


def is_kind(word: str) -> bool:
    """Whether a Roman number may follow a word, as "phase"."""
    low = word.lower()
    stems = (low, low.removesuffix("s"), low.removesuffix("es"))
    return any(stem in _KINDS for stem in stems) or low == "appendices"


def _say_list(match: re.Match[str], _context: Context) -> Saying:
    """Two numbers side by side, as "I–III" and "I/II"."""
    first, letter, sign, second, last = match.groups()
    values = read_roman(first), read_roman(second)
    before = match.string[max(match.start() - 60, 0) : match.start()]
    while listed := _LIST_BEFORE.search(before):
        before = before[: listed.start()]
    word = _WORD_BEFORE.search(before)
    kind = word and is_kind(word[1])
    if not all(values) or not (kind or (len(first + second) > 2 and values[0] < values[1] < 20)):
        return None
    if not kind and not re.fullmatch("[IVX]+", first + second):
        return None
    ends = [
        cardinal(str(value)) + (f" {part.upper()}" if part else "")
        for value, part in zip(values, (letter, last), strict=True)
    ]
    return (" " if sign == "/" else " to ").join(ends)


def _say_section(match: re.Match[str], _context: Context) -> Saying:
    """A section by its number and letter, as "§III-B", "Section VI-C.2" and "Sec. V.A"."""
    before = match.string[max(match.start() - 60, 0) : match.start()]
    while listed := _SECTION_BEFORE.search(before):
        before = before[: listed.start()]
    value = read_roman(match[1])
    if not value or not (_SECTION if match[2] else _SIGN).search(before):
        return None
    return " ".join(
        [cardinal(str(value)), *filter(None, (match[2], match[3] and cardinal(match[3])))]
    )


def _say_pages(match: re.Match[str], _context: Context) -> Saying:
    """Pages in small Roman numbers, as "pp. iv–xii"."""
    values = [read_roman(number.upper()) for number in match.groups() if number]
    return " to ".join(cardinal(str(value)) for value in values) if all(values) else None


def _say_small(match: re.Match[str], _context: Context) -> Saying:
    word = _WORD_BEFORE.search(match.string[max(match.start() - 24, 0) : match.start()])
    meant = match[0] in _SURE_SMALL or (word and is_kind(word[1]))
    return cardinal(str(read_roman(match[0].upper()))) if meant else None


def _say_item(match: re.Match[str], _context: Context) -> Saying:
    """A number of a list, "(ii)"; a single letter only where "ii" or "iv" is its neighbour."""
    digits = match[1]
    neighbours = {"i": "ii", "v": "iv", "x": "ix"}
    if digits in neighbours and f"{neighbours[digits]})" not in match.string:
        return None
    pause = ", " if re.match(r"\s*\w", match.string[match.end() : match.end() + 2]) else ""
    return f", {cardinal(str(read_roman(digits.upper())))}{pause}"


def _say_small_list(match: re.Match[str], _context: Context) -> Saying:
    """Two small numbers, as "sections i–iii"; without their kind one of them is no word."""
    word = _WORD_BEFORE.search(match.string[max(match.start() - 24, 0) : match.start()])
    values = [read_roman(number.upper()) for number in match.groups()]
    meant = (word and is_kind(word[1])) or _SURE_SMALL.intersection(match.groups())
    if not meant or not 0 < values[0] < values[1]:
        return None
    return " to ".join(cardinal(str(value)) for value in values)


RULES: tuple[Rule, ...] = (
    rule("Roman number", "l", r"(?<![\w.’'–-])([ivxl]{1,7})[–-]([ivxl]{1,7})(?![\w’'-])",
         _say_small_list),
    rule("Roman number", "l", r"(?:(?<=\bp\.\s)|(?<=\bvol\.\s)|(?<=\bch\.\s)|(?<=\bpp\.\s)|"
         r"(?<=\bpages\s))"
         r"([ivxl]{1,7})"
         r"(?:[–-]([ivxl]{1,7}))?(?![\w.’'-]\w|\w)", _say_pages),
    rule("section", "U",
         r"(?<![\w.’'-])([IVX]{1,5})(?:[-–.]([A-H])(?:[-.]?(\d{1,2}))?)?(?![\w’'-]|\.\w)",
         _say_section),
    rule("Roman number", "U",
         r"(?<![\w.’'-])([IVXLC]{1,7})([abcABC]?)\s?([–—/-])\s?([IVXLC]{1,7})([abcABC]?)(?![\w’'-])",
         _say_list),
    rule("Roman number", "U",
         r"(?<![\w.’'–/])([IVXLCDM]{1,12}?)([abcd]|(?<=I)[ABC]|(?<=V)[AB])?(['’]s)?"
         r"(?![\w’']|-(?!(?:style|era)\b)|\.\w)", _say_roman),
    rule("Roman number", "Ul", r"(?<![\w-])([A-Za-z]{4,7})-((?=[IV])I{0,3}V?I{0,3})([abc]?)"
         r"(?![\w'’-]|\.\w)", _say_hyphenated),
    rule("Roman number", "sp", rf"(?<!\w)\s?\(({_SMALL})\)\s?(?!\d)", _say_item),
    rule("Roman number", "l", r"(?<![\w.’'])(?:ii|iii|iv|vi{1,3}|ix|xi{1,3})(?!\w)", _say_small),
    rule("Roman number", "l", rf"(?<![\w.])({_SMALL})\)", _say_item),
    rule("Roman number", "l", r"(?:(?<=\b[Bb]ook\s)|(?<=\b[Cc]hapter\s)|(?<=\b[Cc]anto\s)|"
         r"(?<=\b[Vv]olume\s))x(?![\w’'])", "ten"),
)  # fmt: skip
