"""What formulas among words are made of: variables, scripts, names, operators."""

from __future__ import annotations

import re

from paperledge_audio.script.printed import signs

MARKS = "".join(signs.ACCENTS)
LETTER = rf"[^\W\d_][{MARKS}]?"
RAISED = "".join(signs.RAISED.values())
LOWERED = "".join(signs.LOWERED.values())
NAMES_BELOW = (
    "min|max|ref|eff|tot|total|cat|obs|opt|avg|mean|crit|cr|th|rms|ext|init|sat|vis|train|test|val|"
    "pred|true|new|old|in|out|on|off"
)
NAMED_BELOW = re.compile(rf"_({NAMES_BELOW})(?![A-Za-z0-9_])")
"""A subscript that is a word, as in "T_eff" and "π_ref"."""
PAIRS = re.compile(r"(?<=[∑∏])⟨([a-z]),?\s?([a-z])⟩")
"""The neighbours that a sum goes over, as in "Σ⟨ij⟩"."""
BRACKET_ABOVE = re.compile(r"\^\(([^()]{2,20})\)")
PRIMES = str.maketrans({"″": "′′", "‴": "′′′"})
"""Several primes, sign by sign."""
DAGGERED = re.compile(r"[a-zA-Zψφσρ]")
"""What an adjoint is of, as in "a†a"; elsewhere a dagger marks a footnote."""
INDEX = re.compile(
    r"\[(?:[kmnpqt]|[a-z]\s?[+−-]\s?(?:\d{1,2}|[a-z])|\d{1,2})\](?!\()"
    r"|\([tkn](?:\s?[+−-]\s?\w)?\)"
)
"""The place in a sequence, as in "x[n−1]", or a time, as in "x(t)"."""
PAIR_BELOW = re.compile(r"_([ijkntwxyz]{2}|[a-z]\d)(?![A-Za-z0-9_])")
"""Two indices, as in "y_it"."""
SCRIPT = re.compile(
    rf"_(?:{NAMES_BELOW})(?![A-Za-z0-9_])|{PAIR_BELOW.pattern}"
    r"|_(?:\{[^{}]{1,20}\}|[A-Za-z0-9α-ωΑ-Ω∞](?![A-Za-z0-9])|[A-Z]{2,3}(?=[(\[]))|(?<=[‖∥])∞"
    r"|\^(?:\{[^{}]{1,20}\}|\([^()]{2,20}\)|\d{1,3}(?:,\d{3})+|[-−]?\d{1,3}(?:\.\d{1,3})?|[A-Za-zα-ω⊤∞](?![A-Za-z])|\*)"
    rf"|(?P<raised>[{RAISED}]{{1,8}})|(?P<low>[{LOWERED}]{{1,8}})"
    r"|['’′]{1,2}(?=\()|′{1,2}|[″‴](?=[\s(,=])|(?P<dagger>†)|(?P<quote>['’])(?=[,)|]|\s?[=≈<>]\s?[^\s=])"
    r"|(?P<star>\*(?![\w*(])|\*(?=[⁰⁺⁻])|\*(?=\([a-zθ]{1,3}['’′]?[|),]|\([A-Za-z]\s?[−+-]\s?\w\)|\([A-Z][);]))|_\*(?!\w)|[☉♃]"
    r"|(?P<factorial>!(?=\s[a-z=]|[()/,;.]))"
)
VARIABLE = re.compile(
    rf"(?:d[²³]?(?=[xytuwzLθ](?![A-Za-z]))|[∇∂](?:[²³]|[{LOWERED}]{{1,3}})?"
    r"|[ΔΩδ](?=[A-Za-z](?![A-Za-z])))?"
    rf"{LETTER}(?![^\W\d_{RAISED}{LOWERED}ⁿⁱ]|[{MARKS}])"
    "|[ĤÂÔ](?=[ψφΨΦ])"
)
PRODUCT = re.compile(
    r"(?:[A-Z][u-z]|[A-Z]{2}(?=[\^ᵀᴴ⊤)‖∥]|/\()|[a-z]{2}(?=[‖∥])|(?!by|my|at)[abckmnpqr][xyzt]|a[bc]|ad(?=\s?[−-]\s?bc)|bc|mn|nd|pq"
    rf"|[α-ω](?:[xyzuv]{{2}}|[A-Za-z])|j[ωΩ]|[α-ω]{{2}}(?=[{LOWERED}])|[hqxz][KQUVW]|(?<=[+−=]\s)by(?=\s[=+−<>≤≥]))"
    r"(?![A-Za-z])"
)
"""Two variables side by side, as in "‖Wx‖" and "ax²"; elsewhere they may be a word."""
SUMMED = re.compile(r"\s[+−=]\s")
SIGMA = re.compile(
    rf"[ΣΠ](?=[{LOWERED}_]|⟨[a-z],?\s?[a-z]⟩|\s?\d/[a-z](?!\w)|\s?(?:\d/)?[a-zα-ω](?:[{LOWERED}{RAISED}_(]|\s(?:log|ln)))"
)
LARGE = {"Σ": "∑", "Π": "∏"}
"""Letters that stand for a sum and a product."""
BIG = re.compile(
    rf"(?:[∑∏∫∬∮]|{SIGMA.pattern})(?:⟨[a-z],?\s?[a-z]⟩)?|"
    r"(?:lim|max|min|arg\s?max|arg\s?min|sup|inf)"
    rf"(?=_[A-Za-zα-ωϕϵϑ{{]|[{LOWERED}])"
)
"""A sign or name that takes bounds, and a product behind them."""
FACTORS = frozenset("0123456789ᵀ⊤²³")
"""A product may follow them at once."""
SPACED_NAME = re.compile(r"(?:log|ln|exp|sin|cos)\s")
NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
NAMED = re.compile(
    r"(?:Var|Cov|Corr|KL|JS|Pr|softmax|sigmoid|ReLU|mean|std|var|max|min|log|ln|exp|sin|cos|tanh?|"
    r"sqrt|argmax|argmin|tr|det|ker|dim|im|Re|Im|Tr|span|gcd|lcm|Exp|Bern|diag|rank|sign|sgn|Bernoulli|Beta|Uniform|Unif|"
    r"Normal|Poisson|Gamma|"
    r"Dirichlet|Categorical|Binomial|Exponential|poly(?:log)?|negl|Hom|Ext|Tor|End|Aut|Gal|Spec|Pic|Stab|rad|rk)(?=[(\[])"
)
OPERATOR = re.compile(r"\s?(?P<sign>[+−±∓/·×*∪∩∖∘⊗⊕⊙])\s?|(?P<hyphen>\s-\s|-)")
BETWEEN = re.compile(r"\s?(?:,|;|\|\|?|∣|‖|∥|[=≠<>≤≥∈]|…|\.\.\.)\s?")
CLOSING = {"(": ")", "[": "]"}
ADDED = re.compile(r"\([^()]{1,30}[+−-][^()]{1,30}\)")
"""A bracket with a sum, which a number before it multiplies."""
BARS = re.compile(r"\|\|?(?=[^\s|])|[‖∥](?=\S)")
CHARGED_STAR = re.compile(r"(?<=[A-Z])\*([⁰⁺⁻])")
"""An excited particle with its charge, as in "K*⁰"."""
STAR = re.compile(
    r"(?<=[^\W_])\*(?=[^\w\s(]|\s[-+−=<>≤≥≈]\s|\([a-zθ]{1,3}['’′]?[|),]|\([A-Za-z]\s?[−+-]\s?\w\)|\([A-Z][);]|$)"
)
LONGEST = 120
"""Characters that are looked at."""
DEEPEST = 6
NOT_OVER_ROW = """
    n/a w/o y/n a/c b/c c/o i/o r/w p/e e/m o/w h/w s/w f/x d/c l/r v/v w/w w/v k/v q/a t/f m/f
    s/p s/n
"""
NOT_OVER = frozenset(NOT_OVER_ROW.split())
"""Letters with a slash that is not a division."""
EXPECTATIONS = frozenset({"E", "P", "Pr", "Var", "𝔼", "ℙ"})
"""Names that square brackets may follow."""
ARGUMENTS = re.compile(r"\([xyztuvwθ]\)|\([A-Z];\s?[A-Z]\)")
GOES_ON = re.compile(r"\s?[=<>≤≥~∼≈]|/[α-ωA-Za-z](?!\w)")
"""What shows that a sum of numbers is part of a formula, as in "1 − 1/κ"."""
RELATION = re.compile(r"\s?[=<>≤≥~∼≈]")
EQUATED = re.compile(r"[=∝≈≤≥<>∼~]\s?$")
"""What a value stands behind that is equal to something."""
