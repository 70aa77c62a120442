"""Typography: quotes, dashes, brackets, ellipses, emoji."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.spoken import english
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.names.words import read_name
from paperledge_audio.spoken.numbers.units.grammar import name_below
from paperledge_audio.spoken.numbers.words import cardinal
from paperledge_audio.spoken.people.pinyin import SURNAMES
from paperledge_audio.spoken.rules.rule import SPACES, Context, Saying, join_spans, rule
from paperledge_audio.spoken.sentences import is_full_stop

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_EMOJI = (
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe0e\ufe0f\u200d\u20e3"
    "\U000e0020-\U000e007f\u25a0-\u25ff\u220e]"
)
_CODE = re.compile(r"[a-z]\.[a-z]\w*$")
"""A name in code, up to a further dot."""
_LABEL = re.compile(r"[A-Z]\d")
_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z]")
_COUNTED = re.compile(
    r"(?:^|[\s(=~≈<>≤≥$€£×])(?:\d[\d.,]*(?:[kMB]|e\d{1,2})?|10[⁰¹²³⁴-⁹]{1,2})(?:\s[A-Za-z]+s)?$"
)
"""What stands before a slash, as in "42/arm" and "10 trials/participant"."""
_CAPITALS = re.compile(r"(?<![\w$€£])[A-Z]{2,}$|-[A-Z]{2,}$")
_FIGURES = frozenset("0123456789⁰¹²³⁴⁵⁶⁷⁸⁹")
_INVISIBLE = "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\ufff9-\ufffc]"


def _say_handle(match: re.Match[str], context: Context) -> Saying:
    sign = Span(match[1], "at" if match[1] == "@" else "hashtag", "handle")
    parts = _part_handle(match[2], context)
    return join_spans((sign, *(span for part in parts for span in read_name(part, context))))


def _is_part(word: str) -> bool:
    return word in SURNAMES or (len(word) > 3 and english.is_known(word))


def _part_handle(name: str, context: Context) -> tuple[str, ...]:
    """The two words or names of a handle in small letters: "lilianweng"."""
    if not name.islower() or context.lexicon.find(name) or english.is_known(name):
        return (name,)
    parts = ((name[:cut], name[cut:]) for cut in range(len(name) - 3, 3, -1))
    both = (pair for pair in parts if all(map(_is_part, pair)))
    return next(both, (name,))


def _say_inner_dot(match: re.Match[str], _context: Context) -> Saying:
    """The dot of a name in code, as "torch.nn"; before a capital a space may be missing."""
    before = match.string[max(match.start() - 40, 0) : match.start()]
    after = match.string[match.end() : match.end() + 40]
    in_code = after[0].islower() or _CODE.search(before) or _CAMEL.match(after)
    is_label = before[-1:].isdecimal() and _LABEL.match(after)  # as in "L19.N54"
    return " dot " if in_code or is_label else None


def _say_circled(match: re.Match[str], _context: Context) -> Saying:
    """A number in a circle, which counts an item: "① speed"."""
    return f", {cardinal(str(int(unicodedata.numeric(match[1]))))}, "


def _say_per(match: re.Match[str], _context: Context) -> Saying:
    """A rate, as in "50 tokens/s"."""
    below = name_below(match[1])
    before = match.string[max(match.start() - 8, 0) : match.start()]
    if _CAPITALS.search(before) and match[1].isupper() and match[1][:1] not in "KMGTP":
        return None  # two methods, as in "EEG/EMG"
    counted = match.string[match.start() - 1] in _FIGURES
    single = match[1] in {"s", "h"} or (counted and match[1] == "L")
    is_unit = single or (len(match[1]) > 1 and match[1] != "ML")
    return f" per {below}" if below and is_unit else None


def _say_per_thing(match: re.Match[str], _context: Context) -> Saying:
    """What is counted is for each of something."""
    before = match.string[max(match.start() - 30, 0) : match.start()]
    return " per " if _COUNTED.search(before) else None


_GENERAL = re.compile(r"(?:[ts]ion|ment|ity|ing|[ae]nce|ness|able|ism|ure)s?$|[^s]s$")
"""Endings of words for what is thought or done, and of plurals."""
_OF_BOTH = re.compile(r"\s(?:trade|ratio|split|pairs?\b|balance|dilemma|pattern|continuum)")


def _say_alternatives(match: re.Match[str], _context: Context) -> Saying:
    """Between long general words, as in "testing/verification"; short pairs have set names."""
    text, after = match.string, match[1]
    before = re.search(r"(?<![a-z])[a-z]++$", text[max(match.start() - 24, 0) : match.start()])
    if not before or len(before[0]) + len(after) < 15 or _OF_BOTH.match(text, match.end(1)):
        return None
    return " or " if _GENERAL.search(before[0]) and _GENERAL.search(after) else None


RULES: tuple[Rule, ...] = (
    rule("circled number", "sp", SPACES + "([①-⑳❶-❿➀-➉➊-➓⓪-⓿])", _say_circled),
    rule("emoticon left out", "sp", rf"{SPACES}(?::-?[)(DP]|;-?\))(?![\w)])", ""),
    rule("stars", "sp", r"(?<=[\dk])\s?[⭐★]\ufe0f?(?!\s?[⭐★])", " stars"),
    rule("emoji left out", "sp", rf"{SPACES}{_EMOJI}+", ""),
    rule("accent left out", "p", "[\u0300-\u036f]+", ""),
    rule("invisible mark", "p", rf"{_INVISIBLE}+", ""),
    rule("dash", "sp", rf"{SPACES}(?:[–—―⸺]+|--+)\s*|(?<!\s)\s++[-‒]\s+|‒", " — "),
    rule("bracket", "sp", SPACES + r"[(\[{⟨⟦]\s*", ", "),
    rule("bracket", "p", r"[)\]}⟩⟧](?=\s*[^\s.,;:?!…)\]}⟩⟧])", ", "),
    rule("bracket", "p", r"[)\]}⟩⟧]", ""),
    rule("ellipsis", "p", r"…|⋯|\.{2,}|\.\s\.\s\.", "…"),
    rule("dot", "p", r"(?<=[\w)\]])\.(?=[^\W\d])", _say_inner_dot),
    rule("dot", "p", r"(?<![\w.)\]])\.(?=[a-z]{2})", "dot "),
    rule(
        "dot of an abbreviation",
        "p",
        r"\.(?=[)\]]?\s)",
        lambda match, _context: None if is_full_stop(match.string, match.start()) else "",
    ),
    rule("abbreviation dot", "p", r"(?<=\w)\.(?=[,;:])", ""),
    rule("click left out", "p", r"(?:(?<!\S)|(?<=\())!(?=[A-Z])", ""),
    rule("ratio", "s", r"(?<=[a-z])\s:\s(?=\d)", " to "),
    rule("punctuation", "p", r"[.,;:?!]", lambda match, _context: match[0]),
    rule("punctuation", "p", "‽", "?"),
    rule("inverted mark", "p", "[¿¡]", ""),
    rule("and", "p", r"(?<=[a-z]\s)['’‘]n['’](?=\s[a-z])", "and"),
    rule("quote mark", "p", r"[\"“”„‟«»‹›‘’‚‛'`´′″]+", ""),
    rule("bullet", "sp", rf"{SPACES}[•‣◦⁃∙]\s*|(?<!\s)\s++·\s+", ", "),
    rule("sharp", "p", r"#(?=[A-Z](?:[-\s]|$)|SAT\b|CSPs?\b|2SAT\b|3SAT\b)", "sharp "),
    rule("hashtag", "p", r"(?<!\w)(#)([^\W\d_]\w*)", _say_handle),
    rule("handle", "p", r"(?<!\w)(@)([^\W\d_]\w*)", _say_handle),
    rule("at", "sp", r"(?<=\w)@\s?(?=\w)|\s?@(?:\s(?=[-−+\w√~<>≈$€£])|(?=\d))", " at "),
    rule("variable", "p", r"\$(?=[A-Z]{2,30}(?![\w$]))|\$\{(?=[A-Z_]{2,30}\})", ""),
    rule("mark left out", "p", r"[©®™℠]", ""),
    rule("and", "sp", rf"{SPACES}&{{1,2}}\s*", " and "),
    rule("or", "sp", r"\s\|{1,2}\s", ", "),
    rule("bar", "p", r"\|+", ", "),
    rule("degrees", "sp", r"\s?°", " degrees "),
    rule("per mille", "sp", r"\s?‰", " per thousand "),
    rule("percent", "sp", r"\s?%(?=[\s-]points?\b)", " percentage"),
    rule("percent", "sp", r"\s?%", " percent"),
    rule("hyphen", "p", r"[-‐‑]", " "),
    rule("backslash", "p", r"\\(?=[nrt0](?!\w))", "backslash "),
    rule("underscore", "p", r"_+", " "),
    rule(
        "per",
        "p",
        r"\s?/\s?((?:sq\.?\s?)?[A-Za-zµμ]+|(?:[cmkµ]?m|μm|mi)[²³23])(?!\w|-[A-Z])",
        _say_per,
    ),
    rule("per", "p", r"(?<=[\d)])/(?=1[kKMB]?\s)", " per "),
    rule("per", "p", r"(?<=[a-z]{3})/(?=\d{1,4}\s?(?:[mk]?g|mL|ml|L|kcal|km|ha|cm)\b)", " per "),
    rule("per", "p", r"/(?=capita\b)|(?<=\b[Cc]ost)/(?!benefit|effect)(?=\w)", " per "),
    rule("per", "p", r"(?<=\d)/(?=[a-z]{3,12}(?![\w/-]|\.\w))", _say_per_thing),
    rule("per", "p", r"/(?=[a-z]{2,12}[a-rt-z](?![\w/]))", _say_per_thing),
    rule("over", "p", r"(?<=\d)/(?=[a-z](?!\w))", " over "),
    rule(
        "slash",
        "sp",
        r"(?<!\s)\s++/\s+|(?<=[\d%])/(?=[\w$€£¥])|(?<=\d[BMKkGT])/(?=\d)|(?<=°[CF])/(?=\d)|(?<=[A-Z]{2})/(?=[A-Z]{2})",
        ", ",
    ),
    rule("or", "p", r"(?<=[a-z]{7})/(?=([a-z]{7,20})(?![a-z-]))", _say_alternatives),
    rule("slash", "sp", rf"{SPACES}/\s*", " "),
    rule("plus", "sp", rf"{SPACES}\+\s*", " plus "),
    rule("times", "s", r"(?:(?<=\d)|(?<=\b[A-Za-z]))\s\*\s(?=\d|[A-Za-z]\b)", " times "),
    rule("times", "p", r"(?<=\d)\*(?=\d)|(?:(?<=[\d)])|(?<=\b[A-Za-z]))\*(?=\()", " times "),
    rule("star", "s", r"(?<=\w)\s\*\s(?=\w)", " star "),
    rule("star", "p", r"(?<=\w)\*(?=\w)", " star "),
    rule("star", "p", r"\*+", ""),
    rule("pause between numbers", "s", r"(?<=\d)\s(?=\d)", ", "),
    rule("space", "s", r"\s+", " "),
)
