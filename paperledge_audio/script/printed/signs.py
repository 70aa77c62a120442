"""The signs of mathematics, in Unicode and in LaTeX, and how they are said."""

from __future__ import annotations

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
    "∼": "is distributed as", "~": "is distributed as", "≡": "is equivalent to",
    "≅": "is congruent to",
    "<": "is less than", ">": "is greater than", "≤": "is at most", "≥": "is at least",
    "≪": "is much less than", "≫": "is much greater than", "∝": "is proportional to",
    "+": "plus", "-": "minus", "−": "minus", "±": "plus or minus", "∓": "minus or plus",
    "×": "times", "·": "times", "⋅": "times", "*": "times", "∗": "star", "÷": "divided by",
    "/": "over",
    "∈": "in", "∉": "not in", "∋": "contains", "⊂": "is a subset of", "⊆": "is a subset of",
    "⊃": "contains", "⊇": "contains", "∪": "union", "∩": "intersected with", "∅": "the empty set",
    "∀": "for all", "∃": "there exists", "¬": "not", "∧": "and", "∨": "or", "⊕": "X or",
    "⊗": "tensor", "⊙": "times", "∘": "composed with", "→": "to", "←": "from", "↦": "maps to",
    "⇒": "implies", "⇔": "if and only if", "↔": "if and only if", "⟶": "to", "∞": "infinity",
    "′": "prime", "∂": "partial", "∇": "the gradient of", "∑": "the sum of", "Σ": "sigma",
    "∏": "the product of",
    "∫": "the integral of", "√": "the square root of", "∥": "norm", "‖": "norm", "|": "given",
    "∣": "given", "⊥": "is perpendicular to", "⊤": "transpose", "†": "dagger", "ℓ": "ell",
    "ℝ": "R", "ℕ": "N", "ℤ": "Z", "ℚ": "Q", "ℂ": "C", "𝔼": "E", "ℒ": "L", "ℏ": "h-bar",
    "∆": "delta",
    "…": "and so on", "⋯": "and so on", "°": "degrees", "%": "percent", "!": "factorial",
    ",": ",", ";": ",", ":": ":", ".": ".", "&": "",
}  # fmt: skip
COMMANDS = {
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
    "&": "&", "leqslant": "≤", "geqslant": "≥", "lesssim": "≤",
    "gtrsim": "≥", "prime": "′", "triangleq": "≡", "coloneqq": "=",
}  # fmt: skip
WORDS = {
    "log": "log", "ln": "natural log", "exp": "exp", "sin": "sine", "cos": "cosine",
    "tan": "tangent", "tanh": "tanch", "max": "max", "min": "min", "argmax": "arg max",
    "argmin": "arg min", "lim": "the limit", "sup": "the supremum", "inf": "the infimum",
    "det": "the determinant of", "dim": "the dimension of", "ker": "the kernel of",
    "Pr": "the probability",
    "arg": "arg", "gcd": "G C D", "mod": "mod", "bmod": "mod", "softmax": "soft max",
    "epsilon": "epsilon", "varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta",
    "varsigma": "sigma", "varrho": "rho", "varpi": "pi", "LaTeX": "lay tech", "dag": "dagger",
    "Re": "the real part of", "Im": "the imaginary part of", "sigmoid": "sigmoid", "S": "section",
    "by": "by", "from": "from",
}  # fmt: skip
FUNCTIONS = frozenset(
    {"log", "ln", "exp", "sin", "cos", "tan", "tanh", "max", "min", "softmax", "sigmoid", "det"}
)
"""Words that take "of" before a bracket."""
LETTER_FUNCTIONS = frozenset("fghpqPQTOFGHERLVKUJDΘΩ")
"""Letters that do, too."""
_FONT_NAMES = """
    mathbb mathbf mathcal mathrm mathit mathsf mathfrak mathscr mathtt boldsymbol bm pmb text textbf
    textit textrm texttt textsc operatorname emph mbox rm bf it cal
"""
FONTS = frozenset(_FONT_NAMES.split())
ACCENTS = {
    "hat": "hat", "widehat": "hat", "tilde": "tilde", "widetilde": "tilde", "bar": "bar",
    "overline": "bar", "vec": "vector", "dot": "dot", "ddot": "double dot", "check": "check",
}  # fmt: skip
_SILENT_NAMES = """
    left right big Big bigl bigr Bigl Bigr bigg Bigg quad qquad displaystyle textstyle limits
    nolimits mathrel mathop langle rangle lfloor rfloor lceil rceil lbrace rbrace lbrack rbrack
    backslash , ; : ! > \\ { }
"""
SILENT = frozenset({*_SILENT_NAMES.split(), " "})
"""Commands for the eye alone: spacing, sizes and fences."""
