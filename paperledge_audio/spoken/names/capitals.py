"""Words in capitals: emphasised words, acronyms that are said, and letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken import english
from paperledge_audio.spoken.lexicon.fold import fold
from paperledge_audio.spoken.lexicon.phonemes import pluralize, spell
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.names.stress import NOT_ALONE, STRESSED
from paperledge_audio.spoken.rules.rule import Context, Saying, rule, text_around

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

CAPITALS = re.compile(r"(?P<letters>[A-Z]{2,})(?P<ending>['’]?s|['’])?")
GUESSED_WORD = "acronym said as a word"
"""The rule of an acronym that no dictionary has, and that is said as a word all the same."""
_VOWELS = re.compile("[AEIOU]+|(?<=[^AEIOU])Y")
_ONSETS = frozenset(
    (
        "BL", "BR", "CH", "CL", "CR", "DR", "FL", "FR", "GL", "GR", "KL", "KR", "PH", "PL", "PR",
        "QU", "SC", "SH", "SK", "SL", "SM", "SN", "SP", "ST", "SW", "TH", "TR", "TW", "WH", "SCR",
        "SPR", "STR",
    )
)  # fmt: skip
_LEAST = {"said": 4, "guessed": 6}
"""Letters of a word that a dictionary has, and of one that only has the vowels for it."""


def say_capitals(word: str, match: re.Match[str], *, shouted: bool) -> Span:
    """A word in capitals: said as the word it is, or letter by letter.

    `shouted`: a neighbour is printed in capitals for stress, so this one probably is as well.
    """
    letters = match["letters"]
    low = letters.lower()
    is_long = len(letters) >= _LEAST["said"]
    stressed = low in STRESSED and (shouted or low not in NOT_ALONE)
    if stressed or is_long_word(low) or (shouted and (_is_word(low) or low in {"it", "oh"})):
        return Span(word, fold(word.lower()), "capitals for stress")
    is_known = is_long and english.is_known(low)
    has_vowels = len(re.findall("[AEIOUY]", letters)) >= len(letters) / 4
    least = _LEAST["said" if shouted else "guessed"]
    guessed = len(letters) >= least and has_vowels and (not shouted or could_be_a_word(letters))
    if (is_known and could_be_a_word(letters)) or guessed:
        return Span(word, fold(word.lower()), GUESSED_WORD)
    return say_letters(word)


def _is_word(low: str) -> bool:
    """Whether a dictionary has a word or, but for a common ending, its stem."""
    stems = (low.removesuffix(ending) for ending in ("", "s", "es", "ed", "d", "ing"))
    return any(len(stem) > 2 and english.is_common(stem) for stem in stems)


def is_long_word(low: str) -> bool:
    """Whether a word of four letters or more is in a dictionary, but for a common ending."""
    return len(low) >= _LEAST["said"] and _is_word(low)


def could_be_a_word(letters: str) -> bool:
    """Whether an acronym might be said as a word: "CASP" and "MOF" might, "HTML" and "IMF" not."""
    letters = letters.removesuffix("s")
    first, *groups = _VOWELS.split(letters)
    if not groups or len(letters) < 3:
        return False
    *inner, last = groups
    begins = len(first) < 2 or first in _ONSETS
    ends = len(last) < (2 if len(letters) == 3 else 3)
    return begins and ends and all(len(group) < 3 for group in inner)


def say_letters(word: str, printed: str = "") -> Span:
    """Letters said one by one, with a plural or possessive ending if there is one.

    `printed` is the text, where that is not `word`.
    """
    if printed:
        return Span(printed, " ".join(word), "letters", spell(word))
    match = CAPITALS.fullmatch(word)
    if not match:
        return Span(word, word.upper(), "letter", spell(word))
    said, sound, ending = " ".join(match["letters"]), spell(match["letters"]), match["ending"]
    if ending and ending.endswith("s"):
        return Span(word, said + ending.replace("’", "'"), "letters", pluralize(sound))
    return Span(word, said, "letters", sound)


_ASKS = re.compile(
    r"\s(?:is|are|was|were|did|does|do|will|would|can|could|should|has|had|else|knows?|needs?)\b"
    r"|[?!]|\.?$|\s[A-Z]{2}"
)
"""What follows "who" in capitals rather than the World Health Organization."""
_ASKING = re.compile(r"\s[a-z]+(?:\s[^.:;!?]{1,60})?\?")
"""The rest of a question whose subject is "who"."""
_OPENING = re.compile(r"(?:(?:^|[.?!:;—–]\s|[(\"“‘])(?:(?:[Aa]nd|[Bb]ut|[Ss]o|[Oo]r),?\s)?)$")
"""What stands before the first word of a sentence."""
_RATIO = r"(?=s?\s?[=<>≈≤≥:]|s?,?\s\(?\d|s?\s(?:of|was|were|is|are)\s[\d(])"


_THE = re.compile(r"(?:^|\W)[Tt]he\s$")


def _say_who(match: re.Match[str], _context: Context) -> Saying:
    is_named = _THE.search(match.string[max(match.start() - 5, 0) : match.start()])
    owns = len(match[0]) > len("WHO")
    opens = _OPENING.search(match.string[max(match.start() - 8, 0) : match.start()])
    asks = opens and _ASKING.match(match.string, match.end())
    if not is_named and (owns or asks or _ASKS.match(match.string, match.end())):
        return None
    return "W H O's" if owns else "W H O"


def _say_contraction(match: re.Match[str], context: Context) -> Saying:
    """A contraction in capitals, as "DIDN'T" and "IT'S"; the CIA'S is a possessive."""
    low = match[0].lower().replace("’", "'")
    stem = low.rpartition("'")[0]
    is_word = stem in STRESSED | _SUBJECTS or is_long_word(stem)
    if low.endswith("'s") and (not is_word or context.lexicon.find(stem.upper())):
        return None
    if low.endswith(("'s", "'d")) or english.is_known(low):
        return (Span(match[0], low.capitalize() if stem == "i" else low, "capitals for stress"),)
    return None


def _say_it(match: re.Match[str], _context: Context) -> Saying:
    """The pronoun "it" where only it can stand: "we did IT", "what does IT mean"."""
    before = match.string[max(match.start() - 8, 0) : match.start()]
    ends = _DID.search(before) and re.match(r"[.,;:!?)]|$", match.string[match.end() :][:1])
    asked = _DOES.search(before) and _MEANS.match(match.string, match.end())
    return "it" if ends or asked else None


def _say_oh(match: re.Match[str], _context: Context) -> Saying:
    """The cry that begins a sentence, as in "OH, come on"; else a group of atoms."""
    opens = _OPENING.search(match.string[max(match.start() - 8, 0) : match.start()])
    return "oh" if opens else None


def _say_us(match: re.Match[str], _context: Context) -> Saying:
    """The pronoun "us" where only it can stand: "let US explain", "for US all"."""
    following = re.match(r"\s([a-z]+)(?![-‐‑\w])", match.string[match.end() : match.end() + 24])
    before = match.string[max(match.start() - 12, 0) : match.start()]
    ends = re.match(r"[.,;:!?)]|$", match.string[match.end() :][:1])
    if ends and _ALL_OF.search(before):
        return "us"
    if not following:
        return None
    is_let = re.search(r"\b[Ll]et\s$", match.string[max(match.start() - 5, 0) : match.start()])
    is_verb = english.tag(("let", "us", following[1], "it"))[2] == "VB"
    return "us" if (is_let and is_verb) or following[1] == "all" else None


def _say_small(match: re.Match[str], _context: Context) -> Saying:
    """Letters that are a small word, too, where only a noun can stand, as in "each AS"."""
    before = match.string[max(match.start() - 8, 0) : match.start()]
    counted = match[0] == "IS" and re.search(r"(?:\band|[,;])\s$", before)
    measured = counted and re.match(r"\s(?:of\s)?\d", match.string[match.end() :][:5])
    if not (measured or _A_NOUN.search(before)):
        return None
    return None if re.match(r"\s[A-Z]{2}", match.string[match.end() :][:3]) else " ".join(match[0])


_A_NOUN = re.compile(r"\b(?:an?|the|each|every|per)\s$", re.IGNORECASE)


def _say_china(match: re.Match[str], _context: Context) -> Saying:
    """The Republic of China, where the text is about it; else a curve."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 80]
    return "R O C" if re.search(r"\b(?:Taiwan|China|PRC|Taipei|KMT)\b", near) else None


_ALL_OF = re.compile(r"\b(?:all|both|none|each|any|some|many|most)\sof\s$", re.IGNORECASE)
_DID = re.compile(r"\b(?:do|did|done|does|got|made|love|hate|like|[Tt](?:his|HIS)\sis)\s$")
_DOES = re.compile(r"\b(?:does|did|will|would|could|can)\s$")
_MEANS = re.compile(r"\s(?:mean|matter|feel|happen|sound|seem|hurt)\b")
_SUBJECT_ROW = "i you he she it we they who what where when how here there let one"
_SUBJECTS = frozenset(_SUBJECT_ROW.split())
"""Words that a contraction may begin with."""
_INITIALS = re.compile(r"(?<![^\W\d_])[^\W\d_]")
_FIELDS = {
    # words that are letters where one of the words around them says so
    "HER": r"hydrogen[\s-]evolution|\bO[ER]R\b|CO[2₂]RR|\bNRR\b|catalys|overpotential|Tafel|"
    r"\bPt\b|\bmA\b|electroly",
    "SHE": r"\bvs\.?\sSHE|\bversus\sSHE|\bV\sSHE|hydrogen\selectrode",
    "IF": r"fasting|\b16:8|time-restricted|[Ii]mpact\s[Ff]actor|\bjournal",
    "GO": r"[Gg]raphene|photoaged|nanomaterial|aggregation|\brGO\b|\bKEGG\b|nanosheet|"
    r"\bGO\s(?:terms?|annotat|enrich|analys|categor)",
    "ITS": r"r[DR]NA|sequenc|fung|phylogen|barcod|amplicon|transcribed",
    "ROM": r"flexion|extension|\bjoints?\b|[Rr]ange\sof|motion|knee|shoulder|trunk|hip|rehabilit",
    "ALL": r"leuk[a]?emia|\bAML\b|\bCLL\b|lymphoblast",
}
_NEAR = {word: re.compile(pattern) for word, pattern in _FIELDS.items()}
_REACH = 100


def _say_defined(match: re.Match[str], context: Context) -> Saying:
    """A word that is an acronym, since the words before its bracket begin with its letters."""
    letters = match["letters"]
    before = match.string[max(match.start() - _REACH, 0) : match.start() - 1]
    initials = "".join(_INITIALS.findall(before)).upper()
    is_word = letters.lower() in STRESSED or _is_word(letters.lower())
    if len(letters) > 3 or not is_word or context.lexicon.find(letters):
        return None
    return say_letters(match[0]).said if initials.endswith(letters) else None


def _say_in_field(match: re.Match[str], _context: Context) -> Saying:
    """A word that is an acronym in the field that the text around it is about."""
    near = text_around(match, _REACH)
    shouts = len(re.findall(r"\b[A-Z]{2,}\s[A-Z]{2,}\s[A-Z]{2,}\b", near))
    return None if shouts or not _NEAR[match[0]].search(near) else " ".join(match[0])


RULES: tuple[Rule, ...] = (
    rule(
        "capitals for stress",
        "U",
        r"[A-Z]{1,8}['’](?:T|S|M|D|RE|VE|LL)(?![\w'’])",
        _say_contraction,
    ),
    rule("capitals for stress", "U", r"IT(?!\w)", _say_it),
    rule(
        "capitals for stress", "U", r"OH(?=!|\s(?:no|my|yes|yeah|boy|well|wow|man|God|god)\b)", "oh"
    ),
    rule("capitals for stress", "U", r"OH(?=,)", _say_oh),
    rule("capitals for stress", "U", r"US(?!\w)", _say_us),
    rule("capitals for stress", "U", r"AHA(?=[!,.]|\smoment)(?!,\s(?:the\s)?[A-Z])", "aha"),
    rule("acronym", "U", r"(?<=\()(?P<letters>[A-Z]{2,3})s?(?=\))", _say_defined),
    rule(
        "acronym",
        "U",
        rf"(?<![\w-])(?:{'|'.join(_FIELDS)})(?!\w|['’]|\s(?:of|the|these|those)\b)",
        _say_in_field,
    ),
    rule("acronym", "U", r"ROC(?!\w)", _say_china),
    rule("acronym", "U", r"(?:(?<![A-Z]\s)|(?<=\band\s))WHO(?:['’]s)?(?![\w-])", _say_who),
    rule("standard", "U", r"IS(?=\s\d{3,5}(?::\d{4}|\s\())", "I S"),
    rule("acronym", "U", r"(?:IS|AS|HE|ME|HER|SHE|GO)(?![\w'’-])", _say_small),
    rule(
        "acronym",
        "U",
        rf"OR(?!\s\d=\d)(?=s?\b){_RATIO}|(?<=\b[Aa]n\s)OR(?!\w|\sgate)"
        r"|(?<=\b[Tt]he\s)OR(?!\w|\s(?:gate|operator|operation|clause|condition|function)\b)",
        "O R",
    ),
)
"""Words in capitals that are letters where the text around them says so."""
