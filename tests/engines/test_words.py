"""Words get their times by following their letters through spans and marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.engines.words import interpolate, time_words
from paperledge_audio.spoken.model import Segment, Span


def segment(*spans: Span) -> Segment:
    return Segment(0, "speech", spans, "ernis", 1, 0, 0.0)


def a_frame_a_letter(seg: Segment) -> tuple[tuple[int, int], ...]:
    return tuple((i, 100 * i) for i in range(len(seg.spoken) + 1))


def test_unchanged_words_last_as_long_as_their_letters() -> None:
    seg = segment(Span("Hello, crew.", "Hello, crew."))
    words = time_words(seg, a_frame_a_letter(seg))
    assert [(w.text, w.start, w.end) for w in words] == [("Hello,", 0, 500), ("crew.", 700, 1100)]


def test_a_changed_word_lasts_as_long_as_what_is_said_for_it() -> None:
    seg = segment(Span("about ", "about "), Span("10%", "ten percent"), Span(" more", " more"))
    words = time_words(seg, a_frame_a_letter(seg))
    assert [(w.text, w.start, w.end) for w in words] == [
        ("about", 0, 500),
        ("10%", 600, 1700),
        ("more", 1800, 2200),
    ]


def test_an_unsaid_word_takes_no_time_and_keeps_its_place() -> None:
    seg = segment(Span("known", "known"), Span(" [12]", "", "citation"), Span(" facts", " facts"))
    words = time_words(seg, a_frame_a_letter(seg))
    assert [(w.text, w.start, w.end) for w in words] == [
        ("known", 0, 500),
        ("[12]", 500, 500),
        ("facts", 600, 1100),
    ]


def test_words_inside_one_changed_span_share_its_time_in_order() -> None:
    seg = segment(Span("et al.", "and others"))
    first, second = time_words(seg, a_frame_a_letter(seg))
    assert first.start == 0
    assert first.end <= second.start < second.end <= 1000


def test_words_that_go_on_saying_a_text_lengthen_it() -> None:
    """As letters with their own sound do, and words that a script gives; a comma does not."""
    comma, pause = Span("", ",", "breath"), Span(" ", " ")
    on = (Span("GPT-4", "G P T", "name"), Span("", " ", "name"), Span("", "four", "name"))
    seg = segment(Span("new", "new"), comma, pause, *on, Span(" is", " is"))
    words = time_words(seg, a_frame_a_letter(seg))
    assert seg.spoken == "new, G P T four is"
    assert [(w.text, w.start, w.end) for w in words] == [
        ("new", 0, 300),
        ("GPT-4", 500, 1500),
        ("is", 1600, 1800),
    ]


def test_words_before_a_text_are_not_of_it() -> None:
    seg = segment(Span("", "Say "), Span("it", "it"))
    (word,) = time_words(seg, a_frame_a_letter(seg))
    assert (word.start, word.end) == (400, 600)


words_ = st.text(alphabet="abc XY19%.,()", min_size=0, max_size=8)


@given(st.lists(st.tuples(words_, words_), min_size=1, max_size=8))
def test_every_printed_word_once_in_order_inside_the_clip(pairs: list[tuple[str, str]]) -> None:
    seg = segment(*(Span(text, said) for text, said in pairs))
    words = time_words(seg, a_frame_a_letter(seg))
    assert [w.text for w in words] == seg.text.split()
    times = [t for w in words for t in (w.start, w.end)]
    assert times == sorted(times)
    assert all(0 <= t <= 100 * len(seg.spoken) for t in times)


def test_a_jump_is_read_from_either_side() -> None:
    assert interpolate(1, (0, 1, 1, 2), (0, 10, 20, 30)) == 10
    assert interpolate(1, (0, 1, 1, 2), (0, 10, 20, 30), after=True) == 20
    assert interpolate(0.5, (0, 1, 1, 2), (0, 10, 20, 30)) == 5
    assert interpolate(9, (0, 1), (0, 10)) == 10
