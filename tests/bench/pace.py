"""python -m tests.bench.pace: how long sounds are, and how far takes are from what that gives.

The takes are those of the example episodes, from the store, where a render has put them.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from paperledge_audio.engines.figures import count_sounds, estimate_speech_s
from paperledge_audio.voices.profiles import QUALITIES
from tests.bench.verify import list_takes
from tests.samples import ROOT


def main(folder: Path) -> None:
    """Print the least squares of seconds, and the spread of each voice's tempo about its median."""
    takes = [
        (take, take.figures)
        for quality in QUALITIES
        for take in list_takes(quality, folder)
        if take.figures and take.figures.tempo
    ]
    counts = np.array([count_sounds(take.segment) for take, _ in takes])
    seconds = np.array(
        [estimate_speech_s(take.segment) / figures.tempo for take, figures in takes]
    ) * [take.segment.delivery.pace for take, _ in takes]
    weight = 1 / np.sqrt(counts[:, :3].sum(axis=1))
    fitted = np.linalg.lstsq(counts * weight[:, np.newaxis], seconds * weight)[0]
    print(f"{len(takes)} takes: vowel, short vowel, consonant, stress, end: {fitted.round(3)} s")
    voices = defaultdict(list)
    for take, figures in takes:
        voices[take.segment.voice, take.engine].append((figures.tempo, take.segment.spoken))
    for (voice, engine), told in voices.items():
        tempos = np.array([tempo for tempo, _ in told])
        tempos /= np.median(tempos)
        slow, fast = (told[int(at)][1][:50] for at in (tempos.argmin(), tempos.argmax()))
        print(
            f"{voice} by {engine}, {len(told)}: {tempos.min():.3f} ({slow}) to {tempos.max():.3f}"
            f" ({fast}), deviation {tempos.std():.3f}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "scripts")
