"""Words and names: ordinary words, acronyms, and names glued together from parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.fold import folded
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.numbers import label
from paperledge_audio.spoken.phonemes import plural, spelled
from paperledge_audio.spoken.rule import Context, rule, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.spoken.rule import Saying

HYPHENS = r"\-‐‑"
_PART = re.compile(
    r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[^\W\d_]?[^\W\d_A-Z]+|[A-Z]|\d+(?:\.\d+)*|[._+]+"
)
_PLAIN = re.compile(
    r"[A-Za-zÀ-ɏ][a-zß-ɏ]+(?:['’][A-Za-z]?[a-z]+)*['’]?|[A-Za-z]['’][A-Za-z]?[a-z]+|[aIA]"
)
_CAPITALS = re.compile(r"(?P<letters>[A-Z]{2,})(?P<ending>['’]?s|['’])?")
_STRESSED = """
    a about above absolutely actually after again ain't all almost already also always am amazing
    an and any anything are aren't as at awesome back bad be because been before being best better
    between big both bring but by call came can can't cannot care change come completely could
    crazy day did didn't different do does doesn't doing don't done down each easy else end enough
    entire even ever every everyone everything exactly excellent exciting extremely fact far fast
    faster few finally find first five for four from full fun game gave get gets getting give go
    goes going gone good got great had half hard has hate have he help her here high him his how
    huge hundred hundreds if important impossible in incredible incredibly insane instead into is
    isn't it it's its just keep key kind know large last learn learning least left less let like
    little long look loop lot love low made main make makes many massive matter may maybe me mean
    means might million millions mind more most much must my need needs never new next nice no
    nobody none nor not nothing now of off oh old on once one only open or other our out over own
    part people perfect please point powerful problem ps put quick quickly rather read real really
    right run same saw say see seem seriously seven she should show side simple since six slow
    slower small so some something soon start step still stop such super sure take tell ten than
    that that's the their them then there these they thing things think this those thousand
    thousands three through thus time tiny to together told too top totally toward tried true try
    turn two ultra under until up upon us use used very via wait want was wasn't way we well went
    were what whatever when where which while who whole why will win with within without won't wow
    work works world worse worst would wrong yeah year years yep yes yet you your zero
"""
_EMPHATIC = frozenset(_STRESSED.split())
"""Words that scripts print in capitals for stress. Any longer one is heard as a word as well."""


def read_word(word: str, context: Context) -> tuple[Span, ...]:
    """How a printed word is said: letters, digits, and inner hyphens, dots and apostrophes."""
    if entry := context.lexicon.inflected(word):
        return (entry.span(word),)
    if _PLAIN.fullmatch(word):
        return (plain(word),)
    pieces = re.split(rf"([{HYPHENS}])", word)
    if len(pieces) == 1:
        return together(_parts(word, context))
    return together(_hyphenated(pieces, context))


def plain(word: str) -> Span:
    """An ordinary word, said as printed."""
    said = folded(word)
    return Span(word, said, "" if said == word else "letters of English")


def _hyphenated(pieces: list[str], context: Context) -> Iterator[Span]:
    """Parts between hyphens; several in a row may be one entry, and plain words stay tied."""
    index = 0
    while index < len(pieces):
        for end in range(len(pieces), index, -2):
            text = "".join(pieces[index:end])
            entry = context.lexicon.inflected(text)
            if entry:
                yield entry.span(text)
            elif all(_PLAIN.fullmatch(piece) for piece in pieces[index:end:2]):
                yield Span(text, folded(text), "")
            elif end == index + 1:
                yield from _parts(text, context)
            else:
                continue
            index = end
            break
        if index < len(pieces):
            yield Span(pieces[index], " ", "hyphen")
            index += 1


def _parts(word: str, context: Context) -> Iterator[Span]:
    """A name without hyphens, cut where its letters change case or meet digits."""
    if capitals := _CAPITALS.fullmatch(word):
        yield _capitals(word, capitals)
        return
    for part in _PART.findall(word):
        if entry := context.lexicon.inflected(part):
            yield entry.span(part)
        elif part[0].isdigit():
            yield Span(part, " point ".join(label(p) for p in part.split(".")), "number in a name")
        elif part in {"o", "O"} and word[0].isdigit():
            yield Span(part, "oh", "letter")
        elif _CAPITALS.fullmatch(part) or (len(part) == 1 and part.isascii()):
            yield letters(part)
        else:
            yield Span(part, folded(part) if part[0].isalnum() else "", "part of a name")


def _capitals(word: str, match: re.Match[str]) -> Span:
    """A word in capitals: stressed, or an acronym."""
    if word.lower() in _EMPHATIC or _sounds_like_a_word(match["letters"]):
        return Span(word, folded(word.lower()), "capitals for stress")
    return letters(word)


def _sounds_like_a_word(letters: str) -> bool:
    return len(letters) >= 6 and len(re.findall("[AEIOUY]", letters)) >= len(letters) / 4


def letters(word: str) -> Span:
    """Letters said one by one, with a plural or possessive ending if there is one."""
    match = _CAPITALS.fullmatch(word)
    if not match:
        return Span(word, word.upper(), "letter", spelled(word))
    said, sound, ending = " ".join(match["letters"]), spelled(match["letters"]), match["ending"]
    if ending and ending.endswith("s"):
        return Span(word, said + ending.replace("’", "'"), "letters", plural(sound))
    return Span(word, said, "letters", sound)


def _phrase(match: re.Match[str], context: Context) -> Saying:
    """An entry of several words that starts here."""
    for phrase in context.lexicon.leads.get(match[0].lower(), ()):
        end = match.start() + len(phrase)
        found = match.string[match.start() : end]
        after = match.string[end : end + 1]
        if found in {phrase, phrase.capitalize()} and not (after.isalnum() or after in "'’-_"):
            return (context.lexicon.entries[phrase].span(found),)
    return None


def _spaced_letters(match: re.Match[str], _context: Context) -> Saying:
    text = match[0]
    sound = spelled(re.sub("[^A-Z]", "", text))
    return (Span(text, text, "letters", plural(sound) if text.endswith("s") else sound),)


def _dotted_letters(match: re.Match[str], _context: Context) -> Saying:
    text = match[0].replace(".", "")
    return (Span(match[0], " ".join(text), "letters", spelled(text)),)


def _word(match: re.Match[str], context: Context) -> Saying:
    return read_word(match[0], context)


ALNUM = r"[^\W_]"
WORD = rf"{ALNUM}+(?:['’{HYPHENS}]{ALNUM}+|\.\d+)*(?:(?<=s)['’](?!\w))?"
RULES = (
    rule("letters", "U", r"[A-Z](?: [A-Z])+s?(?![\w'’-])", _spaced_letters),
    rule("letters", "U", r"(?:[A-Z]\.){2,}", _dotted_letters),
    rule("lexicon", "Ul", r"[^\W\d_]+", _phrase),
    rule("word", "Uld", WORD, _word),
)
