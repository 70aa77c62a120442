r"""A formula in LaTeX or Unicode → its tree.

`\sigma`, "σ" and `{\sigma}` are one symbol, and "x²" is `x^2`; commands for sizes and styles are
dropped. Our own reader, since general parsers (pylatexenc) return macros with arguments: operands,
indices and bars would still have to be found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterator
from functools import partial
from itertools import accumulate

from paperledge_audio.script.printed import signs, tree
from paperledge_audio.script.printed.signs import BARS, CLOSING, GREEK, OPENING, SIGNS
from paperledge_audio.script.printed.tree import FormulaError, Group, Indexed, Node, Number, Symbol

DEEPEST = 64
"""The most levels of a tree."""
_SPACES = frozenset({r"\,", r"\;", r"\:", r"\>", "\\ ", r"\quad", r"\qquad"})
_SKIPPED = r"""
    \! \left \right \middle \big \Big \bigl \bigr \Bigl \Bigr \bigg \Bigg \biggl \biggr \Biggl
    \Biggr \displaystyle \textstyle \limits \nolimits \mathrel \mathop \substack \nonumber
"""
_FONTS = r"""
    \mathbf \mathcal \mathrm \mathit \mathsf \mathfrak \mathscr \mathtt \boldsymbol \bm \pmb \rm \bf
    \it \cal \operatorname \operatorname* \text \textbf \textit \textrm \texttt \textsc \emph \mbox
    \boxed
"""
_FOR_THE_EYE = frozenset(_SKIPPED.split())
_LAYOUT = re.compile(
    r"\\(?:left|right)\s*\.|\\(?:begin|end)\s*\{(?:equation|align(?:ed|at)?|gather(?:ed)?|split)\*?\}"
    r"|\\(?:[hv]space\*?|label|color|textcolor)\s*\{[^{}]*\}"
)
"""What says where something stands, or in which colour, but not what it is."""
_OLD_FONT = re.compile(r"\{\s*\\(?:rm|sf)\s+([A-Za-z]+)\s*\}")
r"""A word in a font as older sources write it, as {\rm max}."""
_TABLES = {
    "cases": ("{", ""), "matrix": ("", ""), "smallmatrix": ("", ""), "array": ("", ""),
    "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
}  # fmt: skip
"""Environments, and what stands around them."""
_LARGE = {small: sign for sign, small in (*signs.RAISED.items(), *signs.LOWERED.items())}
_NAMES = "|".join(name for name in SIGNS if re.fullmatch("[a-z]{2,}", name))
_SEVERAL = "|".join(re.escape(s) for s in SIGNS if re.fullmatch(r"[^\w\\]{2,}", s))
_TYPED_GREEK = re.compile(rf"(?<![A-Za-z\\])({'|'.join(GREEK.values())})(?![A-Za-z])")
_TOKEN = re.compile(
    r"\\(?:text(?:bf|it|rm|tt|sc)?|emph|mbox)\s*\{[^{}]*\}|\\operatorname\*"
    r"|\\(?:begin\s*\{array\}\s*\{[^{}]*\}|(?:begin|end)\s*\{\w+\*?\})|\\(?:[A-Za-z]+|.)"
    r"|(?:(?<![A-Za-z²]\()|(?=\d{1,3},0))[1-9]\d{0,2}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?|\.\d+"
    rf"|(?<![A-Za-z])(?:{_NAMES})(?![A-Za-z])|{_SEVERAL}|(?P<primes>['’′]+)"
    rf"|(?P<above>[{''.join(signs.RAISED.values())}]+)"
    rf"|(?P<below>[{''.join(signs.LOWERED.values())}]+)|\S",
    re.DOTALL,
)


def parse(source: str) -> Node:
    r"""The tree of a formula without its dollar signs.

    Raises FormulaError for what is not supported, for brackets without their other half, and for
    more than DEEPEST levels.

    >>> parse(r"\sigma^2")
    Indexed(base=Symbol(sign='σ'), below=None, above=Number(digits='2'))
    """
    source = re.sub(r"[^\W\d_]", lambda letter: unicodedata.normalize("NFD", letter[0]), source)
    source = _OLD_FONT.sub(r"{\\mathrm{\1}}", _LAYOUT.sub(" ", source))
    source = re.sub(r"(?<=\S)~(?=\S)", r"\\ ", source.replace("{,}", ","))
    source = _TYPED_GREEK.sub(r"\\\1", source)
    return _Parser(list(_tokenize(source))).until({""})


def is_value(node: Node) -> bool:
    """Whether a sign after `node` stands between two values, as the minus in x − y."""
    return not isinstance(node, Symbol) or node.sign not in _NO_VALUES


def _tokenize(source: str) -> Iterator[str]:
    """A formula's tokens; Unicode superscripts and subscripts become `^{…}` and `_{…}`."""
    for match in _TOKEN.finditer(source):
        token = match[0]
        if match["primes"]:
            yield from ("^", "{", *len(token) * [r"\prime"], "}")
        elif match["above"] or match["below"]:
            large = "".join(_LARGE[small] for small in token)
            yield from _tokenize(f"{'^' if match['above'] else '_'}{{{large}}}")
        elif token not in _FOR_THE_EYE:
            yield " " if token in _SPACES else token


class _Parser:
    """One pass over a formula's tokens."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.bars_after = _count_bars(tokens)
        marks = [_MARKS.get(spelling, "") for spelling in tokens]
        self.shape = "".join(marks)
        self.passed = [*accumulate(map(len, marks), initial=0)]
        self.place = self.depth = 0
        self.value = False  # whether a value stands before the token
        self.in_angles = False

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def next(self) -> str:
        token = self.peek()
        self.place += 1
        return token

    def until(self, ends: Container[str]) -> Node:
        """The node before one of `ends`: a single one, or a group."""
        nodes: list[Node] = []
        self.value = False
        while self.peek() not in ends:
            if self.peek() == "&":  # lines stand below one another
                self.next()
                continue
            nodes.append(self.indexed())
            self.value = self.value if nodes[-1] == Symbol(" ") else is_value(nodes[-1])
        return nodes[0] if len(nodes) == 1 else Group(tuple(nodes))

    def indexed(self) -> Node:
        """An atom with its subscript and superscript."""
        base = Group(()) if self.peek() in {"^", "_"} else self.atom()
        if self.peek() in signs.ACCENTS:
            base = tree.Accented(base, self.next())
        scripts: dict[str, Node] = {}
        while (mark := self.peek()) in {"^", "_"}:
            if mark in scripts:
                if isinstance(base, Indexed) or tree.list_parts(scripts[mark])[:1] != (
                    Symbol("′"),
                ):
                    raise FormulaError(f"two {mark} stand side by side without braces")
                base, scripts = Indexed(base, scripts.get("_"), scripts["^"]), {}
            self.next()
            scripts[mark] = self.atom()
            if scripts[mark] == Group(()):
                raise FormulaError(f"nothing stands behind {mark}")
            if scripts[mark] == Symbol("−") and self.peek().isdecimal():
                scripts[mark] = Group((Symbol("−"), Number(self.next())))
        return Indexed(base, scripts.get("_"), scripts.get("^")) if scripts else base

    def atom(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(f"nested more than {DEEPEST} levels deep")
        spelling = self.next()
        reader = _Parser.table if spelling.startswith(r"\begin") else _Parser.leaf
        node = _READERS.get(spelling, reader)(self, spelling)
        self.depth -= 1
        return node

    def leaf(self, spelling: str) -> Node:
        """A sign, or a command with its arguments."""
        if make := _COMMANDS.get(spelling):
            return make(self.argument())
        if "{" in spelling and not spelling.startswith(r"\end"):
            return tree.Text(re.sub(r"\\(.)", r"\1", spelling.partition("{")[2][:-1]))
        if spelling in SIGNS:
            return Symbol(SIGNS[spelling])
        if spelling.replace(",", "").replace(".", "").isdecimal():
            return Number(spelling)
        raise FormulaError(f"{spelling} is not supported here" if spelling else "it ends too soon")

    def argument(self) -> Node:
        r"""A command's argument: an atom, or a single digit, as in \frac12."""
        self.value = False
        digits = self.peek()
        if len(digits) > 1 and digits.isdecimal():
            self.tokens[self.place] = digits[1:]
            return Number(digits[0])
        return self.atom()

    def fraction(self, _command: str) -> Node:
        return tree.Fraction(self.argument(), self.argument())

    def binomial(self, _command: str) -> Node:
        return Group((self.argument(), tree.Text(" choose "), self.argument()))

    def set_above(self, _command: str) -> Node:
        above = self.argument()
        return Indexed(self.argument(), None, above)

    def set_below(self, _command: str) -> Node:
        below = self.argument()
        return Indexed(self.argument(), below)

    def arrow(self, _command: str) -> Node:
        return Indexed(Symbol("→"), None, self.argument())

    def brace(self, command: str) -> Node:
        """A part under or over a brace, and what the brace says of it, if anything."""
        base = self.argument()
        if self.peek() != ("_" if command == r"\underbrace" else "^"):
            return base
        self.next()
        return tree.Labelled(base, self.argument())

    def negated(self, command: str) -> Node:
        """A relation that a bar strikes through, where it is a sign of its own."""
        struck = unicodedata.normalize("NFC", SIGNS.get(self.next(), "") + "\u0338")
        if struck not in SIGNS:
            raise FormulaError(f"what stands behind {command} has no negation")
        return Symbol(SIGNS[struck])

    def table(self, begin: str) -> Node:
        """The rows of an environment up to its end."""
        name = begin.partition("{")[2].partition("}")[0]
        if name not in _TABLES:
            raise FormulaError(rf"\begin{{{name}}} is not supported")
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(self.until({"&", r"\\", "", *_ENDS}))
            mark = self.next()
            if mark == r"\\":
                rows.append([])
            elif mark != "&":
                break
        if _ENDS.get(mark) != name:
            raise FormulaError(rf"\begin{{{name}}} has no \end{{{name}}}")
        if rows[-1] == [Group(())]:  # the last row may end as the others do
            rows.pop()
        if not rows:
            raise FormulaError(rf"\begin{{{name}}} has no rows")
        opening, closing = _TABLES[name]
        return tree.Table(opening, tuple(map(tuple, rows)), closing)

    def root(self, spelling: str) -> Node:
        degree = "2"
        if spelling == r"\sqrt" and self.peek() == "[":
            _, degree, close = self.next(), self.next(), self.next()
            if close != "]" or not degree.isdecimal():
                raise FormulaError("the degree of a root has to be a number")
        return tree.Root(self.indexed() if spelling == "√" else self.argument(), degree)

    def group(self, _brace: str) -> Node:
        node = self.until({"}"})
        self.next()
        return node

    def bracket(self, opening: str) -> Node:
        """A pair of brackets; what opens as ⟨ may end at a bar, as a bra."""
        angle = OPENING[opening] == "⟨"
        if angle and re.match(r"\|(?:⟨|$)", self.shape_after()):
            inside = self.until(_MARKS)
            return tree.Fenced("⟨", inside, _MARKS[self.next()])
        outside, self.in_angles = self.in_angles, angle
        inside = self.until(CLOSING)
        self.in_angles = outside
        return tree.Fenced(OPENING[opening], inside, CLOSING[self.next()])

    def shape_after(self) -> str:
        """The next two bars and angles, as "|⟩"."""
        return self.shape[self.passed[self.place] :][:2]

    def bar(self, spelling: str) -> Node:
        """A bar opens a fence, or a ket, as |0⟩; alone in a script, as B_∥, it is a direction.

        After a value it divides, unless another one is left to close it.
        """
        bar = BARS[spelling]
        before = self.tokens[self.place - 2] if self.place > 1 else ""
        if bar == "‖" and (before in {"_", "^"} or (before == "{" and self.peek() == "}")):
            return Symbol(bar)
        ket = bar == "|" and not self.in_angles and self.shape_after().startswith("⟩")
        pairs = not self.in_angles and self.bars_after[self.place - 1] % 2
        if self.value and not ket and not pairs:
            if bar == "|" and self.peek() == "_":
                return Symbol(bar)  # evaluated where its subscript says
            if self.peek() in {"", "^", "_", "}", *CLOSING}:
                raise FormulaError(f"nothing stands after {spelling}")
            return Symbol(bar)
        if ket:
            inside = self.until(CLOSING)
            return tree.Fenced(bar, inside, CLOSING[self.next()])
        inside = self.until({"||", *(other for other in BARS if BARS[other] == bar)})
        if inside == Group(()):
            raise FormulaError(f"nothing stands between {spelling} and {self.peek()}")
        if self.next() == "||" and bar == "|":
            self.place -= 1
            self.tokens[self.place] = "|"  # the other half opens the next, as in |a||b|
        return tree.Fenced(bar, inside, bar)


def _count_bars(tokens: list[str]) -> list[int]:
    """For each token, how many bars stand after it before its bracket closes."""
    levels, counts = [0], []
    for spelling in reversed(tokens):
        if spelling == "}" or spelling in CLOSING:
            levels.append(0)
        elif len(levels) > 1 and (spelling == "{" or spelling in OPENING):
            levels.pop()
        counts.append(levels[-1])
        levels[-1] += spelling in BARS
    return counts[::-1]


def _apply_font(node: Node, alphabet: dict[str, str]) -> Node:
    """Several letters in a font are one name; a single letter is itself."""
    name = tree.plain_signs(node)
    if name in alphabet or (name.isascii() and name.isalpha()):
        return Symbol(alphabet.get(name, name))
    return node


_ENDS = {rf"\end{{{name}}}": name for name in _TABLES}
_MARKS = {spelling: sign for spelling, sign in (OPENING | CLOSING | BARS).items() if sign in "⟨⟩|"}
_NO_VALUES = signs.RELATIONS | signs.OPERATIONS | set(BARS) | set(",;:/")
_COMMANDS: dict[str, Callable[[Node], Node]] = {
    r"\mathbb": partial(_apply_font, alphabet=signs.DOUBLE_STRUCK | {"1": "𝟙"}),
    **dict.fromkeys(_FONTS.split(), partial(_apply_font, alphabet={})),
    r"\ket": lambda inside: tree.Fenced("|", inside, "⟩"),
    r"\bra": lambda inside: tree.Fenced("⟨", inside, "|"),
    r"\braket": lambda inside: tree.Fenced("⟨", inside, "⟩"),
    r"\abs": lambda inside: tree.Fenced("|", inside, "|"),
    r"\norm": lambda inside: tree.Fenced("‖", inside, "‖"),
    **{key: partial(tree.Accented, mark=mark) for key, mark in signs.ACCENT_COMMANDS.items()},
}
_READERS: dict[str, Callable[[_Parser, str], Node]] = {
    "{": _Parser.group,
    **dict.fromkeys(OPENING, _Parser.bracket),
    **dict.fromkeys(BARS, _Parser.bar),
    **dict.fromkeys(("√", r"\sqrt", "sqrt"), _Parser.root),
    **dict.fromkeys((r"\frac", r"\dfrac", r"\tfrac"), _Parser.fraction),
    **dict.fromkeys((r"\binom", r"\dbinom", r"\tbinom"), _Parser.binomial),
    **dict.fromkeys((r"\overset", r"\stackrel"), _Parser.set_above),
    **dict.fromkeys((r"\underbrace", r"\overbrace"), _Parser.brace),
    r"\underset": _Parser.set_below,
    r"\not": _Parser.negated,
    r"\xrightarrow": _Parser.arrow,
}
