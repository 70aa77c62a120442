"""What a commit calls its files: nothing outside of a temporary folder is written, or read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.engines.coqui.files import ModelFiles, find_beside
from paperledge_audio.errors import HistoryError, VoiceError
from paperledge_audio.preview.history.git import Repository
from paperledge_audio.preview.history.snapshot import Snapshot
from tests.preview_repository import Tree, commit_of, run_git
from tests.tone_show import SCRIPT, SHOW, VOICE

pytestmark = pytest.mark.fuzz

Call = Callable[..., Any]
Git = Callable[..., str]
OLD = SCRIPT.replace("it stops", "it ended").encode()


def past(
    show: str = SHOW, voice: str = VOICE, scripts: Tree | None = None, voices: Tree | None = None
) -> dict[bytes, Any]:
    """The tree of a show as it was, with further scripts and voices."""
    return {
        b"scripts": {b"show.toml": show.encode(), b"one-hand.md": OLD, **(scripts or {})},
        b"voices": {b"tone.toml": voice.encode(), **(voices or {})},
    }


def up_to(file: Path, content: bytes) -> Tree:
    """A tree that leads up to the root, as far as that may be, and down again to `file`."""
    tree: Tree = {file.name.encode(): content}
    for part in (*reversed(file.parts[1:-1]), *[".."] * 12):
        tree = {part.encode(): tree}
    return tree


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    file = tmp_path / "precious.toml"
    file.write_text("precious")
    return file


def test_a_tree_can_not_lead_out_of_the_folder_that_it_is_laid_out_in(
    repository: Git, show_folder: Path, paperledge: Call, precious: Path
) -> None:
    overwriting = commit_of(show_folder, past(voices=up_to(precious, b"overwritten")))
    named = SHOW.replace("[voices]", 'artwork = "precious.toml"\n[voices]', 1)
    cut = commit_of(show_folder, past(show=named) | dict(up_to(precious, b"cut")))
    for commit in (overwriting, cut):
        ran = paperledge("preview", "scripts", "--since", commit)
        assert ran.code == 1
        assert f"{show_folder}: the commit {commit[:10]} names a file " in ran.line
        assert ran.line.endswith(", which has the part '..'; compare with another commit")
        assert precious.read_text() == "precious"
        assert not Path("out").exists()


def test_such_a_commit_comes_with_a_clone(
    repository: Git,
    show_folder: Path,
    paperledge: Call,
    precious: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commit = commit_of(show_folder, past(voices=up_to(precious, b"overwritten")))
    repository("branch", "theirs", commit)
    clone = show_folder.parent / "clone"
    run_git(show_folder.parent, "clone", "-q", str(show_folder), str(clone))
    monkeypatch.chdir(clone)
    ran = paperledge("preview", "scripts", "--since", "origin/theirs")
    assert (ran.code, precious.read_text()) == (1, "precious")
    assert "has the part '..'" in ran.line


NAMES: dict[str, tuple[Tree, str]] = {
    "absolute": ({b"/etc/x.toml": b""}, "has the part ''"),
    "slash inside": ({b"../../x.toml": b""}, "has the part '..'"),
    "dot": ({b".": {b"x.toml": b""}}, "has the part '.'"),
    "backslash": ({b"..\\..\\x.toml": b""}, "holds the character '\\\\'"),
    "git": ({b".git": {b"config": b""}}, "has the part '.git'"),
    "git in capitals": ({b".GIT": {b"config": b""}}, "has the part '.GIT'"),
    "git unseen": ({".g\u200cit".encode(): {b"config": b""}}, "has the part '.g\\u200cit'"),
    "long": ({b"x" * 256: b""}, "has a part of more than 255 bytes"),
    "nameless": ({b"": b""}, "empty filename in tree entry"),  # git's own complaint
}


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_that_is_not_plain_is_refused(
    repository: Git, show_folder: Path, paperledge: Call, kind: str
) -> None:
    voices, complaint = NAMES[kind]
    ran = paperledge("preview", "scripts", "--since", commit_of(show_folder, past(voices=voices)))
    assert ran.code == 1
    assert complaint in ran.line
    assert not Path("out").exists()


def before(paperledge: Call, commit: str) -> tuple[str, str]:
    """What became of the one script since, and what is said of its version before."""
    ran = paperledge("preview", "scripts/one-hand.md", "--since", commit, "--json")
    assert ran.code == 0, ran.err
    (episode,) = json.loads(ran.out)["episodes"]
    said = [found["what"] for found in episode["findings"]]
    return episode["status"], said[0].removeprefix(
        f"the version before can't be heard: {commit}:"
    ) if said else ""


def test_links_and_submodules_are_not_laid_out(
    repository: Git, show_folder: Path, paperledge: Call, precious: Path
) -> None:
    through = {b"x": ("120000", str(precious.parent).encode()), b"y.toml": ("160000", b"")}
    commit = commit_of(show_folder, past(voices={**through, b"z": {precious.name.encode(): b"z"}}))
    assert before(paperledge, commit) == ("changed", "")
    link = commit_of(show_folder, past() | {b"voices": {b"tone.toml": ("120000", b"/etc/passwd")}})
    status, said = before(paperledge, link)
    assert (status, "no voice is called 'tone'" in said) == ("new", True)


def test_what_was_laid_out_is_never_written_over(show_folder: Path, precious: Path) -> None:
    """Names that a file system takes for one, as `A` and `a` on a Mac, are told by it alone."""
    history = Snapshot(Repository(show_folder), "REF", "", {}, show_folder)
    top = show_folder / "top"
    history._lay({"voices/a": b"first"}, top)
    (top / "voices" / "link").symlink_to(precious)
    for name in ("a", "a/b", "link"):
        with pytest.raises(HistoryError, match=f"^REF:voices/{name}: can't be set aside: File ex"):
            history._lay({f"voices/{name}": b"second"}, top)
    assert (top / "voices" / "a").read_bytes() == b"first"
    assert precious.read_text() == "precious"


@pytest.mark.parametrize("name", [b"caf\xe9.md", b"a\nb.md", b"a\x1b[31m.md"])
def test_a_deleted_script_without_a_legible_name_is_told_in_one_line(
    repository: Git, show_folder: Path, paperledge: Call, name: bytes
) -> None:
    commit = commit_of(show_folder, past(scripts={name: OLD}))
    ran = paperledge("preview", "scripts", "--since", commit)
    assert ran.code == 1
    assert ran.line.isprintable()
    assert before(paperledge, commit) == ("changed", "")  # named alone, the other can be heard


def test_the_music_of_a_past_show_is_not_looked_for(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    """It isn't heard in a preview; and whether a file is there is nobody's business."""
    music = '\n[music]\nintro = "../../../intro.ogg"\noutro = "/etc/passwd"\nbed = "gone.ogg"\n'
    assert before(paperledge, commit_of(show_folder, past(show=SHOW + music))) == ("changed", "")


@pytest.mark.parametrize("name", ["/etc/passwd", "../../outside.bin", "../../../../etc/none"])
def test_a_past_voice_has_only_the_files_of_its_commit(
    repository: Git, show_folder: Path, paperledge: Call, name: str
) -> None:
    (show_folder.parent / "outside.bin").write_bytes(bytes(510 * 256 * 4))
    voice = VOICE.replace('"tone"', '"kokoro"') + f'\n[kokoro]\npack = "{name}"\n'
    status, said = before(paperledge, commit_of(show_folder, past(voice=voice)))
    assert status == "new"
    assert said.startswith(
        f"voices/tone.toml:10:1: kokoro.pack: {name} is outside the repository; keep it in"
    )


def test_a_past_voice_has_the_files_of_its_commit_by_any_way_there(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    voice = VOICE + '\n[kokoro]\npack = "../voices/own/flat.bin"\n'
    own = {b"own": {b"flat.bin": bytes(510 * 256 * 4)}}
    commit = commit_of(show_folder, past(voice=voice, voices=own))
    assert before(paperledge, commit) == ("changed", "")


def test_further_files_of_a_past_voices_model_are_those_of_its_commit(
    show_folder: Path, precious: Path
) -> None:
    own, other = show_folder / "voices" / "speakers.pth", show_folder / "voices" / "config.json"
    own.touch()
    other.touch()
    anywhere = ModelFiles(own, other)
    confined = replace(anywhere, within=show_folder)
    for name in (str(precious), "../../precious.toml"):
        assert find_beside(anywhere, name).samefile(precious)
        with pytest.raises(VoiceError, match="names a missing file"):
            find_beside(confined, name)
    for name in ("speakers.pth", "../voices/speakers.pth", "/where/it/was/trained/speakers.pth"):
        assert find_beside(confined, name).samefile(own)


def test_a_repository_is_found_from_its_own_top_and_nowhere_from_the_root(
    repository: Git, show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("/", "loop.md", "x" * 300):
        Path("loop.md").unlink(missing_ok=True)
        Path("loop.md").symlink_to("loop.md")
        ran = paperledge("preview", name, "--since", "HEAD")
        assert (ran.code, "unexpected" in ran.line) == (1, False)
    monkeypatch.chdir("scripts")
    run_git(Path(), "init", "-q", "-b", "main")
    run_git(Path(), "add", "-A")
    run_git(Path(), "commit", "-qm", "Scripts only")
    ran = paperledge("preview", ".", "--since", "main", "-o", "page")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "one-hand.md: unchanged")
