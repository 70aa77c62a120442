"""WebVTT and SRT: parse and compose are each other's inverse, also for what players write."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio.deliver.text import srt, vtt
from paperledge_audio.deliver.text.captions import Caption, is_line
from paperledge_audio.deliver.text.timestamps import SPAN
from paperledge_audio.errors import DeliveryError

CODECS = [vtt, srt]
LINE = (
    st.text(min_size=1, max_size=30)
    .map(str.strip)
    .filter(is_line)
    .filter(lambda text: SPAN.fullmatch(text) is None)
)
NAME = LINE.map(lambda text: " ".join(text.split()))


@st.composite
def caption_lists(draw: st.DrawFn, *, named: bool) -> tuple[Caption, ...]:
    out, at = [], 0
    for lines in draw(st.lists(st.lists(LINE, min_size=1, max_size=3), max_size=6)):
        start = at + draw(st.integers(0, 4_000_000))
        at = start + draw(st.integers(1, 10_000))
        speaker = draw(st.just("") | NAME) if named else ""
        out.append(Caption(start, at, tuple(lines), speaker))
    return tuple(out)


@settings(max_examples=80)
@given(caption_lists(named=True))
def test_vtt_parse_undoes_compose(captions: tuple[Caption, ...]) -> None:
    assert vtt.parse(vtt.compose(captions)) == captions


@settings(max_examples=80)
@given(caption_lists(named=False))
def test_srt_parse_undoes_compose(captions: tuple[Caption, ...]) -> None:
    assert srt.parse(srt.compose(captions)) == captions


@settings(max_examples=30)
@given(caption_lists(named=False), st.sampled_from(CODECS), st.sampled_from(["\r\n", "\r"]))
def test_byte_order_mark_and_line_ends_change_nothing(
    captions: tuple[Caption, ...], codec: ModuleType, end: str
) -> None:
    assert codec.parse("\ufeff" + codec.compose(captions).replace("\n", end)) == captions


@settings(max_examples=40)
@given(st.text(max_size=200), st.sampled_from(CODECS))
def test_any_text_is_parsed_or_refused_with_a_line(text: str, codec: ModuleType) -> None:
    lines = []
    try:
        codec.parse("WEBVTT\n\n" * (codec is vtt) + text)
    except DeliveryError as error:
        lines.append(error.line)
    assert None not in lines


@settings(max_examples=40)
@given(caption_lists(named=False))
def test_webvtt_py_reads_the_same_vtt(captions: tuple[Caption, ...]) -> None:
    seen: Any = webvtt.from_string(vtt.compose(captions))
    assert [(c.start, c.end) for c in seen] == [
        (stamp(c.start_ms), stamp(c.end_ms)) for c in captions
    ]


def stamp(ms: int) -> str:
    return f"{ms // 3600000:02d}:{ms // 60000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


def test_webvtt_py_reads_text_and_speaker() -> None:
    text = vtt.compose([Caption(0, 1500, ("Less is more,", "they say."), "Ernis")])
    found: Any = webvtt.from_string(text)
    (seen,) = found
    assert (seen.voice, seen.text) == ("Ernis", "Less is more,\nthey say.")


def test_vtt_is_written_so() -> None:
    captions = [Caption(61_001, 3_661_500, ("a < b & c -> d --> e", "two"), 'A "B" & <C>')]
    assert vtt.compose(captions) == (
        "WEBVTT\n\n"
        "00:01:01.001 --> 01:01:01.500\n"
        '<v A "B" &amp; &lt;C&gt;>a &lt; b &amp; c -&gt; d --&gt; e\n'
        "two\n"
    )


def test_srt_is_written_so() -> None:
    captions = [Caption(0, 999, ("one",)), Caption(1000, 2000, ("two", "lines"), "Ernis")]
    assert srt.compose(captions) == (
        "1\n00:00:00,000 --> 00:00:00,999\none\n\n"
        "2\n00:00:01,000 --> 00:00:02,000\nErnis: two\nlines\n"
    )


def test_vtt_as_players_write_it() -> None:
    text = (
        "WEBVTT - a title\nKind: captions\n\n"
        "NOTE a note\nof two lines\n\n"
        "STYLE\n::cue { color: red }\n\n"
        "intro\n00:01.5 --> 00:02.000 line:0 align:start\n"
        "<v.loud Ernis Host><i>Hi</i> &lt;all&gt;&nbsp;there</v>\n"
        "00:00:03.000-->00:00:04.000\n<c.x>no</c> voice <00:00:03.500>here\n\n\n\n"
        "00:00:05.000 --> 00:00:06.000\n<v A>one <v B>two\n"
    )
    assert vtt.parse(text) == (
        Caption(1500, 2000, ("Hi <all>\xa0there",), "Ernis Host"),
        Caption(3000, 4000, ("no voice here",)),
        Caption(5000, 6000, ("one",), "A"),
        Caption(5000, 6000, ("two",), "B"),
    )


def test_srt_as_players_write_it() -> None:
    text = (
        "\n\n7\n0:00:01.5 --> 0:00:02,25 X1:40 X2:600\n one \n\nstill one\n"
        "8\n00:00:03,000 --> 00:00:04,000\n2001\n\n"
        "00:00:05,000 --> 00:00:06,000\nno number\n"
    )
    assert srt.parse(text) == (
        Caption(1500, 2250, ("one", "still one")),
        Caption(3000, 4000, ("2001",)),
        Caption(5000, 6000, ("no number",)),
    )


@pytest.mark.parametrize(
    ("codec", "text", "line"),
    [
        (vtt, "", 1),
        (vtt, "WEBVTTX", 1),
        (vtt, "WEBVTT\n\nfrom --> to\nx", 3),
        (vtt, "WEBVTT\n\n00:02.000 --> 00:01.000\nx", 3),
        (srt, "hello\n1\n00:00:01,000 --> 00:00:02,000\nx", 1),
        (srt, "1\n00:00:02,000 --> 00:00:01,000\nx", 2),
    ],
)
def test_what_is_not_a_caption_file_is_refused_with_its_line(
    codec: ModuleType, text: str, line: int
) -> None:
    with pytest.raises(DeliveryError) as caught:
        codec.parse(text)
    assert caught.value.line == line


def test_srt_can_not_hold_a_timing_line_as_text() -> None:
    with pytest.raises(DeliveryError, match="reword"):
        srt.compose([Caption(0, 1, ("00:00:01,000 --> 00:00:02,000",))])


@pytest.mark.parametrize(
    "values",
    [
        (5, 5, ("x",), ""),
        (-1, 5, ("x",), ""),
        (0, 5, (), ""),
        (0, 5, ("",), ""),
        (0, 5, (" x",), ""),
        (0, 5, ("a\nb",), ""),
        (0, 5, ("x",), "a\nb"),
    ],
)
def test_a_caption_that_could_not_be_written_can_not_be_made(
    values: tuple[int, int, tuple[str, ...], str],
) -> None:
    with pytest.raises(DeliveryError):
        Caption(*values)
