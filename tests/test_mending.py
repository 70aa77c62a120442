"""A take that fails a gate is made again in another reading, and a render says so."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.engines.hibari import HibariEngine
from paperledge_audio.engines.model import Take
from paperledge_audio.engines.tone import Tone
from paperledge_audio.engines.words import make_take
from paperledge_audio.mix.model import Cue
from paperledge_audio.sound.clip import Clip, Sound
from paperledge_audio.spoken.model import Segment
from paperledge_audio.spoken.readings import CARRIER
from paperledge_audio.takes import GATES
from paperledge_audio.verify.drift import VoiceComparer
from paperledge_audio.verify.speech.judging import judge
from paperledge_audio.verify.speech.listening import Listener
from paperledge_audio.verify.speech.measuring import SoundFault
from paperledge_audio.verify.speech.sentences import PlacedSentence
from paperledge_audio.verify.speech.verdicts import ReadSentence, respect_choice
from paperledge_audio.voices.profiles import Voice

SCRIPT = "scripts/one-hand.md"
Call = Callable[..., Any]
LONG = (
    "Each tone that we play in this show begins and ends as you can hear it now, and so does each "
    "of those that we have played in all of the shows before, since the very first of them. "
)
LEAN = next(gate for gate in GATES if gate.figure == "dc_db")


@pytest.fixture
def plant(
    show_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[..., bool]], None]:
    """Have the tone engine lean to one side wherever a test says so, and only that gate."""
    monkeypatch.setattr("paperledge_audio.takes.gates.GATES", [LEAN])
    monkeypatch.setattr("paperledge_audio.takes.gates.UNGATED", frozenset())
    monkeypatch.setattr("paperledge_audio.verify.speech.measuring.FINISHED_GATES", [])
    monkeypatch.setattr("paperledge_audio.verify.mending.open_listener", lambda: None)
    monkeypatch.setattr("paperledge_audio.verify.mending.open_comparer", lambda: None)
    speak = Tone.speak

    def plant(is_bad: Callable[[Segment], bool]) -> None:
        def speak_badly(self: Tone, segment: Segment, voice: Voice) -> Take:
            take = speak(self, segment, voice)
            lean = np.float32(0.2 if is_bad(segment) else 0.0)
            return replace(take, sound=Clip(take.clip.samples + lean, take.sound.rate))

        monkeypatch.setattr(Tone, "speak", speak_badly)

    return plant


def is_plain(segment: Segment) -> bool:
    return "message" in segment.spoken and segment.delivery.pace > 0.93


def is_short(segment: Segment) -> bool:
    return "message" in segment.spoken and not segment.spoken.startswith(CARRIER)


def is_whole(segment: Segment) -> bool:
    return "crew!" in segment.spoken and "another" in segment.spoken


FOUND: Mapping[str, tuple[Callable[[Segment], bool], int, str]] = {
    "slower": (is_plain, 16, "'The tone is the message.'"),
    "after a sentence": (is_short, 16, "'The tone is the message.'"),
    "in two parts": (is_whole, 12, "'Hello, learning crew! Today"),
}


@pytest.mark.parametrize("reading", FOUND)
def test_a_take_that_fails_is_made_again_in_the_first_reading_that_passes(
    reading: str, plant: Call, paperledge: Call
) -> None:
    is_bad, line, words = FOUND[reading]
    plant(is_bad)
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 0, ran.err
    (said,) = [row for row in ran.err.splitlines() if "made again" in row]
    assert said.startswith(f"{SCRIPT}:{line}: note: the take of {words}")
    assert "direct current (" in said
    again = f"paperledge again {SCRIPT} {line}"
    assert f"and was made again: {reading}; to hear it and choose: {again}" in said
    before = {file.name: file.read_bytes() for file in Path("out/one-hand").iterdir()}
    again = paperledge("render", SCRIPT, "--verified")
    assert said in again.err
    assert "only gates were checked" in again.err
    assert "0 takes made" in again.out
    assert {file.name: file.read_bytes() for file in Path("out/one-hand").iterdir()} == before


def test_a_mended_take_can_be_heard_and_chosen_by_hand(plant: Call, paperledge: Call) -> None:
    Path(SCRIPT).write_text(Path(SCRIPT).read_text().replace("The tone is", LONG + "The tone is"))
    plant(lambda segment: "message" in segment.spoken and not segment.reading)
    ran = paperledge("render", SCRIPT, "--verified", "--json")
    assert ran.code == 0, ran.err
    (release,) = json.loads(ran.out)["releases"]
    (mended,) = release["mended"]
    assert (mended["line"], mended["reading"]) == (16, "slower")
    assert mended["fault"].startswith("direct current (")
    assert mended["again"] == f"paperledge again {SCRIPT} 16 --words 'The tone is'"
    ran = paperledge(*shlex.split(mended["again"])[1:], "--choose", "1")
    assert ran.code == 0, ran.err
    assert "The tone is the message.: plain" in Path(SCRIPT).read_text()


def test_what_is_at_fault_only_in_the_finished_sound_is_left(
    plant: Call, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(lambda _: False)
    fault = SoundFault(2.2, "The tone", "hole in the sound (0.2 s, at most 0.06)")

    def check(sound: Sound, sentences: list[PlacedSentence]) -> tuple[tuple[SoundFault, ...], ...]:
        assert all(one.words[-1].end_s * sound.rate <= sound.frames for one in sentences)
        return tuple((fault,) if "message" in one.printed else () for one in sentences)

    monkeypatch.setattr("paperledge_audio.verify.mending.check_sentences", check)
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 1
    assert f"{SCRIPT}:16: the take of 'The tone is the message.' has a fault: at 0:02 " in ran.err
    assert not Path("out/one-hand").exists()


class Leaning:
    """A speaker encoder to whom a sound that leans to one side is another person's."""

    fingerprint = "leaning"

    def embed(self, clip: Clip) -> NDArray[np.float64]:
        """One of two vectors, which are at right angles."""
        out: NDArray[np.float64] = np.eye(2)[int(abs(clip.samples.mean()) > 0.1)]
        return out


def test_a_take_in_another_voice_is_made_again(
    plant: Call, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(is_plain)
    monkeypatch.setattr("paperledge_audio.takes.gates.GATES", [])
    monkeypatch.setattr("paperledge_audio.verify.drift.LEAST_S", 0.5)
    monkeypatch.setattr("paperledge_audio.verify.drift.BOUNDS", [(0.5, 0.6)])
    comparer = VoiceComparer(Leaning())
    monkeypatch.setattr("paperledge_audio.verify.mending.open_comparer", lambda: comparer)
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 0, ran.err
    (said,) = [row for row in ran.err.splitlines() if "made again" in row]
    assert said.startswith(f"{SCRIPT}:16: note: the take of 'The tone is the message.'")
    assert "another voice than elsewhere (likeness 0, at least" in said
    assert "was made again: slower" in said


def test_a_take_that_no_reading_mends_is_an_error_with_its_line(
    plant: Call, paperledge: Call
) -> None:
    plant(lambda segment: "message" in segment.spoken)
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 1
    assert ran.err.splitlines()[-1].startswith(
        f"{SCRIPT}:16: the take of 'The tone is the message.' has a fault"
    )
    assert "of 3 other readings none is good" in ran.err
    assert not Path("out").exists()
    ran = paperledge("render", SCRIPT, "--verified", "--voice", "tone")
    assert f"paperledge again {SCRIPT} 16 --words 'The tone is' --voice tone" in ran.err


def test_a_sentence_that_somebody_accepted_is_not_called_wrong(
    plant: Call, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(lambda _segment: False)
    monkeypatch.setattr("paperledge_audio.verify.mending.open_listener", Deaf)
    assert paperledge("again", SCRIPT, "16", "--accept").code == 0
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 0, ran.err
    assert "6 right, 1 accepted, 0 doubtful, 0 wrong" in ran.err


def test_without_verified_a_take_is_not_made_again(plant: Call, paperledge: Call) -> None:
    plant(is_plain)
    ran = paperledge("render", SCRIPT)
    assert ran.code == 0
    assert "fails a gate" in ran.err
    assert "made again" not in ran.err


class Slow(Listener):
    """Hears "message" only where it takes as long as in the slower reading."""

    def __init__(self) -> None:
        self._heard, self._reads = {}, {}

    def read(self, sound: Sound, sentence: PlacedSentence) -> ReadSentence:
        del sound
        long_enough = sentence.end_s - sentence.start_s > 1.58
        words = sentence.said if long_enough or "message" not in sentence.said else "The tone."
        return judge(sentence, words)


class Deaf(Slow):
    """Never hears "message"."""

    def read(self, sound: Sound, sentence: PlacedSentence) -> ReadSentence:
        del sound
        heard = "Good day." if "message" in sentence.said else sentence.said
        return respect_choice(judge(sentence, heard), sentence)


def test_a_sentence_that_is_heard_wrong_is_made_again(
    plant: Call, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(lambda _segment: False)
    monkeypatch.setattr("paperledge_audio.verify.mending.open_listener", Slow)
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 0, ran.err
    (said,) = [row for row in ran.err.splitlines() if "made again" in row]
    assert said.startswith(f"{SCRIPT}:16: note: the take of 'The tone is the message.'")
    assert "'is the message' was not heard" in said
    assert ": slower;" in said
    assert "heard in the finished sound: 7 right, 0 doubtful, 0 wrong" in ran.err


def test_a_sentence_that_stays_wrong_is_an_error_with_its_line(
    plant: Call, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(lambda _segment: False)
    monkeypatch.setattr("paperledge_audio.verify.mending.open_listener", Deaf)
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 1
    assert f"{SCRIPT}:16: the take of 'The tone is the message.' has a fault" in ran.err
    assert not Path("out").exists()


def test_all_that_is_left_is_told_by_one_render_in_order(
    plant: Call, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of line 16 what is heard, of line 21 what a gate finds; line 12 is mended."""
    plant(lambda segment: "comes after" in segment.spoken or is_whole(segment))
    monkeypatch.setattr("paperledge_audio.verify.mending.open_listener", Deaf)
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 1
    heard, leaning = [row for row in ran.err.splitlines() if "has a fault" in row]
    assert heard.startswith(
        f"{SCRIPT}:16: the take of 'The tone is the message.' has a fault: 'The"
    )
    assert "was heard as" in heard
    again = f"paperledge again {SCRIPT} 16 --words 'The tone is'"
    assert heard.endswith(f"choose one: {again}; or write it otherwise")
    assert leaning.startswith(f"{SCRIPT}:21: the take of 'What comes after a tone?' has a fault: ")
    assert "direct current (" in leaning
    *_, mended, told, unwritten, one, other = ran.err.splitlines()
    assert mended.startswith(f"{SCRIPT}:12: note: the take of 'Hello, learning crew! Today")
    assert "was made again: in two parts; to hear it and choose:" in mended
    assert told.startswith(f"{SCRIPT}: note: heard in the finished sound: 6 right")
    assert unwritten.startswith(f"{SCRIPT}: note: no episode was written")
    assert [one, other] == [heard, leaning]
    (first, second) = json.loads(paperledge("render", SCRIPT, "--verified", "--json").out)["errors"]
    assert (first["notes"], second["notes"]) == ([mended, told, unwritten], [])
    assert not Path("out").exists()


def test_a_reading_that_a_person_chose_stays_and_its_fault_is_a_warning(
    plant: Call, paperledge: Call
) -> None:
    plant(is_plain)
    assert paperledge("again", SCRIPT, "16", "--choose", "1").code == 0
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 0, ran.err
    (said,) = [row for row in ran.err.splitlines() if "has a fault" in row]
    assert said.startswith(f"{SCRIPT}:18: warning: the take of 'The tone is the message.'")
    assert said.endswith("it stays, since its reading is chosen in the header")
    assert "made again" not in ran.err


class Doubting(Slow):
    """Hears other words in a sentence of three."""

    def read(self, sound: Sound, sentence: PlacedSentence) -> ReadSentence:
        del sound
        return judge(sentence, sentence.said.replace("it starts", "we barked"))


def test_what_a_recogniser_cannot_tell_is_named(
    plant: Call, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(lambda _segment: False)
    monkeypatch.setattr("paperledge_audio.verify.mending.open_listener", Doubting)
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 0, ran.err
    (said,) = [row for row in ran.err.splitlines() if "is doubtful" in row]
    why = "'First: it starts.' is doubtful: 'it starts' was heard as 'we barked'"
    assert said == f"{SCRIPT}:18: note: {why}"
    assert "6 right, 1 doubtful, 0 wrong" in ran.err


def test_hearing_can_be_stopped_before_each_sentence(make_take: Call) -> None:
    takes = [make_take(np.zeros(24000), index) for index in range(3)]
    cues = [Cue(take.segment, 0, 24000, take.words) for take in takes]
    listener, left = Slow(), [False, False, True]

    def stop() -> None:
        if left.pop(0):
            raise InterruptedError

    with pytest.raises(InterruptedError):
        listener.find_wrong(takes[0].sound, takes, cues, 24000, stop)
    assert listener.summary == "2 right, 0 doubtful, 0 wrong"


@pytest.mark.model
def test_words_that_a_model_gets_wrong_are_heard_and_mended(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft by hibari, whose plain reading of one sentence says another word."""
    pytest.importorskip("faster_whisper")
    speak = HibariEngine.speak

    def misread(self: HibariEngine, segment: Segment, voice: Voice) -> Take:
        if "message" not in segment.spoken or segment.delivery.pace < 0.93:
            return speak(self, segment, voice)
        spans = tuple(
            replace(span, said=span.said.replace("message", "elephant")) for span in segment.spans
        )
        take = speak(self, replace(segment, spans=spans), voice)
        return make_take(segment, take.clip, ((0, 0), (24, take.sound.frames)), take.engine)

    monkeypatch.setattr(HibariEngine, "speak", misread)
    profile = show_folder / "voices" / "tone.toml"
    profile.write_text(profile.read_text().replace('draft = "tone"', 'draft = "hibari"'))
    script = show_folder / SCRIPT
    script.write_text(script.read_text().replace("is the message", "is all of the message"))
    ran = paperledge("render", SCRIPT, "--quality", "draft", "--verified")
    assert ran.code == 0, ran.err
    (said,) = [row for row in ran.err.splitlines() if "made again" in row]
    assert said.startswith(f"{SCRIPT}:16: note: ")
    assert "was heard as" in said
    assert "elephant" in said
    assert ": slower;" in said
    assert " 0 wrong" in ran.err
