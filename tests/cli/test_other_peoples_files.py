"""What this program did not make is never replaced, unless the command says --force."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile
from PIL import Image

from paperledge_audio.engines.coqui import from_piper
from paperledge_audio.errors import DeliveryError
from paperledge_audio.music.__main__ import main as make_music
from tests.tone_show import SCRIPT

Call = Callable[..., Any]
ONE = "scripts/one-hand.md"
MINE = b"my own work"
OURS = "was not made by this program, or was changed since, and would be lost"
FEED = 'website = "https://x.example/"\nbase_url = "https://x.example/p"\ndescription = "Tones."\n'

SAVED_PAGE = """\
Tuesday Oct 21, 2025

Computer Vision - A Tone for Everyone

Tuesday Oct 21, 2025

Hey crew! This tone makes us wonder. It is a short one, and then it ends.

Credit to Paper authors: Ada Lovelace
"""


def put(path: str, data: bytes = MINE) -> Path:
    """A file of somebody's."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def spoken_of(show: Path) -> bool:
    """Whether anybody spoke since the show was made."""
    return any((show.parent / "cache").rglob("*.flac"))


def contents(folder: str) -> dict[str, bytes]:
    return {str(f): f.read_bytes() for f in sorted(Path(folder).rglob("*")) if f.is_file()}


RENDER = ("render", ONE)
FOLDERS = {
    "a sound of one's own": (RENDER, "out/one-hand/one-hand.mp3"),
    "a manifest of one's own": (RENDER, "out/one-hand/one-hand.manifest.json"),
    "a sound in the outbox": ((*RENDER, "--outbox", "box"), "box/one-hand/one-hand.mp3"),
    "a page": (("preview", ONE), "preview/index.html"),
    "a style": (("preview", ONE), "preview/page.css"),
    "a page among voices": (("voices", "audition", "tone"), "audition/index.html"),
    "a song among voices": (("voices", "audition", "tone"), "audition/tone.mp3"),
}


@pytest.mark.parametrize("case", FOLDERS)
def test_a_file_by_a_name_of_ours_is_kept_before_anybody_speaks(
    show_folder: Path, paperledge: Call, case: str
) -> None:
    command, name = FOLDERS[case]
    file = put(name)
    ran = paperledge(*command)
    assert ran.code == 1
    assert ran.line.endswith(f"{name}: {OURS}; move it or add --force")
    assert file.read_bytes() == MINE
    assert not spoken_of(show_folder)
    assert paperledge(*command, "--force").code == 0
    assert file.read_bytes() != MINE
    assert paperledge(*command).code == 0  # now it is ours


@pytest.mark.parametrize("case", FOLDERS)
def test_what_was_changed_since_is_kept(show_folder: Path, paperledge: Call, case: str) -> None:
    command, name = FOLDERS[case]
    assert paperledge(*command).code == 0
    if name.endswith("manifest.json"):
        name = name.replace(".manifest.json", ".txt")
    with Path(name).open("ab") as file:
        file.write(MINE)
    before = contents(str(Path(name).parent))
    ran = paperledge(*command)
    assert (ran.code, OURS in ran.line) == (1, True)
    assert contents(str(Path(name).parent)) == before
    assert paperledge(*command, "--force").code == 0
    assert MINE not in Path(name).read_bytes()


@pytest.mark.parametrize("case", FOLDERS)
def test_force_takes_nothing_that_has_no_name_of_ours(
    show_folder: Path, paperledge: Call, case: str
) -> None:
    command, name = FOLDERS[case]
    file = put(f"{Path(name).parent}/notes.txt")
    ran = paperledge(*command, "--force")
    assert ran.code == 1
    assert ran.line.endswith(f"notes.txt: {OURS}; move it")
    assert file.read_bytes() == MINE
    assert not spoken_of(show_folder)


def test_a_manifest_of_another_program_makes_no_release(
    show_folder: Path, paperledge: Call
) -> None:
    assert paperledge(*RENDER).code == 0
    manifest = Path("out/one-hand/one-hand.manifest.json")
    told = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**told, "generator": {"name": "another", "version": "1"}}))
    before = contents("out")
    assert OURS in paperledge(*RENDER).line
    assert contents("out") == before


@pytest.mark.parametrize("text", ['{"voices": 3, "segments": []}', "[" * 100_000])
def test_a_manifest_that_somebody_wrote_tells_nothing_of_the_release_before(
    show_folder: Path, paperledge: Call, text: str
) -> None:
    put("out/one-hand/one-hand.manifest.json", text.encode())
    ran = paperledge(*RENDER, "--force", "--json")
    assert ran.code == 0, ran.err
    (release,) = json.loads(ran.out)["releases"]
    assert {take["why"] for take in release["takes"]["made"]} == {"first render"}


@pytest.mark.parametrize(
    ("out", "outbox", "line"),
    [
        ("o", "o/one-hand", "--outbox is inside the release o/one-hand; name another"),
        ("o", "o/two/box", "--outbox is inside the release o/two; name another"),
        ("o/two", "o", "-o is inside o/two, which is replaced; name another"),
        ("o/one-hand/x", "o", "-o is inside o/one-hand, which is replaced; name another"),
    ],
)
def test_no_release_lies_in_another_folder_that_is_replaced(
    show_folder: Path, paperledge: Call, out: str, outbox: str, line: str
) -> None:
    put("scripts/two.md", SCRIPT.encode())
    ran = paperledge("render", ONE, "scripts/two.md", "-o", out, "--outbox", outbox)
    assert (ran.code, ran.line) == (2, line)
    assert not Path("o").exists()


def test_an_outbox_may_lie_beside_the_releases(show_folder: Path, paperledge: Call) -> None:
    for outbox in ("out/box", "."):
        ran = paperledge(*RENDER, "-o", "out", "--outbox", outbox)
        assert ran.code == 0, ran.err
        assert contents(f"{outbox}/one-hand").keys()


@pytest.mark.parametrize("name", [ONE, "notes.md", "scripts/show.toml"])
def test_a_summary_replaces_only_a_summary(show_folder: Path, paperledge: Call, name: str) -> None:
    if name == "notes.md":
        put(name)
    before = Path(name).read_bytes()
    ran = paperledge("preview", ONE, "--summary", name)
    assert (ran.code, ran.line) == (
        1,
        f"{name}: is there already; name another file or add --force",
    )
    assert Path(name).read_bytes() == before
    assert not spoken_of(show_folder)


def test_a_summary_of_ours_is_replaced(show_folder: Path, paperledge: Call) -> None:
    put("notes.md")
    for options in (["--force"], []):
        assert paperledge("preview", ONE, "--summary", "notes.md", *options).code == 0
        assert b"The Sound of One Hand" in Path("notes.md").read_bytes()


def test_a_summary_does_not_lie_in_the_page_s_folder(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge("preview", ONE, "-o", "page", "--summary", "page/index.html")
    assert (ran.code, ran.line) == (
        2, "--summary is inside the page's folder; name a file elsewhere"
    )  # fmt: skip
    assert not Path("page").exists()


@pytest.fixture
def released(show_folder: Path, paperledge: Call) -> None:
    toml = Path("scripts/show.toml")
    toml.write_text(FEED + toml.read_text())
    assert paperledge(*RENDER).code == 0


@pytest.mark.parametrize("name", ["public/feed.xml", "public/feed.jpg"])
def test_a_feed_and_its_picture_replace_only_their_own_kind(
    released: None, paperledge: Call, name: str
) -> None:
    data = MINE
    if name.endswith("jpg"):
        Image.new("RGB", (9, 9), "red").save("red.jpg")
        data = Path("red.jpg").read_bytes()
    file = put(name, data)
    ran = paperledge("feed", "out", "-o", "public/feed.xml")
    assert (ran.code, ran.line) == (
        1,
        f"{name}: is there already; name another file or add --force",
    )
    assert contents("public") == {name: data}
    assert paperledge("feed", "out", "-o", "public/feed.xml", "--force").code == 0
    made = contents("public")
    assert made[name] != data
    assert paperledge("feed", "out", "-o", "public/feed.xml").code == 0
    assert contents("public") == made
    assert file.is_file()


@pytest.mark.parametrize("name", ["f.jpg", "FEED.JPG", "feed.jpeg", "feed.mp3", "feed.toml"])
def test_a_feed_is_not_written_into_a_file_of_another_kind(
    show_folder: Path, paperledge: Call, name: str
) -> None:
    ran = paperledge("feed", "out", "-o", name)
    assert (ran.code, ran.line) == (2, f"{name}: is not a feed's name; name an .xml file")
    assert not Path(name).exists()


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg"])
def test_a_line_replaces_only_a_line(show_folder: Path, paperledge: Call, suffix: str) -> None:
    soundfile.write(f"song.{suffix}", [0.0, 0.1] * 400, 8000)
    before = Path(f"song.{suffix}").read_bytes()
    ran = paperledge("say", "hello", "-o", f"song.{suffix}")
    assert (ran.code, ran.line) == (
        1, f"song.{suffix}: is there already; name another file or add --force"
    )  # fmt: skip
    assert Path(f"song.{suffix}").read_bytes() == before
    assert not spoken_of(show_folder)
    for _ in range(2):
        assert paperledge("say", "hello", "-o", f"line.{suffix}").code == 0
    assert paperledge("say", "hello", "-o", f"song.{suffix}", "--force").code == 0
    with soundfile.SoundFile(f"song.{suffix}") as song:
        assert song.comment == "Generated by paperledge-audio, which may replace this file."


def test_a_lexicon_replaces_only_a_lexicon_of_ours(show_folder: Path, paperledge: Call) -> None:
    put("own.pls")
    ran = paperledge("lexicon", "export", "-o", "own.pls")
    assert (ran.code, ran.line) == (
        1,
        "own.pls: is there already; name another file or add --force",
    )
    assert Path("own.pls").read_bytes() == MINE
    assert paperledge("lexicon", "export", "-o", "own.pls", "--force").code == 0
    assert paperledge("lexicon", "export", "-o", "own.pls").code == 0
    assert paperledge("lexicon", "import", "own.pls").code == 0


def test_what_a_link_points_to_is_judged_and_the_link_stays(
    show_folder: Path, paperledge: Call
) -> None:
    put("elsewhere/own.pls")
    link = Path("names.pls")
    link.symlink_to("elsewhere/own.pls")
    assert paperledge("lexicon", "export", "-o", link).code == 1
    assert link.read_bytes() == MINE
    assert paperledge("lexicon", "export", "-o", link, "--force").code == 0
    assert link.is_symlink()
    assert link.read_bytes() != MINE


def test_what_is_no_file_is_never_replaced(show_folder: Path, paperledge: Call) -> None:
    os.mkfifo("pipe.pls")
    Path("gone.pls").symlink_to("nowhere")
    Path("folder.pls").mkdir()
    for name in ("pipe.pls", "gone.pls", "folder.pls"):
        ran = paperledge("lexicon", "export", "-o", name, "--force")
        assert ran.line == f"{name}: is in the way: it is not a file; name another file"
        assert ran.code == 1
    assert Path("pipe.pls").is_fifo()
    assert Path("gone.pls").is_symlink()


def test_takes_are_cleared_from_a_folder_of_ones_own_and_nothing_else(
    show_folder: Path, paperledge: Call, tmp_path: Path
) -> None:
    assert paperledge("say", "hello", "-o", "a.wav").code == 0
    made = json.loads(paperledge("takes", "info", "--json").out)["takes"]
    name = "ab" + "0" * 62
    own = [
        put(f"{tmp_path}/cache/takes/{place}")
        for place in ("album/song.flac", "album/song.json", "ab/song.flac", f"cd/{name}.flac",
                      f"album/{name}.flac", "ab/.song.flac.1a2b3c4d.part", "album/.x.part")
    ]  # fmt: skip
    for file in own:
        os.utime(file, (10_000, 10_000))
    assert json.loads(paperledge("takes", "info", "--json").out)["takes"] == made
    assert json.loads(paperledge("takes", "prune", "--limit", "0", "--json").out)["removed"] == made
    assert paperledge("say", "hello", "-o", "a.wav").code == 0
    assert json.loads(paperledge("takes", "clear", "--json").out)["removed"] == made
    assert [file.read_bytes() for file in own] == [MINE] * len(own)


@pytest.mark.parametrize("name", ["model.pth", "config.json", "MODEL_CARD"])
def test_a_converted_voice_replaces_no_model(tmp_path: Path, name: str) -> None:
    put(f"{tmp_path}/MODEL_CARD")
    file = put(f"{tmp_path}/voice/{name}")
    with pytest.raises(DeliveryError, match=f"{name}: is there already; .* add --force"):
        from_piper.main([str(tmp_path / "x.onnx"), str(tmp_path / "voice")])
    assert file.read_bytes() == MINE


def test_the_show_s_music_replaces_no_music(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # nothing is played
    file = put(f"{tmp_path}/bed.ogg")
    assert make_music([str(tmp_path)]) == 1
    assert "bed.ogg: is there already; name another file or add --force" in capsys.readouterr().err
    assert [entry.name for entry in tmp_path.iterdir()] == ["bed.ogg"]
    assert make_music([str(tmp_path), "--force"]) == 3  # and no program to play it
    assert file.read_bytes() == MINE


def test_imported_scripts_replace_none_that_differ(show_folder: Path, paperledge: Call) -> None:
    page = put("page.txt", SAVED_PAGE.encode())
    ran = paperledge("import", page, "-o", "in", "--json")
    assert ran.code == 0, ran.err
    (script,) = (row["path"] for row in json.loads(ran.out)["scripts"])
    assert paperledge("import", page, "-o", "in").code == 0
    with Path(script).open("a") as file:
        file.write("\nA line of mine.\n")
    before = Path(script).read_bytes()
    ran = paperledge("import", page, "-o", "in")
    assert (ran.code, ran.line) == (
        1, f"{script}: is there already; name another file or add --force"
    )  # fmt: skip
    assert Path(script).read_bytes() == before
    assert paperledge("import", page, "-o", "in", "--force").code == 0
    assert Path(script).read_bytes() != before
