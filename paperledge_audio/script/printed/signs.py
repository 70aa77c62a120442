r"""Mathematical signs: in Unicode, in LaTeX and in words.

A row has a sign with its other spellings, and its words. A sign without words can be shown but not
said.
"""

from __future__ import annotations

from string import ascii_letters, ascii_uppercase


def _index_spellings(*rows: str) -> dict[str, str]:
    """Each spelling with its sign."""
    return {spelling: row.split()[0] for row in rows for spelling in row.split()}


def _index_words(table: dict[str, str]) -> dict[str, str]:
    """Each sign with its words."""
    return {row.split()[0]: words for row, words in table.items() if words}


_RELATIONS = {
    "= ==": "equals", r"≠ \neq \ne !=": "is not equal to", r"≈ \approx": "is approximately",
    r"≃ \simeq": "is approximately", r"∼ \sim ~": "is distributed as",
    r"≡ \equiv": "is equivalent to", r"≜ \triangleq": "is equivalent to",
    r"≔ \coloneqq :=": "equals", r"≅ \cong": "is isomorphic to", r"< \lt": "is less than",
    r"> \gt": "is greater than", r"≤ \leq \le <=": "is at most", r"≥ \geq \ge >=": "is at least",
    r"⩽ \leqslant": "is at most", r"⩾ \geqslant": "is at least", r"≲ \lesssim": "is at most",
    r"≳ \gtrsim": "is at least", r"≪ \ll": "is much less than", r"≫ \gg": "is much greater than",
    r"∝ \propto": "is proportional to",
    r"≻ \succ": "succeeds", r"⪰ ≽ \succeq": "succeeds or equals",
    r"≺ \prec": "precedes", r"⪯ ≼ \preceq": "precedes or equals",
    r"∈ \in": "in", r"∉ \notin": "not in",
    r"∋ \ni": "contains", r"⊂ \subset": "is a subset of", r"⊆ \subseteq": "is a subset of",
    r"⊄ \nsubset": "is not a subset of", r"⊈ \nsubseteq": "is not a subset of",
    r"⊊ \subsetneq": "is a proper subset of", r"◁ ⊲ \lhd \triangleleft": "is normal in",
    r"⊃ \supset": "contains", r"⊇ \supseteq": "contains", r"→ \to \rightarrow ->": "to",
    r"⟶ \longrightarrow": "to", r"⟵ \longleftarrow": "from",
    r"↛ \nrightarrow": "not to",
    r"⇌ ⇄ \rightleftharpoons": "is in equilibrium with", r"← \leftarrow": "is set to",
    r"↦ ⟼ \mapsto \longmapsto": "maps to",
    r"⇒ ⟹ \Rightarrow \implies \Longrightarrow": "implies",
    r"⇐ ⟸ \Leftarrow \impliedby \Longleftarrow": "is implied by",
    r"⇔ ⟺ \Leftrightarrow \iff \Longleftrightarrow": "if and only if",
    r"↔ \leftrightarrow": "if and only if", r"⟷ \longleftrightarrow": "if and only if",
    r"↪ \hookrightarrow": "embeds into", r"↠ \twoheadrightarrow": "maps onto",
    r"⇀ \rightharpoonup": "converges weakly to", r"⊢ \vdash": "entails", r"⊨ \models": "satisfies",
    r"⊣ \dashv": "is left adjoint to",
    r"⊬ \nvdash": "does not entail", r"⊭ \nvDash": "does not satisfy",
    r"≍ \asymp": "is of the order of", r"∤ \nmid": "does not divide",
    "≢": "is not congruent to",
    r"⊥ ⟂ \perp": "is perpendicular to", r"∣ \mid": "given",
}  # fmt: skip
_OPERATIONS = {
    "+": "plus", "− -": "minus", r"± \pm": "plus or minus", r"∓ \mp": "minus or plus",
    r"× \times": "times", r"· ⋅ \cdot": "times", "*": "times", r"∗ \ast": "star",
    r"⋆ \star": "star", r"÷ \div": "divided by", r"∪ \cup": "union", r"∩ \cap": "intersected with",
    r"∖ \setminus": "without", r"⧵ \backslash": "mod",
    r"∧ \wedge \land": "and", r"∨ \vee \lor": "or",
    r"⊕ \oplus": "X or", r"⊗ \otimes": "tensor", r"⊙ \odot": "times", r"∘ \circ": "composed with",
    r"⋊ \rtimes": "semidirect product", r"⋉ \ltimes": "semidirect product",
    r"≀ \wr": "wreath product", r"⋈ \bowtie": "joined with",
    r"⊔ ⊎ \sqcup \uplus": "disjoint union",
    r"mod \mod \bmod \pmod": "mod", r"& \&": "and",
}  # fmt: skip
_OTHERS = {
    "/": "over", r"| \vert": "given", r"‖ ∥ \| \Vert \parallel ||": ",",
    r"∅ \emptyset \varnothing": "the empty set",
    r"∀ \forall": "for all", r"∃ \exists": "there exists",
    r"∄ \nexists": "there is no", r"∴ \therefore": "therefore",
    r"∵ \because": "because", r"∠ \angle": "the angle", r"¬ \neg \lnot": "not",
    r"∞ \infty": "infinity", r"′ \prime": "prime", r"∂ \partial": "partial",
    r"∇ \nabla": "the gradient of", r"∑ \sum": "the sum of", r"∏ \prod": "the product of",
    r"∫ \int": "the integral of", r"∬ \iint": "the double integral of",
    r"∭ \iiint": "the triple integral of", r"∮ \oint": "the contour integral of",
    r"⋃ \bigcup": "the union of", r"⋂ \bigcap": "the intersection of",
    r"⨁ \bigoplus": "the direct sum of", r"⨂ \bigotimes": "the tensor product of",
    r"⨆ \bigsqcup": "the disjoint union of", r"∐ \coprod": "the coproduct of",
    r"⋀ \bigwedge": "the conjunction of", r"⋁ \bigvee": "the disjunction of",
    r"√ \sqrt sqrt": "the square root of",
    r"⊤ \top": "transpose", r"⊺ \intercal": "transpose", r"† \dagger \dag": "dagger",
    r"‡ \ddagger \ddag": "double dagger",
    r"ℓ \ell": "ell", "ℒ": "L",
    r"ℏ ħ \hbar": "H bar", "∆": "delta", r"ℵ \aleph": "aleph", r"… \ldots \dots ...": "and so on",
    r"⋯ \cdots": "and so on", r"⋮ \vdots": "and so on", r"⋱ \ddots": "and so on",
    r"△ \triangle": "the triangle", "☉": "sun", "♃": "Jupiter",
    r"↑ \uparrow": "up", r"↓ \downarrow": "down", r"✓ \checkmark": "check",
    r"° \degree": "degrees", r"% \%": "percent", "!": "factorial",
    ",": ",", r"; \\": ",", r": \colon": ":", ".": ".", r"§ \S": "section", r"_ \_": "",
    r"$ \$": "", r"# \#": "",
}  # fmt: skip
_ACCENTS = {
    "\u0302 \\hat \\widehat": "hat", "\u0303 \\tilde \\widetilde": "tilde",
    "\u0304 \\bar \\overline": "bar", "\u20d7 \\vec \\overrightarrow": "vector",
    "\u0332 \\underline": "underlined", "\u0307 \\dot": "dot", "\u0308 \\ddot": "double dot",
    "\u030c \\check": "check",
}  # fmt: skip
_FUNCTIONS = {
    "log": "log", "lg": "log", "ln": "natural log", "exp": "exp", "sin": "sine", "cos": "cosine",
    "tan": "tangent", "cot": "cotangent", "csc": "cosecant", "arcsin": "arc sine",
    "arccos": "arc cosine", "arctan": "arc tangent", "sinh": "hyperbolic sine",
    "cosh": "hyperbolic cosine", "coth": "hyperbolic cotangent", "tanh": "tanch", "max": "max",
    "min": "min", "argmax": "arg max", "argmin": "arg min", "lim": "the limit",
    "sup": "the supremum", "inf": "the infimum",
    "limsup": "the limit superior", "liminf": "the limit inferior", "sgn": "the sign of",
    "rank": "the rank of",
    "det": "the determinant of", "tr": "the trace of", "Tr": "the trace of",
    "dim": "the dimension of", "ker": "the kernel of", "im": "the image of", "span": "the span of",
    "Var": "the variance", "Cov": "the covariance",
    "std": "standard deviation", "Corr": "the correlation",
    "Pr": "the probability", "arg": "arg", "gcd": "G C D", "lcm": "L C M", "softmax": "soft max",
    "sigmoid": "sigmoid", "Re": "the real part of", "Im": "the imaginary part of",
    "LaTeX": "lay tech",
}  # fmt: skip
"""Names of several letters; LaTeX writes a backslash before them."""
_COMMANDS = {"sec": "secant", "deg": "the degree of"}
"""Names that need the backslash, since without it they are units."""
_GREEK = {
    r"α \alpha": "alpha", r"β \beta": "beta", r"γ \gamma": "gamma", r"δ \delta": "delta",
    r"ϵ \epsilon": "epsilon", r"ε \varepsilon": "epsilon", r"ζ \zeta": "zeta", r"η \eta": "eta",
    r"θ \theta": "theta", r"ϑ \vartheta": "theta", r"ι \iota": "iota", r"κ \kappa": "kappa",
    r"ϰ \varkappa": "kappa", r"λ \lambda": "lambda", r"μ \mu": "mu", "µ": "mu", r"ν \nu": "nu",
    r"ξ \xi": "xi", r"ο \omicron": "omicron", r"π \pi": "pi", r"ϖ \varpi": "pi", r"ρ \rho": "rho",
    r"ϱ \varrho": "rho", r"σ \sigma": "sigma", r"ς \varsigma": "sigma", r"τ \tau": "tau",
    r"υ \upsilon": "upsilon", r"ϕ \phi": "phi", r"φ \varphi": "phi", r"χ \chi": "chi",
    r"ψ \psi": "psi", r"ω \omega": "omega",
}  # fmt: skip
DOUBLE_STRUCK = dict(zip(ascii_uppercase, "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤ", strict=True))
FUNCTION_LETTERS = frozenset("fghpqPQTOFGHERLVKUJDΘΩΓζσφψΦΨ" + "ℙℚ𝕋𝕆𝔽𝔾ℍ𝔼ℝ𝕃𝕍𝕂𝕌𝕁𝔻")
"""Letters that take "of" before a bracket."""
GREEK = _index_words(_GREEK)
"""Small letters and their names."""
WORDS = (
    {" ": ""}
    | _index_words(_RELATIONS | _OPERATIONS | _OTHERS | _FUNCTIONS | _COMMANDS | _GREEK)
    | {letter.upper(): name for letter, name in GREEK.items()}
    | {letter: letter.upper() for letter in ascii_letters}
    | {struck: letter for letter, struck in DOUBLE_STRUCK.items()}
    | {"𝟙": "the indicator of"}
)
SIGNS = (
    {" ": " "}
    | _index_spellings(*_RELATIONS, *_OPERATIONS, *_OTHERS, *_GREEK, *WORDS.keys() - _COMMANDS)
    | {"\\" + name: name for name in _FUNCTIONS | _COMMANDS}
    | {command.title(): letter.upper() for command, letter in _index_spellings(*_GREEK).items()}
)
"""Spellings, in LaTeX and in Unicode, and the sign that each stands for."""
BOUNDED = frozenset("∑∏∫∬∭∮⋃⋂⨁⨂⨆∐⋀⋁")
"""Signs that take bounds."""
RELATIONS, OPERATIONS = frozenset(_index_words(_RELATIONS)), frozenset(_index_words(_OPERATIONS))
ACCENTS = _index_words(_ACCENTS)
ACCENT_COMMANDS = {
    command: mark for command, mark in _index_spellings(*_ACCENTS).items() if command != mark
}

OPENING = _index_spellings("(", r"[ \lbrack", r"⟨ \langle", r"⌊ \lfloor", r"⌈ \lceil") | {
    r"\{": "{", r"\lbrace": "{", r"\lvert": "|", r"\lVert": "‖"
}  # fmt: skip
CLOSING = _index_spellings(")", r"] \rbrack", r"⟩ \rangle", r"⌋ \rfloor", r"⌉ \rceil") | {
    r"\}": "}", r"\rbrace": "}", r"\rvert": "|", r"\rVert": "‖"
}  # fmt: skip
BARS = {spelling: sign for spelling, sign in SIGNS.items() if sign in {"|", "‖"}}
"""Signs that open, close or divide, depending on their place."""
FENCES = {
    "()": "", "[]": "", "[)": "", "(]": "", "{}": "", "⟨⟩": "the average of",
    "||": "the absolute value of", "‖‖": "the norm of", "|⟩": "ket", "⟨|": "bra",
    "⌊⌋": "the floor of", "⌈⌉": "the ceiling of",
}  # fmt: skip
"""Pairs that can be said → the words before their content."""

RAISED = dict(zip(
    "0123456789+−=()niabcdefghjklmoprstuvwxyzTNMRDKLABEGHIJOPUVWβθ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴺᴹᴿᴰᴷᴸᴬᴮᴱᴳᴴᴵᴶᴼᴾᵁⱽᵂᵝᶿ", strict=True,
))  # fmt: skip
LOWERED = dict(zip(
    "0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True
))  # fmt: skip
"""Signs → their superscript and subscript forms."""
