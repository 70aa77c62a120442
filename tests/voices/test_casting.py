"""Who speaks: names in scripts become voices, and what names nobody is placed."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.check.scripts import Lint, lint_script
from paperledge_audio.errors import PaperledgeError, ScriptError, ShowError, VoiceError
from paperledge_audio.script.composing import compose
from paperledge_audio.script.model import Block, Episode, Heading, ListItem, Quote, Script, Speech
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from paperledge_audio.spoken.segments import make_segments
from paperledge_audio.spoken.unknown import find_unknown_words
from paperledge_audio.voices.casting import cast, fold_name, note_draft
from paperledge_audio.voices.finding import find_voice

PROFILE = """\
title = "{title}"
licence = "MIT"
consent = "A tone."
roles = [{roles}]
[engines]
studio = "tone"
"""
SHOW = """\
title = "T"
host = "Maria"
author = "A"
[voices]
host = "host"
quote = "reader"
[voices.cast]
"The Critic" = "nobody"
"Dr. Lee" = "guest"
[disclosure]
ai = false
"""
VOICES = {
    "host": ("Maria the Host", '"host"'),
    "reader": ("Reader", '"quote"'),
    "guest": ("Zoë  Guest", '"guest"'),
    "twin-a": ("Twin", '"guest"'),
    "twin-b": ("Twin", '"guest"'),
}


@pytest.fixture
def own(tmp_path: Path) -> Show:
    """A show with a voice for each role."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "voices").mkdir()
    (tmp_path / "scripts" / "show.toml").write_text(SHOW)
    for name, (title, roles) in VOICES.items():
        text = PROFILE.format(title=title, roles=roles)
        (tmp_path / "voices" / f"{name}.toml").write_text(text)
    return load_show(tmp_path / "scripts" / "show.toml")


def script(*blocks: Block, voice: str = "", **names: str) -> Script:
    date = datetime.date(2025, 10, 21)
    return Script(Episode("T", date, voice=voice, cast=tuple(names.items())), blocks, "x.md")


def spoken_by(show: Show, label: str, **names: str) -> tuple[str, str]:
    """The voice and the shown name of a paragraph with a label."""
    block = Speech("Hello.", 7, label)
    part = cast(script(block, **names), show).member_for(block)
    return part.voice.name, part.name


def test_each_block_has_its_voice_and_name(own: Show) -> None:
    blocks = (
        Heading("A heading", 1),
        Speech("Hello.", 2),
        Speech("Hi.", 3, "Dr. Lee"),
        Quote("Somebody said.", 4),
        ListItem("An item.", 5),
        Speech("Bye.", 6),
    )
    parts = cast(script(*blocks), own)
    assert [(parts.member_for(b).voice.name, parts.member_for(b).name) for b in blocks] == [
        ("host", "Maria"),
        ("host", "Maria"),
        ("guest", "Dr. Lee"),
        ("reader", "Reader"),
        ("host", "Maria"),
        ("host", "Maria"),
    ]
    assert set(parts.voices) == {"host", "guest", "reader"}


@pytest.mark.parametrize(
    ("label", "voice"),
    [
        ("Dr. Lee", "guest"),  # the show's cast
        ("DR.  LEE", "guest"),  # case and white space don't matter
        ("guest", "guest"),  # a profile's name
        ("ZOË GUEST", "guest"),  # its title
        ("Zoe\u0308 guest", "guest"),  # its title, composed otherwise
        ("twin-b", "twin-b"),  # a name is surer than a title
        ("Maria", "host"),  # the show's host
        ("maria the host", "host"),  # the title of the host's voice
        ("Host", "host"),
        ("Bella", "af_bella"),  # a stock voice
        ("Emma", "emma"),  # a profile comes before a stock voice of the same title
    ],
)
def test_a_name_is_looked_up_wherever_names_are(own: Show, label: str, voice: str) -> None:
    assert spoken_by(own, label) == (voice, label)


def test_the_scripts_cast_comes_first(own: Show) -> None:
    names = {"dr. lee": "twin-a", "Maria": "guest"}
    assert spoken_by(own, "Dr. Lee", **names) == ("twin-a", "Dr. Lee")
    assert spoken_by(own, "Maria", **names) == ("guest", "Maria")


def test_a_person_has_one_name_as_first_printed(own: Show) -> None:
    blocks = (Speech("A.", 1), Speech("B.", 2, "Maria"), Speech("C.", 3, "MARIA"))
    parts = cast(script(*blocks), own)
    assert [parts.member_for(block).name for block in blocks] == ["Maria"] * 3


def test_another_host_replaces_the_host_only(own: Show) -> None:
    blocks = (Speech("A.", 1), Speech("B.", 2, "Maria"), Speech("C.", 3, "Dr. Lee"))
    for parts in (
        cast(script(*blocks), own, host="ernis"),
        cast(script(*blocks, voice="ernis"), own),
    ):
        assert [parts.member_for(block).voice.name for block in blocks] == [
            "ernis",
            "ernis",
            "guest",
        ]


@pytest.mark.parametrize(
    ("block", "names", "error", "what"),
    [
        (Speech("A.", 7, "Gest"), {}, ScriptError, "no voice is called 'Gest'; did you mean"),
        (Speech("A.", 7, "Note"), {}, ScriptError, "put the colon after the bold"),
        (Speech("A.", 7, "Dr Lee"), {}, ScriptError, "did you mean 'Dr. Lee'?"),
        (Speech("A.", 7, "Twin"), {}, ScriptError, "'Twin' may be twin-a or twin-b; choose one"),
        (Speech("A.", 7, "The critic"), {}, VoiceError, "is spoken by 'nobody', but no voice"),
        (Speech("A.", 7, "Al"), {"Al": "gest"}, VoiceError, "did you mean 'guest'?"),
        (Speech("A.", 7, "Reader"), {}, VoiceError, "reader can't speak as guest, only as q"),
        (Quote("A.", 7, "Dr. Lee"), {}, VoiceError, 'add "quote" to roles in guest.toml'),
    ],
)
def test_what_says_nobody_is_placed(
    own: Show, block: Speech | Quote, names: dict[str, str], error: type[PaperledgeError], what: str
) -> None:
    with pytest.raises(error) as caught:
        cast(script(Speech("Hello.", 5), block, **names), own)
    assert what in str(caught.value)
    assert (caught.value.path, caught.value.line) == ("x.md", 7)


def test_the_first_wrong_name_is_told(own: Show) -> None:
    with pytest.raises(ScriptError, match=r"^x.md:6: no voice is called 'X'"):
        cast(script(Speech("A.", 6, "X"), Speech("A.", 7, "Y")), own)


def test_a_broken_profile_stops_only_who_needs_it(own: Show) -> None:
    (own.voices_folder / "broken.toml").write_text('title = "Broken"\n')
    assert spoken_by(own, "guest") == ("guest", "guest")
    with pytest.raises(VoiceError, match=r"broken.toml: "):
        spoken_by(own, "Zoë Guest")


def test_roles_keep_a_voice_from_other_parts(own: Show) -> None:
    with pytest.raises(VoiceError, match=r"^x.md: guest can't speak as host, only as guest;"):
        cast(script(Speech("A.", 1), voice="guest"), own)
    with pytest.raises(VoiceError, match=r"^reader can't speak as host"):
        cast(script(Speech("A.", 1)), own, host="reader")
    other = dataclasses.replace(own, voices=dataclasses.replace(own.voices, quote="guest"))
    with pytest.raises(VoiceError, match=r"show.toml: guest can't speak as quote"):
        cast(script(Quote("A.", 1)), other)
    assert cast(script(Speech("A.", 1)), other).voices.keys() == {"host"}  # nobody is quoted
    silent = dataclasses.replace(own, voices=dataclasses.replace(own.voices, quote=""))
    assert cast(script(Quote("A.", 1)), silent).quote.voice.name == "host"


def test_a_cast_that_says_two_things_is_refused(own: Show) -> None:
    twice = Episode("T", datetime.date(2025, 10, 21), cast=(("Al", "guest"), ("AL", "reader")))
    with pytest.raises(ScriptError, match=r"^x.md: cast: 'AL' is given twice; remove one"):
        cast(Script(twice, (Speech("A.", 1, "Al"),), "x.md"), own)
    voices = dataclasses.replace(own.voices, cast=twice.cast)
    with pytest.raises(ShowError, match="'AL' is given twice"):
        cast(script(Speech("A.", 1, "Al")), dataclasses.replace(own, voices=voices))


def test_a_check_tells_every_wrong_name_once_and_who_speaks(own: Show) -> None:
    def known(_word: str) -> bool:
        return True

    def linted(*blocks: Speech | Quote) -> Lint:
        return lint_script(
            compose(script(*blocks)).encode(), "x.md", own, known, lambda word, **_: word
        )

    names = ("", "X", "Y", "X")
    found = linted(*(Speech("A word.", 0, name) for name in names)).findings
    assert [(f.line, f.what) for f in found if f.level == "error"] == [
        (8, "no voice is called 'X'"),
        (10, "no voice is called 'Y'"),
    ]
    right = linted(Speech("A word.", 0), Speech("A word.", 0, "Dr. Lee"), Quote("A word.", 0))
    assert right.speakers == (
        ("Maria", "host"),
        ("Dr. Lee", "guest"),
        ("Reader", "reader"),
    )


def test_a_check_warns_of_a_voices_name_with_its_colon_outside(own: Show) -> None:
    blocks = (Speech("**Dr. Lee**: Hello.", 0), Speech("**Note**: Hello.", 0))
    source = compose(script(*blocks)).encode() + b"Bye. %%Cut this?%%\n"
    found = lint_script(source, "x.md", own, lambda _word: True, lambda word, **_: word).findings
    assert [(f.level, f.line, f.what) for f in found if f.line != 1] == [
        ("note", 9, "a comment is left out: %%Cut this?%%"),
        ("warning", 6, "the host reads **Dr. Lee**: aloud"),
    ]


def test_a_voice_says_names_its_own_way(own: Show) -> None:
    profile = own.voices_folder / "guest.toml"
    profile.write_text(
        profile.read_text()
        + '[pronounce]\n"Zorblat" = "zor blat"\n"Qwop" = "kwop"\n"Xyl" = "zil"\n'
    )
    show = dataclasses.replace(own, pronounce={"Zorblat": "the show", "Xyl": "the show"})
    text = "Zorblat, Qwop and Xyl."
    episode = Episode("T", datetime.date(2025, 10, 21), pronounce=(("Xyl", "the script"),))
    both = Script(episode, (Speech(text, 5), Speech(text, 6, "Dr. Lee")), "x.md")
    parts = cast(both, show)
    host, guest = make_segments(both, show, parts)
    assert host.spoken == "the show, Qwop and the script."
    assert guest.spoken == "zor blat, kwop and the script."
    (unknown,) = find_unknown_words(both, show, parts, {"and"}.__contains__)
    assert (unknown.line, unknown.word) == (5, "Qwop")


def test_a_wrong_pronunciation_of_a_voice_names_its_profile(own: Show) -> None:
    profile = own.voices_folder / "host.toml"
    profile.write_text(profile.read_text() + '[pronounce]\n"Qwop" = "7"\n')
    hello = script(Speech("Hello.", 5))
    with pytest.raises(PaperledgeError) as caught:
        make_segments(hello, own, cast(hello, own))
    assert caught.value.path == str(profile)


def test_speakers_take_turns(own: Show) -> None:
    dialogue = script(
        Speech("Hello.", 5),
        Speech("Hi there.", 6, "Dr. Lee"),
        Speech("How are you?", 7, "Dr. Lee"),
        Speech("Fine.", 8),
        Speech("Another paragraph.", 9),
    )
    words = dataclasses.replace(own.words, delivery="plain")  # pauses as in the table
    own = dataclasses.replace(own, words=words)
    found = make_segments(dialogue, own, cast(dialogue, own))
    assert [(s.speaker, s.voice, s.pause_after) for s in found] == [
        ("Maria", "host", 0.55),
        ("Dr. Lee", "guest", 0.7),
        ("Dr. Lee", "guest", 0.55),
        ("Maria", "host", 0.7),
        ("Maria", "host", 0.0),
    ]


def test_a_draft_that_another_engine_speaks_is_told_in_drafts_only(own: Show) -> None:
    adam = dataclasses.replace(find_voice("am_adam", own), draft="hibari")
    assert note_draft(adam, "draft") == (
        "am_adam speaks through hibari in this draft, as its profile asks, "
        "and will sound different through kokoro"
    )
    assert note_draft(adam, "studio") == ""
    assert {note_draft(find_voice(name, own), "draft") for name in ("guest", "ernis", "emma")} == {
        ""
    }


@pytest.mark.parametrize("voice", ["host", "af_bella"])
@pytest.mark.parametrize("how", ["option", "header", "show"])
def test_the_host_has_the_shows_name_in_any_voice(own: Show, voice: str, how: str) -> None:
    show = dataclasses.replace(
        own, host="Maria  Marta", voices=dataclasses.replace(own.voices, host=voice, quote="")
    )
    quoting = script(Speech("Hello.", 5), Quote("Well.", 6), voice=voice * (how == "header"))
    parts = cast(quoting, show if how == "show" else own, host=voice * (how == "option"))
    assert parts.host.name == ("Maria Marta" if how == "show" else "Maria")
    assert parts.host.voice.name == voice
    assert parts.quote.name == (parts.host.name if how == "show" else "Reader")


@given(st.text(max_size=20))
def test_equal_names_stay_equal(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)
    assert fold_name(f" {name}\n") == fold_name(name)
