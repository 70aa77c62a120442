"""Captions: every printed word once, in order, readable, never overlapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio.deliver.text import vtt
from paperledge_audio.deliver.text.captions import (
    SRT_LAYOUT,
    VTT_LAYOUT,
    Caption,
    CaptionLayout,
    make_captions,
)
from paperledge_audio.deliver.text.linebreaks import LONGEST_MS
from paperledge_audio.engines.model import Word
from paperledge_audio.errors import DeliveryError
from paperledge_audio.mix.model import Cue, Timeline
from paperledge_audio.spoken.model import Span
from tests.deliver.making import HOSTILE, cue, short_timeline, timeline

LAYOUTS = [VTT_LAYOUT, SRT_LAYOUT]
WORD = st.text("abcdefghijk", min_size=3, max_size=14)
SENTENCE = st.lists(
    st.tuples(WORD, st.sampled_from(["", "", "", "", ",", ";", " –"])), min_size=1, max_size=30
).map(lambda parts: " ".join(word + mark for word, mark in parts) + ".")


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Segments at about 15 letters a second, with pauses, in two voices and some chapters."""
    cues: list[Cue] = []
    at, chapter = draw(st.floats(0, 5)), 0
    for text in draw(st.lists(SENTENCE, min_size=1, max_size=8)):
        heading = draw(st.integers(0, 5)) == 0
        chapter += heading
        end = at + max(len(text) / draw(st.floats(12, 18)), 0.3)
        role = "heading" if heading else "speech"
        voice = draw(st.sampled_from(["ernis", "ernis", "emma"]))
        speaker = draw(st.sampled_from(["", "", "Dr. Lee"]))
        one = cue(text, at, end, index=len(cues), role=role, voice=voice, speaker=speaker)
        cues.append(replace(one, segment=replace(one.segment, chapter=chapter)))
        at = end + draw(st.sampled_from([0.0, 0.35, 0.6, 1.2]))
    return timeline(cues, at + draw(st.floats(0, 5)))


def words_of(found: Sequence[Caption]) -> list[str]:
    return [word for caption in found for line in caption.lines for word in line.split()]


def printed(line: Timeline) -> list[str]:
    return [word for c in line.cues for word in c.segment.text.split()]


@settings(max_examples=60)
@given(timelines(), st.sampled_from([VTT_LAYOUT, CaptionLayout(32, 2, named=False)]))
def test_captions_hold_every_word_once_and_keep_the_rules(
    line: Timeline, layout: CaptionLayout
) -> None:
    found = make_captions(line, layout)
    assert words_of(found) == printed(line)
    assert all(one.end_ms <= two.start_ms for one, two in pairwise(found))
    assert found[-1].end_ms <= line.frames * 1000 / line.rate + 1
    for caption in found:
        assert len(caption.lines) <= layout.lines
        assert max(map(len, caption.lines)) <= layout.characters
        assert caption.end_ms - caption.start_ms <= LONGEST_MS


@settings(max_examples=40)
@given(timelines())
def test_srt_text_names_each_new_speaker_and_nothing_else(line: Timeline) -> None:
    found = make_captions(line, SRT_LAYOUT)
    expected, speaker = [], ""
    for c in line.cues:
        name = c.segment.speaker
        expected += f"{name}:".split() * (name != speaker) + c.segment.text.split()
        speaker = name
    assert words_of(found) == expected
    for caption in found:
        assert caption.speaker == ""
        assert len(caption.lines) <= 2
        assert max(map(len, caption.lines)) <= 32


@settings(max_examples=40)
@given(timelines())
def test_a_word_is_shown_while_it_sounds(line: Timeline) -> None:
    found = make_captions(line, VTT_LAYOUT)
    words = iter([w for c in line.cues for w in c.words])
    for caption in found:
        for _ in words_of([caption]):
            word = next(words)
            start_ms, end_ms = word.start * 1000 / line.rate, word.end * 1000 / line.rate
            assert caption.start_ms <= start_ms + 2
            assert caption.end_ms >= end_ms - 2


def test_a_short_episode_is_captioned_by_sentences_and_clauses() -> None:
    found = make_captions(short_timeline(), VTT_LAYOUT)
    assert [(c.lines, c.speaker) for c in found] == [
        (("Hello crew, we look at looking today.",), "Ernis"),
        (("It is a short story, told twice.",), "Ernis"),
        (("The idea",), "Ernis"),
        (("A network, they say,", "sees what it must; no more."), "Ernis"),
        (("Why it matters",), "Ernis"),
        (("Because less can be enough.",), "Emma"),
    ]
    # From the first to the last word as the time line has them, and half a second longer unless
    # the next caption (the first one here) or the end of the episode (the last one) comes before.
    times = [(c.start_ms, c.end_ms) for c in found]
    assert times[:3] == [(1000, 3400), (3400, 5500), (5600, 6700)]
    assert times[-1] == (10_200, 12_000)


def test_lines_break_at_clauses_rather_than_after_articles() -> None:
    text = "If the network looks at it once, it sees the edges of a thing."
    (found,) = make_captions(timeline([cue(text, 0, 4)], 7), VTT_LAYOUT)
    # The evenest break would be after "once, it".
    assert found.lines == ("If the network looks at it once,", "it sees the edges of a thing.")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_initial_or_a_title_stays_beside_its_name(layout: CaptionLayout) -> None:
    text = (
        "He asked for a unit of measure, and his friend Prof. J. W. Tukey had just the name for it."
    )
    found = make_captions(timeline([cue(text, 0.0, 6.0)], 7.0), layout)
    lines = [line for caption in found for line in caption.lines]
    assert any("Prof. J. W. Tukey" in line for line in lines), lines


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("formula", ["[1.1, 6.0]", "C(52, 5) = 9", "4! = 24", "a → b", "x + y"])
def test_a_formula_stays_in_one_line(layout: CaptionLayout, formula: str) -> None:
    text = f"In the data, as we saw, {formula} is what the team found, at last, for the whole set."
    found = make_captions(timeline([cue(text, 0.0, 6.0)], 7.0), layout)
    lines = [line for caption in found for line in caption.lines]
    assert any(formula in line for line in lines), lines


def test_a_caption_ends_with_its_sentence_rather_than_inside_the_next() -> None:
    first = "They are kept alive by machines that are too small to see."
    second = "They carry air and food to wherever it is wanted."
    found = make_captions(timeline([cue(f"{first} {second}", 0, 7)], 7), VTT_LAYOUT)
    assert [" ".join(c.lines) for c in found] == [first, second]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_is_too_odd(layout: CaptionLayout, text: str) -> None:
    found = make_captions(timeline([cue(text, 0, 5)], 6), layout)
    shown = "".join("".join(c.lines) for c in found).removeprefix("Ernis: ")
    assert "".join(shown.split()) == "".join(text.split())
    assert all(len(line) <= layout.characters for c in found for line in c.lines)


def test_a_word_longer_than_a_line_is_cut_not_lost() -> None:
    word = "https://papers.example/" + "x" * 60 + "/end"
    found = make_captions(timeline([cue(f"See {word} now.", 0, 6)], 7), VTT_LAYOUT)
    assert "".join(line for c in found for line in c.lines).replace(" ", "") == f"See{word}now."
    assert all(len(line) <= 42 for c in found for line in c.lines)


def test_words_that_sound_at_once_still_move_forward() -> None:
    one = cue("one two three four five six seven eight nine ten eleven twelve", 1, 1)
    two = cue("and then something else entirely happens after that, honestly", 1, 1)
    found = make_captions(timeline([one, two], 5), VTT_LAYOUT)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(found))


def test_words_that_are_printed_but_not_said_are_still_shown() -> None:
    said = cue("Credit to Ada Example and Bo Beispiel,", 1, 4)
    names = " ".join(f"Name{n} Surname{n}," for n in range(12)) + " last."
    unsaid = cue(names, 4, 4)
    words = (*said.words, *unsaid.words)
    text = f"{said.segment.text} {names}"
    one = Cue(replace(said.segment, spans=(Span(text, "x"),)), said.start, said.end, words)
    found = make_captions(timeline([one, cue("Goodbye.", 4.8, 5.6)], 7), VTT_LAYOUT)
    assert words_of(found) == [*text.split(), "Goodbye."]
    assert found[-1].start_ms == 4800
    # They share the time until the next words by their length: no caption is a single frame.
    flashing = [c.end_ms - c.start_ms for c in found if c.start_ms >= 3990 and c is not found[-1]]
    assert len(flashing) == 2
    assert min(flashing) > 40
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(found))


def test_a_take_with_other_words_is_an_error_with_its_place() -> None:
    good = cue("two words", 0, 1, index=3, line=12)
    bad = Cue(good.segment, good.start, good.end, (Word("two", 0, 10),))
    with pytest.raises(DeliveryError) as caught:
        make_captions(timeline([bad], 2), VTT_LAYOUT)
    assert (caught.value.line, caught.value.segment) == (12, 3)


def test_one_voice_with_two_names_is_two_speakers() -> None:
    """A profile may speak for several people; their words share no caption."""
    line = timeline(
        [
            cue("One thing.", 0, 1, voice="emma", speaker="Dr. Lee"),
            cue("Another.", 1.1, 2, index=1, voice="emma", speaker="Zoë & Co <1>"),
        ],
        3,
    )
    found = make_captions(line, VTT_LAYOUT)
    assert [(c.speaker, c.lines) for c in found] == [
        ("Dr. Lee", ("One thing.",)),
        ("Zoë & Co <1>", ("Another.",)),
    ]
    assert vtt.parse(vtt.compose(found)) == found
    assert [c.lines for c in make_captions(line, SRT_LAYOUT)] == [
        ("Dr. Lee: One thing.",),
        ("Zoë & Co <1>: Another.",),
    ]


def test_a_name_longer_than_a_line_stays_whole() -> None:
    name = "N" * 40
    found = make_captions(timeline([cue("A word or two.", 0, 2, speaker=name)], 3), SRT_LAYOUT)
    assert found[0].lines[0].startswith(f"{name}: A")
    assert words_of(found) == [f"{name}:", "A", "word", "or", "two."]
