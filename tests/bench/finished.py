"""What `verify` finds without a recogniser of faults in finished sounds, and in good ones.

Arguments: folders of finished releases, each of which gets a table.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.deliver.folder.finished import is_draft, list_sounds
from paperledge_audio.sound.clip import Clip, duration_s
from paperledge_audio.units import frames
from paperledge_audio.verify.sidecars import find_manifest
from paperledge_audio.verify.speech import PlacedSentence, list_sentences
from paperledge_audio.verify.speech.measuring import LEAST_WORD_S, check_sentences, measure_sentence
from tests.bench.plants import Samples, choose_place, click

NO_FAULT = "nothing"
EVERY = 3
"""Of so many sentences one is spoilt: the others are still the usual ones."""
Spoil = Callable[[Samples, int, PlacedSentence, np.random.Generator], bool]
"""Changes the samples [frames, channels] of a sentence in place, if it can have the fault."""


def mute(length_s: float) -> Spoil:
    """Silence where there was speech."""

    def spoil(
        samples: Samples, rate: int, _sentence: PlacedSentence, rng: np.random.Generator
    ) -> bool:
        start = choose_place(samples[:, 0], rng)
        samples[start : start + frames(length_s, rate)] = 0.0
        return True

    return spoil


def mute_word(least_s: float, most_s: float = np.inf) -> Spoil:
    """A word of such a length, if there is one, silent between the transcript's times."""

    def spoil(
        samples: Samples, rate: int, sentence: PlacedSentence, rng: np.random.Generator
    ) -> bool:
        words = [w for w in sentence.words if least_s <= w.end_s - w.start_s < most_s]
        if words:
            word = words[rng.integers(len(words))]
            times = (word.start_s - sentence.start_s, word.end_s - sentence.start_s)
            samples[slice(*(frames(at_s, rate) for at_s in times))] = 0.0
        return bool(words)

    return spoil


def amplify(gain: float) -> Spoil:
    def spoil(samples: Samples, *_: object) -> bool:
        samples *= gain
        return True

    return spoil


def add_click(
    samples: Samples, rate: int, _sentence: PlacedSentence, rng: np.random.Generator
) -> bool:
    samples += (click(samples[:, 0], rate, rng) - samples[:, 0])[:, np.newaxis]
    return True


FINISHED_PLANTS: dict[str, Spoil] = {
    "100 ms silent": mute(0.1),
    "200 ms silent": mute(0.2),
    "300 ms silent": mute(0.3),
    "word silent": mute_word(LEAST_WORD_S),
    "word of 75 to 125 ms silent": mute_word(0.074, LEAST_WORD_S),
    "sentence silent": amplify(0.0),
    "sentence 16 dB softer": amplify(10 ** (-16 / 20)),
    "click of half full scale": add_click,
}


@dataclass(slots=True)
class Releases:
    """What is found in the releases of a folder."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """For each kind of fault, and without any."""
    figures: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Of good sentences."""
    spent_s: float = 0.0
    """Processor time to check good sentences, once they are decoded."""
    length_s: float = 0.0


def add_release(file: Path, releases: Releases) -> None:
    """Add what is found in one release."""
    manifest = find_manifest(file).manifest
    sentences = list_sentences(file, manifest)
    good, counts = mp3.decode(file.read_bytes()), releases.counts
    start_s = time.process_time()
    counts[NO_FAULT].update(_judge(good, sentences, ()))
    releases.spent_s += time.process_time() - start_s
    releases.length_s += duration_s(good)
    for sentence in sentences:
        for name, figure in measure_sentence(good, sentence).items():
            releases.figures[name].append(figure.value)
    kbps, fast = manifest["settings"]["output"]["bitrate_kbps"], is_draft(manifest)
    rng = np.random.default_rng(0)
    for kind, spoil in FINISHED_PLANTS.items():
        samples = good.samples.copy()
        spoilt = []
        for n in range(rng.integers(EVERY), len(sentences), EVERY):
            one = sentences[n]
            part = slice(*(frames(at_s, good.rate) for at_s in (one.start_s, one.end_s)))
            if spoil(samples[part], good.rate, one, rng):
                spoilt.append(n)
        made = mp3.encode_bytes(Clip(samples.clip(-1.0, 1.0), good.rate), kbps, fast=fast)
        counts[kind].update(_judge(mp3.decode(made), sentences, spoilt))


def _judge(
    sound: Clip, sentences: Sequence[PlacedSentence], spoilt: Sequence[int]
) -> Iterator[str]:
    for n, faults in enumerate(check_sentences(sound, sentences)):
        yield "spoilt" if n in spoilt else "good"
        if faults:
            yield "found" if n in spoilt else "alarm"


def main(*folders: str) -> None:
    """Print a table for each folder."""
    for folder in folders:
        releases = Releases()
        for file in list_sounds(Path(folder)):
            add_release(file, releases)
        print(f"\n{folder}: {releases.spent_s:.2f} s for {releases.length_s:.0f} s of sound\n")
        for name, values in releases.figures.items():
            print(f"{name}: {min(values):g} to {max(values):g}")
        print("\n| planted | found | of | false alarms | of others |\n|---|---|---|---|---|")
        for kind, count in releases.counts.items():
            numbers = (count[what] for what in ("found", "spoilt", "alarm", "good"))
            print(f"| {kind} | {' | '.join(map(str, numbers))} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
