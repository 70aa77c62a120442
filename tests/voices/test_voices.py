"""Profiles: what docs/VOICES.md says is what is read; what is wrong is placed."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.errors import VoiceError
from paperledge_audio.files.tables import Fields, read_toml
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from paperledge_audio.voices import profiles
from paperledge_audio.voices.deliveries import DELIVERIES, Delivery
from paperledge_audio.voices.engines import ENGINES
from paperledge_audio.voices.finding import find_voice, profile_names, stock_names, voice_names
from paperledge_audio.voices.profiles import Consent, load_voice
from tests.samples import ROOT

DOCUMENT = (ROOT / "docs" / "VOICES.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in DOCUMENT.partition("## Its keys")[2].partition("## Packs")[0].splitlines()
    if line.startswith("| `")
]
EXAMPLES = {row[0].strip("`"): row[4].strip("`") for row in ROWS}
DEFAULTS = {row[0].strip("`"): row[3] for row in ROWS}
PACKS = ROOT / "voices" / "packs"
LEAST = (
    'title = "V"\nlicence = "MIT"\nconsent = "mine"\n[engines]\nstudio = "tone"\ndraft = "tone"\n'
)


def written(folder: Path, *left_out: str) -> Path:
    """A profile of the documented examples, without some, and the files that it names."""
    tables: dict[str, list[str]] = {}
    for key, example in EXAMPLES.items():
        if not key.startswith(left_out):
            tables.setdefault(key.rpartition(".")[0], []).append(example)
    for name in ("packs/bf_emma.bin", "host/model.pth", "host/config.json", "host-clip.wav"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    text = "".join(
        "\n".join([f"[{name.replace('NAME', 'whisper')}]" if name else "", *rows, ""])
        for name, rows in tables.items()
    )
    (folder / "voice.toml").write_text(text)
    return folder / "voice.toml"


def test_every_documented_key_is_read_and_every_key_that_is_read_documented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: set[str] = set()

    class Recorder(Fields):
        def _read(self, key: str, *kind: Any) -> Any:
            free = self._prefix in {"kokoro.blend.", "deliveries."}
            prefix = self._prefix.replace("whisper", "NAME")
            read.add(prefix + ("NAME" if free else key))
            return super()._read(key, *kind)

        def table(self, key: str, short: str = "") -> Fields:
            inner = super().table(key, short)
            inner.__class__ = type(self)
            return inner

    def recording(path: Path, error: type[VoiceError], within: Path | None) -> Fields:
        top = read_toml(path, error, within)
        top.__class__ = Recorder
        return top

    monkeypatch.setattr(profiles, "read_toml", recording)
    (tmp_path / "cloned").mkdir()
    (tmp_path / "stock").mkdir()
    cloned = written(tmp_path / "cloned", "kokoro.pack")
    cloned.write_text(cloned.read_text().replace(EXAMPLES["consent"], ""))  # its table is there
    in_full = load_voice(cloned)
    brief = load_voice(
        written(tmp_path / "stock", "kokoro.blend", "kokoro.fitted_to", "consent.", "coqui")
    )
    tables = {"engines", "kokoro", "kokoro.blend", "coqui", "deliveries", "deliveries.NAME"}
    assert read - tables == {key.removesuffix(".WORD") for key in EXAMPLES}
    assert (in_full.consent.by, in_full.clone_of) == ("Erin Example", "is fitted to host.wav")
    assert (str(brief.consent), brief.clone_of) == ("A stock voice; it imitates nobody.", "")


def test_documented_defaults_are_the_ones(tmp_path: Path) -> None:
    (tmp_path / "v.toml").write_text(
        'title = "T"\nlicence = "L"\nconsent = "C"\n[engines]\nstudio = "coqui"\n'
        '[coqui]\nmodel = "tts_models/en/vctk/vits"\n'
    )
    voice = load_voice(tmp_path / "v.toml")
    assert voice.coqui is not None
    found = {
        "language": voice.language, "pace": voice.pace, "roles": list(voice.roles),
        "origin": voice.origin, "sample": voice.sample,
        "kokoro.pack": "".join(str(pack) for pack in voice.packs),
        "kokoro.fitted_to": voice.fitted_to, "kokoro.sha256": voice.pack_sha256,
        "coqui.speaker": voice.coqui.speaker,
        "coqui.language": voice.coqui.language, "coqui.reference": list(voice.coqui.reference),
        "consent.statement": Consent().statement,
    }  # fmt: skip
    told = {
        key: tomllib.loads(f"value = {default.strip('`')}")["value"]
        for key, default in DEFAULTS.items()
        if default.startswith("`")
    }
    assert found == told


def test_the_profile_in_the_document_is_read(tmp_path: Path) -> None:
    profile, deliveries, coqui, consent = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    (tmp_path / "ada.toml").write_text(profile)
    ada = load_voice(tmp_path / "ada.toml")
    assert ada.packs == ((PACKS / "af_heart.bin", 0.7), (PACKS / "bf_emma.bin", 0.3))
    (tmp_path / "ada.toml").write_text(profile + deliveries)
    own = load_voice(tmp_path / "ada.toml").every_delivery
    assert own["wonder"] == replace(DELIVERIES["wonder"], pace=0.92)
    assert own["whisper"] == Delivery(pitch_st=-1.0, energy_db=-6.0)
    assert own["charm"] == DELIVERIES["charm"]
    assert tomllib.loads(coqui)["coqui"]["model"] == "host/model.pth"
    (tmp_path / "ada.toml").write_text(re.sub(r"consent = .*", "", profile) + consent)
    assert load_voice(tmp_path / "ada.toml").consent.date == datetime.date(2026, 11, 2)


def test_every_voice_that_ships_is_whole(show: Show) -> None:
    names = voice_names(show)
    assert names[:3] == ("emma", "ernis", "michael")
    assert names[3:] == stock_names()
    for name in names:
        voice = find_voice(name, show)
        assert voice.engine("studio") in ENGINES
        assert voice.engine("draft") in ENGINES
        assert voice.licence == "Apache-2.0"
        assert str(voice.consent)
        assert voice.packs


def test_every_pack_that_ships_is_a_voice(show: Show) -> None:
    assert len(stock_names()) == 28
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for name in stock_names():
        voice = find_voice(name, show)
        assert (voice.name, voice.packs) == (name, ((PACKS / f"{name}.bin", 1.0),))
        assert voice.language == {"a": "en-US", "b": "en-GB"}[name[0]]
        assert name in voice.origin
        assert name in notice
    assert find_voice("bm_fable", show).title == "Fable"


def test_a_profile_may_be_called_anything_that_a_file_may(tmp_path: Path) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "Zoë 2.toml").write_text(LEAST)
    (tmp_path / "show.toml").write_text('title = "T"\nhost = "H"\nauthor = "A"\n')
    show = replace(load_show(tmp_path / "show.toml"), path=tmp_path / "scripts" / "show.toml")
    assert profile_names(show)[0] == "Zoë 2"
    assert find_voice("Zoë 2", show).name == "Zoë 2"
    for name in ("./ernis", "packs/../ernis", "*", "Zoë ?"):
        with pytest.raises(VoiceError):
            find_voice(name, show)


def test_a_profile_comes_before_a_stock_voice(tmp_path: Path, show: Show) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "af_bella.toml").write_text(LEAST)
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "show.toml").write_text('title = "T"\nhost = "H"\nauthor = "A"\n')
    own = load_show(tmp_path / "scripts" / "show.toml")
    assert find_voice("af_bella", own).studio == "tone"
    assert profile_names(own) == ("af_bella", "emma", "ernis", "michael")
    assert voice_names(own).count("af_bella") == 1


@pytest.mark.parametrize("name", ["nobody", "../ernis", "", "er nis", "ernis.toml", "AF_BELLA"])
def test_an_unknown_voice_names_those_there_are(show: Show, name: str) -> None:
    with pytest.raises(
        VoiceError, match=r"no voice is called .*; (choose from|did you mean)"
    ) as no:
        find_voice(name, show)
    assert len(str(no.value)) < 120


@pytest.mark.parametrize(
    ("name", "what"),
    [("ernst", "did you mean 'ernis'?"), ("af_bela", "did you mean 'af_bella'?"),
     ("zzz", "choose from: emma, ernis, michael and the stock voices of `paperledge voices list`")],
)  # fmt: skip
def test_the_nearest_voice_is_named(show: Show, name: str, what: str) -> None:
    with pytest.raises(VoiceError) as caught:
        find_voice(name, show)
    assert caught.value.remedy == what


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (LEAST + "pack = 1\n", 7, "engines.pack: is not a known key"),
        (LEAST + '[kokoro]\npack = "no.bin"\n', 8, "kokoro.pack: there is no file no.bin"),
        (LEAST + '[kokoro]\npack = "af_hart"\n', 8, "no pack is called 'af_hart'; did you mean"),
        (LEAST + "[kokoro.blend]\naf_hart = 1\n", 8, "'af_hart'; did you mean 'af_heart'?"),
        (LEAST + "[kokoro.blend]\naf_heart = 0\n", 8, "blend.af_heart: 0 is not a weight; leave"),
        (LEAST + "[kokoro.blend]\naf_heart = -1\n", 8, "af_heart: -1 is not between"),
        (LEAST + "[kokoro.blend]\naf_heart = nan\n", 8, "af_heart: nan is not between"),
        (LEAST + "[kokoro.blend]\naf_heart = true\n", 8, "af_heart: True is not a number"),
        (LEAST + '[kokoro.blend]\n"a.b/c.npz" = 1\n', 8, "there is no file a.b/c.npz"),
        (LEAST + "[kokoro.blend]\n", 7, "kokoro.blend: is empty; name packs with their weights"),
        (
            LEAST + '[kokoro]\npack = "af_heart"\n[kokoro.blend]\nbf_emma = 1\n',
            9,
            "kokoro.blend: can't be used together with pack; remove one of them",
        ),
        (LEAST + "[kokoro]\nblend.af_hart = 1\n", 8, "no pack is called 'af_hart'"),
        (LEAST + f'[kokoro]\npack = "{"x" * 256}.bin"\n', 8, "can't be read: File name too long"),
        (
            LEAST + '[kokoro.blend]\n"a\\u0000.bin" = 1\n',
            8,
            r"'a\x00.bin' holds the character '\x00'",
        ),
        (
            LEAST + '[coqui]\nmodel = "/dev/null"\n',
            8,
            "coqui.model: /dev/null is a device, not a file",
        ),
        (
            LEAST + '[coqui]\nmodel = "v.toml"\nconfig = "."\n',
            9,
            "coqui.config: . is a folder, not a file; correct the path",
        ),
        (LEAST + "[kokoro]\nbland = 1\n", 8, "kokoro.bland: is not a known key; did you mean 'bl"),
        (LEAST.replace('licence = "MIT"\n', ""), None, "licence: is missing"),
        ('language = "de-DE"\n' + LEAST, 1, "language: 'de-DE' is not English, which is all that"),
        ('language = "English"\n' + LEAST, 1, "language: 'English' is not"),
        ("pace = 9\n" + LEAST, 1, "pace: 9 is not between 0.5 and 2"),
        ('roles = ["hots"]\n' + LEAST, 1, "roles: 'hots' is unknown; did you mean 'host'?"),
        ('sampel = "x"\n' + LEAST, 1, "sampel: is not a known key; did you mean 'sample'?"),
        (LEAST.replace('studio = "tone"', 'studio = "kokro"'), 5, "did you mean 'kokoro'?"),
        (LEAST + "[pronounce]\nQwen = 1\n", 8, "pronounce.Qwen: 1 is not a text"),
        (LEAST.replace('consent = "mine"\n', "") + '[consent]\nby = "E"\n', 6, "date: is missing"),
        (
            LEAST.replace('consent = "mine"\n', "")
            + '[consent]\nby = "E"\ndate = "soon"\nfor = "all"\n',
            8,
            "consent.date: 'soon' is not a date; write it as 2025-10-21",
        ),
        (
            LEAST + '[kokoro]\npack = "af_heart"\nfitted_to = "me.wav"\n',
            3,
            "consent: is a sentence, but the voice is fitted to me.wav; write in [consent] who",
        ),
        (
            LEAST + '[coqui]\nmodel = "tts_models/multilingual/x/xtts"\nreference = ["v.toml"]\n',
            3,
            "consent: is a sentence, but the voice is cloned from clips; write in [consent] who",
        ),
    ],
)
def test_a_wrong_voice_is_placed(tmp_path: Path, text: str, line: int | None, what: str) -> None:
    file = tmp_path / "v.toml"
    file.write_text(text)
    with pytest.raises(VoiceError) as caught:
        load_voice(file)
    assert what in str(caught.value)
    assert caught.value.line == line
    assert caught.value.path == str(file)


FAULTY = """\
titel = "V"
pace = 9
roles = ["hots"]
language = "de-DE"
[consent]
date = "soon"
for = "all"
[engines]
studio = "kokro"
draft = "tune"
pack = 1
[kokoro.blend]
af_hart = 1
bf_emma = 0
[coqui]
model = "no.pth"
reference = ["none.wav"]
speakr = "x"
[deliveries.wonder]
pace = 0.1
pitch = 1
[deliveries.Soft]
pace = 1
"""


def test_every_fault_of_a_profile_is_told_in_order_and_once(tmp_path: Path) -> None:
    file = tmp_path / "v.toml"
    file.write_text(FAULTY)
    with pytest.raises(VoiceError) as caught:
        load_voice(file)
    found = [
        str(one).removeprefix(f"{file}:").partition(";")[0].strip() for one in caught.value.all
    ]
    assert found == [
        "1:1: titel: is not a known key",
        "2:1: pace: 9 is not between 0.5 and 2",
        "3:1: roles: 'hots' is unknown",
        "4:1: language: 'de-DE' is not English, which is all that can be read here",
        "5:2: consent.by: is missing",
        "6:1: consent.date: 'soon' is not a date",
        "9:1: engines.studio: 'kokro' is unknown",
        "10:1: engines.draft: 'tune' is unknown",
        "11:1: engines.pack: is not a known key",
        "13:1: kokoro.blend.af_hart: no pack is called 'af_hart'",
        "14:1: kokoro.blend.bf_emma: 0 is not a weight",
        "16:1: coqui.model: there is no file no.pth",
        "17:1: coqui.reference: there is no file none.wav",
        "18:1: coqui.speakr: is not a known key",
        "20:1: deliveries.wonder.pace: 0.1 is not between 0.5 and 2",
        "21:1: deliveries.wonder.pitch: is not a known key",
        "22:2: deliveries.Soft: is not a name in small letters",
        "licence: is missing",
    ]
