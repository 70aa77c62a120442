"""Where a piece of the sound is missing, one finding says that the rest is early."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.sound.clip import Clip, Sound
from paperledge_audio.verify.speech import PlacedSentence, ReadSentence
from paperledge_audio.verify.speech.judging import judge
from paperledge_audio.verify.speech.shift import NEVER, find_shift, follow_shift, list_shifts

Call = Callable[..., Any]
WORDS = "The old cat number {} sat on the mat."
SENTENCES = [
    PlacedSentence(n, 4.0 * n, 4.0 * n + 3, WORDS.format(n), WORDS.format(n)) for n in range(1, 9)
]


def hear_cut(
    at_s: float, shift_s: float
) -> Callable[[Sequence[PlacedSentence]], Iterator[ReadSentence]]:
    """Hears a sentence only where it is after a cut, or before it."""

    def hear(sentences: Sequence[PlacedSentence]) -> Iterator[ReadSentence]:
        for one in sentences:
            (true,) = (other for other in SENTENCES if other.line == one.line)
            there_s = true.start_s + (shift_s if true.start_s >= at_s else 0.0)
            yield judge(one, one.said if abs(one.start_s - there_s) < 0.1 else "")

    return hear


@pytest.mark.parametrize(("shift_s", "said"), [
    (-1.2, "from 0:15 on all is early by 1.2 s"),
    (2.5, "from 0:19 on all is late by 2.5 s"),
])  # fmt: skip
def test_all_after_a_cut_is_heard_where_it_is_and_told_once(shift_s: float, said: str) -> None:
    hear = hear_cut(14.0, shift_s)
    before = tuple(hear(SENTENCES))
    assert [one.verdict for one in before] == ["right"] * 3 + ["wrong"] * 5
    there, read = follow_shift(SENTENCES, before, shift_s, hear)
    assert {one.verdict for one in read} == {"right"}
    assert read[:3] == before[:3]
    assert [one.start_s for one in read] == [one.start_s for one in there]
    (line,) = list_shifts(*find_shift(SENTENCES, there))
    assert (line.ok, line.detail) == (False, said)


@pytest.mark.parametrize("shift_s", [0.0, 0.1, -3.0])
def test_what_is_wrong_in_its_place_stays_wrong(shift_s: float) -> None:
    hear = hear_cut(14.0, -1.2)
    before = tuple(hear(SENTENCES))
    there, read = follow_shift(SENTENCES, before, shift_s, hear)
    assert (there, read) == (tuple(SENTENCES), before)
    assert find_shift(SENTENCES, there) == NEVER
    assert list(list_shifts(*NEVER)) == []


def test_what_is_right_in_both_places_is_early_too_after_one_that_is_early() -> None:
    hear = hear_cut(14.0, -1.2)
    before = list(hear(SENTENCES))
    before[5] = judge(SENTENCES[5], SENTENCES[5].said)
    there, read = follow_shift(SENTENCES, before, -1.2, hear)
    assert [one.start_s - was.start_s for one, was in zip(there, SENTENCES, strict=True)] == (
        pytest.approx([0.0] * 3 + [-1.2] * 5)
    )
    assert [one.start_s for one in read] == [one.start_s for one in there]


def test_nothing_is_heard_before_the_start() -> None:
    first = replace(SENTENCES[0], start_s=0.5, end_s=3.5)
    heard: list[PlacedSentence] = []

    def hear(sentences: Sequence[PlacedSentence]) -> Iterator[ReadSentence]:
        heard.extend(sentences)
        yield from (judge(one, "") for one in sentences)

    follow_shift([first], [judge(first, "")], -1.2, hear)
    assert [(one.start_s, one.end_s) for one in heard] == [(0.0, 2.3)]


def test_verify_says_it_of_a_sound_that_is_shorter_than_its_manifest(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: dict[str, float] = {}

    def hear(_sound: Sound, sentences: Sequence[PlacedSentence]) -> Iterator[ReadSentence]:
        for one in sentences:
            place_s = known.setdefault(one.said, one.start_s)
            moved = one.start_s < place_s - 1
            yield judge(one, one.said if moved or one.line < 18 else "something else")

    monkeypatch.setattr("paperledge_audio.verify.read_sentences", hear)
    assert paperledge("render", "scripts/one-hand.md").code == 0
    file = Path("out/one-hand/one-hand.mp3")
    clip = mp3.decode(file.read_bytes())
    file.write_bytes(mp3.encode_bytes(Clip(clip.samples[: -int(1.2 * clip.rate)], clip.rate), 64))
    ran = paperledge("verify", "out", "--speech")
    (line,) = (row for row in ran.out.splitlines() if "times of the words" in row)
    assert line.startswith("PROBLEM")
    assert line.endswith("on all is early by 1.2 s")
    assert " 0 wrong" in ran.out
    (line,) = (row for row in paperledge("verify", "out").out.splitlines() if " music " in row)
    assert line.endswith("not measured, since the sound is 1.2 s shorter than made; add --speech")
