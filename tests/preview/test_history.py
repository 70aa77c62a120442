"""Against real repositories: what was there before, whatever state the repository is in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.errors import HistoryError, MissingError
from paperledge_audio.preview.history.git import find_renames, find_repository
from tests.preview_repository import run_git
from tests.tone_show import SCRIPT

Call = Callable[..., Any]
Git = Callable[..., str]
ONE = Path("scripts/one-hand.md")


def previewed(paperledge: Call, *arguments: str | Path) -> dict[str, Any]:
    """Episodes by the names of their scripts."""
    ran = paperledge("preview", *arguments, "--json")
    assert ran.code == 0, ran.err
    return {Path(e["path"]).name: e for e in json.loads(ran.out)["episodes"]}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_one_edited_sentence_is_spoken_in_both_versions_and_nothing_else(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    edit(ONE, "The tone is the message.", "The tone is the whole message.")
    episode = previewed(paperledge, ONE, "--since", "HEAD")["one-hand.md"]
    assert episode["counts"] == {"changed": 1}
    (change,) = episode["changes"]
    assert change["before"]["text"] == "The tone is the message."
    assert change["after"]["text"] == "The tone is the whole message."
    clips = {path.name for path in Path("preview").glob("*.mp3")}
    assert clips == {change["before"]["clip"], change["after"]["clip"]}
    # 24 and 30 characters at 24 kHz, of 1500 frames each, and a quotation's pace is 0.96
    assert episode["anew_s"] == pytest.approx(30 * round(1500 / 0.96) / 24000, abs=0.001)
    assert episode["duration_s"] - episode["duration_before_s"] == pytest.approx(
        6 * round(1500 / 0.96) / 24000, abs=0.001
    )


def test_the_show_is_read_as_it_was(repository: Git, show_folder: Path, paperledge: Call) -> None:
    toml = Path("scripts/show.toml")
    toml.write_text(toml.read_text() + '\n[pronounce]\n"message" = "massage"\n')
    episode = previewed(paperledge, ONE, "--since", "HEAD")["one-hand.md"]
    assert episode["counts"] == {"said otherwise": 1}
    (change,) = episode["changes"]
    assert change["before"]["spoken"] == "The tone is the message."
    assert change["after"]["spoken"] == "The tone is the massage."
    assert change["why"] == ["message: as printed → massage"]


def test_voices_are_read_as_they_were(repository: Git, show_folder: Path, paperledge: Call) -> None:
    edit(Path("voices/tone.toml"), 'title = "Tone"', 'title = "Tone"\npace = 1.25')
    episode = previewed(paperledge, ONE, "--since", "HEAD")["one-hand.md"]
    assert set(episode["counts"]) == {"said otherwise"}
    assert episode["changes"][0]["why"] == ["the voice's profile or engine"]


def test_a_quick_look_and_a_whole_one_agree_that_nothing_changed(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    assert previewed(paperledge, ONE, "--since", "HEAD")["one-hand.md"]["status"] == "unchanged"
    edit(Path("scripts/show.toml"), 'author = "Toneledge"', 'author = "Somebody else"')
    assert previewed(paperledge, ONE, "--since", "HEAD")["one-hand.md"]["status"] == "unchanged"


def test_renamed_deleted_and_new_scripts(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    for name in ("two", "three"):
        Path(f"scripts/{name}.md").write_text(SCRIPT.replace("One Hand", name))
    edit(Path("scripts/two.md"), "First: it starts.", "First: something else altogether.")
    edit(Path("scripts/three.md"), "Today we listen to a tone, and then to another one.", "No.")
    repository("add", "-A")
    repository("commit", "-qm", "More")
    Path("scripts/two.md").rename("scripts/zwei.md")
    edit(Path("scripts/zwei.md"), "Second: it stops.", "Second: it has stopped.")
    Path("scripts/three.md").unlink()
    Path("scripts/four.md").write_text(
        "---\ntitle: Four\ndate: 2025-10-21\n---\n\nNothing here was ever said before.\n"
    )
    found = previewed(paperledge, "scripts", "--since", "HEAD")
    assert {name: episode["status"] for name, episode in found.items()} == {
        "four.md": "new",
        "one-hand.md": "unchanged",
        "three.md": "deleted",
        "zwei.md": "changed",
    }
    assert found["three.md"]["title"] == "The Sound of three"
    assert found["three.md"]["duration_before_s"] > 0
    assert found["zwei.md"]["was"] == "scripts/two.md"
    assert found["zwei.md"]["counts"] == {"changed": 1}
    assert previewed(paperledge, "scripts/three.md", "--since", "HEAD")["three.md"]["status"] == (
        "deleted"
    )


def test_three_dots_mean_the_merge_base(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    repository("checkout", "-qb", "mine")
    edit(ONE, "First: it starts.", "First: it begins.")
    repository("commit", "-qam", "Mine")
    repository("checkout", "-q", "main")
    edit(ONE, "Second: it stops.", "Second: it ends.")
    repository("commit", "-qam", "Theirs")
    repository("checkout", "-q", "mine")
    since_base = previewed(paperledge, ONE, "--since", "main...")["one-hand.md"]
    assert [change["after"]["text"] for change in since_base["changes"]] == ["First: it begins."]
    assert len(previewed(paperledge, ONE, "--since", "main")["one-hand.md"]["changes"]) == 2


def test_a_shallow_clone_says_how_to_deepen_it(
    repository: Git, show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository("commit", "-q", "--allow-empty", "-m", "Second")
    shallow = show_folder.parent / "shallow"
    run_git(
        show_folder.parent, "clone", "-q", "--depth", "1", f"file://{show_folder}", str(shallow)
    )
    monkeypatch.chdir(shallow)
    line = paperledge("preview", ONE, "--since", "HEAD~1").line
    assert "no commit is called 'HEAD~1' in this shallow clone" in line
    assert "git fetch --unshallow" in line


def test_histories_that_do_not_meet_are_told(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    repository("checkout", "-q", "--orphan", "island")
    repository("commit", "-qm", "Island")
    line = paperledge("preview", ONE, "--since", "main...").line
    assert "main and HEAD have no common commit" in line


def test_no_commits_no_repository_no_such_reference(show_folder: Path, paperledge: Call) -> None:
    outside = paperledge("preview", ONE, "--since", "main")
    assert outside.code == 1
    assert outside.line.startswith("scripts/one-hand.md: is not in a git repository; ")
    run_git(show_folder, "init", "-q")
    assert "has no commits yet" in paperledge("preview", ONE, "--since", "main").line
    run_git(show_folder, "add", "-A")
    run_git(show_folder, "commit", "-qm", "One")
    run_git(show_folder, "branch", "-M", "main")
    assert "did you mean 'main'?" in paperledge("preview", ONE, "--since", "mian").line
    assert "no commit is called '--help'" in paperledge("preview", ONE, "--since=--help").line
    assert not Path("out").exists()


def test_an_old_version_that_can_not_be_spoken_is_told_and_not_heard(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    good = ONE.read_text("utf-8")
    ONE.write_text(good.replace("title: The Sound of One Hand", "title:"), "utf-8")
    repository("commit", "-qam", "Broken")
    ONE.write_text(good, "utf-8")
    episode = previewed(paperledge, ONE, "--since", "HEAD")["one-hand.md"]
    assert episode["status"] == "new"
    assert episode["findings"][0]["what"].startswith(
        "the version before can't be heard: HEAD:scripts/one-hand.md:2:1: title"
    )


def test_a_show_at_the_top_of_its_repository_keeps_the_voices_beside_it(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = show_folder / "scripts"
    run_git(scripts, "init", "-q", "-b", "main")
    run_git(scripts, "add", "-A")
    run_git(scripts, "commit", "-qm", "Scripts only")
    edit(ONE, "The tone is the message.", "The tone is the medium.")
    assert previewed(paperledge, ONE, "--since", "main")["one-hand.md"]["counts"] == {"changed": 1}


def test_renames_are_gits_own() -> None:
    text = b"one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n"
    come = {"b.md": text + b"nine\n", "c.md": b"nothing like it\n"}
    assert find_renames({"a.md": text, "x.md": b"quite different\n"}, come) == {"b.md": "a.md"}
    assert find_renames({}, come) == {}


def test_without_git_the_command_that_adds_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError, match="apt-get install git"):
        find_repository(tmp_path / "x.md")


def test_another_complaint_of_gits_is_passed_on_in_a_line(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q")
    (tmp_path / ".git" / "config").write_text("[core\n")
    with pytest.raises(HistoryError, match="git: bad config line 1"):
        find_repository(tmp_path / "x.md")


def test_an_old_show_that_can_not_be_read_is_told_with_its_commit(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    toml = Path("scripts/show.toml")
    good = toml.read_text()
    toml.write_text(good + "\n[nonsense]\n")
    repository("commit", "-qam", "Broken")
    toml.write_text(good)
    episode = previewed(paperledge, ONE, "--since", "HEAD")["one-hand.md"]
    assert "HEAD:scripts/show.toml:" in episode["findings"][0]["what"]


def test_other_pictures_are_told_though_no_script_changed(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    script = Path("scripts/one-hand.md")
    edit(script, "\ndate:", "\nimage: own.png\nchapters: [{title: A, image: a.png}]\ndate:")
    for name in ("own.png", "a.png"):
        Path("scripts", name).write_bytes(b"one")
    repository("add", "-A")
    repository("commit", "-qm", "pictures")
    told = []
    for name in ("own.png", "a.png"):
        Path("scripts", name).write_bytes(b"two")
        ran = paperledge("preview", "scripts", "--since", "HEAD", "--json")
        told.append([one["text"] for one in json.loads(ran.out)["around"]])
    cover = "cover changed (own.png): scripts/one-hand.md"
    assert told == [[cover], [cover, "pictures changed (a.png): scripts/one-hand.md"]]


MUSIC = ("intro", "outro", "sting", "bed")


def test_what_changed_around_the_speech_is_told_with_the_episodes_that_it_concerns(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    """Two episodes, one with a sting; every piece of music changes, and nothing that is said."""
    toml = Path("scripts/show.toml")
    lines = "".join(f'{name} = "{name}.wav"\n' for name in MUSIC)
    toml.write_text(f"{toml.read_text()}\n[music]\n{lines}")
    for name in MUSIC:
        Path(f"scripts/{name}.wav").write_bytes(b"one")
    two = Path("scripts/two-hands.md")
    two.write_text(SCRIPT.replace("- First", "[music: sting]\n\n- First"))
    repository("add", "-A")
    repository("commit", "-qm", "music")

    def around() -> tuple[list[str], list[str]]:
        ran = paperledge("preview", "scripts", "--since", "HEAD", "--summary", "s.md", "--json")
        assert ran.code == 0, ran.err
        found = json.loads(ran.out)
        assert {one["status"] for one in found["episodes"]} == {"unchanged"}
        return [one["text"] for one in found["around"]], Path("s.md").read_text().splitlines()

    texts, summary = around()
    assert (texts, "No episode sounds different." in summary) == ([], True)
    for name in MUSIC:
        Path(f"scripts/{name}.wav").write_bytes(b"two")
    texts, summary = around()
    assert texts == [
        "music changed: scripts/two-hands.md sounds different at the stings",
        "music changed: 2 episodes sound different in the intro",
        "music changed: 2 episodes sound different in the outro",
    ]
    assert "No episode sounds different." not in summary
    assert sum("sounds different" in line or "sound different" in line for line in summary) == 3
    repository("commit", "-qam", "other music")
    edit(toml, "[music]", '[output]\nloudness = "spotify"\n\n[music]\nduck_db = -20')
    edit(toml, 'author = "Toneledge"', 'author = "Somebody"')
    edit(two, "A tone, explained.", "Two tones, explained.")
    texts, summary = around()
    assert texts == [
        "how music is mixed changed (duck_db -14.0 → -20.0): 2 episodes sound different throughout",
        "loudness changed (loudness apple → spotify): 2 episodes sound different throughout",
        "metadata changed (summary): scripts/two-hands.md",
        "the show's metadata changed (author Toneledge → Somebody): 2 episodes",
    ]


def test_a_cover_that_is_not_there_is_a_finding(
    repository: Git, show_folder: Path, paperledge: Call
) -> None:
    edit(ONE, "\ndate:", "\nimage: none.png\ndate:")
    (found,) = previewed(paperledge, ONE, "--since", "HEAD").values()
    assert "image: there is no file none.png" in found["findings"][0]["what"]
