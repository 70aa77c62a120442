"""Formulas in LaTeX, or in the signs of Unicode, as a lecturer would read them out.

A formula is read once, left to right, into words; single letters come out as capitals, which
is how the rest of this room writes the names of letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from paperledge_audio.script.printed.signs import (
    ACCENTS,
    COMMANDS,
    FONTS,
    FUNCTIONS,
    GREEK,
    LETTER_FUNCTIONS,
    SILENT,
    SYMBOLS,
    WORDS,
)
from paperledge_audio.spoken.numbers.words import cardinal, decimal, fraction, power

_TOKEN = re.compile(
    r"\\(?P<command>[A-Za-z]+\*?|.)|(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<letter>[^\W\d_])|(?P<other>\S)|\s+"
)
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿⁱ"
_SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉₋₊"
_TO_PLAIN = str.maketrans(_SUPERSCRIPT + _SUBSCRIPT, "0123456789-+ni0123456789-+")


class UnreadableError(Exception):
    """The formula holds something that has no reading; it never leaves this room."""


def formula(source: str) -> str | None:
    r"""The words for a formula without its dollar signs; None where part of it has none.

    >>> formula(r"O(n \log n)"), formula(r"\mathbb{R}^d"), formula(r"x_{i+1}")
    ('O of N log N', 'R to the D', 'X sub I plus one')
    """
    try:
        words = _Reader(_spelled_out(_raised_marks(source))).everything()
    except (UnreadableError, RecursionError):
        return None
    return words or None


def _raised_marks(source: str) -> str:
    """Unicode's raised and lowered digits as LaTeX writes them."""
    source = re.sub(f"[{_SUPERSCRIPT}]+", lambda m: f"^{{{m[0].translate(_TO_PLAIN)}}}", source)
    return re.sub(f"[{_SUBSCRIPT}]+", lambda m: f"_{{{m[0].translate(_TO_PLAIN)}}}", source)


def _spelled_out(source: str) -> str:
    """The signs whose words depend on their place, as commands of their own."""
    source = re.sub(r"\\left\s*([(\[|])", r"\1", source)
    source = re.sub(r"\\right\s*([)\]|])", r"\1", source)
    source = re.sub(
        r"\\mathbb\s*\{?[A-Z]\}?\s*\^\{[^{}]*\}",
        lambda m: m[0].replace("\\times", "\\by").replace("×", "\\by "),
        source,
    )
    return re.sub(r"^(\s*[A-Za-z]\s*)(?::|\\colon)(?=.*(?:\\to|→))", r"\1 \\from ", source)


class _Reader:
    """One pass over a formula's tokens."""

    def __init__(self, source: str) -> None:
        self.tokens = [match for match in _TOKEN.finditer(source) if match[0].strip()]
        self.place = 0
        self.said: list[str] = []
        self.depth = 0
        self.function = False

    def everything(self) -> str:
        while self.place < len(self.tokens):
            self._atom()
        return " ".join(" ".join(self.said).replace(" ,", ",").split())

    def _peek(self) -> str:
        return self.tokens[self.place][0] if self.place < len(self.tokens) else ""

    def _next(self) -> re.Match[str]:
        if self.place >= len(self.tokens):
            raise UnreadableError
        self.place += 1
        return self.tokens[self.place - 1]

    def _group(self) -> str:
        """The words of the next atom or {…}, read on their own."""
        outer, self.said = self.said, []
        if self._peek() == "{":
            self._braced()
        else:
            self._atom(scripts=False)
        words, self.said = " ".join(" ".join(self.said).split()), outer
        return words

    def _braced(self) -> None:
        self._next()
        while self._peek() != "}":
            self._atom()
        self._next()

    def _atom(self, *, scripts: bool = True) -> None:
        """One thing with what stands above and below it, and "of" if it is a function."""
        self.function = False
        token = self._next()
        if token["command"]:
            self._command(token["command"])
        elif token["number"]:
            self.said.append(decimal(token["number"]))
        elif token["letter"]:
            self._letter(token["letter"])
        else:
            self._sign(token[0])
        function = self.function
        while scripts and self._peek() in {"^", "_"}:
            self._script()
        if scripts and function and self._peek() in {"(", "["} and not self._ends_on_of():
            self.said.append("of")
        self.function = function

    def _ends_on_of(self) -> bool:
        return bool(self.said) and self.said[-1].endswith(" of")

    def _sign(self, sign: str) -> None:
        if sign in "{^_":
            self.place -= 1
            (self._braced if sign == "{" else self._script)()
        elif sign in "([":
            self._bracket(")" if sign == "(" else "]")
        elif bar := _BARS.get(sign):
            self._bar(bar)
        elif sign in "'′":
            self.said.append("prime")
        elif sign == "-" and not self.said:
            self.said.append("minus")
        elif sign in SYMBOLS:
            self.said.append(SYMBOLS[sign])
        else:
            raise UnreadableError

    def _letter(self, letter: str) -> None:
        """A variable; several letters in a row that make a word of their own stay together."""
        if letter in SYMBOLS:
            self.said.append(SYMBOLS[letter])
        elif letter.lower() in GREEK:
            self.said.append(GREEK[letter.lower()])
            self.function = letter in LETTER_FUNCTIONS
        elif letter.isascii():
            self.said.append(letter.upper())
            self.function = letter in LETTER_FUNCTIONS
        else:
            raise UnreadableError

    def _bracket(self, close: str) -> None:
        outer, self.said = self.said, []
        self.depth += 1
        while self._peek() != close:
            self._atom()
        self._next()
        self.depth -= 1
        pause = [","] if not outer and self._peek() else []
        self.said = [*outer, *self.said, *pause]

    def _bar(self, kind: str) -> None:
        """A bar: inside a bracket, after words, it parts them; elsewhere it opens a fence."""
        if self.depth and self.said:
            self.said.append("given" if kind == "size" else ",")
            return
        outer, self.said = self.said, []
        while self._kind_ahead() != kind:
            self._atom()
        self._next()
        inner, self.said = " ".join(self.said), outer
        if kind == "size":
            self.said.append(f"the absolute value of {inner}")
        elif self._peek() == "_":
            self._next()
            self.said.append(f"the {self._group()} norm of {inner}")
        else:
            self.said.append(f"the norm of {inner}")

    def _kind_ahead(self) -> str:
        """The kind of bar that stands next, if one does."""
        if self.place >= len(self.tokens):
            raise UnreadableError
        return _BARS.get(self.tokens[self.place][0], "")

    def _script(self) -> None:
        """What stands below or above the last thing said."""
        raised = self._next()[0] == "^"
        start = self.place
        words = self._group()
        if raised:
            self._raise(words, "".join(token[0] for token in self.tokens[start : self.place]))
        else:
            self._lower(words)

    def _lower(self, low: str) -> None:
        last = self.said[-1] if self.said else ""
        if last == "the limit":
            self.said[-1] = f"the limit as {low.replace(' to ', ' goes to ')} of"
        elif last.endswith(" of"):
            self.said[-1] = f"{last.removesuffix(' of')} over {low} of"
        elif last in _OVER:
            self.said.append(f"over {low} of")
        elif last == "log":
            self.said.append(f"base {low}")
        elif low:
            self.said.append(f"sub {low}")

    def _raise(self, high: str, source: str) -> None:
        source = source.strip("{}")
        last = self.said[-1] if self.said else ""
        if last.endswith(" of"):
            self.said[-1] = f"{last.removesuffix(' of').replace(' over ', ' from ')} to {high} of"
        elif re.fullmatch(r"-?\d{1,9}", source):
            self.said.append(power(source))
        else:
            self.said.append(_RAISED.get(source) or f"to the {high}")

    def _command(self, name: str) -> None:
        name = name.rstrip("*") or name
        if structure := _STRUCTURES.get(name):
            structure(self)
        elif name in SILENT:
            if name in {"left", "right"} and self._peek() == ".":
                self._next()
        elif name in FONTS:
            self._font()
        elif name in ACCENTS:
            self.said += [self._group(), ACCENTS[name]]
        elif bar := _BARS.get("\\" + name):
            self._bar(bar)
        elif word := WORDS.get(name) or SYMBOLS.get(COMMANDS.get(name, "")) or _greek(name):
            self.said.append(word)
            self.function = name in FUNCTIONS
        elif name not in COMMANDS:
            raise UnreadableError

    def _font(self) -> None:
        """Text in another font: words stay words, single letters are letters."""
        if self._peek() != "{":
            self._atom(scripts=False)
            return
        letters = ""
        start = self.place
        self._next()
        while self._peek() not in {"}", ""}:
            letters += self._next()[0]
        self._next()
        if len(letters) > 1 and letters.isascii() and letters.isalpha():
            word = WORDS.get(letters, letters)
            self.said.append(" ".join(word) if word.isupper() and len(word) < 5 else word)
            if self._peek() == "(":
                self.said.append("of")
        else:
            self.place = start
            self._braced()

    def fraction(self) -> None:
        """Read what stands after the command frac: a number over another, or "over"."""
        start = self.place
        above, below = self._group(), self._group()
        text = "".join(token[0] for token in self.tokens[start : self.place])
        if digits := re.fullmatch(r"\{?(\d{1,3})\}?\{?(\d{1,3})\}?", text):
            self.said.append(fraction(digits[1], digits[2]))
        else:
            self.said.append(f"{above} over {below}")

    def root(self) -> None:
        """Read what stands after the command sqrt."""
        if self._peek() == "[":
            self._next()
            degree = self._next()[0]
            if self._next()[0] != "]" or not degree.isdigit():
                raise UnreadableError
            root = {"2": "square root", "3": "cube root"}.get(degree)
            self.said.append(f"the {root or cardinal(degree) + 'th root'} of")
        else:
            self.said.append("the square root of")
        self.said.append(self._group())


_RAISED = {
    "'": "prime", "\\prime": "prime", "*": "star", "\\ast": "star", "\\star": "star",
    "T": "transpose", "\\top": "transpose", "\\intercal": "transpose", "\\circ": "degrees",
    "°": "degrees", "\\dagger": "dagger",
}  # fmt: skip
_OVER = frozenset({"max", "min", "arg max", "arg min", "the supremum", "the infimum"})
_BARS = {
    "|": "size", "∣": "size", "\\vert": "size", "\\lvert": "size", "\\rvert": "size",
    "‖": "norm", "∥": "norm", "\\|": "norm", "\\Vert": "norm", "\\lVert": "norm", "\\rVert": "norm",
}  # fmt: skip
_STRUCTURES: dict[str, Callable[[_Reader], None]] = {
    "frac": _Reader.fraction,
    "dfrac": _Reader.fraction,
    "tfrac": _Reader.fraction,
    "sqrt": _Reader.root,
}


def _greek(name: str) -> str | None:
    return name.lower() if name.lower() in GREEK.values() else None
