r"""LaTeX that authors write outside of formulas → the characters that it prints.

Abstracts are full of it: `{\it Fermi}`, `Erd\H{o}s`, `10~GeV`, `1--10`, `\rho mesons`. What has no
row here stays as it is, and is refused where it can't be said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from paperledge_audio.script.blocks.formula import FORMULA
from paperledge_audio.script.printed.signs import LOWERED, SIGNS

_ACCENTS = {
    "'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "v": "\u030c", "c": "\u0327", "H": "\u030b", "u": "\u0306", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "bar": "\u0304", "hat": "\u0302", "tilde": "\u0303",
    "dot": "\u0307", "vec": "\u20d7", "ddot": "\u0308", "acute": "\u0301", "grave": "\u0300",
    "check": "\u030c", "breve": "\u0306",
}  # fmt: skip
_LETTERS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "ss": "ß", "LaTeX": "LaTeX", "TeX": "TeX",
}  # fmt: skip
_ACCENT = "|".join(re.escape(accent) for accent in _ACCENTS)
_KEPT = re.compile(rf"{FORMULA.pattern}|`[^`]*+`", re.DOTALL)
_IN_WORD = re.compile(r"(?<=[A-Za-z])\$\\(?P<accent>[a-z]+)\{\\?(?P<letter>[a-z])\}\$(?=[a-z])")
"""An accent inside of a word, as a formula."""
_STANDS_FOR_KEPT = "\0"  # which no script holds
_DEEPEST = 8
"""The most fonts inside one another."""


def _add_accent(match: re.Match[str]) -> str:
    accent = _ACCENTS.get(match["accent"])
    return unicodedata.normalize("NFC", match["letter"] + accent) if accent else match[0]


def _show_command(match: re.Match[str]) -> str:
    sign = SIGNS.get(match[0], "")
    return sign if len(sign) == 1 else match[0]


_Replace = str | Callable[[re.Match[str]], str]
_ROWS: tuple[tuple[re.Pattern[str], _Replace], ...] = (
    (re.compile(rf"(?<!\\)\\(?P<accent>{_ACCENT})\s*\{{\\?(?P<letter>[A-Za-z])\}}"), _add_accent),
    (re.compile(r"\{\\(?P<accent>[\"'^~=.`])\\?(?P<letter>[A-Za-z])\}"), _add_accent),
    # Inside of a word, and not before the ending of one: it\'s, \"so\" are escaped for a program.
    (re.compile(r"(?<=[A-Za-z])\\(?P<accent>[\"'^~`])(?P<letter>(?!(?:[smtd]|ll|[rv]e)\b)[A-Za-z])"),
     _add_accent),
    (re.compile(r"(?<![A-Za-z])\\(?P<accent>`)(?P<letter>a)(?=\s)"), _add_accent),  # à la
    (re.compile(r"(?<![A-Za-z])\\(?P<accent>')(?P<letter>[Ee])(?=tale\b)"), _add_accent),
    (re.compile(r"(?<=[a-z]\.)\\(?=\s)"), ""),  # a space that is no end of a sentence
    (re.compile(rf"(?<!\\)(\{{)?\\({'|'.join(_LETTERS)})(?(1)\}}|(?:\{{\}}|\s(?=[a-z])|(?![A-Za-z])))"),
     lambda match: _LETTERS[match[2]]),
    (re.compile(r"(?<=[A-Za-z])\{([^\W\d_A-Za-z])\}(?=[a-z])"), r"\1"),
    (re.compile(r"\\textsubscript\{([0-9+-]{1,4})\}"),
     lambda match: "".join(LOWERED[sign] for sign in match[1])),
    (re.compile(r"(?<=\d)\\,(?=[A-Za-z\d])|(?<=\d)~(?=[A-Za-z\0])"
                r"|(?:(?<=\.)|(?<=\b[A-Z][a-z]{3})|(?<=[a-z]{4}))~(?=[\d\0\\(A-Z])"), " "),
    (re.compile(r"(?<=\d)--(?=\d)"), "–"),
    (re.compile(r"(\b[A-Z][a-zà-ÿ]+)--(?=[A-Z][a-zà-ÿ])"), r"\1–"),
    (re.compile(r"(?<!\\)\\[A-Za-z]+(?![A-Za-z{])"), _show_command),
)  # fmt: skip
_FONT = re.compile(
    r"\\(?:emph|underline|mbox|url|text(?:it|bf|tt|sc|rm|sf|sl|superscript)?)\{([^{}]*+)\}"
    r"|\{\\(?:it|em|bf|sl|sc|tt|rm|sf)(?:shape|series)?\b\s*+([^{}]*+)\}"
)


def print_latex(text: str) -> str:
    r"""`text` with what LaTeX would print; formulas and code stay.

    >>> print_latex(r"{\it Fermi} saw 1--10~GeV, says J\"urgen Erd\H{o}s; it\'s \alpha decay")
    "Fermi saw 1–10 GeV, says Jürgen Erdős; it\\'s α decay"
    """
    if not re.search(r"[\\~{]|--", text):
        return text
    text = _IN_WORD.sub(_add_accent, text)
    kept = iter(_KEPT.findall(text))
    text = _KEPT.sub(_STANDS_FOR_KEPT, text)
    for pattern, replacement in _ROWS:
        text = pattern.sub(replacement, text)
    for _ in range(_DEEPEST):
        text, changes = _FONT.subn(lambda match: match[1] or match[2] or "", text)
        if not changes:
            break
    return re.sub(_STANDS_FOR_KEPT, lambda match: next(kept, match[0]), text)
