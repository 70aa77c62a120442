"""The page of what was heard: whole in one file, asking nobody, and every text is a text."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.files.hashing import sha256
from paperledge_audio.show.scripts import find_script
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.measuring.loudness import Loudness
from paperledge_audio.verify import Report
from paperledge_audio.verify.speech import PlacedSentence, ReadSentence
from paperledge_audio.verify.speech.judging import judge
from paperledge_audio.verify.speech.measuring import SoundFault
from paperledge_audio.verify.speech.page import compose_page

LOUDNESS = Loudness(-16.0, -1.0, 4.0, -14.0, -20.0)


def read(said: str, heard: str) -> ReadSentence:
    return judge(PlacedSentence(7, 1.0, 2.0, f"<{said}>", said), heard)


def compose(folder: Path, *sentences: ReadSentence, stem: str = "x") -> str:
    """The page of a release in a show's folder, as it is made there."""
    tone = (np.sin(np.arange(44100 * 3) / 20)[:, np.newaxis] / 4).astype(np.float32)
    file = folder / "out" / stem / f"{stem}.mp3"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(mp3.encode_bytes(Clip(tone, 44100), 64))
    return compose_page([Report(file, 3.0, LOUDNESS, (), sentences)]).decode()


@pytest.fixture(autouse=True)
def show_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A show with a script, in the working folder."""
    (tmp_path / "scripts").mkdir()
    for name in ("show.toml", "x.md"):
        (tmp_path / "scripts" / name).touch()
    monkeypatch.chdir(tmp_path)


def test_a_sentence_that_is_not_right_is_shown_with_its_sound_and_commands(tmp_path: Path) -> None:
    right = read("The old dog sat on the mat.", "The old dog sat on the mat.")
    wrong = read("They asked [Qwen](/kwˈɛn/) about it.", "They asked about it.")
    page = compose(
        tmp_path, right, replace(wrong, faults=(SoundFault(1.2, "", "spoken too fast"),))
    )
    assert page.count("<article") == page.count("<audio") == 1
    assert "&lt;They asked [Qwen]" in page
    assert "line 7, 0:01" in page
    assert "<b>Qwen</b> was not heard" in page
    assert "<li>0:01 spoken too fast</li>" in page
    again = "paperledge again scripts/x.md 0:01.5"
    assert f">{again}</code>" in page
    assert f">{again} --accept</code>" in page
    assert ">paperledge lexicon try Qwen</code>" in page
    assert "2 sentences: 1 right, 0 doubtful, 1 wrong" in page


def test_a_script_that_looks_like_an_option_is_named_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "scripts" / "x.md").unlink()
    (tmp_path / "scripts" / "show.toml").rename(tmp_path / "show.toml")
    (tmp_path / "-x.md").touch()
    page = compose(tmp_path, read("The cat sat on the mat.", "The cat sat."), stem="-x")
    assert ">paperledge again ./-x.md 0:01.5" in page


def test_only_a_word_whose_sound_may_be_at_fault_is_offered_for_the_lexicon(
    tmp_path: Path,
) -> None:
    for said, heard, offered in (
        ("The old cat sat on the mat here.", "An old cat sat on the mat here.", ""),
        ("The old cat sat on the mat here.", "The cat sat on the mat here.", ""),
        ("They had fifteen of them left.", "They had fifty of them left.", ""),
        ("The old cat sat on the mat here.", "The old cat sat on a rug here.", "mat"),
    ):
        page = compose(tmp_path, read(said, heard))
        assert re.findall(r">(\S+) is said wrongly<", page) == [offered][: bool(offered)]


@pytest.mark.parametrize(
    ("here", "script", "options", "show"),
    [
        ("scripts", "x.md", " --release {0}/out", ""),
        ("out", "{0}/scripts/x.md", " --release .", "(cd {0}/scripts && "),
        (".", "episodes/x.md", "", "(cd episodes && "),
    ],
)  # fmt: skip
def test_its_commands_work_where_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: str, script: str, options: str, show: str
) -> None:
    if script.startswith("episodes"):
        (tmp_path / "scripts").rename(tmp_path / "episodes")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(here)
    page = compose(tmp_path, read("They asked [Qwen](/kwˈɛn/) now.", "They asked now."))
    again = f">paperledge again {script} 0:01.5{options}</code>"
    for command in (again, f">{show}paperledge lexicon try Qwen"):
        assert command.format(tmp_path) in html.unescape(page)


def test_a_script_that_is_gone_is_named_and_has_no_commands(tmp_path: Path) -> None:
    (tmp_path / "scripts" / "x.md").unlink()
    page = compose(tmp_path, read("They asked [Qwen](/kwˈɛn/) now.", "They asked now."))
    assert "The script x.md was found neither" in page
    assert "paperledge again" not in page


def test_of_two_scripts_it_is_the_one_that_was_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "old"
    other.mkdir()
    (other / "x.md").write_bytes(b"the other")
    for data, found in ((b"", "scripts/x.md"), (b"the other", "old/x.md"), (b"?", "scripts/x.md")):
        assert find_script("x", sha256(data), Path("out")) == Path(found)
    assert find_script("y", sha256(b""), Path("out")) is None


def test_the_worst_comes_first(tmp_path: Path) -> None:
    wrong = read("The old cat sat on the mat.", "The cat sat on the mat.")
    doubtful = replace(wrong, verdict="doubtful", printed="a doubtful one")
    page = compose(tmp_path, doubtful, wrong)
    assert page.index("The old cat sat") < page.index("a doubtful one")


def test_a_fault_of_the_sound_is_shown(tmp_path: Path) -> None:
    right = read("The old cat sat on the mat.", "The old cat sat on the mat.")
    fault = SoundFault(1.5, "sat <on>", "hole in the sound (0.2 s, at most 0.06)")
    page = compose(tmp_path, replace(right, verdict="wrong", faults=(fault,)))
    assert "0:02 hole in the sound (0.2 s, at most 0.06): 'sat &lt;on&gt;'" in page


def test_what_was_accepted_is_not_shown(tmp_path: Path) -> None:
    wrong = read("The old cat sat on the mat.", "The cat sat on the mat.")
    page = compose(tmp_path, replace(wrong, verdict="accepted"))
    assert "<article" not in page
    assert "1 sentence: 0 right, 1 accepted, 0 doubtful, 0 wrong" in page


def test_nothing_is_fetched_and_only_its_own_script_runs(tmp_path: Path) -> None:
    page = compose(tmp_path, read("The old cat sat on the mat.", "The cat sat on the mat."))
    assert "default-src &#x27;none&#x27;; script-src &#x27;sha256-" in page
    assert page.count("unsafe") == 0
    assert not re.findall(r"(?:src|href)=\"(?!data:)", page)


def test_where_all_is_right_nothing_is_to_be_heard(tmp_path: Path) -> None:
    right = read("The old dog sat on the mat.", "The old dog sat on the mat.")
    page = compose(tmp_path, right)
    assert "<article" not in page
    assert "Nothing is left to hear." in page
    assert "It was not read back." in compose(tmp_path)
