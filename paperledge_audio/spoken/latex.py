"""Formulas in LaTeX, or in the signs of Unicode, as a lecturer would read them out.

A formula is read once, left to right, into words; single letters come out as capitals, which
is how the rest of this room writes the names of letters.
"""

from __future__ import annotations

import re

from paperledge_audio.spoken.numbers import cardinal, decimal, fraction, power

_NAMES = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma
    tau upsilon phi chi psi omega
"""
GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _NAMES.split(), strict=True)) | {
    "ς": "sigma", "ϕ": "phi", "ϵ": "epsilon", "ϑ": "theta", "µ": "mu", "ϱ": "rho", "ϖ": "pi",
    "ϰ": "kappa",
}  # fmt: skip
SYMBOLS = {
    "=": "equals", "≠": "is not equal to", "≈": "is approximately", "≃": "is approximately",
    "∼": "is distributed as", "~": "is distributed as", "≡": "is equivalent to", "≅": "is congruent to",
    "<": "is less than", ">": "is greater than", "≤": "is at most", "≥": "is at least",
    "≪": "is much less than", "≫": "is much greater than", "∝": "is proportional to",
    "+": "plus", "-": "minus", "−": "minus", "±": "plus or minus", "∓": "minus or plus",
    "×": "times", "·": "times", "⋅": "times", "*": "times", "∗": "star", "÷": "divided by", "/": "over",
    "∈": "in", "∉": "not in", "∋": "contains", "⊂": "is a subset of", "⊆": "is a subset of",
    "⊃": "contains", "⊇": "contains", "∪": "union", "∩": "intersected with", "∅": "the empty set",
    "∀": "for all", "∃": "there exists", "¬": "not", "∧": "and", "∨": "or", "⊕": "X or",
    "⊗": "tensor", "⊙": "times", "∘": "composed with", "→": "to", "←": "from", "↦": "maps to",
    "⇒": "implies", "⇔": "if and only if", "↔": "if and only if", "⟶": "to", "∞": "infinity",
    "∂": "partial", "∇": "gradient of", "∑": "the sum of", "Σ": "sigma", "∏": "the product of",
    "∫": "the integral of", "√": "the square root of", "∥": "norm", "‖": "norm", "|": "given",
    "∣": "given", "⊥": "is perpendicular to", "⊤": "transpose", "†": "dagger", "ℓ": "ell",
    "ℝ": "R", "ℕ": "N", "ℤ": "Z", "ℚ": "Q", "ℂ": "C", "𝔼": "E", "ℒ": "L", "ℏ": "h-bar", "∆": "delta",
    "…": "and so on", "⋯": "and so on", "°": "degrees", "%": "percent", "!": "factorial",
    ",": ",", ";": ",", ":": ":", ".": ".", "&": "",
}  # fmt: skip
_COMMANDS = {
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈",
    "sim": "∼", "simeq": "≈", "equiv": "≡", "cong": "≅", "ll": "≪", "gg": "≫", "lt": "<",
    "gt": ">", "propto": "∝", "pm": "±", "mp": "∓", "times": "×", "cdot": "·", "ast": "∗",
    "star": "∗", "div": "÷", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆",
    "supset": "⊃", "supseteq": "⊇", "cup": "∪", "cap": "∩", "emptyset": "∅", "varnothing": "∅",
    "forall": "∀", "exists": "∃", "neg": "¬", "lnot": "¬", "wedge": "∧", "land": "∧", "vee": "∨",
    "lor": "∨", "oplus": "⊕", "otimes": "⊗", "odot": "⊙", "circ": "∘", "to": "→",
    "rightarrow": "→", "leftarrow": "←", "mapsto": "↦", "Rightarrow": "⇒", "implies": "⇒",
    "Leftrightarrow": "⇔", "iff": "⇔", "leftrightarrow": "↔", "longrightarrow": "→",
    "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "mid": "|",
    "vert": "|", "Vert": "‖", "|": "‖", "perp": "⊥", "top": "⊤", "dagger": "†", "ell": "ℓ",
    "hbar": "ℏ", "ldots": "…", "dots": "…", "cdots": "…", "degree": "°", "%": "%", "colon": ":",
    "lVert": "‖", "rVert": "‖", "&": "&", "leqslant": "≤", "geqslant": "≥", "lesssim": "≤",
    "gtrsim": "≥", "prime": "′", "triangleq": "≡", "coloneqq": "=",
}  # fmt: skip
_WORDS = {
    "log": "log", "ln": "natural log", "exp": "exp", "sin": "sine", "cos": "cosine",
    "tan": "tangent", "tanh": "tanch", "max": "max", "min": "min", "argmax": "arg max",
    "argmin": "arg min", "lim": "the limit", "sup": "the supremum", "inf": "the infimum",
    "det": "the determinant of", "dim": "the dimension of", "ker": "the kernel of", "Pr": "the probability",
    "arg": "arg", "gcd": "G C D", "mod": "mod", "bmod": "mod", "softmax": "soft max",
    "epsilon": "epsilon", "varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta",
    "varsigma": "sigma", "varrho": "rho", "varpi": "pi", "LaTeX": "lay tech", "dag": "dagger",
    "Re": "the real part of", "Im": "the imaginary part of", "sigmoid": "sigmoid", "S": "section",
}  # fmt: skip
_FUNCTIONS = frozenset({"log", "ln", "exp", "sin", "cos", "tan", "tanh", "max", "min", "softmax"})
_FONTS = frozenset(
    ["mathbb", "mathbf", "mathcal", "mathrm", "mathit", "mathsf", "mathfrak", "mathscr", "boldsymbol",
     "bm", "text", "textbf", "textit", "textrm", "texttt", "textsc", "operatorname", "emph", "mbox", "mathtt",
     "rm", "bf", "it", "cal", "pmb"]
)  # fmt: skip
_ACCENTS = {
    "hat": "hat", "widehat": "hat", "tilde": "tilde", "widetilde": "tilde", "bar": "bar",
    "overline": "bar", "vec": "vector", "dot": "dot", "ddot": "double dot", "check": "check",
}  # fmt: skip
_SILENT = frozenset(
    ["left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "bigg", "Bigg", "quad", "qquad", "displaystyle",
     "textstyle", "limits", "nolimits", "mathrel", "mathop", ",", ";", ":", "!", " ", ">", "\\"]
)  # fmt: skip
_FENCES = {"langle", "rangle", "lfloor", "rfloor", "lceil", "rceil", "{", "}", "lbrace", "rbrace",
           "lbrack", "rbrack", "lvert", "rvert"}  # fmt: skip
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
        words = _Reader(_raised_marks(source)).everything()
    except (UnreadableError, RecursionError):
        return None
    return words or None


def _raised_marks(source: str) -> str:
    """Unicode's raised and lowered digits as LaTeX writes them."""
    source = re.sub(f"[{_SUPERSCRIPT}]+", lambda m: f"^{{{m[0].translate(_TO_PLAIN)}}}", source)
    return re.sub(f"[{_SUBSCRIPT}]+", lambda m: f"_{{{m[0].translate(_TO_PLAIN)}}}", source)


class _Reader:
    """One pass over a formula's tokens."""

    def __init__(self, source: str) -> None:
        self.tokens = [match for match in _TOKEN.finditer(source) if match[0].strip()]
        self.place = 0
        self.said: list[str] = []
        self.depth = 0

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
        token = self._next()
        if token["command"]:
            self._command(token["command"])
        elif token["number"]:
            self.said.append(decimal(token["number"]))
        elif token["letter"]:
            self._letter(token["letter"])
        elif token[0] == "{":
            self.place -= 1
            self._braced()
        elif token[0] in "^_":
            self.place -= 1
            self._script()
        elif token[0] in "([":
            self._bracket(")" if token[0] == "(" else "]")
        elif token[0] in "'′":
            self.said.append("prime")
        elif token[0] == "-" and not self.said:
            self.said.append("minus")
        elif token[0] in SYMBOLS:
            self.said.append(SYMBOLS[token[0]])
        elif token[0] not in "$}":
            raise UnreadableError
        while scripts and self._peek() in {"^", "_"}:
            self._script()

    def _letter(self, letter: str) -> None:
        """A variable; several letters in a row that make a word of their own stay together."""
        if letter in SYMBOLS:
            self.said.append(SYMBOLS[letter])
        elif letter.lower() in GREEK:
            self.said.append(GREEK[letter.lower()])
        elif letter.isascii():
            self.said.append(letter.upper())
            if self._peek() == "(" and letter in "fghpqPQTOFGHERLVKUJ":
                self.said.append("of")
        else:
            raise UnreadableError

    def _bracket(self, close: str) -> None:
        self.depth += 1
        before = len(self.said)
        while self._peek() != close:
            self._atom()
        self._next()
        if before == 0 and self._peek():
            self.said.append(",")

    def _script(self) -> None:
        raised = self._next()[0] == "^"
        if not raised:
            low = self._group()
            if self.said and self.said[-1].startswith(("the sum", "the product", "the integral")):
                self.said[-1] = f"{self.said[-1].removesuffix(' of')} over {low} of"
            else:
                self.said.append(f"sub {low}" if low else "")
            return
        start = self.place
        high = self._group()
        text = "".join(token[0] for token in self.tokens[start : self.place]).strip("{}")
        if re.fullmatch(r"-?\d{1,9}", text):
            self.said.append(power(text))
        elif text in {"'", "\\prime"}:
            self.said.append("prime")
        elif text in {"*", "\\ast", "\\star"}:
            self.said.append("star")
        elif text in {"T", "\\top", "\\intercal"}:
            self.said.append("transpose")
        elif text in {"\\circ", "°"}:
            self.said.append("degrees")
        elif self.said and self.said[-1].endswith(" of"):
            self.said[-1] = f"{self.said[-1][:-3]} to {high} of"
        else:
            self.said.append(f"to the {high}")

    def _command(self, name: str) -> None:
        name = name.rstrip("*") if len(name) > 1 else name
        if name in _SILENT:
            if name in {"left", "right"} and self._peek() == ".":
                self._next()
        elif name in _FENCES or name == "backslash":
            pass
        elif name in _FONTS:
            self._font()
        elif name in {"frac", "dfrac", "tfrac"}:
            self._fraction()
        elif name == "sqrt":
            self._root()
        elif name in _ACCENTS:
            self.said += [self._group(), _ACCENTS[name]]
        elif name in _WORDS:
            self.said.append(_WORDS[name])
            if name in _FUNCTIONS and self._peek() == "(":
                self.said.append("of")
        elif name in _COMMANDS:
            sign = _COMMANDS[name]
            self.said.append("prime" if sign == "′" else SYMBOLS[sign])
        elif name.lower() in GREEK.values():
            self.said.append(name.lower())
        else:
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
            word = _WORDS.get(letters, letters)
            self.said.append(" ".join(word) if word.isupper() and len(word) < 5 else word)
            if self._peek() == "(":
                self.said.append("of")
        else:
            self.place = start
            self._braced()

    def _fraction(self) -> None:
        start = self.place
        above, below = self._group(), self._group()
        text = "".join(token[0] for token in self.tokens[start : self.place])
        if digits := re.fullmatch(r"\{?(\d{1,3})\}?\{?(\d{1,3})\}?", text):
            self.said.append(fraction(digits[1], digits[2]))
        else:
            self.said.append(f"{above} over {below}")

    def _root(self) -> None:
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
