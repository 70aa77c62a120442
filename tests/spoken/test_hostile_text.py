"""Text that no one writes: it is said or refused, soon."""

from __future__ import annotations

import contextlib
import signal

import pytest

from paperledge_audio.errors import SpokenError
from paperledge_audio.script.printed.markup import printed
from paperledge_audio.spoken.lexicon.entries import built_in
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import read
from paperledge_audio.spoken.splitting import pieces

HOSTILE = (
    "a A 1 - a- A- 1- a1- 1, ( [ [1 $ $a * **a _ _a ` \\ ' a' < @ a@ a. A. a/ 1/ | |a & &a; "
    "http://a www. x^ x_{ x² 10^ 1e 1: 1x1 {} [a]( [a](/ 😀 é ⁿ ₂ O( f(x ~ <1"
)
PIECES = HOSTILE.split(" ")
SPACED = (
    "A. ",
    "A. B. ",
    "Aa Aa ",
    "(Aa, 2020; ",
    "Aa et al., ",
    "Fig. ",
    "? ",
    " – ",
    "\n",
    "the ",
)


@pytest.mark.parametrize("piece", [*PIECES, *SPACED])
def test_long_runs_are_said_whole_or_refused(piece: str) -> None:
    """4000 characters that make a pattern try again and again; it must come to an end."""
    said_or_refused((piece * 4000)[:4000])


def said_or_refused(text: str) -> None:
    page = printed(text)
    with contextlib.suppress(SpokenError):
        spans = read(page, Context(built_in()))
        assert "".join(span.text for span in spans) == page.text
        pieces(spans)


@pytest.mark.parametrize(
    "piece",
    [
        "_",
        "*",
        "~",
        "`",
        "1:1:1:",
        "σ",
        "IV",
        "Type I ",
        "say:",
        "? ",
        "Aa'aa'",
        "$\\",
        "*a ",
        "<!-- ",
    ],
)
def test_a_long_run_comes_to_an_end(piece: str) -> None:
    """32,000 characters in seconds of the processor's time; with the square it would be minutes."""
    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    try:
        said_or_refused((piece * 32_000)[:32_000])
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def too_long(*_: object) -> None:
    raise TimeoutError
