"""Words and names: ordinary words, acronyms, and compound names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.script.printed.signs import GREEK
from paperledge_audio.spoken import english
from paperledge_audio.spoken.lexicon.fold import LOWER, UPPER, fold
from paperledge_audio.spoken.lexicon.phonemes import pluralize, spell
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.names import capitals
from paperledge_audio.spoken.names.capitals import (
    CAPITALS,
    is_long_word,
    say_capitals,
    say_letters,
)
from paperledge_audio.spoken.names.stress import STRESSED
from paperledge_audio.spoken.numbers.words import decimal, label, spell_digits
from paperledge_audio.spoken.people import foreign
from paperledge_audio.spoken.rules.rule import Context, Saying, join_spans, rule
from paperledge_audio.spoken.sentences import REACH, is_initial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.spoken.rules.rule import Rule

HYPHENS = r"\-‐‑"
ALNUM = r"[^\W_⁰¹²³⁴-⁹ⁿⁱʰᵀ₀-₉½⅓⅔¼¾⅛⅜⅝⅞]"
WORD = rf"{ALNUM}+(?:['’{HYPHENS}]{ALNUM}+|\.\d+(?![\d.]{{0,40}}%))*(?:(?<=s)['’](?!\w))?"
_PART = re.compile(
    r"[A-Z]{2,}(?=[a-z]\d|seq)"  # the acronym of YOLOv8 and of RADseq
    rf"|[{UPPER}]{{2,}}s(?![{LOWER}])"  # a plural acronym
    rf"|[{UPPER}]+(?![{LOWER}])"  # an acronym
    r"|[Α-Ωα-ωϕϵϑµς]+"  # Greek letters
    r"|[^\W\d_]?[^\W\dA-ZΑ-Ωα-ω_]+"  # a word, capitalised or not
    r"|[^\W\d_]|\d+(?:\.\d+)*|."
)
"""The parts of a compound name: "DenseNet201" has three, "AgenTracer" two."""
PLAIN = re.compile(
    rf"(?:Ma?c(?=[A-Z]))?[{UPPER}{LOWER}][{LOWER}]+(?:['’][A-Z]?[a-z]+)*['’]?"
    r"|[A-Za-z]['’][A-Z]?[a-z]+|[aIA]"
)
"""An ordinary word, contractions and possessives included."""
_MOST_TIED = 15
"""The most parts and hyphens that are looked up as one entry: eight parts, seven hyphens."""
_UNSAYABLE = re.compile("[b-df-hj-np-tv-xz]{2,4}|[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xz]{1,3}")
_LETTER_PLURAL = re.compile("[B-DF-HJ-NP-TV-Z]s")
"""Several of a letter, as in "the three Rs"."""
_HUMMED_ROW = """
    hm Hm hmm Hmm mm Mm mmm grr Grr Sh shh Shh pst Pst brr Brr tsk Tsk zzz nth Mr Mrs Dr St Mt Ft Jr
    Sr mhm psst Psst pfft Pfft Hmph hmph
"""
_HUMMED = frozenset(_HUMMED_ROW.split())
"""Words without a vowel, and titles."""


def read_word(word: str, context: Context, *, shouted: bool = False) -> tuple[Span, ...]:
    """How a printed word is said: letters, digits, and inner hyphens, dots and apostrophes.

    `shouted`: a neighbour is printed in capitals for stress, so this one probably is as well.
    """
    is_stressed = shouted and word.lower() in STRESSED  # AM and US have entries, too
    if not is_stressed and (entry := context.lexicon.inflected(word)):
        return entry.spans(word)
    if (
        len(word) < _LONGEST_GLUED
        and _DRAWN_OUT.search(word)
        and (short := _shorten(word, context))
    ):
        said = "".join(span.said for span in read_word(short, context))
        return (Span(word, said, "drawn out", read_word(short, context)[0].phonemes),)
    if _UNSAYABLE.fullmatch(word) and word not in _HUMMED:
        plural = _LETTER_PLURAL.fullmatch(word)
        letters = say_letters(word[:1] if plural else word.upper(), word[:1] if plural else word)
        return (inflect(letters, "s") if plural else letters,)
    if PLAIN.fullmatch(word):
        return (say_plain(word),)
    if capitals := CAPITALS.fullmatch(word):
        return (say_capitals(word, capitals, shouted=shouted),)
    base = _POSSESSIVE.sub("", word)
    pieces = re.split(rf"([{HYPHENS}])", base)
    parts = _say_parts(base, context) if len(pieces) == 1 else _say_hyphenated(pieces, context)
    spans = (
        (say_letters(base.upper(), base),) if _THREE_LETTERS.fullmatch(base) else join_spans(parts)
    )
    return spans if base == word else (*spans[:-1], inflect(spans[-1], word[len(base) :]))


_DRAWN_OUT = re.compile(r"([a-z])\1\1|(?<=[A-Z])([AEIOUSHM])\2\2")
_REPEATED = re.compile(r"([A-Za-z])\1{2,}")


def _shorten(word: str, context: Context) -> str:
    """The word that is drawn out in "sooo" or "hmmm"; empty where there is none."""
    forms = (_REPEATED.sub(letters, word.lower()) for letters in (r"\1\1", r"\1"))
    known = (context.lexicon.find, english.is_common)
    return next((form for form in forms if any(has(form) for has in known)), "")


_THREE_LETTERS = re.compile("[A-Z][a-z][A-Z]")
"""Letters of which the middle one stands for a small word, as in DoS and SoC."""
_POSSESSIVE = re.compile(r"['’]s?$|(?<=\d)(?<!v\d)(?<!CaMP\d)['’]?s$|(?<=^[A-Z][a-z][A-Z])s$")


def inflect(span: Span, ending: str) -> Span:
    """The span with the ending of a plural or a possessive: "s", "'s" or a lone apostrophe."""
    if "s" not in ending:
        return Span(span.text + ending, span.said, span.rule, span.phonemes)
    said = span.said
    if ending == "s" and said.endswith("y"):
        said = said[:-1] + "ie"
    sound = pluralize(span.phonemes) if span.phonemes else ""
    return Span(span.text + ending, said + ending.replace("’", "'"), span.rule, sound)


def read_name(name: str, context: Context) -> tuple[Span, ...]:
    """How a handle or a tag is said: its words, parted by underscores."""
    spans: list[Span] = []
    for piece in re.findall(r"_+|[^_]+", name):
        if piece[0] == "_":
            spans.append(Span(piece, " ", "underscore"))
        else:
            spans += read_word(piece, context)
    return tuple(spans)


def say_plain(word: str) -> Span:
    """An ordinary word, said as printed, or a foreign name with accents that no dictionary has."""
    said = fold(word)
    if not word.isascii() and (sound := foreign.sound_out(word)):
        return Span(word, said, foreign.FOREIGN_NAME, sound)
    return Span(word, said, "" if said in {word, word.replace("’", "'")} else "accents left out")


def _say_hyphenated(pieces: list[str], context: Context) -> Iterator[Span]:
    """Parts between hyphens; several may be one entry, and plain words keep their hyphen."""
    index = 0
    while index < len(pieces):
        for end in range(min(len(pieces), index + _MOST_TIED), index, -2):
            text = "".join(pieces[index:end])
            if entry := context.lexicon.inflected(text):
                yield from entry.spans(text)
            elif (end == index + 1 and PLAIN.fullmatch(text) and foreign.sound_out(text)) or all(
                _is_tied(piece, context) for piece in pieces[index:end:2]
            ):
                yield say_plain(text)
            elif end == index + 1:
                yield from _say_parts(text, context)
            else:
                continue
            index = end
            break
        if index < len(pieces):
            between_numbers = (
                pieces[index - 1][-1:].isdecimal() and pieces[index + 1][:1].isdecimal()
            )
            yield Span(pieces[index], ", " if between_numbers else " ", "hyphen")
            index += 1


def _is_tied(piece: str, context: Context) -> bool:
    """Whether a part is an ordinary word, so that its hyphen may stay."""
    is_word = PLAIN.fullmatch(piece) and not _UNSAYABLE.fullmatch(piece)
    if not is_word or context.lexicon.inflected(piece):
        return False
    return piece.isascii() or not foreign.sound_out(piece)


def _say_parts(word: str, context: Context) -> Iterator[Span]:
    """A name without hyphens, cut where its letters change case or meet digits."""
    if capitals := CAPITALS.fullmatch(word):
        yield say_capitals(word, capitals, shouted=False)
        return
    parts = _cut_name(word, context)
    for index, part in enumerate(parts):
        if _UNSAYABLE.fullmatch(part) and not context.lexicon.find(part):
            yield say_letters(part.upper(), part)
        elif len(part) > 1 and (entry := context.lexicon.inflected(part)):
            yield from entry.spans(part)
        elif part.isdecimal() and (size := _SIZES.get("".join(parts[index + 1 :]))):
            yield Span(word[-len(part) - 2 :], f"{_say_number(part)} {size}", "unit")
            return
        elif part[0].isdecimal():
            yield Span(part, " point ".join(map(_say_number, part.split("."))), "number in a name")
        elif part == "o" and index and parts[index - 1][0].isdecimal():
            yield Span(part, "oh", "letter in a name")
        elif part == "x" and 0 < index < len(parts) - 1 and parts[index + 1][0].isdecimal():
            yield Span(part, "by", "size")
        elif index and part.isupper() and is_long_word(part.lower()):
            yield Span(part, fold(part.lower()), "capitals in a name")  # OpenDRIVE
        else:
            yield _say_part(part)


_SIZES = {"GB": "gigabyte", "TB": "terabyte", "MB": "megabyte"}
"""Units at the end of a product's name, as in "H100-80GB"."""


def _say_number(digits: str) -> str:
    return spell_digits(digits) if len(digits) == 5 else label(digits)


def _cut_name(word: str, context: Context) -> list[str]:
    """The parts of a compound name: the longest known entries, else where letters change case.

    "LLaMA2" has two, "CodeLLaMA" two, "MobileNetV3" three.
    """
    parts: list[str] = []
    place = 0
    while place < len(word):
        known = (word[place:end] for end in _list_ends(word, place))
        match = _find_glued(word, place) or _PART.match(word, place)
        found = next((part for part in known if part in context.lexicon.entries), "")
        found += "s" * (found != "" and word[place + len(found) :] == "s")  # "sgRNAs"
        parts.append(found or (match[0] if match else word[place]))
        place += len(parts[-1])
    return parts


def _find_glued(word: str, place: int) -> re.Match[str] | None:
    """The acronym before a word in small letters, as in "RFdiffusion"."""
    found = _GLUED.match(word, place)
    if not found or not english.is_known(found[1]):
        return None
    return None if english.is_known((found[0][-1] + found[1]).lower()) else found


def _list_ends(word: str, start: int) -> Iterator[int]:
    """Where an entry that begins at `start` may end, the longest first."""
    for end in range(min(len(word), start + _LONGEST_GLUED), start + 1, -1):
        after = word[end : end + 2]
        if word[end - 1].isdecimal() or not after[:1].islower() or _ENDS_NAME.match(word, end):
            inside = word[end - 1].isupper() and after[:1].isupper() and not after[1:].islower()
            if not inside:
                yield end


_GLUED = re.compile(r"[A-Z]{2,4}(?=([a-z]{4,})(?![a-z]))")
_LONGEST_GLUED = 20
_ENDS_NAME = re.compile(r"s?(?:$|\d)|[vx]\d")
"""What may follow a known name at once: a plural's -s, a version."""


def _say_part(part: str) -> Span:
    """A part of a name that is letters only: Greek ones, capitals, a single one, or a word."""
    if all(char.lower() in GREEK for char in part):
        return Span(part, " ".join(GREEK[char.lower()] for char in part), "Greek letter")
    if CAPITALS.fullmatch(part):
        return say_letters(part)
    plain_part = fold(part)
    if len(plain_part) == 1 and plain_part.isascii() and plain_part.isalpha():
        return Span(part, plain_part.upper(), "letter", spell(plain_part))
    return Span(part, plain_part if part[0].isalpha() else "", _name_rule(part))


def _name_rule(part: str) -> str:
    return "part of a name" if fold(part) == part else "accents left out"


_OWNS = re.compile(r"['’]s(?!\w)")


def _say_phrase(match: re.Match[str], context: Context) -> Saying:
    """An entry of several words, or with signs in it, that starts here."""
    text, phrases = match.string, context.lexicon.phrases
    for length in context.lexicon.leads.get(match[0].lower(), ()):
        end = match.start() + length
        found = text[match.start() : end]
        after = text[end : end + 1]
        if after.isalnum() or after == "_":
            continue
        plain = found.replace("’", "'")
        for phrase in (plain, plain.lower()):
            if phrase in phrases and (phrase == plain or phrase.islower()):
                *spans, last = context.lexicon.entries[phrase].spans(found)
                owns = _OWNS.match(text, end)
                return (*spans, inflect(last, owns[0]) if owns else last)
    return None


def _say_spaced_letters(match: re.Match[str], _context: Context) -> Saying:
    text = match[0]
    sound = spell(re.sub("[^A-Z]", "", text))
    return (Span(text, text, "letters", pluralize(sound) if text.endswith("s") else sound),)


def _say_dotted_letters(match: re.Match[str], _context: Context) -> Saying:
    text = match["letters"].replace(".", "").upper()
    said, sound = " ".join(text), spell(text)
    if ending := match["plural"].replace("’", "'"):
        return (Span(match[0], said + ending, "letters", pluralize(sound)),)
    return (Span(match[0], said, "letters", sound),)


def _say_initial(match: re.Match[str], _context: Context) -> Saying:
    """The initial of a name; elsewhere the dot after a letter ends a sentence."""
    end = match.end() - 1
    before = match.string[max(end - REACH, 0) : end]
    return match[1] if is_initial(before, match[2]) else None


_BEFORE = re.compile(r"(?<![A-Z])([A-Z]{2,}+)['’]?s?[\s,!—–-]*+$")
_AFTER = re.compile(r"[\s,!—–-]*([A-Z]{2,})(?![\w])")
_I_BEFORE, _I_AFTER = re.compile(r"(?<!\w)I\s$"), re.compile(r"\sI(?!\w)")
_OF_A_NAME = re.compile(
    r"(?<!\w)(?:an?|the|my|your|our|their|every|each|most|many|other|both|no)\s$", re.IGNORECASE
)
"""Before the pronouns "it" and "us" there is no such word, before IT and the US there may be."""


def _say_word(match: re.Match[str], context: Context) -> Saying:
    word = match[0]
    shouted = False
    if word.isupper() and len(word) > 1:
        if word.lower() in STRESSED and _stands_for_letters(match):
            return (say_letters(word),)
        neighbours = (
            _BEFORE.search(match.string[max(match.start() - 24, 0) : match.start()]),
            _AFTER.match(match.string, match.end()),
        )
        shouted = any(found and _is_shout(found[1], context) for found in neighbours)
        before = match.string[max(match.start() - 24, 0) : match.start()]
        if word == "AM" and (_I_BEFORE.search(before) or _I_AFTER.match(match.string, match.end())):
            shouted = True
        elif word in {"AM", "IT", "US"} and _OF_A_NAME.search(before):
            shouted = False
    return read_word(word, context, shouted=shouted)


def _stands_for_letters(match: re.Match[str]) -> bool:
    """Whether a word in capitals is alone in brackets, or beside a name with a number."""
    text, start, end = match.string, match.start(), match.end()
    joins = match[0] in {"OR", "AND", "NOT"}
    bracketed = text[start - 1 : start] in {"(", "["} and text[end : end + 1] in {")", "]"}
    bracketed = bracketed and not joins
    return bracketed or bool(_NAMED_BESIDE.match(text, end))


_NAMED_BESIDE = re.compile(r"(?:\s(?:and|or)\s|,\s|/)(?:[A-Z]{2,5}-?\d|\d+S\b)")


def _is_shout(letters: str, context: Context) -> bool:
    """Whether a word in capitals is an ordinary one, and so printed that way for stress."""
    low = letters.lower()
    return low in STRESSED or (is_long_word(low) and not context.lexicon.inflected(letters))


ACCIDENTALS = {"♭": "flat", "♯": "sharp", "♮": "natural"}
"""Signs after the name of a note."""
PHRASE = rule("lexicon", "Uld", rf"{ALNUM}+", _say_phrase)
"""Entries that are more than one word; they come before every rule for a single one."""
RULES: tuple[Rule, ...] = (
    *capitals.RULES,
    rule("letters", "U", r"(?!A [A-Z]s)[A-Z](?: [A-Z])+s?(?![\w'’–-]|\.[A-Z]|\.\s[a-z])",
         _say_spaced_letters),
    rule("letters", "U", r"(?P<letters>(?:[A-Z]\.){2,}(?:[A-Z](?!\w))?)(?P<plural>['’]?s(?!\w)|)",
         _say_dotted_letters),
    rule("letters", "l", r"(?P<letters>(?:[a-z]\.){2,9})(?!\w)(?P<plural>)", _say_dotted_letters),
    rule("standard", "U", r"DO(?=-\d{3})", "D O"),
    rule("initial", "U", r"([A-Z])\.(?=[-‐‑][A-Z]\.)", lambda m, _c: m[1]),
    rule("initial", "U", r"([A-Z])\.(?=\s?([A-Z](?:\.|[^\W\d_]+)))", _say_initial),
    rule("initial", "U", r"([A-Z])\.(?=\s[a-z])", lambda m, _c: m[1]),
    rule("scenario", "U", r"SSP([1-5])-([1-9]\.\d)(?!\w)",
         lambda m, _c: f"S S P {label(m[1])} {decimal(m[2])}"),
    rule("note", "Ul", r"(?<!\w)([A-Ga-g])#(?!\w)", lambda m, _c: f"{m[1].upper()} sharp"),
    rule("note", "U", "([A-G])([♭♯♮])", lambda m, _c: f"{m[1]} {ACCIDENTALS[m[2]]}"),
    rule("letter", "U", r"A(?=:\s|\+|/[A-Z](?!\w)|[-‐‑][A-Z](?!\w)|[-‐‑]levels?\b)", "A"),
    rule("letter", "l", r"(?<!\w)a(?=\))|(?<=\d)a(?!\w)", "A"),
    rule("letter", "U", r"(?<=[A-Z]/)A(?!\w)", "A"),
    rule("letter", "U", r"(?<=[a-z]\s)A(?=[\s.,;:?!)]*(?:\s[a-z]|$|[.,;:?!)]))", "A"),
    rule("letter", "Ul", r"[aA](?=\[\w|\s?(?:[=≠≡→←⇒×∈∉∝∥⊥]|->|!=)\s?\S|\s[<>≤≥≈≪≫]=?\s\S)", "A"),
    rule("capitals for stress", "U", r"(?<=[A-Z]{2}\s)A(?=\s[A-Z]{3}[A-Z]*(?!\w))", "a"),
    rule("or", "l", r"and/or(?!\w)", "and or"),
    rule("name", "p", r"\.NET(?!\w)", "dot net"),
    rule("odds ratio", "U", r"ORs?(?=\]|\s?[=:]\s?\d|,?\s\d|\sof\s\d)|ORs(?!\w)|"
         r"(?:(?<=djusted\s)|(?<=eighted\s)|(?<=ooled\s)|(?<=rude\s))OR(?!\w)",
         lambda m, _c: (capitals.say_letters(m[0]),)),
    rule("word", "Uld", WORD, _say_word),
)  # fmt: skip
