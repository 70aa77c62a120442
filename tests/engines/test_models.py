"""Facts about the real models that the engines rest on."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from paperledge_audio.engines import g2p as reading
from paperledge_audio.engines import kokoro, open_engine
from paperledge_audio.engines.kokoro import model as kokoro_weights
from paperledge_audio.errors import MissingError
from paperledge_audio.show.model import Show
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.voices.finding import find_voice, voice_names
from paperledge_audio.voices.profiles import Voice
from tests.samples import plain_segment

TEXT = "Alright learning crew, this is a small sentence about attention."


@pytest.fixture
def voice(show: Show) -> Voice:
    return find_voice("ernis", show)


@pytest.mark.model
@pytest.mark.parametrize("name", ["kokoro", "hibari"])
def test_the_durations_add_up_to_the_sound(
    name: str, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []
    module = __import__(f"paperledge_audio.engines.{name}", fromlist=["trim"])
    real = module.trim

    def spy(clip: object, read: object, durations: np.ndarray, hop: int) -> object:
        seen.append((clip.frames, int(durations.sum()) * hop))  # type: ignore[attr-defined]
        return real(clip, read, durations, hop)

    monkeypatch.setattr(module, "trim", spy)
    open_engine(name).speak(plain_segment(TEXT), voice)
    (sound, durations), *_ = seen
    assert sound == durations


@pytest.mark.model
def test_a_british_voice_reads_with_british_sounds() -> None:
    bath = plain_segment("bath")
    assert "æ" in reading.pronounce(bath).phonemes
    assert "ɑː" in reading.pronounce(bath, british=True).phonemes


@pytest.mark.model
def test_given_phonemes_are_spoken_as_given() -> None:
    spans = (Span("ask ", "ask "), Span("Qwen", "Qwen", "lexicon", "kwˈɛn"), Span(" now.", " now."))
    read = reading.pronounce(Segment(0, "speech", spans, "ernis", 1, 0, 0.0))
    assert " kwˈɛn " in read.phonemes
    assert read.phonemes.endswith(".")
    said = "ask Qwen now."
    assert [said[a:b] for a, b, _, _ in read.alignment] == ["ask", "Qwen", "now", "."]


@pytest.mark.parametrize("part", kokoro_weights.PARTS)
def test_missing_weights_name_the_package_and_the_command(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda n: None if n == part else find(n))
    with pytest.raises(MissingError, match=f"{part} is missing; run: pip install") as caught:
        kokoro_weights.load_weights()
    assert caught.value.exit_code == 3


def test_damaged_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _self: b"not a model")
    with pytest.raises(MissingError, match="damaged: their sha256 is wrong; run: pip install"):
        kokoro_weights.load_weights()


def test_every_voice_that_ships_has_its_pack(show: Show) -> None:
    for name in voice_names(show):
        rows = kokoro.load_style(find_voice(name, show))
        assert rows.shape == (510, 1, 256)
        assert 0.1 < float(np.abs(rows).max()) < 10
