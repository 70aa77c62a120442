"""LaTeX outside of formulas is what it prints, in every kind of script; what isn't LaTeX stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.script import Speech
from paperledge_audio.script.parsing import parse
from paperledge_audio.script.printed.markup import strip_markup
from paperledge_audio.script.printed.prose import print_latex

PRINTED = {
    r"the {\it Fermi} and \emph{Swift} teams": "the Fermi and Swift teams",
    r"\textbf{in \textit{vivo}} and {\bf bold}": "in vivo and bold",
    r"J\"urgen Dom\'inguez, Erd\H{o}s": "Jürgen Domínguez, Erdős",
    r"\v{C}ech, Schr\"{o}dinger, L{\'e}vy": "Čech, Schrödinger, Lévy",
    r"{\'E}mile, {\O}rsted, \L{}ojasiewicz, stra\ss e": "Émile, Ørsted, Łojasiewicz, straße",
    "the S{ö}ding model": "the Söding model",
    r"{\it \`a la} Scherk": "à la Scherk",
    r"10~GeV in Fig.~3 of Section~2": "10 GeV in Fig. 3 of Section 2",
    r"15\,yr and 3\,000": "15 yr and 3 000",
    "1--10 GeV --- wide": "1–10 GeV --- wide",
    "the Jensen--Shannon divergence": "the Jensen–Shannon divergence",
    r"CO\textsubscript{2}, the 3\textsuperscript{rd}": "CO₂, the 3rd",
    r"\rho mesons, \pi \pm, 2 \times 3, \sim 5": "ρ mesons, π ±, 2 × 3, ∼ 5",
    r"q\bar{q} pairs": "qq̄ pairs",
    r"Nordstr$\ddot{o}$m black holes": "Nordström black holes",
}
KEPT = (
    r"It\'s what we\'ll do, \"all\" of it.",
    r"`\alpha` and $\textit{x}$ and $a~b$",
    "z~1.2, about ~10, x~N(0, 1)",
    "stages--bronchospasm, and so--on",
    r"see \cite{smith} and \ref{a}",
    r"C:\temp\new",
)


@pytest.mark.parametrize("latex", PRINTED)
def test_it_is_printed(latex: str) -> None:
    assert print_latex(latex) == PRINTED[latex]
    assert strip_markup(latex).text == PRINTED[latex]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_latex_stays(text: str) -> None:
    assert print_latex(text) == text


@pytest.mark.parametrize("path", ["x.md", "x.txt"])
def test_both_kinds_of_script_have_it(path: str) -> None:
    head = "---\ntitle: A\ndate: 2025-10-21\n---\n"
    (block,) = parse(head + "says Erd\\H{o}s of {\\it Fermi}.", path).blocks
    assert isinstance(block, Speech)
    assert strip_markup(block.text).text == "says Erdős of Fermi."


@given(st.text(alphabet="ab 1{}\\~-$`'\"itv\n", max_size=40))
def test_it_is_the_same_again(text: str) -> None:
    once = print_latex(text)
    assert once.count("\n") == text.count("\n")
    assert "\0" not in once
