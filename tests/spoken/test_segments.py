"""From a script to its segments: roles, chapters, pauses, sizes, and nothing lost."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio.errors import ScriptError, SpokenError
from paperledge_audio.script.model import (
    Block,
    Credit,
    Episode,
    Heading,
    ListItem,
    Music,
    Pause,
    Question,
    Quote,
    Script,
    Speech,
)
from paperledge_audio.script.printed.formulas import show_formulas
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from paperledge_audio.spoken import Segment
from paperledge_audio.spoken.segments import list_chapter_titles, make_segments
from paperledge_audio.voices.casting import cast

SHOW = load_show(Path(__file__).parents[2] / "scripts" / "show.toml")


def script(*blocks: Block, voice: str = "") -> Script:
    episode = Episode("A title", datetime.date(2025, 10, 21), voice=voice)
    return Script(episode, blocks, "episode.md")


def silent(show: Show = SHOW) -> Show:
    """The show without words of its own."""
    return dataclasses.replace(show, disclosure=dataclasses.replace(show.disclosure, spoken=""))


def segments_of(script: Script, show: Show) -> tuple[Segment, ...]:
    return make_segments(script, show, cast(script, show))


def spoken(*blocks: Block) -> list[str]:
    return [segment.spoken for segment in segments_of(script(*blocks), silent())]


def test_every_kind_of_block_has_its_role_and_voice() -> None:
    found = segments_of(
        script(
            Heading("Start", 1),
            Speech("The host has something to say here.", 2),
            Quote("Somebody else had said it well before.", 3),
            ListItem("Developers: they will like it.", 4),
            Question("What do you think of all this?", 5),
            Credit("Credit to Paper authors: Ann Bee", 6),
        ),
        SHOW,
    )
    assert [(s.role, s.voice, s.line) for s in found] == [
        ("heading", "ernis", 1),
        ("speech", "ernis", 2),
        ("quote", "emma", 3),
        ("item", "ernis", 4),
        ("question", "ernis", 5),
        ("credit", "ernis", 6),
        ("closing", "ernis", 0),
    ]
    assert [s.index for s in found] == list(range(7))


def test_the_episode_voice_replaces_the_hosts_but_not_the_quotes() -> None:
    found = segments_of(
        script(Speech("Hello there.", 1), Quote("Yes.", 2), voice="af_bella"), silent()
    )
    assert [s.voice for s in found] == ["af_bella", "emma"]


def test_chapters_count_headings_and_index_the_titles() -> None:
    late = script(Speech("Hello.", 1), Heading("*One*", 2), Speech("A.", 3), Heading("Two", 4))
    assert list_chapter_titles(late) == ("Opening", "One", "Two")
    assert [s.chapter for s in segments_of(late, SHOW)] == [0, 1, 1, 2, 2]
    early = script(Heading("One", 1), Speech("Hello.", 2))
    assert list_chapter_titles(early) == ("One",)
    assert {s.chapter for s in segments_of(early, SHOW)} == {0}
    assert list_chapter_titles(script(Speech("Hello.", 1))) == ("A title",)


def test_short_sentences_are_joined_and_long_ones_cut_at_clauses() -> None:
    assert spoken(Speech("Think about it. You can draw a picture.", 1)) == [
        "Think about it. You can draw a picture."
    ]
    clause = "this clause has a good length to be cut after it"
    found = spoken(Speech(", ".join([clause] * 9) + ".", 1))
    assert all(len(words) <= 300 for words in found)
    assert [words[-1] for words in found] == [",", "."]
    assert " ".join(found) == ", ".join([clause] * 9) + "."


def test_a_pause_and_music_belong_to_the_segment_before_them() -> None:
    found = segments_of(
        script(Speech("One.", 1), Pause(1.5, 2), Music("sting", 3), Speech("Two.", 4)), silent()
    )
    assert [(s.pause_after, s.music_after) for s in found] == [(1.5, "sting"), (0.0, "")]
    assert [s.asks_pause for s in found] == [True, False]


@pytest.mark.parametrize("block", [Pause(1.0, 7), Music("sting", 7)])
def test_a_directive_before_the_first_words_is_an_error_with_its_line(block: Block) -> None:
    with pytest.raises(ScriptError, match=r"^episode.md:7: .* before the first words; move it"):
        segments_of(script(block, Speech("Hello.", 8)), SHOW)


def test_a_script_without_words_is_an_error() -> None:
    with pytest.raises(ScriptError, match="no words"):
        segments_of(script(), SHOW)


def test_what_no_rule_covers_is_an_error_with_its_line() -> None:
    with pytest.raises(SpokenError, match=r"^episode.md:12: no rule .*'日本'; .*say:"):
        segments_of(script(Speech("This is fine,\nthis 日本 is not.", 11)), SHOW)


def test_a_long_credit_is_shortened_in_speech_only() -> None:
    names = ", ".join(f"Ann B{letter}e" for letter in "abcdefghijk")
    (credit,) = segments_of(script(Credit(f"Credit to Paper authors: {names}", 1)), silent())
    assert credit.text == f"Credit to Paper authors: {names}"
    assert credit.spoken.endswith("Ann Bhe and three others.")
    assert {s.rule for s in credit.spans if s.text and not s.said} == {"credit shortened"}


def test_lines_follow_the_source() -> None:
    found = segments_of(
        script(Speech("The very first sentence is here.\nThe second one\nis over there.", 3)),
        silent(),
    )
    assert [s.line for s in found] == [3, 4]


def test_letters_count_by_their_sound() -> None:
    """A sentence of acronyms has far more phonemes than characters, and engines count those."""
    text = "and ".join(["the LLM, the VLM, the GPT, the RNN, the CNN, the GNN, the MLP "] * 4)
    for segment in segments_of(script(Speech(text + ".", 1)), silent()):
        assert sum(max(len(s.said), len(s.phonemes)) for s in segment.spans) <= 300


SENTENCE = st.lists(
    st.sampled_from(
        ["the", "VAE", "30.85%", "wins,", "and", "(so)", "–", "GPT-4o", "et al.", "$x^2$", "model"]
    ),
    min_size=1,
    max_size=70,
).map(lambda words: " ".join(words) + ".")


@settings(max_examples=60)
@given(st.lists(SENTENCE, min_size=1, max_size=5).map(" ".join))
def test_segments_are_whole_and_of_a_size(text: str) -> None:
    try:
        found = segments_of(script(Speech(text, 1)), silent())
    except SpokenError as error:
        assert "nothing of" in str(error)  # noqa: PT017 - all of it was dashes or the like
        return
    assert " ".join(segment.text for segment in found).split() == show_formulas(text).split()
    for segment in found:
        assert segment.spoken == segment.spoken.strip()
        assert segment.spoken[-1] in ".?!…:" or segment.pause_after == 0.15
        assert any(map(str.isalpha, segment.spoken))
        assert len(segment.spoken) <= 301  # one mark may follow a cut


def test_texts_joined_are_the_printed_text() -> None:
    text = "Now, VAEs (see below) – or $\\sigma$-VAE – win by 30.85%! And so on, and so forth."
    found: tuple[Segment, ...] = segments_of(script(Speech(text, 1)), silent())
    assert " ".join(segment.text for segment in found) == show_formulas(text)


def test_changes_are_told_as_a_reader_sees_them() -> None:
    (segment,) = segments_of(script(Speech("Our LatentLM gains 5%", 1)), silent())
    assert [(span.text, span.said, span.rule) for span in segment.changes] == [
        ("LatentLM", "Latent L M", "lexicon"),
        ("5%", "five percent", "percent"),
    ]
