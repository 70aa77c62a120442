"""Checks that music stays behind the voice, by what is heard between the sentences."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.mix.ducking import HOLD_S
from paperledge_audio.mix.levels import MUSIC_LU
from paperledge_audio.sound.measuring.meter import ABSOLUTE_GATE_LUFS, HOP_S, OFFSET_LUFS
from paperledge_audio.takes import speaks
from paperledge_audio.units import clock
from paperledge_audio.verify.model import ReportLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

SLACK_LU = 6.0
"""Music swells, and a pause hears little of it."""
EDGE_S = 0.03
"""From the end of a sentence, so that nothing of it is counted."""
LONG_S = 3.0
"""From this length on a sentence has 100 ms in which its voice is 12 LU or more below its level."""
NEIGHBOURS = 5
"""Pauses whose median counts: one may hold a sound of the show's own."""

_Sentence = tuple[tuple[float, float], bool]
"""From which second to which, and whether what is heard there is speech."""
Distance = tuple[float, float]
"""How far below the voice, in LU, and at which second."""


def check_music(
    powers: NDArray[np.float64],
    manifest: Mapping[str, Any],
    shift: tuple[float, float] = (math.inf, 0.0),
) -> Iterator[ReportLine]:
    """Check how far music is behind the voice.

    Alone, in pauses too short for it to rise, and in each long sentence where the voice is softest.
    `powers` are those of `PowerMeter`. `shift`: from which second of the manifest on all is late,
    and by how many; what was cut or put in before that isn't looked at. A manifest without
    sentences says nothing.
    """
    before, after = _place_sentences(manifest, *shift)
    speech = [_measure_lufs(powers, *span) for span, _ in (*before, *after)]
    if not any(map(math.isfinite, speech)):
        return
    voice_lufs = float(np.median([level for level in speech if math.isfinite(level)]))
    spans = [(0.0, 0.0), *(span for span, _ in (*before, *after)), (len(powers) * HOP_S, math.inf)]
    pauses = [(end, start) for (_, end), (start, _) in pairwise(spans)]
    if after:
        del pauses[len(before)]
    short: list[Distance] = []
    long: list[Distance] = []
    for end, start in pauses:
        level = _measure_lufs(powers, end + EDGE_S, start - EDGE_S)
        if level > ABSOLUTE_GATE_LUFS:
            (short if start - end < HOLD_S else long).append((voice_lufs - level, end))
    words = [
        (voice_lufs - level, start)
        for (start, end), is_spoken in (*before, *after)
        if end - start >= LONG_S
        and is_spoken
        and (level := _measure_softest_lufs(powers, start, end)) > ABSOLUTE_GATE_LUFS
    ]
    duck_db = manifest["settings"]["music"]["duck_db"]
    yield _judge("music alone", long, 0.0)
    yield _judge("music under the voice", _take_medians(short), duck_db)
    yield _judge("music under the words", words, duck_db)


def _place_sentences(
    manifest: Mapping[str, Any], from_s: float, shift_s: float
) -> tuple[list[_Sentence], list[_Sentence]]:
    """The sentences before a second of the manifest and those from there on, where they are now."""
    before: list[_Sentence] = []
    after: list[_Sentence] = []
    for row in manifest.get("segments", ()):
        start_s, end_s = row["start_s"], row["end_s"]
        is_spoken = speaks(manifest["voices"][row["voice"]]["engine"])
        if start_s >= from_s:
            after.append(((start_s + shift_s, end_s + shift_s), is_spoken))
        elif end_s <= from_s + shift_s:
            before.append(((start_s, end_s), is_spoken))
    return before, after


def _measure_lufs(powers: NDArray[np.float64], start_s: float, end_s: float) -> float:
    """The loudness of the whole hops of a range; minus infinity where there is none, or silence."""
    hops = _cut(powers, start_s, end_s)
    return _to_lufs(float(hops.mean()) if len(hops) else 0.0)


def _measure_softest_lufs(powers: NDArray[np.float64], start_s: float, end_s: float) -> float:
    """The loudness of the softest whole hop of a range; minus infinity where there is none."""
    return _to_lufs(float(_cut(powers, start_s, end_s).min(initial=math.inf)))


def _cut(powers: NDArray[np.float64], start_s: float, end_s: float) -> NDArray[np.float64]:
    return powers[math.ceil(start_s / HOP_S) : max(math.floor(end_s / HOP_S), 0)]


def _to_lufs(power: float) -> float:
    return OFFSET_LUFS + 10.0 * math.log10(power) if 0 < power < math.inf else -math.inf


def _take_medians(levels: Sequence[Distance]) -> list[Distance]:
    """The median of each pause and its neighbours, with the middle one's time."""
    if not levels:
        return []
    size = min(NEIGHBOURS, len(levels))
    windows = np.lib.stride_tricks.sliding_window_view([level for level, _ in levels], size)
    medians = np.median(windows, axis=1).tolist()
    return [(level, levels[n + size // 2][1]) for n, level in enumerate(medians)]


def _judge(name: str, below: Sequence[Distance], duck_db: float) -> ReportLine:
    """A finding of how far the music is below the voice, and where it is nearest."""
    if not below:
        return ReportLine(name, ok=True, detail="none")
    least, (found, at_s) = -MUSIC_LU - duck_db - SLACK_LU, min(below)
    about = f"{found:.1f} LU below the voice at {clock(at_s)}, at least {least:g}"
    return ReportLine(name, found >= least, about)
