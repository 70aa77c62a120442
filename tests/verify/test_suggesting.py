"""A word that is misheard in three episodes is suggested for the lexicon."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from paperledge_audio.sound.clip import Sound
from paperledge_audio.sound.measuring.loudness import Loudness
from paperledge_audio.verify import Report
from paperledge_audio.verify.speech import PlacedSentence, ReadSentence
from paperledge_audio.verify.speech.judging import judge
from paperledge_audio.verify.speech.measuring import SoundFault
from paperledge_audio.verify.speech.suggesting import find_misheard, share_out

Call = Callable[..., Any]
LOUDNESS = Loudness(-16.0, -1.0, 4.0, -14.0, -20.0)
QWEN = "They asked [Qwen](/kwˈɛn/) about it."


def read(said: str, heard: str) -> ReadSentence:
    return judge(PlacedSentence(7, 1.0, 2.0, said, said), heard)


def report(name: str, *sentences: ReadSentence) -> Report:
    return Report(Path(f"{name}.mp3"), 3.0, LOUDNESS, (), sentences)


def test_a_word_is_suggested_from_three_episodes_on() -> None:
    win, none = read(QWEN, "They asked a bitten about it."), read(QWEN, "They asked about it.")
    episodes = [report("c", win, none), report("a", none), report("b", win)]
    (found,) = find_misheard(episodes)
    assert (found.word, found.episodes) == ("Qwen", ("c", "a", "b"))
    assert found.heard == ("a bitten", "")
    assert find_misheard(episodes[:2]) == ()
    assert find_misheard([report("c", none, none, win)]) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        read(QWEN, "They asked Quen about it."),
        replace(read(QWEN, "They asked about it."), verdict="accepted"),
        read("They had fifteen of them left.", "They had fifty of them left."),
        read("The old cat sat on the mat.", "The sat on the mat."),
        read("The old cat sat.", "The old cat cat sat."),
        read("The old cat sat on that mat.", "The old cat sat from that mat."),
    ],
)  # fmt: skip
def test_what_no_pronunciation_would_mend_is_not_suggested(sentence: ReadSentence) -> None:
    assert find_misheard([report(name, sentence) for name in "abc"]) == ()


def test_names_side_by_side_are_told_apart_by_their_sounds() -> None:
    said = "This is the work of [Liu](/liˈu/) [Qiuyang](/ʧjˌujˈæŋ/) and others."
    both = read(said, "This is the work of Leo Chouan and others.")
    found = find_misheard([report(name, both) for name in "abc"])
    assert {one.word: one.heard for one in found} == {"Liu": ("leo",), "Qiuyang": ("chouan",)}
    assert share_out(["Wojciech", "Zaremba"], ["voy", "check", "zarembas"]) == {
        "Wojciech": "voy check",
        "Zaremba": "zarembas",
    }
    assert share_out(["one", "two"], []) == {"one": "", "two": ""}
    assert share_out(["one"] * 99, ["two"]) == {}


def test_a_plain_word_counts_in_any_capitalisation() -> None:
    first, later = (
        read("Cats sat here then.", "Dogs sat here then."),
        read("Here the cats sat.", "Here the dogs sat."),
    )
    (found,) = find_misheard([report("a", first), report("b", later), report("c", later)])
    assert (found.word, found.heard) == ("cats", ("dogs",))


def test_verify_suggests_what_to_try(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mishear(_sound: Sound, sentences: Sequence[PlacedSentence]) -> Iterator[ReadSentence]:
        heard = [judge(one, one.said.replace("message", "lettuce")) for one in sentences]
        yield from (replace(one, faults=(SoundFault(1.2, "", "too fast"),)) for one in heard)

    monkeypatch.setattr("paperledge_audio.verify.read_sentences", mishear)
    script = Path("scripts/one-hand.md")
    for number in (2, 3):
        text = script.read_text().replace("number: 1", f"number: {number}")
        script.with_stem(f"hand-{number}").write_text(text)
    assert paperledge("render", "scripts").code == 0
    ran = paperledge("verify", "out", "--speech")
    assert "         0:01  too fast" in ran.out.splitlines()
    assert "'message' was heard as 'lettuce' (" in ran.out
    assert ran.out.splitlines()[-1] == (
        "'message' was misheard in 3 episodes (hand-2, hand-3, one-hand), as 'lettuce'; "
        "it may be said otherwise: paperledge lexicon try message"
    )
    document = json.loads(paperledge("verify", "out", "--speech", "--json").out)
    schema = json.loads((files("paperledge_audio.verify") / "report.schema.json").read_bytes())
    jsonschema.validate(document, schema)
    (row,) = document["suggestions"]
    assert paperledge(*row["command"].split()[1:]).code == 0
    assert "misheard" not in paperledge("verify", "out/one-hand", "--speech").out
