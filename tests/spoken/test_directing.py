"""Emphasis, deliveries, pauses and roles: what a script asks for, and what segments then hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.check.scripts import lint
from paperledge_audio.engines.g2p import spell_sounds
from paperledge_audio.engines.tone import Tone
from paperledge_audio.errors import PaperledgeError, ScriptError
from paperledge_audio.plan import plan_line, plan_script
from paperledge_audio.script import Pause
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import PauseSettings, Show
from paperledge_audio.spoken import Segment
from paperledge_audio.spoken.direction.pauses import VARIATION, find_rest, vary
from paperledge_audio.spoken.direction.unfollowed import note_unfollowed
from paperledge_audio.takes import take_id
from paperledge_audio.voices.deliveries import DELIVERIES, PLAIN, Delivery
from paperledge_audio.voices.finding import find_voice
from tests.samples import ROOT

HEAD = "---\ntitle: T\ndate: 2025-10-21\n---\n"
SHOW = load_show(ROOT / "scripts" / "show.toml")
SILENT = replace(SHOW, disclosure=replace(SHOW.disclosure, spoken=""))


def with_words(**words: Any) -> Show:
    return replace(SILENT, words=replace(SILENT.words, **words))


def planned(body: str, show: Show = SILENT, path: str = "x.md") -> tuple[Segment, ...]:
    return plan_script(f"{HEAD}{body}\n".encode(), path, show, quality="studio").segments


def stressed(body: str) -> list[tuple[str, int]]:
    return [
        (segment.spoken[start:end], level)
        for segment in planned(body)
        for start, end, level in segment.emphasised
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("It works (at least most of the time) here.", ["at least most of the time"]),
        ("It works — they say it does — and well.", ["they say it does"]),
        ("It costs 5 – or so one hears – and no more.", ["or so one hears"]),
        ("The LSTM (long short-term memory) is old.", ["long short-term memory"]),
        ("One (two) three, and (four five) six.", []),
        ("(It was late, and we were tired.)", []),
        ("It (we saw. Really!) works.", []),
    ],
)
def test_what_a_sentence_encloses_is_said_beside_the_rest(body: str, found: list[str]) -> None:
    (segment,) = planned(body)
    said = [segment.spoken[start:end].strip(" ,.") for start, end in segment.asides]
    assert said == found
    assert not planned(body, with_words(delivery="plain"))[0].asides


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("It is *really* good, and __so__ is _this_.", [("really", 1), ("so", 2), ("this", 1)]),
        ("A gain of *18.18%* is a lot.", [("eighteen point one eight percent", 1)]),
        ("It is a HUGE problem.", [("huge", 2)]),
        ("It is ***far*** better.", [("far", 2)]),
        ("It is *far better* now.", [("far better", 1)]),
        ("It is *far* **better** now.", [("far", 1), ("better", 2)]),
        ("It is *so **far** better* now.", [("so ", 1), ("far", 2), (" better", 1)]),
        ("It is **so *far* better** now.", [("so far better", 2)]),
        ("It is ***so** far* now.", [("so", 2), (" far", 1)]),
        ("M87*, and Sgr A* too.", []),
        ("WE DID IT, and IT helps.", [("we did it", 2)]),
        ("A *state*-of-the-art thing.", [("state", 1)]),
        ("An un*believ*able thing.", [("believ", 1)]),
        ("It is *[Qwen](/kwˈɛn/)* and GPT.", [("kwen", 1)]),
        ('It is **[GPU](say: "gee pee you")** here.', [("gee pee you", 2)]),
        ("> Depth was *never* the trouble.", [("never", 1)]),
        ("- It is *better*.", [("better", 1)]),
        ("## A *better* way\n\nIt is one.", [("better", 1)]),
        ("It is *better!* And so on.", [("better", 1)]),
        # no emphasis: all of a block, much of it, a label, code, an escape
        ("**Depth was never the trouble.**", []),
        ("## *One*\n\nIt is one.", []),
        ("WOW!\n\nIt is one.", []),
        ("So *this is a very long part of one long paragraph* ends.", []),
        ("**Note**: it is one.", []),
        ("- **For developers:** it is one.", []),
        ("It is `*one*` and \\*two\\* and ~~three~~.", []),
    ],
)
def test_what_is_stressed(body: str, found: list[tuple[str, int]]) -> None:
    assert stressed(body) == found


def test_plain_text_prints_its_stars_and_stresses_capitals() -> None:
    (segment,) = planned("It is a *good* and HUGE thing.", path="x.txt")
    assert "*good*" in segment.text
    assert [segment.spoken[a:b] for a, b, _ in segment.emphasised] == ["huge"]


WORDS = ["the", "VAE", "30.85%,", "won't", "wins.", "GPT-4o", "HUGE", "al.", "$x^2$", "3km", "—"]


@given(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=12),
    st.sampled_from(["*", "**", "***", "__"]),
    st.data(),
)
def test_marking_changes_no_word(words: list[str], mark: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    marked = [*words[:start], mark + " ".join(words[start:end]) + mark, *words[end:]]
    with_marks, without = (f"So {' '.join(some)} and so on." for some in (marked, words))
    voice = find_voice("ernis", SHOW)
    one, two = (
        plan_line(text, SHOW, voice, quality="studio").segments for text in (with_marks, without)
    )
    if "".join(s.text for s in one) != "".join(s.text for s in two):
        return  # CommonMark sees no mark there, and prints its stars
    assert [(s.spoken, s.text, spell_sounds(s)) for s in one] == [
        (s.spoken, s.text, spell_sounds(s)) for s in two
    ]


def test_a_delivery_holds_up_to_the_next_heading_or_plain() -> None:
    body = (
        "One here.\n\n[delivery: wonder]\n\nTwo here.\n\n[charm] Three here.\n\nFour here.\n\n"
        "[delivery: plain]\n\nFive here.\n\n[delivery: aside]\n[pace 0.9]\n\nSix here.\n\n"
        "[pace 1]\n\nSeven here.\n\n## A title\n\n> [reassure] Eight here.\n\n"
        "- [explain] Nine here."
    )
    found = planned(body)
    names = ["", "wonder", "charm", "wonder", "", "aside", "aside", "", "reassure", "explain"]
    assert [s.delivery_name for s in found] == names
    assert [s.delivery for s in found[:5]] == [
        PLAIN, DELIVERIES["wonder"], DELIVERIES["charm"], DELIVERIES["wonder"], PLAIN
    ]  # fmt: skip
    assert found[5].delivery == DELIVERIES["aside"].then(Delivery(pace=0.9))
    assert found[6].delivery == DELIVERIES["aside"]
    assert "[" not in "".join(s.text for s in found)


def test_what_is_put_together_stays_within_the_limits() -> None:
    (segment,) = planned("[pace 0.5]\n\n[wonder] One here.")
    assert segment.delivery.pace == 0.5


def test_deliveries_are_those_of_the_voice_that_speaks(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    profile = Path("voices/tone.toml")
    Path("voices/low.toml").write_text(profile.read_text().replace('"Tone"', '"Low"'))
    profile.write_text(profile.read_text() + "[deliveries.whisper]\nenergy_db = -6.0\n")
    show = load_show(show_folder / "scripts" / "show.toml")
    found = planned("[whisper] One here.\n\n[delivery: whisper]\n\nTwo here.", show)
    assert {s.delivery.energy_db for s in found} == {-6.0}
    for body in ("\n**Low:** [whisper] One.", "\n[delivery: whisper]\n\n**Low:** One."):
        with pytest.raises(ScriptError, match=r"low has no delivery 'whisper'") as caught:
            planned(body, show)
        assert (caught.value.path, caught.value.line) == ("x.md", 6)


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("One.\n\n[wander] Two.", 7, "ernis has no delivery 'wander'; did you mean 'wonder'"),
        ("One.\n\n- [y] Two.", 7, r"or write \\\[y\] to have it read aloud"),
        ("One.\n\n[delivery: wander]\n\nTwo.", 7, "no voice has a delivery 'wander'; did you"),
        ("One.\n\nTwo [wonder] three.", 7, r"\[wonder\] would be read aloud here"),
        ("One.\n\n[wonder]Two three.", 7, r"\[wonder\] would be read aloud here"),
        ("One.\n\n[wonder][aside] Two.", 7, r"\[wonder\] would be read aloud here"),
        ("One.\n\n[wonder] [aside] Two.", 7, r"\[aside\] would be read aloud here"),
        ("One.\n\n# [Wonder] Two\n\nThree.", 7, r"\[Wonder\] would be read aloud here"),
        ("One.\n\nTwo\nthree [Charm] four.", 8, r"begin a paragraph or an item with one \[charm\]"),
        ("One.\n\n[delivery: wonder]", 7, r"\[delivery: wonder\] has no words after it"),
        ("One.\n\n[pace 0.9]\n\n# Two\n\nThree.", 7, r"\[pace 0.9\] has no words after it"),
        ("One.\n\n[delivery: charm]\n[delivery: aside]\n\nTwo.", 7, "charm. has no words after"),
        ("One.\n\nA wo[pause 0.3s]rd here.", 7, "stands inside a word; put spaces around it"),
        ("One.\n\n*[pause 1s]* two.", 7, "a pause stands at the edge of the words"),
        ("One.\n\n[wonder] [pause 1s] two.", 7, "a pause stands at the edge of the words"),
    ],
)
def test_wrong_directions_have_their_line(body: str, line: int, message: str) -> None:
    with pytest.raises(PaperledgeError, match=message) as caught:
        planned(body)
    assert (caught.value.path, caught.value.line) == ("x.md", line)


@pytest.mark.parametrize("body", ["[{}] Two.", "[delivery: {}]\n\nTwo.", "- [{}] Two.", "[{}]"])
def test_a_name_of_any_length_makes_a_short_error(body: str) -> None:
    with pytest.raises(PaperledgeError) as caught:
        planned("One.\n\n" + body.format("y" * 3000))
    assert (caught.value.path, caught.value.line) == ("x.md", 7)
    assert len(str(caught.value)) < 400


def test_the_names_of_deliveries_have_no_case() -> None:
    for opening in ("[Wonder]", "[WONDER]", "[wonder]"):
        (segment,) = planned(f"{opening} One here.")
        assert (segment.delivery_name, segment.text) == ("wonder", "One here.")
    assert planned("[The] model works.")[0].text == "[The] model works."
    assert planned(r"A \[wonder] here.")[0].text == "A [wonder] here."
    assert planned("A `[wonder]` here.")[0].text == "A [wonder] here."
    with pytest.raises(ScriptError, match="would be read aloud here"):
        planned("A line with [wonder] in it.", path="x.txt")


def checked(body: str, show: Show = SILENT) -> list[tuple[int | None, str]]:
    plan = plan_script(f"{HEAD}{body}\n".encode(), "x.md", show, quality="studio")
    found = lint(plan, lambda _: True, lambda _, **_accent: "").findings
    return [(one.line, one.what) for one in found if one.line != 1]


def test_a_mark_that_nothing_closes_is_reported_with_its_line() -> None:
    body = "One *word alone.\n\nTwo **bold\nwithout end.\n\nM87*, 2*3*4, `*x` and \\*this."
    assert checked(body) == [
        (5, "nothing closes the emphasis of *word"),
        (7, "nothing closes the emphasis of **bold"),
    ]
    assert not checked("One *word*, **two**, ***three***.")


@pytest.mark.parametrize("body", ["[pace 0.9]\n\nOne here.", "[wonder] One here."])
def test_a_plain_show_says_that_it_ignores_deliveries(body: str) -> None:
    ((line, what),) = checked(body, with_words(delivery="plain"))
    assert line == 5
    assert "ignored" in what
    assert not checked(body)


def test_what_ends_a_stretch_needs_no_words_after_it() -> None:
    assert planned("[pace 0.9]\n\nOne here.\n\n[pace 1]\n\n[delivery: plain]")


def test_a_pause_may_stand_inside_the_words_of_a_link() -> None:
    found = planned("He [sees [pause 0.3s] this](https://x.org) now.")
    assert [segment.text for segment in found] == ["He sees", "this now."]
    assert found[0].pause_after == 0.3


def test_editorial_brackets_stay_printed_in_quotations_and_plain_text() -> None:
    assert planned("> [the] model works.")[0].text == "[the] model works."
    assert planned("[the] model works.", path="x.txt")[0].text == "[the] model works."
    assert planned("[wonder] It works.", path="x.txt")[0].delivery == DELIVERIES["wonder"]


def test_a_pause_inside_a_sentence_is_exact_and_the_sentence_goes_on() -> None:
    found = planned("And the winner is [pause 0.4s] nobody at all. [pause 1s] It is so.")
    assert [(s.spoken, s.pause_after) for s in found] == [
        ("And the winner is,", 0.4),
        ("nobody at all.", 1.0),
        ("It is so.", 0.0),
    ]
    assert " ".join(s.text for s in found) == "And the winner is nobody at all. It is so."
    assert [s.starts_block for s in found] == [True, False, False]


@given(st.lists(st.sampled_from([*WORDS, "[pause 0.4s]", "*[pause 1s]*"]), max_size=12))
def test_pauses_lose_no_text(words: list[str]) -> None:
    text = f"So {' '.join(words)} and so on."
    try:
        found = plan_line(text, SHOW, find_voice("ernis", SHOW), quality="studio").segments
    except PaperledgeError:
        return
    printed = " ".join(text.replace("*[pause 1s]*", " ").replace("[pause 0.4s]", " ").split())
    shown = " ".join(" ".join(s.text for s in found).split())
    assert shown.replace("x²", "$x^2$") == printed.replace("*", "")


def test_roles_and_places_have_a_delivery() -> None:
    long = "This is a sentence that is long enough to stand alone."
    found = planned(
        f"{long} {long} {long}\n\n> {long}\n\n## Title\n\n- {long}\n- {long}\n\n({long})"
    )
    first, middle, last, quote, heading, on, end, aside = (s.delivery for s in found)
    assert first.pitch_st > middle.pitch_st == 0.0 > last.pitch_st
    assert last.pace < middle.pace == 1.0 > quote.pace
    assert middle == PLAIN
    assert heading.range > 1.0
    assert on.pitch_st > 0.0 > end.pitch_st
    assert aside.pitch_st < 0.0 < aside.pace - 1.0
    steps = [abs(one.pitch_st) for one in (first, last, on, end, aside)]
    assert all(0.5 <= step <= 1.0 for step in steps)
    paces = [abs(1.0 - one.pace) for one in (last, quote, heading, end, aside)]
    assert all(0.029 <= step <= 0.051 for step in paces)


EXAMPLES = sorted((ROOT / "scripts").glob("*.md"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_plain_is_as_if_nothing_was_ever_directed(file: Path) -> None:
    show = replace(SHOW, words=replace(SHOW.words, delivery="plain"))
    plan = plan_script(file.read_bytes(), str(file), show, quality="studio")
    plain = plan.segments
    usual = plan_script(file.read_bytes(), str(file), SHOW, quality="studio").segments
    assert [s.spoken for s in plain] == [s.spoken for s in usual]
    asked = []
    for one, after in pairwise(plain):
        turn = after.role == "speech" and after.speaker != one.speaker
        within = "clause" if one.spoken[-1] not in ".?!…:" else "sentence"
        to = within if not after.starts_block else "turn" if turn else after.role
        if one.pause_after != find_rest(one.role, to, one.spoken[-1]).seconds:
            asked.append(one.pause_after)
    assert asked == [block.seconds for block in plan.script.blocks if isinstance(block, Pause)]
    tone, voice = Tone(), find_voice("ernis", SHOW)
    for one in plain:
        assert (one.delivery, one.delivery_name, one.rises, one.emphasised) == (
            PLAIN,
            "",
            False,
            (),
        )
        bare = replace(one, spans=tuple(replace(span, emphasis=0) for span in one.spans))
        assert take_id(tone, one, voice) == take_id(tone, bare, voice)


def test_the_shows_own_words_are_plain() -> None:
    show = replace(SHOW, words=replace(SHOW.words, opening="Is *this* a HUGE show?"))
    opening, _, closing = planned("Hello there.", show)
    for one in (opening, closing):
        assert (one.delivery, one.rises, one.emphasised) == (PLAIN, False, ())
    assert opening.pause_after == 0.9


def test_a_silent_heading_starts_its_chapter_and_says_nothing() -> None:
    body = (
        "Hello there.\n\n## One\n\n[delivery: charm]\n\nText here.\n\n[music: sting]\n\n"
        "## Two\n\nMore."
    )
    spoken, silent = planned(body), planned(body, with_words(headings="silent"))
    assert [s.spoken for s in silent] == [s.spoken for s in spoken if s.role != "heading"]
    assert [s.chapter for s in silent] == [0, 1, 2]
    assert [s.delivery_name for s in silent] == ["", "charm", ""]
    assert silent[1].music_after == "sting"
    plain = with_words(headings="silent", delivery="plain")
    assert [s.pause_after for s in planned(body, plain)] == [1.1, 1.1, 0.0]
    for faulty, line in (("## One\n\n## Two\n\nText.", 5), ("Text.\n\n## One", 7)):
        with pytest.raises(ScriptError, match="a heading has nothing under it") as caught:
            planned(faulty, plain)
        assert (caught.value.path, caught.value.line) == ("x.md", line)
    with pytest.raises(ScriptError, match="music stands before the first words"):
        planned("## One\n\n[music: sting]\n\nText.", plain)


def test_the_shows_pauses_move_their_rows_in_proportion() -> None:
    body = (
        "A sentence that is long enough. And another one that is long enough.\n\nMore text.\n\n"
        "## Title\n\n- One.\n- Two.\n\n1. Is it one?\n2. Is it two?"
    )
    usual = planned(body, with_words(delivery="plain"))
    own = PauseSettings(
        factor=2.0, sentence=0.7, paragraph=1.4, heading=0.3, question=2.4, item=0.0
    )
    moved = planned(body, replace(with_words(delivery="plain"), pauses=own))
    assert [s.pause_after for s in usual] == [0.35, 0.7, 1.1, 0.6, 0.5, 0.7, 1.2, 0.0]
    assert [s.pause_after for s in moved] == [1.4, 2.8, 1.1, 0.6, 0.0, 2.8, 4.8, 0.0]
    assert PauseSettings() == SHOW.pauses


def test_pauses_vary_with_what_is_said_around_them() -> None:
    lengths = [10, 40, 90, 180, 300]
    assert [vary(n, n) for n in lengths] == sorted(vary(n, n) for n in lengths)
    assert {vary(10, 10), vary(400, 400)} == set(VARIATION)
    assert vary(90, 90) == 1.0
    short = "It is a sentence of some, though not of much, length."
    long = "It is a sentence of a far greater length, since it has a clause, and then another one."
    body = " ".join([short, short, long, long, short])
    found = planned(body)
    pauses = [s.pause_after for s in found[:-1]]
    assert pauses[0] < pauses[1] < pauses[2]
    assert pauses == [s.pause_after for s in planned(body)[:-1]]
    slow = planned(f"[wonder] {body}")
    assert slow[0].pause_after > found[0].pause_after


def test_what_an_engine_can_not_follow_is_one_line() -> None:
    body = "It is *really* a **huge** thing.\n\n[wonder] It was.\n\n[pace 0.9]\n\nThat is it."
    voice = replace(find_voice("ernis", SHOW), studio="coqui")
    said = planned(body)
    assert note_unfollowed(said, voice, "studio") == (
        "ernis: coqui can't follow the emphasis of really, huge, the pitch of wonder, "
        "the range of wonder"
    )
    assert note_unfollowed(said, replace(voice, studio="kokoro"), "studio") == ""
    assert note_unfollowed(planned("A long and plain text?"), voice, "studio") == ""
