"""Music that is too near to the voice is found in what sounds between the sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.verify.music import check_music

VOICE_LUFS = -20.0
DUCK_DB = -14.0
SENTENCES = [(5.0, 8.0), (8.6, 12.0), (12.6, 16.0), (16.6, 20.0)]
MANIFEST: dict[str, Any] = {
    "segments": [{"start_s": start, "end_s": end, "voice": "ernis"} for start, end in SENTENCES],
    "voices": {"ernis": {"engine": "hibari/1"}},
    "settings": {"music": {"duck_db": DUCK_DB}},
}


def powers_of(alone_lu: float, under_lu: float) -> NDArray[np.float64]:
    """A voice, music alone for 5 s at both ends, and in the pauses so many LU below the voice."""
    levels = np.full(250, VOICE_LUFS - alone_lu)
    levels[50:200] = VOICE_LUFS - under_lu
    for start, end in SENTENCES:
        levels[round(start * 10) : round(end * 10)] = VOICE_LUFS
        levels[round(start * 10) + 10] = VOICE_LUFS - under_lu
    return np.asarray(10 ** ((levels + 0.691) / 10))


@pytest.mark.parametrize(
    ("alone_lu", "under_lu", "faults"),
    [
        (2.0, 16.0, []),
        (-10.0, 4.0, ["music alone", "music under the voice", "music under the words"]),
        (2.0, 4.0, ["music under the voice", "music under the words"]),
        (-10.0, 16.0, ["music alone"]),
    ],
)
def test_each_is_told_by_itself(alone_lu: float, under_lu: float, faults: list[str]) -> None:
    lines = list(check_music(powers_of(alone_lu, under_lu), MANIFEST))
    assert [line.name for line in lines if not line.ok] == faults
    for line in lines[1:]:
        assert float(line.detail.split()[0]) == pytest.approx(under_lu, abs=0.2)


def test_loud_music_under_two_sentences_is_found_where_it_begins() -> None:
    powers = powers_of(2.0, 16.0)
    for start, _ in SENTENCES[1:3]:
        powers[round(start * 10) + 10] *= 10**1.2
    (line,) = (line for line in check_music(powers, MANIFEST) if not line.ok)
    assert line.name == "music under the words"
    assert "at 0:09, at least 10" in line.detail


@pytest.mark.parametrize(("cut", "from_s"), [((100, 112), 12.6), ((90, 127), 16.6)])
def test_after_a_cut_it_is_measured_where_the_sentences_are(
    cut: tuple[int, int], from_s: float
) -> None:
    powers, shift_s = powers_of(2.0, 16.0), (cut[0] - cut[1]) / 10
    shorter = np.delete(powers, slice(*cut))

    def measure(*sound: Any) -> list[str]:
        return [line.detail.partition(" at ")[0] for line in check_music(*sound)]

    assert measure(shorter, MANIFEST) != measure(powers, MANIFEST)
    assert measure(shorter, MANIFEST, (from_s, shift_s)) == measure(powers, MANIFEST)
    longer = np.insert(powers, 123, np.full(30, powers[60]))  # speech in a pause
    assert measure(longer, MANIFEST) != measure(powers, MANIFEST)
    kept = measure(longer, MANIFEST, (12.6, 3.0))
    assert [kept[0], kept[2]] == [measure(powers, MANIFEST)[n] for n in (0, 2)]


def test_what_is_no_speech_has_no_soft_places() -> None:
    tones = {**MANIFEST, "voices": {"ernis": {"engine": "tone/1"}}}
    assert list(check_music(powers_of(2.0, 4.0), tones))[2].detail == "none"


def test_one_loud_pause_is_a_sound_of_the_show() -> None:
    powers = powers_of(2.0, 16.0)
    powers[80:86] *= 100
    assert all(line.ok for line in check_music(powers, MANIFEST))


def test_silence_has_no_music_and_no_sentences_say_nothing() -> None:
    powers = powers_of(2.0, 16.0)
    speech = np.zeros_like(powers)
    for start, end in SENTENCES:
        speech[round(start * 10) : round(end * 10)] = powers[65]
        speech[round(start * 10) + 10] = 0.0
    assert [line.detail for line in check_music(speech, MANIFEST)] == ["none"] * 3
    assert not list(check_music(powers, {}))
    assert not list(check_music(np.zeros(0), MANIFEST))
