"""Trying a pronunciation, and keeping it."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile

from paperledge_audio.audition.pronunciations import list_alternatives
from paperledge_audio.errors import PaperledgeError, ScriptError, SpokenError
from paperledge_audio.script.editing import set_pronunciation
from paperledge_audio.script.parsing import parse
from paperledge_audio.show.editing import set_toml_value
from paperledge_audio.show.loading import find_show, load_show
from paperledge_audio.spoken.english import find_sound
from paperledge_audio.voices.finding import find_voice

DOCS = Path(__file__).parents[2] / "docs"
HEADER = "title: One\ndate: 2026-01-02"
BODY = "Qwen reads.\n"
Call = Callable[..., Any]


def test_a_word_is_heard_as_it_is_and_in_every_given_way(
    show_folder: Path, paperledge: Call
) -> None:
    ran = paperledge("lexicon", "try", "AgenTracer", "ah jay", "--json")
    assert ran.code == 0
    told = json.loads(ran.out)
    ways = {way["about"]: way for way in told["alternatives"]}
    assert ways["as you wrote it"]["phonemes"] == "ˈɑ ʤˈA"
    assert ways["read in parts"]["entry"] == "Agen Tracer"
    assert len({way["phonemes"] for way in ways.values()}) == len(ways)
    assert soundfile.info("line.wav").duration > 0.5
    longer = paperledge("lexicon", "try", "AgenTracer", "ah jay", "oh my dear", "-o", "more.wav")
    assert longer.code == 0
    assert soundfile.info("more.wav").duration > soundfile.info("line.wav").duration


def test_only_what_somebody_wrote_is_offered_to_be_kept(
    show_folder: Path, paperledge: Call
) -> None:
    add = "paperledge lexicon add Zyx"
    ran = paperledge("lexicon", "try", "Zyx")
    assert ran.out.splitlines()[-1] == f"line.wav: all of them. To keep one, as SAID: {add} SAID"
    ran = paperledge("lexicon", "try", "Zyx", "zicks now")
    assert ran.out.endswith(f"all of them. To keep yours: {add} 'zicks now'\n")


def test_an_entry_that_is_kept_is_what_is_said(show_folder: Path, paperledge: Call) -> None:
    before = Path("scripts/show.toml").read_text("utf-8")
    ran = paperledge("lexicon", "add", "Zyx", "zicks")
    assert ran.out.endswith("scripts/show.toml: Zyx is said zicks\n")
    after = Path("scripts/show.toml").read_text("utf-8")
    assert after.startswith(before)  # remarks and order stay
    ran = paperledge("say", "Zyx.", "--json")
    assert json.loads(ran.out)["spoken"] == ["zicks."]
    assert paperledge("lexicon", "add", "Zyx", "zee", "--script", "scripts/one-hand.md").code == 0
    shown = paperledge("spoken", "scripts/one-hand.md", "--json")
    (spoken,) = json.loads(shown.out)["scripts"]
    assert spoken["segments"]
    assert dict(parse(Path("scripts/one-hand.md").read_bytes()).episode.pronounce) == {"Zyx": "zee"}


def test_a_voice_s_entry_goes_into_the_show_s_own_profile_alone(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, shipped = show_folder / "voices/tone.toml", show_folder.parent / "voices/ours.toml"
    shipped.parent.mkdir()
    shipped.write_bytes(own.read_bytes())
    monkeypatch.setattr(
        "paperledge_audio.voices.finding.bundled_folder", lambda: show_folder.parent
    )  # as where a show lies in a checkout of the program
    ran = paperledge("lexicon", "add", "Zyx", "zicks", "--voice", "ours")
    what = "the profile of ours comes with this program; leave --voice out, or name a voice of "
    assert (ran.code, ran.line) == (1, f"{what}{show_folder / 'voices'}")
    assert "Zyx" not in shipped.read_text()
    assert paperledge("lexicon", "add", "Zyx", "zicks", "--voice", "tone").code == 0
    assert 'Zyx = "zicks"' in own.read_text()


def test_say_says_a_word_as_told(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge("say", "AgenTracer", "--as", "ah jay", "--json")
    assert json.loads(ran.out)["spoken"] == ["ah jay."]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("say", "X", "--as", "12"), "not words"),
        (("lexicon", "add", "Qwen", "/kw3n/"), "not in the phoneme alphabet"),
        (("lexicon", "add", "Qwen", "/kwn/"), "no vowel"),
        (("lexicon", "add", "", "b"), "is not a word"),
        (("lexicon", "add", "A\nb", "b"), "is not a word"),
        (("lexicon", "try", "[x](y)"), "is not a word"),
        (("lexicon", "add", "A", "b", "--voice", "tone", "--script", "x"), "exclude each other"),
        (
            ("lexicon", "add", "A", "b", "--voice", "af_heart"),
            "comes with this program; leave",
        ),
        (("lexicon", "add", "A", "b", "--voice", "emma"), "comes with this program; leave"),
        (("lexicon", "try", "word", "-o", "x.txt"), "no format has that ending"),
        (("lexicon", "who", " "), "WORD is empty; name a word"),
    ],
)
def test_what_cannot_be_is_one_line(
    arguments: tuple[str, ...], message: str, show_folder: Path, paperledge: Call
) -> None:
    ran = paperledge(*arguments)
    assert ran.code in {1, 2}
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not Path("line.wav").exists()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (HEADER, HEADER + "\npronounce:\n  Qwen: kwen"),
        (
            HEADER + "\npronounce:\n    Zyx: zicks # so\nnumber: 1",
            HEADER + "\npronounce:\n    Zyx: zicks # so\n    Qwen: kwen\nnumber: 1",
        ),
        (
            HEADER + "\npronounce:\n  Qwen: when\n  A: b",
            HEADER + "\npronounce:\n  Qwen: kwen\n  A: b",
        ),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_header_takes_an_entry_and_keeps_the_rest(
    header: str, expected: str, ending: str
) -> None:
    def script(head: str) -> str:
        return f"---\n{head}\n---\n\n{BODY}".replace("\n", ending)

    assert set_pronunciation(script(header), "Qwen", "kwen") == script(expected)


@pytest.mark.parametrize("table", ["pronounce: {Zyx: zicks}", "pronounce:\n  Qwen: >\n    when"])
def test_a_header_that_takes_no_line_is_left_alone(table: str) -> None:
    with pytest.raises(ScriptError, match="by hand: Qwen: kwen"):
        set_pronunciation(f"---\n{HEADER}\n{table}\n---\n\n{BODY}", "Qwen", "kwen")


def test_a_toml_file_takes_an_entry_and_keeps_the_rest() -> None:
    source = "a = 1 # one\n\n[pronounce]\nZyx = 'zicks'\n\n[voices]\nhost = 'x'\n"
    after = set_toml_value(source, "pronounce", "C++ team", "see", Path("x.toml"))
    assert tomllib.loads(after) == {
        "a": 1,
        "pronounce": {"Zyx": "zicks", "C++ team": "see"},
        "voices": {"host": "x"},
    }
    assert "a = 1 # one" in after
    with pytest.raises(PaperledgeError, match="not a table"):
        set_toml_value("pronounce = 1\n", "pronounce", "A", "b", Path("x.toml"))
    with pytest.raises(PaperledgeError, match="not TOML"):
        set_toml_value("a = ", "pronounce", "A", "b", Path("x.toml"))


def test_a_given_way_that_is_no_entry_is_refused(show_folder: Path) -> None:
    show = load_show(find_show(Path("scripts/x.md").absolute()))
    with pytest.raises(SpokenError):
        list_alternatives("word", show, find_voice("tone", show), ["no 1"])


def test_a_player_plays_and_one_without_a_loudspeaker_is_named(
    show_folder: Path, paperledge: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    ran = paperledge("say", "Hello.", "--play")
    assert (ran.code, Path("line.wav").exists()) == (3, True)
    assert "no player is installed" in ran.err
    player = programs / "aplay"
    player.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/played\n')
    player.chmod(0o755)
    assert paperledge("say", "Hello.", "--play").code == 0
    assert (tmp_path / "played").read_text().strip().endswith("line.wav")
    player.write_text("#!/bin/sh\nexit 1\n")
    ran = paperledge("say", "Hello.", "--play")
    assert (ran.code, "aplay can't play here" in ran.err) == (3, True)


def test_every_phoneme_of_the_table_is_in_its_example() -> None:
    rows = re.findall(r"`(\S)` \| (?:as in )?([a-z]+)", (DOCS / "PRONOUNCE.md").read_text("utf-8"))
    assert len(rows) == 44
    for phoneme, example in rows:
        assert phoneme in find_sound(example), example
