"""Pairs of languages by their codes, as papers on translation write them: "En→De", "EN-FR"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    import re

    from paperledge_audio.spoken.rules.rule import Rule

_NAMES = {
    # ISO 639-1
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "gu": "Gujarati",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "kk": "Kazakh", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_SIGNS = {"→": "to", "->": "to", "⇒": "to", "↔": "and", "⇄": "and", "<->": "and"}
"""Between two codes; a hyphen, a dash or a slash is not said."""
_CODE = r"([A-Z]{2}|[A-Z][a-z]|[a-z]{2})"


def _say_pair(match: re.Match[str], _context: Context) -> Saying:
    """Two codes in the same case; without an arrow one of them is English."""
    first, sign, second = match.groups()
    one, other = first.lower(), second.lower()
    same_case = (first.isupper(), first.islower()) == (second.isupper(), second.islower())
    if not same_case or one == other or not {one, other} <= _NAMES.keys():
        return None
    if sign not in _SIGNS and "en" not in {one, other}:
        return None
    return " ".join(filter(None, (_NAMES[one], _SIGNS.get(sign, ""), _NAMES[other])))


RULES: tuple[Rule, ...] = (
    rule("languages", "Ul", rf"(?<![\w.@/-]){_CODE}\s?(→|->|⇒|↔|⇄|<->|[-‐‑–/])\s?{_CODE}(?![\w-])",
         _say_pair),
)  # fmt: skip
