"""The page of what was heard: whole in one file, asking nobody, and every text is a text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np

from paperledge_audio.deliver.encode import mp3
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


def compose(folder: Path, *sentences: ReadSentence) -> str:
    tone = (np.sin(np.arange(44100 * 3) / 20)[:, np.newaxis] / 4).astype(np.float32)
    file = folder / "x.mp3"
    file.write_bytes(mp3.encode_bytes(Clip(tone, 44100), 64))
    return compose_page(
        [Report(file, 3.0, LOUDNESS, (), sentences)], {"x": Path("scripts/x.md")}
    ).decode()


def test_a_sentence_that_is_not_right_is_shown_with_its_sound_and_commands(tmp_path: Path) -> None:
    right = read("The old dog sat on the mat.", "The old dog sat on the mat.")
    wrong = read("They asked [Qwen](/kwˈɛn/) about it.", "They asked about it.")
    page = compose(tmp_path, right, wrong)
    assert page.count("<article") == page.count("<audio") == 1
    assert "&lt;They asked [Qwen]" in page
    assert "line 7, 0:01" in page
    assert "<b>Qwen</b> was not heard" in page
    again = f"paperledge again scripts/x.md 0:01.5 --release {tmp_path.parent}"
    assert f">{again}</code>" in page
    assert f">{again} --accept</code>" in page
    assert ">paperledge lexicon try Qwen</code>" in page
    assert "2 sentences: 1 right, 0 doubtful, 1 wrong" in page


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
