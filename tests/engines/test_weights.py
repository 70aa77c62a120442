"""An engine names the files of weights that speak, by their contents."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from paperledge_audio.engines import open_engine
from paperledge_audio.engines.kokoro.model import MODEL, SHA256
from paperledge_audio.show.model import Show
from paperledge_audio.voices.finding import find_voice


@pytest.mark.model
def test_kokoro_names_its_net_and_the_voices_pack(show: Show) -> None:
    ernis = find_voice("ernis", show)
    ((file, _),) = ernis.packs
    pack = hashlib.sha256(file.read_bytes()).hexdigest()
    assert open_engine("kokoro").models(ernis) == {MODEL: SHA256, "af_heart.bin": pack}
    # the pack's own hash, as ever, so that what was spoken with it is still found
    assert open_engine("kokoro").timbre(ernis) == f"{pack}/american/1.0"


@pytest.mark.model
def test_hibari_names_its_net(show: Show) -> None:
    import hibari

    net = Path(str(hibari.__file__)).parent / "assets" / "hibari.onnx"
    digest = hashlib.sha256(net.read_bytes()).hexdigest()
    assert open_engine("hibari").models(find_voice("ernis", show)) == {"hibari.onnx": digest}


def test_a_tone_has_none(show: Show) -> None:
    assert open_engine("tone").models(find_voice("ernis", show)) == {}
