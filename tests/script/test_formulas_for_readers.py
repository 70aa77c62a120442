"""Formulas as readers see them, and that what they see keeps time with what is said."""

from __future__ import annotations

import dataclasses
import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.engines.words import time_words
from paperledge_audio.script.model import Episode, Heading, Script, Speech
from paperledge_audio.script.printed.formulas import show_formulas
from paperledge_audio.show.model import Show
from paperledge_audio.spoken.segments import list_chapter_titles, make_segments
from paperledge_audio.voices.casting import cast


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"$\sigma$-VAE", "σ-VAE"),
        (r"the $\Sigma$ and $\varepsilon$", "the Σ and ε"),
        (r"$O(n \log n)$ time", "O(n log n) time"),
        (r"$\mathbb{R}^{d}$", "ℝᵈ"),
        (r"$x_{i+1} \leq 10^{-4}$", "xᵢ₊₁ ≤ 10⁻⁴"),
        (r"$\sqrt{d_k}$", "√dₖ"),
        (r"$\frac{1}{2}$ or $\frac{a+b}{c}$", "1/2 or (a + b)/c"),
        (r"$d_{\text{model}} = 512$", "d_model = 512"),
        (r"$\pi_\theta(a|s)$", "π_θ(a|s)"),
        (r"$\hat{y}$", "ŷ"),
        (r"$-5$ and $a-b$", "−5 and a − b"),
        (r"\(\pi r^2\)", "πr²"),
        (r"$\max_{a} Q(s,a)$", "maxₐ Q(s, a)"),
        (r"$p(y \mid x)$", "p(y | x)"),
        (r"$O(\log n)$", "O(log n)"),
        (r"$-\log p \leq -1$", "−log p ≤ −1"),
        (r"$10^-5$ or $10^12$", "10⁻⁵ or 10¹²"),
        (r"$1,024$ and $(i,j)$", "1,024 and (i, j)"),
        (r"$2\frac{1}{2} + \frac{1}{n}\sum_i x_i$", "2 1/2 + 1/n ∑ᵢxᵢ"),
        (r"$\sqrt{x}^2$ or $\frac{1}{2}^n$", "(√x)² or (1/2)ⁿ"),
        (r"$5\,\text{ms}$ for $\text{all of } x$", "5 ms for all of x"),
        (r"$x ~ N(0, 1)$", "x ∼ N(0, 1)"),
        (r"$f: X \to Y$", "f: X → Y"),
        (r"$|x|$, $\|x\|_2$, $\lfloor x \rfloor$", "|x|, ‖x‖₂, ⌊x⌋"),
        (
            r"$\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}$",
            "{x, if x > 0; 0, otherwise}",
        ),
        (r"$\begin{bmatrix} a & b \\ c & d \end{bmatrix}$", "[a, b; c, d]"),
        (r"$\underbrace{x}_{\text{loss}} + y$", "x (loss) + y"),
        (r"$f|_{x=0}$", "f|ₓ₌₀"),
        (r"$X_n \xrightarrow{p} X$", "Xₙ →ᵖ X"),
        ("from $5 to $10", "from $5 to $10"),  # money
        (r"$\unheardof{x}$", r"$\unheardof{x}$"),  # better LaTeX than something else
        (r"$\frac{\frac{1}{2}}{3}$", r"$\frac{\frac{1}{2}}{3}$"),
        (r"${$", r"${$"),
    ],
)
def test_formulas_look_like_this(source: str, shown: str) -> None:
    assert show_formulas(source) == shown


@given(st.text("\\{}^_$ab1 +-()[]|,=&σ", max_size=30))
def test_any_text_has_a_printed_form(text: str) -> None:
    assert show_formulas(f"${text}$") or not text


@given(st.text(st.characters(exclude_characters="$\\")))
def test_text_without_formulas_is_left_alone(text: str) -> None:
    assert show_formulas(text) == text


def test_segments_and_chapters_show_formulas_and_time_each_printed_word(show: Show) -> None:
    silent = dataclasses.replace(show, disclosure=dataclasses.replace(show.disclosure, spoken=""))
    blocks = (
        Heading(r"Why $\sigma$ helps", 1),
        Speech(r"A $\sigma$-VAE takes $O(n \log n)$ steps.", 3),
    )
    script = Script(Episode("t", datetime.date(2025, 10, 21)), blocks)
    _, segment = make_segments(script, silent, cast(script, silent))
    assert segment.text == "A σ-VAE takes O(n log n) steps."
    assert segment.spoken == "A sigma V A E takes O of N log N steps."
    words = time_words(segment, ((0, 0), (len(segment.spoken), 1000)))
    assert [word.text for word in words] == segment.text.split()
    assert all(one.end <= two.start for one, two in pairwise(words))
    assert list_chapter_titles(script) == ("Why σ helps",)
