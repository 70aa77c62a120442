"""Sounds in the letters of phonetics: "/ˈkʰæt/", "[ŋ]", "the click ǃ", and words as "Ɔkɔm"."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.spoken.lexicon.fold import fold
from paperledge_audio.spoken.lexicon.ipa import from_ipa
from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.lexicon.phonemes import VOWELS, respell
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_OWN = "ɐɑɒɓʙɔɕɖɗəɘɚɛɜɝɞɟʄɡɠɢʛɦɧɥʜɨɪʝɭɬɫɮʟɱɯɰŋɳɲɴɵɸɶʘɹɺɾɻʀʁɽʂʃʈʧʉʊʋʌɣɤʍʎʏʑʐʒʔʡʕʢǀǁǂǃ"
"""Letters that nothing but phonetics, and a few spellings, has."""
_SIGNS = "ˈˌːˑʰʷʲˠˤⁿ"
_MARKS = "\u0300-\u036f"
_ANY = rf"[a-zæçðøœħβθχ{_OWN}{_SIGNS}{_MARKS}.]"
_SURE = rf"(?=[^\s/\]]{{0,40}}[{_OWN}{_SIGNS}])"
_SPELLED = rf"(?:[^\W\d_]|[{_MARKS}]){{0,20}}[{_OWN}ƐƆƁƊƉŊƔƲ][\w{_MARKS}]{{0,20}}"
_CLICKS = {
    "ʘ": "labial click", "ǀ": "dental click", "ǃ": "alveolar click", "ǂ": "palatal click",
    "ǁ": "lateral click", "ʔ": "glottal stop",
}  # fmt: skip
"""Sounds that English lacks, and their names."""
_NEAREST = str.maketrans(
    {
        "a": "ɑ", "e": "A", "o": "O", "y": "u", "ø": "ʊ", "œ": "ʌ", "ɘ": "ə", "ɞ": "ʌ", "ɶ": "æ",
        "ɨ": "ɪ", "ʉ": "u", "ɯ": "u", "ɤ": "ʌ", "ɵ": "ʊ", "ʏ": "ʊ", "ɸ": "f", "β": "v", "ʋ": "v",
        "ɱ": "m", "x": "k", "χ": "k", "ħ": "h", "ɦ": "h", "ʜ": "h", "ɧ": "ʃ", "c": "k",
        "ɟ": "ɡ", "q": "k", "ɢ": "ɡ", "ɣ": "ɡ", "ʁ": "ɹ", "ʀ": "ɹ", "ɻ": "ɹ", "ɺ": "l", "ɽ": "T",
        "ɳ": "n", "ɴ": "ŋ", "ʈ": "t", "ɖ": "d", "ʂ": "ʃ", "ʐ": "ʒ", "ɕ": "ʃ", "ʑ": "ʒ", "ʝ": "j",
        "ɬ": "l", "ɮ": "l", "ɭ": "l", "ʟ": "l", "ɥ": "w", "ɰ": "w", "ɓ": "b", "ɗ": "d", "ɠ": "ɡ",
        "ʄ": "ʤ", "ʛ": "ɡ", "ʙ": "b", "ɲ": "nj", "ʎ": "lj", "ǀ": "k", "ǃ": "k", "ǂ": "k",
        "ǁ": "k", "ʘ": "p",
    }
)  # fmt: skip
"""The English sound that is nearest to one that English lacks."""
_ENGLISH = VOWELS | frozenset("ˈˌbdfhjklmnpstvwzðŋɡɹʃʒʤʧθT")
_VOWEL = re.compile(f"[{''.join(VOWELS)}]")
_STRESSED = re.compile(f"([ˈˌ])([^{''.join(VOWELS)}ˈˌ]*)")
"""A mark of stress, and what stands between it and its vowel."""
_SHORT = frozenset({"a", "e", "ee", "i", "o"})
"""Vowels that would be letters if they were spoken again."""
_UNHEARD = re.compile(f"[{_SIGNS[2:]}{_MARKS}]")
_LETTERS = str.maketrans({"y": "j", "j": "ʤ", "c": "ʧ"})
"""Letters of a spelling that stand for other sounds in phonetics."""


def _sound_out(ipa: str) -> str:
    """The nearest English sounds, with the main stress before a vowel."""
    plain = _UNHEARD.sub("", unicodedata.normalize("NFD", ipa))
    sounds = "".join(filter(_ENGLISH.__contains__, from_ipa(plain).translate(_NEAREST)))
    sounds = _STRESSED.sub(r"\2\1", sounds)
    return sounds if "ˈ" in sounds else _VOWEL.sub(r"ˈ\g<0>", sounds, count=1)


def _say(text: str, ipa: str) -> tuple[Span, ...]:
    if ipa in _CLICKS:
        return (Span(text, _CLICKS[ipa], "sound"),)
    sounds, spelled = _sound_out(ipa), fold(text.strip("/[]"))
    if VOWELS.isdisjoint(sounds):
        if ipa.isascii() and len(ipa) == 1:
            return name_letters(text, ipa.upper(), "sound")
        sounds, spelled = f"{sounds}ˈʌ", ""
    is_word = spelled.isascii() and spelled.isalpha() and len(spelled) > 2
    said = spelled if is_word else respell(sounds)
    said += "h" * (said in _SHORT)
    return (Span(text, said, "sound", sounds),)


def _say_sound(match: re.Match[str], _context: Context) -> Saying:
    """Between slashes or brackets; the space before them is not theirs."""
    space = match[1]
    return (*((Span(space, " "),) if space else ()), *_say(match[0][len(space) :], match[2]))


def _say_spelled(match: re.Match[str], _context: Context) -> Saying:
    """A word or a letter without brackets."""
    word = match[0]
    return _say(word, word if len(word) == 1 else word.lower().translate(_LETTERS))


RULES: tuple[Rule, ...] = (
    rule("sound", "sp", rf"((?<![\w/.])|\s)/({_SURE}{_ANY}{{1,30}}|[a-z]{{1,2}})/(?![\w/])",
         _say_sound),
    rule("or", "sp", r"(?<=[\]/])\s?[~∼]\s?(?=[\[/])", " or "),
    rule("pair", "p", r"(?<=[\]/])[–-](?=[\[/])", " "),
    rule("sound", "sp", rf"((?<!\w)|\s)\[({_SURE}{_ANY}{{1,30}})\](?!\w)", _say_sound),
    rule("letters", "U", r"(?<=\d\s)Cs(?=\s(?:&|and|or)\s\d)", "C's"),
    rule("zero", "U", r"(?:(?<![\w.-])|(?<=\s-))Ø(?!\w|\s?\d)", "zero"),
    rule("sound", "Ul", rf"(?<!\w){_SPELLED}(?!\w)", _say_spelled),
)  # fmt: skip
