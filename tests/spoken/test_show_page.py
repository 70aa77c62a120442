"""The five episodes of the show's page: every number, model name and formula as it should be."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest

from paperledge_audio.script.model import Credit, Episode, Script, Speech
from paperledge_audio.script.printed.formulas import show_formulas
from paperledge_audio.show.loading import load_show
from paperledge_audio.spoken.segments import make_segments
from paperledge_audio.voices.casting import cast

SHOW = load_show(Path(__file__).parents[2] / "scripts" / "show.toml")
CREDIT = "Credit to Paper authors"

CHANGED = {
    # every piece of the page with a digit, an inner capital or a sign, as a host says it
    "LatentLM": "Latent L M",
    "(VAE)": ", V A E,",
    "VAEs": "V A Es",
    "$\\sigma$-VAE": "sigma V A E",
    "EmbeddingGemma": "Embedding Gemma",
    "300 million": "three hundred million",
    "(LLMs)": ", L L Ms,",
    "10%": "ten percent",
    "AgenTracer-8B": "AgenTracer eight B",
    "Gemini-2.5-Pro": "Gemini two point five Pro",
    "Claude-4-Sonnet": "Claude four Sonnet",
    "18.18%": "eighteen point one eight percent",
    "MetaGPT and MaAS": "Meta G P T and mass",
    "TracerTraj": "tracer traj",
    "AI": "A I",
    "LLM agentic": "L L M agentic",
    "VLMs": "V L Ms",
    "GPT-4o": "G P T four oh",
    "like GPT": "like G P T",
    "VERA-V": "Vera V",
    "53.75%": "fifty three point seven five percent",
    "RAG": "rag",
    "REFRAG-like": "ree frag like",
    "30.85%": "thirty point eight five percent",
    "HUGE": "huge",
    "AI-powered": "A I powered",
    "AJ Co": "A J Co",
}


def told(text: str, credit_names: int = 99) -> tuple[str, str]:
    """A page's printed text and what is said for it, a paragraph a line."""
    words = dataclasses.replace(SHOW.words, credit_names=credit_names)
    disclosure = dataclasses.replace(SHOW.disclosure, spoken="")
    show = dataclasses.replace(SHOW, words=words, disclosure=disclosure)
    blocks: list[Speech | Credit] = []
    for number, line in enumerate(text.splitlines(), 1):
        body, mark, names = line.partition(CREDIT)
        blocks += [Speech(body, number)] if any(map(str.isalpha, body)) else []
        blocks += [Credit(mark + names, number)] if mark else []
    script = Script(Episode("T", datetime.date(2025, 10, 21)), tuple(blocks))
    found = make_segments(script, show, cast(script, show))
    return " ".join(s.text for s in found), " ".join(s.spoken for s in found)


def test_no_printed_word_of_the_page_is_lost(show_page: str) -> None:
    printed, _said = told(show_page)
    assert printed.split() == show_formulas(show_page.replace(CREDIT, f" {CREDIT}")).split()


def test_what_is_said_is_letters(show_page: str) -> None:
    _printed, said = told(show_page)
    assert not [char for char in said if not char.isascii() and char not in "—…"]
    assert not any(map(str.isdigit, said))


@pytest.mark.parametrize(("printed", "said"), CHANGED.items())
def test_names_numbers_and_formulas_are_right(show_page: str, printed: str, said: str) -> None:
    assert printed in show_page
    assert said in told(show_page)[1]


def test_every_piece_that_changes_is_in_the_table(show_page: str) -> None:
    """Nothing with a digit or a run of capitals is missing from the table above."""
    body = "\n".join(line.partition(CREDIT)[0] for line in show_page.splitlines()[4:])
    odd = {
        word.strip(".,!?()\"“”:;'’s")
        for word in body.split()
        if any(map(str.isdigit, word)) or sum(map(str.isupper, word)) > 1
    }
    known = " ".join(CHANGED)
    dates = {"21", "2025"}
    assert {word for word in odd if word not in known} <= dates | {
        "On-Device",
        "PaperLedge",
        "AgenTracer",
        "Text-to-Speech",
        "Vision-Language",
        "Retrieval-Augmented",
        "REFRAG",
        "LLM",
        "VLM",
        "GPT",
    }
