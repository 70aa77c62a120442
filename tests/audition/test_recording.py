"""What an audition leaves of a voice: a file that is as loud as every other, and its words."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path

import numpy as np
import pytest
import soundfile

from paperledge_audio.audition import Audition, AuditionRequest, audition
from paperledge_audio.audition.host import LONGEST_S, NAME
from paperledge_audio.deliver.encode import mp3
from paperledge_audio.engines import make_pool
from paperledge_audio.engines.tone import LETTER, RATE
from paperledge_audio.mix.timeline import HEAD_S, TAIL_S
from paperledge_audio.orders import ProgressCallbacks
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from paperledge_audio.takes import TakeStore
from tests.tone_show import VOICE

LINE = "One tone, then 2 tones."
SAID = "One tone, then two tones."
NAMES = ("tone", "quick", "slow")

Program = Callable[[str], str]


@pytest.fixture
def voices(show_folder: Path) -> Show:
    """A show whose three voices say the same line at three paces."""
    for name, pace in (("quick", 2.0), ("slow", 0.5)):
        Path(f"voices/{name}.toml").write_text(f"pace = {pace}\n{VOICE}")
    return load_show(show_folder / "scripts" / "show.toml")


@pytest.fixture
def pool() -> Iterator[Executor]:
    with make_pool(2) as threads:
        yield threads


Audit = Callable[..., Audition]


@pytest.fixture
def heard(voices: Show, pool: Executor, tmp_path: Path) -> Audit:
    """Hear the voices say a line."""

    def hear(
        line: str = LINE, progress: ProgressCallbacks | None = None, host: Path | None = None
    ) -> Audition:
        request = AuditionRequest(dict.fromkeys(NAMES, True), line, "studio", host=host)
        store = TakeStore(tmp_path / "takes")
        return audition(request, voices, store, progress or ProgressCallbacks(), pool)

    return hear


def loudness_lufs(program: Program, file: Path) -> tuple[float, float]:
    """What ffmpeg measures of a whole file: LUFS to the thousandth, and dBTP to the tenth."""
    metered = "ebur128=peak=true:metadata=1,ametadata=print:key=lavfi.r128.I:file=-"
    command = [program("ffmpeg"), "-nostats", "-hide_banner", "-i", str(file), "-af", metered]
    ran = subprocess.run([*command, "-f", "null", "-"], capture_output=True, text=True, check=True)
    peak = ran.stderr.rpartition("Peak:")[2].split()[0]
    return float(ran.stdout.strip().rpartition("=")[2]), float(peak)


def test_ffmpeg_measures_the_same_loudness_of_every_voice(
    heard: Audit, program: Program, tmp_path: Path
) -> None:
    for one in heard().recordings:
        file = tmp_path / one.clip
        file.write_bytes(one.mp3)
        lufs, peak_dbtp = loudness_lufs(program, file)
        assert lufs == pytest.approx(-23.0, abs=0.1)
        assert peak_dbtp <= -1.0
        assert one.loudness.integrated_lufs == pytest.approx(lufs, abs=0.02)


def test_words_are_timed_in_the_file_that_is_played(heard: Audit) -> None:
    # Every spoken letter of the tone lasts LETTER frames at pace 1. A time line begins with
    # HEAD_S of silence and ends with TAIL_S.
    for one, pace in zip(heard().recordings, (1.0, 2.0, 0.5), strict=True):
        letter_s = LETTER / RATE / pace
        starts = [SAID.index(word) for word in ("One", "tone,", "then", "two", "tones.")]
        assert one.printed == ("One", "tone,", "then", "2", "tones.")
        assert [start for start, _ in one.words] == pytest.approx(
            [HEAD_S + letter * letter_s for letter in starts], abs=1e-4
        )
        assert one.duration_s == pytest.approx(HEAD_S + len(SAID) * letter_s + TAIL_S, abs=1e-4)
        assert mp3.decode(one.mp3).frames == round(one.duration_s * mp3.RATE)


def test_a_second_audition_speaks_nothing_anew_and_gives_the_same_bytes(heard: Audit) -> None:
    reused: list[bool] = []
    progress = ProgressCallbacks(on_take=lambda _take, kept: reused.append(kept))
    first, second = heard(progress=progress), heard(progress=progress)
    assert reused == [False] * 3 + [True] * 3
    assert [one.mp3 for one in first.recordings] == [one.mp3 for one in second.recordings]


def test_one_short_word_is_enough(heard: Audit) -> None:
    for one in heard("Hi.").recordings:  # at pace 2 it lasts 0.09 s, less than a gating block
        assert one.loudness.integrated_lufs == pytest.approx(-23.0, abs=0.1)


def test_a_line_of_several_sentences_is_one_file(heard: Audit) -> None:
    sentences = " ".join(f"Sentence number {n} is here to be heard by everybody." for n in range(9))
    for one in heard(sentences).recordings:
        assert len(one.takes) > 1
        assert " ".join(one.printed) == sentences
        starts = [start for start, _ in one.words]
        assert starts == sorted(starts)
        assert one.words[-1][1] <= one.duration_s - TAIL_S + 1e-4


def test_other_programs_read_who_speaks_and_on_what_terms(
    heard: Audit, program: Program, tmp_path: Path
) -> None:
    (one, *_) = heard().recordings
    file = tmp_path / one.clip
    file.write_bytes(one.mp3)
    command = [program("ffprobe"), "-v", "error", "-show_format", "-of", "json", str(file)]
    tags = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    found = tags["format"]["tags"]
    assert found["title"] == "Tone (tone)"
    assert found["artist"] == "Tone"
    assert found["album"] == "Toneledge: voices"
    assert found["Licence"] == "Apache-2.0"
    assert found["Consent"].startswith("A sine wave;")
    assert found["comment"] == LINE


def test_the_person_is_as_loud_as_the_voices_and_speaks_last(
    heard: Audit, program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "host.wav"
    draw = np.random.default_rng(1)
    soundfile.write(file, 0.02 * draw.normal(size=(20 * 22050, 2)), 22050)
    made = heard(host=file)
    assert made.blind
    assert [one.voice.name for one in made.recordings] == [*NAMES, NAME]
    person = made.recordings[-1]
    assert person.words == ()
    assert person.duration_s == LONGEST_S
    (tmp_path / person.clip).write_bytes(person.mp3)
    lufs, _ = loudness_lufs(program, tmp_path / person.clip)
    assert lufs == pytest.approx(-23.0, abs=0.1)
    assert not person.mp3.startswith(b"ID3")  # whose tag would say that it is made
