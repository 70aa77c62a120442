"""paperledge voices audition: what it leaves, what it says, and who can't be heard."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio import engines
from paperledge_audio.audition.page import ASSETS
from paperledge_audio.errors import MissingError
from paperledge_audio.files.ownership import LISTING
from paperledge_audio.preview.page.files import SHARED
from paperledge_audio.voices.engines import ENGINES, EngineEntry
from paperledge_audio.voices.profiles import SAMPLE
from tests.tone_show import VOICE

Call = Callable[..., Any]
OUT = Path("audition")
PAGE = {"index.html", LISTING, *SHARED, *ASSETS}
COMMAND = "pip install 'a-voice'"


@pytest.fixture
def three(show_folder: Path) -> None:
    """Three voices called t…, of which two sound the same."""
    for name, pace in (("twin", 1.0), ("tempo", 1.5)):
        Path(f"voices/{name}.toml").write_text(f"pace = {pace}\n{VOICE}")


@pytest.fixture
def missing(three: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """And toneless, whose engine is not installed here."""
    module = types.ModuleType("absent_engine")

    def open_engine() -> None:
        raise MissingError("the absent engine is not installed", COMMAND)

    module.open_engine = open_engine  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    row = EngineEntry(module.__name__, "absent")
    monkeypatch.setattr(engines, "ENGINES", {**ENGINES, "hibari": row})
    Path("voices/toneless.toml").write_text(VOICE.replace('"tone"', '"hibari"'))
    engines._open.cache_clear()
    yield
    engines._open.cache_clear()


def test_the_folder_holds_the_page_and_a_file_for_each_voice(three: None, paperledge: Call) -> None:
    ran = paperledge("voices", "audition", "t*", "--line", "It grew by 30.85%.")
    assert ran.code == 0, ran.err
    facts, page = ran.out.splitlines()
    assert facts.startswith("audition: 3 voices | 0:")
    assert page == "audition/index.html"
    names = {path.name for path in OUT.iterdir()}
    assert names == PAGE | {"tone.mp3", "twin.mp3", "tempo.mp3"}


def test_json_tells_what_the_page_tells(three: None, paperledge: Call) -> None:
    ran = paperledge("voices", "audition", "tone", "tempo", "twin", "--json")
    document = json.loads(ran.out)
    assert ran.err == ""
    assert document["page"] == "audition/index.html"
    assert document["line"] == SAMPLE  # the host's
    assert document["silent"] == []
    found = {voice["name"]: voice for voice in document["voices"]}
    assert list(found) == ["tone", "tempo", "twin"]
    assert found["tone"]["in_show"] == ["host"]
    assert (found["twin"]["same_as"], found["tempo"]["same_as"]) == ("tone", "")
    for name, voice in found.items():
        assert voice["path"] == f"audition/{name}.mp3"
        assert voice["integrated_lufs"] == pytest.approx(-23.0, abs=0.1)
        assert (voice["engine"], voice["licence"]) == ("tone", "Apache-2.0")


def test_what_cannot_be_heard_is_told_and_the_others_are_there(
    missing: None, paperledge: Call
) -> None:
    ran = paperledge("voices", "audition", "t*", "--json")
    assert ran.code == 0
    assert ran.line == f"toneless: the absent engine is not installed; run: {COMMAND}"
    document = json.loads(ran.out)
    assert [voice["name"] for voice in document["voices"]] == ["tempo", "tone", "twin"]
    (silent,) = document["silent"]
    assert (silent["name"], silent["exit_code"]) == ("toneless", 3)
    assert COMMAND in silent["remedy"]
    assert {path.name for path in OUT.glob("*.mp3")} == {"tone.mp3", "tempo.mp3", "twin.mp3"}
    assert "the absent engine is not installed" in (OUT / "index.html").read_text("utf-8")


def test_it_is_an_error_where_it_was_asked_for_by_its_name(missing: None, paperledge: Call) -> None:
    ran = paperledge("voices", "audition", "tone", "toneless")
    assert ran.code == 3
    assert ran.err.splitlines()[-1].startswith("toneless: ")
    assert "1 that can't speak here" in ran.out
    assert (OUT / "tone.mp3").is_file()


def test_where_nobody_can_be_heard_nothing_is_written(missing: None, paperledge: Call) -> None:
    ran = paperledge("voices", "audition", "toneless", "--json")
    assert ran.code == 3
    assert ran.line == f"the absent engine is not installed; run: {COMMAND}"
    assert not OUT.exists()


def test_a_broken_profile_is_told_with_its_line(three: None, paperledge: Call) -> None:
    Path("voices/torn.toml").write_text("pace = 9\n" + VOICE)
    ran = paperledge("voices", "audition", "t*", "--json")
    assert ran.code == 0
    (silent,) = json.loads(ran.out)["silent"]
    assert (silent["name"], silent["line"]) == ("torn", 1)
    assert silent["path"].endswith("voices/torn.toml")


@pytest.mark.parametrize("line", ["!!!", "A \u2e2e in it."])
def test_a_line_that_nobody_can_say_is_one_error(three: None, paperledge: Call, line: str) -> None:
    ran = paperledge("voices", "audition", "t*", "--line", line, "--json")
    assert ran.code == 1
    assert ran.line
    assert not OUT.exists()


def test_a_name_of_nobody_stops_it_before_anybody_speaks(three: None, paperledge: Call) -> None:
    ran = paperledge("voices", "audition", "tone", "twinn")
    assert ran.code == 1
    assert ran.line == "no voice is called 'twinn'; did you mean 'twin'?"
    assert not OUT.exists()


def test_a_new_audition_takes_the_old_ones_place_and_nobody_elses(
    three: None, paperledge: Call
) -> None:
    assert paperledge("voices", "audition", "tone", "twin").code == 0
    assert paperledge("voices", "audition", "tempo").code == 0
    assert {path.name for path in OUT.iterdir()} == PAGE | {"tempo.mp3"}
    (OUT / "mine.mp3").write_bytes(b"a song")
    before = {path: path.read_bytes() for path in OUT.iterdir()}
    ran = paperledge("voices", "audition", "tone")
    assert ran.code == 1
    assert ran.line.startswith(f"{(OUT / 'mine.mp3').resolve()}: ")
    assert {path: path.read_bytes() for path in OUT.iterdir()} == before


def test_a_folder_of_songs_is_no_audition(three: None, paperledge: Call) -> None:
    OUT.mkdir(parents=True)
    (OUT / "tone.mp3").write_bytes(b"a song")
    assert "would be lost" in paperledge("voices", "audition", "tone").line
    page = '<script type="application/json" id="document">{}</script>'
    for document in ("[]", "[" * 100_000, '{"voices": [{"clip": "notes.txt"}]}'):
        (OUT / "index.html").write_text(page.format(document))
        (OUT / "notes.txt").write_text("mine")
        assert "would be lost" in paperledge("voices", "audition", "tone").line
        (OUT / "tone.mp3").unlink(missing_ok=True)


def test_the_same_input_gives_the_same_bytes(three: None, paperledge: Call) -> None:
    for out in ("one", "two"):
        assert paperledge("voices", "audition", "t*", "-o", out).code == 0
    for path in Path("one").iterdir():
        assert path.read_bytes() == (Path("two") / path.name).read_bytes()
