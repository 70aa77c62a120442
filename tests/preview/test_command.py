"""paperledge preview: what it leaves and what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.files.ownership import LISTING
from paperledge_audio.preview.page.files import ASSETS
from tests.tone_show import SCRIPT

Call = Callable[..., Any]
ONE = Path("scripts/one-hand.md")
BROKEN = SCRIPT.replace("> The tone is the message.", "![A tone](tone.png)")


def test_the_folder_holds_the_page_and_its_clips_and_nothing_else(
    show_folder: Path, paperledge: Call
) -> None:
    ran = paperledge("preview", ONE)
    assert ran.out.splitlines()[-1] == "preview/index.html"
    names = {path.name for path in Path("preview").iterdir()}
    clips = {name for name in names if name.endswith(".mp3")}
    assert names - clips == {"index.html", LISTING, *ASSETS}
    page = Path("preview/index.html").read_text("utf-8")
    assert all(clip in page for clip in clips)


def test_the_same_input_gives_the_same_bytes(show_folder: Path, paperledge: Call) -> None:
    for name in ("one", "two"):
        assert paperledge("preview", ONE, "-o", name).code == 0
    for path in Path("one").iterdir():
        assert path.read_bytes() == (Path("two") / path.name).read_bytes()


def test_a_new_preview_takes_the_old_ones_place_and_nobody_elses(
    show_folder: Path, paperledge: Call
) -> None:
    assert paperledge("preview", ONE).code == 0
    old = set(Path("preview").iterdir())
    ONE.write_text(SCRIPT.replace("it stops", "it ends"))
    assert paperledge("preview", ONE).code == 0
    assert len(old - set(Path("preview").iterdir())) == 1
    ran = paperledge("preview", ONE, "-o", "scripts")
    assert ran.code == 1
    assert "would be lost" in ran.line


def test_a_broken_script_does_not_stop_the_others(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("scripts/broken.md").write_text(BROKEN)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    ran = paperledge("preview", "scripts", "--summary", "table.md")
    assert ran.code == 1
    assert ran.err.splitlines()[-1].startswith("scripts/broken.md:16:")
    (command,) = [line for line in ran.out.splitlines() if line.startswith("::error")]
    assert command.startswith("::error file=scripts/broken.md,line=16::")
    assert "can't be previewed" in Path("table.md").read_text("utf-8")
    assert "The Sound of One Hand" in Path("preview/index.html").read_text("utf-8")


def test_outside_of_github_there_are_no_annotations(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    Path("scripts/broken.md").write_text(BROKEN)
    assert "::" not in paperledge("preview", "scripts").out


def test_whole_makes_all_audible_that_did_not_change(
    repository: Call, show_folder: Path, paperledge: Call
) -> None:
    ONE.write_text(SCRIPT.replace("it stops", "it ends"))
    counts = []
    for options in ([], ["--whole"]):
        ran = paperledge("preview", ONE, "--since", "HEAD", "--json", *options)
        (episode,) = json.loads(ran.out)["episodes"]
        assert episode["counts"] == {"changed": 1}
        counts.append(len(list(Path("preview").glob("*.mp3"))))
    assert counts == [2, 8]  # both versions of one sentence; then all seven and the one before


def test_an_empty_folder_and_a_missing_script(show_folder: Path, paperledge: Call) -> None:
    Path("empty").mkdir()
    assert paperledge("preview", "empty").line.startswith("empty: holds no scripts; ")
    assert paperledge("preview", "none.md").err.startswith("none.md: can't be read: ")


@pytest.mark.browser
@pytest.mark.model
def test_a_draft_speaks(show_folder: Path, paperledge: Call, tab: Any) -> None:
    voice = Path("voices/tone.toml")
    voice.write_text(voice.read_text().replace('draft = "tone"', 'draft = "hibari"'))
    ran = paperledge("preview", ONE, "--json")
    (episode,) = json.loads(ran.out)["episodes"]
    assert 0.7 < episode["duration_s"] / episode["estimated_s"] < 1.3
    assert -35 < episode["loudness_lufs"] < -15
    tab.page.goto(Path("preview/index.html").resolve().as_uri())
    tab.until("document.querySelectorAll('.sentence').length")
    tab.page.locator(".sentence").nth(1).click()
    tab.until("document.querySelector('.word.on')")
