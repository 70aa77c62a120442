"""Formulas are said whole, in letters, or refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.script.printed.signs import CLOSING, FENCES, OPENING, SIGNS, WORDS
from paperledge_audio.spoken.maths.words import say_formula

SAID = re.compile(r"[A-Za-z',.: -]+")


def test_every_sign_is_said_or_refused() -> None:
    for spelling, sign in SIGNS.items():
        if sign not in {"√", "|", "‖", "_"} and spelling not in {"&", "$"}:
            name = spelling.isascii() and spelling.isalpha()
            said = say_formula(rf"\mathrm{{{spelling}}}" if name else f"1 {spelling} 2")
            assert bool(said) == (sign in WORDS)
            assert said is None or SAID.fullmatch(said)


def test_every_fence_is_said() -> None:
    opening = {sign: spelling for spelling, sign in OPENING.items()}
    closing = {sign: spelling for spelling, sign in CLOSING.items()}
    for pair, before in FENCES.items():
        assert say_formula(f"{opening[pair[0]]} x {closing[pair[1]]}") == f"{before} X".strip()


def test_nothing_of_a_table_is_left_out() -> None:
    assert say_formula(r"\begin{pmatrix} & 1 \\ 2 & \end{pmatrix}") == (
        "the matrix with first row blank, one, second row two, blank"
    )
    assert say_formula(r"\begin{cases} & x > 0 \end{cases}") is None


@pytest.mark.parametrize("source", [r"\frac{d}{}", r"\abs{}", r"\ket{}", "3^{+1}_{{}}", r"\norm{}"])
def test_an_empty_part_is_no_crash(source: str) -> None:
    said = say_formula(source)
    assert said is None or SAID.fullmatch(said)


TABLES = (
    *(rf"\{word}{{{name}}}" for word in ("begin", "end") for name in ("cases", "pmatrix")),
    *(r"\underbrace", r"\overset", r"\underset", "&", r"\\", "|_"),
)
PIECES = st.sampled_from(
    [*SIGNS, *OPENING, *CLOSING, *"{}^_ 19", r"\frac", r"\text{a b}", "(x)", *TABLES]
)


@given(st.one_of(st.text(), st.text("\\{}^_ab1+-()[]|,=&σ²"), st.lists(PIECES).map(" ".join)))
def test_any_formula_is_said_in_letters_or_refused(source: str) -> None:
    said = say_formula(source)
    assert said is None or SAID.fullmatch(said)
