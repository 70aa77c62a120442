"""Text as people type and paste it → the characters that they meant.

What no reader sees goes, accents join their letters, and a sign that was typed for an apostrophe,
or for an arrow or a cross between two words, becomes that.
"""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(r"[\u00ad\u200b\u2060\ufeff]|(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])")
"""Soft hyphens, spaces without width, and joiners between Latin letters; emoji need theirs."""
_APOSTROPHE = re.compile(
    r"(?<=[^\W\d_])[´′‘](?=[^\W\d_])"
    r"|(?<=n)`(?=t\b)|(?<![`\w])((?i:i|it|he|she|we|you|they|that|there|what|who|let))`(?=[a-z]{1,2}\b)"
)
_COMPATIBLE = re.compile(r"[\u2160-\u217f\u3000\u3380-\u33df\ufb00-\ufb06\uff01-\uff5e]")
"""Roman numbers, units, ligatures and full-width signs; each stands for plainer characters."""
_GREEK = str.maketrans({"ɑ": "α", "ɣ": "γ", "ß": "β"})
_LOOKS_GREEK = re.compile(r"(?<![^\W\d_])[ɑɣß](?![^\W\d_])|(?<=\bA)ß(?![^\W\d_])")
"""What is typed for a Greek letter, as in "TNF-ɑ", "IL-1ß" and "Aß42"."""
_LONE = re.compile(r"(?<=[A-Za-z])`(?=(?:s|t|d|m|re|ve|ll)\b)")
_ARROW = re.compile(r"(?<=\w)(\s?)[➔➙➛➜➝➞➟➠➡➤➨➾](?:\ufe0f)?(?=\s?\w)")
_CROSS = re.compile(r"(?<=[\w)])(\s?)[✕✖✗✘∗](?:\ufe0f)?(?=\s?\d)")


def tidy_typing(text: str) -> str:
    r"""`text` in composed characters (Unicode's NFC), without what no reader sees.

    >>> tidy_typing("pre\u00adtrained, don´t, 3 ✕ 4")
    'pretrained, don’t, 3 × 4'
    """
    if text.isascii() and "`" not in text:
        return text
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    text = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _LOOKS_GREEK.sub(lambda match: match[0].translate(_GREEK), text)
    text = _APOSTROPHE.sub(lambda match: f"{match[1] or ''}’", text)
    if text.count("`") == 1:  # no code
        text = _LONE.sub("’", text)
    return _CROSS.sub(r"\1×", _ARROW.sub(r"\1→", text))
