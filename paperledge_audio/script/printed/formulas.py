r"""Formulas for readers: LaTeX as Unicode shows it on a line, `$\sigma$` as σ.

What a line of text can't show (a fraction of fractions, an unknown command) stays LaTeX, as the
script has it.
"""

from __future__ import annotations

import re
import unicodedata

from paperledge_audio.script.printed.markup import FORMULA
from paperledge_audio.script.printed.signs import COMMANDS, FONTS, GREEK, SILENT, WORDS

_FORMULA = re.compile(rf"(?P<dollars>{FORMULA})|\\\((?P<bracketed>.+?)\\\)", re.DOTALL)
_TOKEN = re.compile(r"\\(?P<command>[A-Za-z]+\*?|.)|(?P<space>\s+)|.", re.DOTALL)

_RAISED = dict(
    zip(
        "0123456789+-−=()niabcdefghjklmoprstuvwxyzTNMRDKLABEGHIJOPUVW",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴺᴹᴿᴰᴷᴸᴬᴮᴱᴳᴴᴵᴶᴼᴾᵁⱽᵂ",
        strict=True,
    )
) | {"′": "′", "∗": "*", "*": "*", "⊤": "ᵀ", "∘": "°", "†": "†", "θ": "ᶿ", "β": "ᵝ"}
_LOWERED = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
) | {"β": "ᵦ", "γ": "ᵧ", "ρ": "ᵨ", "φ": "ᵩ", "χ": "ᵪ"}
_DOUBLE_STRUCK = dict(zip("CHNPQRZE", "ℂℍℕℙℚℝℤ𝔼", strict=True))
_COMBINING = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0304", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c",
}  # fmt: skip
_GREEK = {name: letter for letter, name in reversed(GREEK.items())} | {
    "varepsilon": "ε", "epsilon": "ϵ", "varphi": "φ", "phi": "ϕ", "vartheta": "ϑ",
    "varsigma": "ς", "varrho": "ϱ", "varpi": "ϖ", "varkappa": "ϰ",
}  # fmt: skip
_FENCES = {
    "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "lbrace": "{", "rbrace": "}", "{": "{", "}": "}", "lbrack": "[", "rbrack": "]",
    "backslash": "\\", "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖",
    "_": "_", "$": "$", "#": "#", "LaTeX": "LaTeX", "S": "§", "cdot": "·", "cdots": "⋯",
    "lesssim": "≲", "gtrsim": "≳", "coloneqq": "≔", "triangleq": "≜", "simeq": "≃", "star": "⋆",
    "leqslant": "⩽", "geqslant": "⩾", "longrightarrow": "⟶", "mid": " | ",
}  # fmt: skip
"""What the eye wants told apart and the ear doesn't."""
_RELATIONS = frozenset("=≠≈≃∼≡≅<>≤≥⩽⩾≪≫≲≳∝∈∉∋⊂⊆⊃⊇∪∩∧∨→←↦⇒⇔↔⟶×·±∓⊕⊗⊙∘≔≜÷∗⋆⊥")
"""Signs that stand between spaces."""
_SPACES = frozenset({",", ";", ":", ">", " ", "quad", "qquad"})
_SINGLE = re.compile(r"[\w.]+[^\w\s]?")
"""A thing that needs no brackets beside a slash or under a root."""


class _NotOnALineError(Exception):
    """The formula can't be shown so; it never leaves this module."""


def in_print(text: str) -> str:
    r"""The text with its formulas as readers want them; all else as it is.

    >>> in_print(r"a $\sigma$-VAE in $\mathbb{R}^{d}$, $O(n \log n)$, $x_{i+1} \leq \frac{1}{2}$")
    'a σ-VAE in ℝᵈ, O(n log n), xᵢ₊₁ ≤ 1/2'
    """
    return _FORMULA.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    source = match["bracketed"] or match[0].strip("$")
    try:
        shown = _Line(source).everything()
    except (_NotOnALineError, RecursionError):
        return match[0]
    return unicodedata.normalize("NFC", shown) or match[0]


class _Line:
    """One pass over a formula's tokens."""

    def __init__(self, source: str) -> None:
        self.tokens = list(_TOKEN.finditer(source))
        self.place = 0

    def everything(self) -> str:
        shown = ""
        while self.place < len(self.tokens):
            shown = _beside(shown, self._atom(shown))
        return " ".join(shown.split())

    def _next(self) -> re.Match[str]:
        if self.place >= len(self.tokens):
            raise _NotOnALineError
        self.place += 1
        return self.tokens[self.place - 1]

    def _peek(self) -> str:
        return self.tokens[self.place][0] if self.place < len(self.tokens) else ""

    def _skip_spaces(self) -> None:
        while self._peek().isspace():
            self.place += 1

    def _group(self) -> str:
        """What the next atom or {…} shows."""
        self._skip_spaces()
        if self._peek() != "{":
            return self._atom("").strip()
        self._next()
        shown = ""
        while self._peek() != "}":
            shown = _beside(shown, self._atom(shown))
        self._next()
        return " ".join(shown.split())

    def _atom(self, before: str) -> str:  # noqa: PLR0911 - a case each
        token = self._next()
        if token["command"]:
            return self._command(token["command"].rstrip("*") or "*")
        if token["space"]:
            return " " if before[-1:].isalnum() and self._word_follows() else ""
        sign = token[0]
        if sign == "{":
            self.place -= 1
            return self._group()
        if sign in "^_":
            return self._script(raised=sign == "^")
        if sign in "}&":
            raise _NotOnALineError
        if sign == "-":
            sign = "−"
        if sign in _RELATIONS or (sign in "+−" and before.strip()[-1:] not in ("", *"([{=,^")):
            return f" {sign} "
        if sign in ",;" or (sign == ":" and self._peek() == " "):
            return f"{sign} "
        return {"'": "′", "~": " "}.get(sign, sign)

    def _word_follows(self) -> bool:
        """True where a space parts words: before a named function or text, not between letters."""
        after = self.tokens[self.place : self.place + 1]
        return bool(after) and (after[0]["command"] or "") in WORDS.keys() | FONTS

    def _script(self, *, raised: bool) -> str:
        """What stands above or below, in small characters if there are such for all of it."""
        source = self._group().replace(" ", "")
        small = _RAISED if raised else _LOWERED
        if all(char in small for char in source):
            return "".join(small[char] for char in source)
        mark = "^" if raised else "_"
        return mark + (source if source.isalnum() or len(source) == 1 else f"({source})")

    def _command(self, name: str) -> str:  # noqa: C901, PLR0911, PLR0912 - a case each
        if name in {"frac", "dfrac", "tfrac"}:
            return f"{self._part()}/{self._part()}"
        if name == "sqrt":
            if self._peek() == "[":
                raise _NotOnALineError
            return f"√{self._part()}"
        if name in _COMBINING:
            inner = self._group()
            if len(inner) != 1:
                raise _NotOnALineError
            return inner + _COMBINING[name]
        if name in FONTS:
            inner = self._group()
            if name == "mathbb":
                return "".join(_DOUBLE_STRUCK.get(char, char) for char in inner)
            return inner.replace("−", "-") if name.startswith(("text", "mbox")) else inner
        if name in {"left", "right", *_SIZES}:
            if self._peek() == ".":
                self._next()
            return ""
        if found := _FENCES.get(name) or _greek(name) or COMMANDS.get(name):
            return f" {found} " if found in _RELATIONS else found
        if name in _SPACES:
            return " "
        if name in {"sum", "prod", "int"}:
            return COMMANDS[name]
        if name in SILENT:
            return ""
        if name in WORDS:
            while self._peek() in {"_", "^"}:
                name += self._atom("")
            return f" {name}" if self._peek() in {"(", "["} else f" {name} "
        raise _NotOnALineError

    def _part(self) -> str:
        """A part of a fraction or under a root: in brackets unless it is a single thing."""
        shown = self._group()
        if "/" in shown or "√" in shown:
            raise _NotOnALineError
        return shown if shown and _SINGLE.fullmatch(shown) else f"({shown})"


_SIZES = frozenset({"big", "Big", "bigl", "bigr", "Bigl", "Bigr", "bigg", "Bigg"})


def _greek(name: str) -> str | None:
    small = _GREEK.get(name.lower())
    if small is None or name == name.lower():
        return small
    return _GREEK[name.lower()].upper() if name == name.capitalize() else None


def _beside(left: str, right: str) -> str:
    """Two pieces, one space at most between them."""
    return left + (right.lstrip() if left.endswith(" ") or not left else right)
