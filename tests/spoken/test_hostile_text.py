"""Text that no one writes: it is said or refused, soon."""

from __future__ import annotations

import contextlib
import signal
from dataclasses import replace

import pytest

from paperledge_audio.errors import PaperledgeError, SpokenError
from paperledge_audio.script.limits import LONGEST_PARAGRAPH
from paperledge_audio.script.parsing import parse
from paperledge_audio.script.printed.markup import strip_markup
from paperledge_audio.show.loading import load_show
from paperledge_audio.spoken import Segment
from paperledge_audio.spoken.lexicon.entries import LONGEST as LONGEST_ENTRY
from paperledge_audio.spoken.lexicon.entries import load_built_in, make_entry
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import scan
from paperledge_audio.spoken.segments import make_line_segments, make_segments
from paperledge_audio.spoken.splitting import LONGEST, split_block
from paperledge_audio.voices.casting import cast, make_member
from tests.samples import ROOT

pytestmark = pytest.mark.fuzz

SHOW = load_show(ROOT / "scripts" / "show.toml")

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
    page = strip_markup(text)
    with contextlib.suppress(SpokenError):
        spans = scan(page, Context(load_built_in()))
        assert "".join(span.text for span in spans) == page.text
        split_block(spans)


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


UNCUT = {
    "a word": "a" * 401,
    "numbers": "1," * 200,
    "a formula": "x^{2}+" * 30,
    "sounds": f"[It](/{'a' * 190}/)" * 3,
}


@pytest.mark.parametrize("name", UNCUT)
def test_what_no_engine_could_say_in_one_breath_is_refused_with_its_line(name: str) -> None:
    with pytest.raises(SpokenError, match=r"^x\.md:7: .*…? takes \d+ characters to say") as caught:
        spoken_of(f"Hello, crew.\nToday it is\n{UNCUT[name]} and more.")
    assert "the limit is 400" in caught.value.remedy


def test_numbers_side_by_side_are_divided() -> None:
    said = spoken_of(" ".join(["12345"] * 100))
    assert max(len(segment.spoken) for segment in said) <= LONGEST + 1
    assert " ".join(segment.text for segment in said[:-1]) == " ".join(["12345"] * 100)


@pytest.mark.parametrize("pair", [("a" * 201, "a"), ("a", "b" * 201), ("a", f"/{'a' * 200}/")])
def test_an_entry_of_a_lexicon_is_no_text(pair: tuple[str, str]) -> None:
    with pytest.raises(SpokenError, match=f"^'a.*more than {LONGEST_ENTRY} characters; ") as caught:
        make_entry(*pair)
    assert len(str(caught.value)) < 150
    assert make_entry("a" * LONGEST_ENTRY, "b" * LONGEST_ENTRY)


def test_thousands_of_phrases_that_begin_alike_cost_no_more() -> None:
    lexicon = load_built_in().add_layer((f"Aa {number} b", "aha") for number in range(30_000))
    said = scan(strip_markup("Aa 7 b aa " * 2000), Context(lexicon))
    assert sum(span.said.startswith("aha") for span in said) == 2000


def test_words_around_a_script_are_no_longer_than_a_paragraph() -> None:
    text = "a " * (LONGEST_PARAGRAPH // 2)
    loud = replace(SHOW, words=replace(SHOW.words, opening=text + "a"))
    script = parse("---\ntitle: A\ndate: 2025-10-21\n---\nHello.\n", "x.md")
    with pytest.raises(PaperledgeError, match=r"show\.toml: 'a a .* is longer than 20000 char"):
        make_segments(script, loud, cast(script, loud))
    part = make_member(cast(script, SHOW).host.voice)
    assert make_line_segments(text, SHOW, part)
    with pytest.raises(SpokenError, match="is longer than 20000 characters; shorten or divide"):
        make_line_segments(text + "a", SHOW, part)


def spoken_of(text: str) -> tuple[Segment, ...]:
    source = f"---\ntitle: A\ndate: 2025-10-21\n---\n{text}"
    script = parse(source, "x.md")
    return make_segments(script, SHOW, cast(script, SHOW))
