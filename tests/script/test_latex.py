"""LaTeX and the signs of Unicode as one tree, which print gives back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.script.printed.formulas import show_formulas, show_on_line
from paperledge_audio.script.printed.latex import DEEPEST, parse
from paperledge_audio.script.printed.signs import (
    ACCENT_COMMANDS,
    ACCENTS,
    BARS,
    CLOSING,
    OPENING,
    SIGNS,
    WORDS,
)
from paperledge_audio.script.printed.tree import (
    Accented,
    Fenced,
    FormulaError,
    Fraction,
    Group,
    Indexed,
    Node,
    Number,
    Root,
    Symbol,
    Text,
)

X, Y, N, MINUS, PRIME = map(Symbol, "xyn−′")


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("x", X),
        (r"{\alpha}", Symbol("α")),
        ("1,024.5", Group((Number("1,024"), Number(".5")))),
        (r"\log x", Group((Symbol("log"), X))),
        (r"\mathrm{Var}", Symbol("Var")),
        (r"\mathbb{R}", Symbol("ℝ")),
        (r"\text{if } x", Group((Text("if "), X))),
        (r"\frac12", Fraction(Number("1"), Number("2"))),
        (r"\sqrt[3]{x}", Root(X, "3")),
        ("x_n^2", Indexed(X, N, Number("2"))),
        ("x^2_n", Indexed(X, N, Number("2"))),
        ("x^-1", Indexed(X, None, Group((MINUS, Number("1"))))),
        ("x''", Indexed(X, None, Group((PRIME, PRIME)))),
        ("x'^2", Indexed(Indexed(X, None, PRIME), None, Number("2"))),
        (r"\hat x_n", Indexed(Accented(X, "\u0302"), N)),
        (r"\left[x, y\right)", Fenced("[", Group((X, Symbol(","), Y)), ")")),
        ("(x|y)", Fenced("(", Group((X, Symbol("|"), Y)), ")")),
        ("(n|x|)", Fenced("(", Group((N, Fenced("|", X, "|"))), ")")),
        ("|x||y|", Group((Fenced("|", X, "|"), Fenced("|", Y, "|")))),
        ("||x||", Fenced("‖", X, "‖")),
        (r"5~\text{km}", Group((Number("5"), Symbol(" "), Text("km")))),
        ("x ~ y", Group((X, Symbol("∼"), Y))),
    ],
)
def test_a_formula_is_this_tree(source: str, tree: Node) -> None:
    assert parse(source) == tree


@pytest.mark.parametrize(
    "spellings",
    [
        ("σ", r"\sigma", r"{\sigma}", r"\mathbf{\sigma}", r"\bm\sigma"),
        ("x²", "x^2", "x^{2}", "{x}^2"),
        ("xᵢ₊₁", "x_{i+1}", "x_{i + 1}"),
        ("ℝᵈ", r"\mathbb{R}^d", r"\mathbb R^{d}"),
        ("ŷ", r"\hat{y}", r"\widehat y"),
        ("f′(x)", "f'(x)", "f’(x)", r"f^\prime(x)"),
        ("x ≤ y", r"x \leq y", r"x\le y", "x <= y"),
        ("√x", r"\sqrt x", r"\sqrt{x}"),
        ("log n", r"\log n", r"\mathrm{log} n", r"\operatorname{log}n"),
        ("‖x‖", r"\|x\|", r"\left\| x \right\|", r"\lVert x \rVert", "||x||"),
        ("(x)", r"\left(x\right)", r"\bigl( x \bigr)"),
        ("10,000", "10{,}000"),
        (
            r"(\begin{matrix} x & y \\ n & 2 \end{matrix})",
            r"\left(\begin{array}{cc} x & y \\ n & 2 \\ \end{array}\right)",
        ),
        (r"\begin{aligned} x &= y \\ &= n \end{aligned}", r"x = y \\ = n"),
        (r"\boxed{x}", r"\textcolor{red}{x}", r"\hspace{1em} x", r"\left. x \right."),
        (r"\underset{x}{\max} y", r"\max_x y", r"\max\limits_{x} y"),
        (r"x \xrightarrow{p} y", r"x \overset{p}{\to} y", r"x \stackrel{p}{\rightarrow} y"),
    ],
)
def test_other_spellings_are_the_same_tree(spellings: tuple[str, ...]) -> None:
    assert len({parse(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (r"\sideset{n}{k}", r"\sideset is not supported"),
        (r"\begin{tabular} x \end{tabular}", r"\begin{tabular} is not supported"),
        (r"\begin{pmatrix} x & y", r"\begin{pmatrix} has no \end{pmatrix}"),
        (r"\begin{pmatrix} x \end{cases}", r"\begin{pmatrix} has no \end{pmatrix}"),
        (r"\begin{cases} \end{cases}", r"\begin{cases} has no rows"),
        (r"x \tag{1}", r"\tag is not supported"),
        (r"x \end{cases}", r"\end{cases} is not supported"),
        (r"\begin{matrix}" * 99 + "x", "nested more than 64"),
        ("é", "is not supported"),
        ("(x", "ends too soon"),
        ("x)", ") is not supported"),
        ("{x)}", ") is not supported"),
        (r"\frac{x}", "ends too soon"),
        ("x^", "ends too soon"),
        ("x^{}", "nothing stands behind ^"),
        ("x^y^n", "two ^ stand side by side"),
        (r"\sqrt[n]{x}", "has to be a number"),
        ("x|", "nothing stands after |"),
        ("| |", "nothing stands between"),
        ("{" * (DEEPEST + 1) + "x" + "}" * (DEEPEST + 1), "nested more than 64"),
        (r"\sqrt" * 9999 + "x", "nested more than 64"),
        ("x^{" * 9999 + "x", "nested more than 64"),
        ("(" * 9999, "nested more than 64"),
        ("x" + "\u0302" * 9999, "is not supported"),
    ],
)
def test_what_is_not_supported_is_named(source: str, what: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(source)
    assert what in str(caught.value)
    assert show_formulas(f"${source}$") == f"${source}$"


def test_as_many_levels_as_promised_are_read() -> None:
    assert parse("{" * (DEEPEST - 1) + "x" + "}" * (DEEPEST - 1)) == X


def test_every_spelling_stands_for_its_sign() -> None:
    for spelling, sign in SIGNS.items():
        if sign == "√":
            assert parse(spelling + " x") == Root(X)
        elif spelling in BARS:
            assert parse(f"{spelling} x {spelling}") == Fenced(sign, X, sign)
        elif spelling.startswith("\\") or spelling not in {" ", "&", "_", "$", "′"}:
            name = spelling.isascii() and len(spelling) > 1 and spelling.isalpha()
            assert parse(rf"\mathrm{{{spelling}}}" if name else spelling) == Symbol(sign)


def test_every_accent_is_a_combining_mark() -> None:
    for command, mark in ACCENT_COMMANDS.items():
        assert parse(command + " x") == parse("x" + mark) == Accented(X, mark)


def test_every_bracket_has_its_other_half() -> None:
    for (opening, left), (closing, right) in zip(OPENING.items(), CLOSING.items(), strict=True):
        assert parse(f"{opening} x {closing}") == Fenced(left, X, right)


def test_signs_have_one_shape() -> None:
    assert {SIGNS.get(sign) or SIGNS["\\" + sign] for sign in WORDS} == set(WORDS)


def test_what_is_a_unit_too_needs_its_backslash() -> None:
    assert "sec" not in SIGNS
    assert parse(r"\sec") == Symbol("sec")


def is_read_or_refused(text: str) -> None:
    try:
        parse(text)
    except FormulaError as error:
        assert str(error)  # noqa: PT017 - it says what is wrong


PIECES = st.sampled_from([*SIGNS, *OPENING, *CLOSING, *"{}^_ $19", r"\frac", r"\text{a b}"])


@given(st.one_of(st.text(), st.text("\\{}^_ab1+-()[]|,=&σ²"), st.lists(PIECES).map(" ".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    is_read_or_refused(text)


@pytest.mark.parametrize(
    "piece", ["|", "||", "{", "(", "x|", "(|", "a_", "a'_b", "'", "²", r"\text{", "{|"]
)
def test_long_runs_come_to_an_end(piece: str) -> None:
    is_read_or_refused(piece * 5_000)
    is_read_or_refused(f"({piece * 5_000})")


LETTERS = st.sampled_from("bcwyzσθ").map(Symbol)
SMALL = st.one_of(
    st.sampled_from("io").map(Symbol),
    st.sampled_from(["2", "10"]).map(Number),
    st.sampled_from([Group((MINUS, Number("1"))), Group((Symbol("i"), Symbol("+"), Number("1")))]),
)
PLAIN = st.one_of(
    LETTERS,
    st.sampled_from(["log", "max", "∞", "∂", "∑", "ℝ"]).map(Symbol),
    st.sampled_from(["5", "0.5", "1,024"]).map(Number),
    st.builds(Accented, LETTERS, st.sampled_from([*ACCENTS])),
    st.builds(Root, st.one_of(LETTERS, st.builds(Indexed, LETTERS, LETTERS))),
)


def in_rows(values: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Some values with signs between them."""
    signs = st.sampled_from("=≤→∈+−×·,").map(Symbol)
    rows = st.lists(st.tuples(signs, values), max_size=3)
    return st.builds(
        lambda first, more: Group((first, *(node for pair in more for node in pair))), values, rows
    ).map(lambda row: row if len(row.parts) > 1 else row.parts[0])


def with_fences(values: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Rows of values between brackets, and these with something below and above."""
    pairs = st.sampled_from(["()", "[]", "[)", "⟨⟩", "⌊⌋", "⌈⌉"])
    fences = st.builds(lambda pair, row: Fenced(pair[0], row, pair[1]), pairs, in_rows(values))
    return st.one_of(fences, st.builds(Indexed, fences, SMALL, SMALL))


BARRED = st.builds(lambda bar, inside: Fenced(bar, inside, bar), st.sampled_from("|‖"), LETTERS)
INDEXED = st.builds(Indexed, st.one_of(LETTERS, BARRED), SMALL, st.none() | SMALL)


@given(in_rows(st.recursive(st.one_of(PLAIN, BARRED, INDEXED), with_fences, max_leaves=6)))
def test_what_is_printed_is_read_as_the_same_tree(tree: Node) -> None:
    assert parse(show_on_line(tree)) == tree
