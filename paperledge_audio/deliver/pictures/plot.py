"""SLUG.plot.svg: an overview of the finished episode.

Chapters, the waveform of each source, ducking, and short-term loudness with the target, in light or
dark colours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from paperledge_audio.master.targets import Target
    from paperledge_audio.mix.model import Chapter
    from paperledge_audio.mix.overview import Overview
    from paperledge_audio.sound.measuring.loudness import Loudness

COLUMNS = 1400
"""One a pixel; the waveform's resolution."""
LEFT, RIGHT = 76, 24
WIDTH = LEFT + COLUMNS + RIGHT
CHAPTERS_Y, CHAPTERS_H = 84, 30
WAVE_Y, WAVE_H = 126, 200
DUCK_Y, DUCK_H = 352, 64
LOUD_Y, LOUD_H = 442, 150
AXIS_Y = 608
HEIGHT = 640
ABOVE_LU, BELOW_LU = 9, 18
"""The range around the target: the EBU meter's +9 scale (Tech 3341)."""
TICKS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
MOST_TICKS = 14

STYLE = """
svg { background: #fbfaf7; font-family: system-ui, sans-serif; font-size: 14px; }
text { fill: #3c3a36; } .title { font-size: 22px; font-weight: 600; }
.lane { fill: #f1eee7; } .band { fill: #e4dfd3; } .band.odd { fill: #ece8de; }
.host { fill: #31537a; } .guest { fill: #b0562d; } .music { fill: #8ba888; }
.duck { fill: none; stroke: #6d8a6a; stroke-width: 1.5; }
.loud { fill: none; stroke: #31537a; stroke-width: 1.5; }
.near { fill: #dfe8d6; } .aim { stroke: #6d8a6a; stroke-dasharray: 5 4; }
.grid { stroke: #d9d4c7; } .soft { fill: #7b776d; }
@media (prefers-color-scheme: dark) {
  svg { background: #191a1d; } text { fill: #d9d6cd; }
  .lane { fill: #222428; } .band { fill: #33363c; } .band.odd { fill: #2a2d32; }
  .host { fill: #8fb3dc; } .guest { fill: #e09a6b; } .music { fill: #5d7a5b; }
  .duck { stroke: #8fb08c; } .loud { stroke: #8fb3dc; } .near { fill: #263126; }
  .aim { stroke: #8fb08c; } .grid { stroke: #3a3d43; } .soft { fill: #989488; }
}
"""


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """What the picture shows."""

    title: str
    seconds: float
    chapters: Sequence[Chapter]
    rate: int
    """Hz, of the chapters' frames."""
    overview: Overview
    gain_db: float
    """The gain of mastering over the mix in `overview`."""
    short_term_lufs: NDArray[np.float64]
    """Of the decoded file: windows of 3 s, one every 100 ms; minus infinity for silence."""
    loudness: Loudness
    target: Target


def compose(plot: Plot) -> str:
    """The picture as SVG."""
    body = "\n".join(
        part
        for lane in (
            _draw_head,
            _draw_chapters,
            _draw_wave,
            _draw_ducking,
            _draw_loudness,
            _draw_axis,
        )
        for part in lane(plot)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(f"The sound of {plot.title}")}">\n'
        f"<style>{STYLE}</style>\n{body}\n</svg>\n"
    )


def _draw_head(plot: Plot) -> Iterator[str]:
    yield f'<text class="title" x="{LEFT}" y="36">{escape(plot.title)}</text>'
    measured, target = plot.loudness, plot.target
    facts = (
        units.clock(plot.seconds),
        f"{target.level_of(measured):.1f} {target.unit} (target {target.level:g})",
        f"true peak {measured.true_peak_dbtp:.1f} dBTP (at most {target.true_peak_dbtp:g})",
        f"range {measured.range_lu:.1f} LU",
    )
    yield f'<text class="soft" x="{LEFT}" y="62">{" · ".join(facts)}</text>'
    x = WIDTH - RIGHT - 260
    for kind, label in (("host", "host"), ("guest", "other voices"), ("music", "music")):
        yield f'<rect class="{kind}" x="{x}" y="51" width="12" height="12" rx="2"/>'
        yield f'<text class="soft" x="{x + 18}" y="62">{label}</text>'
        x += 44 + 7 * len(label)


def _draw_chapters(plot: Plot) -> Iterator[str]:
    for number, chapter in enumerate(plot.chapters):
        start, end = (_x(plot, at / plot.rate) for at in (chapter.start, chapter.end))
        odd = " odd" if number % 2 else ""
        yield (  # a nested svg clips what does not fit
            f'<svg x="{start:.1f}" y="{CHAPTERS_Y}" width="{end - start:.1f}" '
            f'height="{CHAPTERS_H}">'
            f"<title>{escape(chapter.title)}</title>"
            f'<rect class="band{odd}" width="100%" height="100%"/>'
            f'<text x="8" y="20">{escape(chapter.title)}</text></svg>'
        )


def _draw_wave(plot: Plot) -> Iterator[str]:
    yield _draw_lane(WAVE_Y, WAVE_H)
    middle, gain = WAVE_Y + WAVE_H / 2, units.gain(plot.gain_db)
    for kind, peaks in (
        ("music", plot.overview.music),
        ("host", plot.overview.host),
        ("guest", plot.overview.guests),
    ):
        heights = np.minimum(peaks * gain, 1.0) * (WAVE_H / 2 - 4)
        bars = (
            f"M{LEFT + n} {middle - h:.1f}h1V{middle + h:.1f}h-1z"
            for n, h in enumerate(heights)
            if h >= 0.05
        )
        yield f'<path class="{kind}" d="{"".join(bars)}"/>'


def _draw_ducking(plot: Plot) -> Iterator[str]:
    yield _draw_lane(DUCK_Y, DUCK_H)
    deepest = min(float(plot.overview.ducking_db.min(initial=0.0)), -6.0)
    down = plot.overview.ducking_db / deepest * (DUCK_H - 16)
    points = " ".join(f"{LEFT + n + 0.5},{DUCK_Y + 8 + d:.1f}" for n, d in enumerate(down))
    yield f'<polyline class="duck" points="{points}"/>'
    yield _draw_label(DUCK_Y + 13, "0 dB")
    yield _draw_label(DUCK_Y + DUCK_H - 4, f"{deepest:.0f} dB")
    yield _draw_name(DUCK_Y, "ducking of music")


def _draw_loudness(plot: Plot) -> Iterator[str]:
    yield _draw_lane(LOUD_Y, LOUD_H)
    missing = plot.target.level - plot.target.level_of(plot.loudness)
    aim = round(plot.loudness.integrated_lufs + missing, 1)  # in LUFS, if the target is an RMS too
    scale = LOUD_H / (ABOVE_LU + BELOW_LU)

    def y(lufs: float) -> float:
        return LOUD_Y + min(max(aim + ABOVE_LU - lufs, 0.0), ABOVE_LU + BELOW_LU) * scale

    tolerance = plot.target.tolerance_lu
    yield (
        f'<rect class="near" x="{LEFT}" y="{y(aim + tolerance):.1f}" width="{COLUMNS}" '
        f'height="{2 * tolerance * scale:.1f}"/>'
    )
    yield f'<path class="aim" d="M{LEFT} {y(aim):.1f}h{COLUMNS}"/>'
    stride = -(-len(plot.short_term_lufs) // (2 * COLUMNS)) or 1
    points = " ".join(
        f"{_x(plot, 1.5 + 0.1 * n):.1f},{y(float(plot.short_term_lufs[n])):.1f}"
        for n in range(0, len(plot.short_term_lufs), stride)
    )
    yield f'<polyline class="loud" points="{points}"/>'
    for lufs in (aim + 6, aim, aim - 9, aim - 18):
        yield _draw_label(y(lufs) + (13 if lufs > aim + 8 else 4), f"{lufs:g}")
    yield _draw_name(LOUD_Y, "short-term loudness in LUFS, over 3 s")


def _draw_axis(plot: Plot) -> Iterator[str]:
    step = next((s for s in TICKS_S if plot.seconds / s <= MOST_TICKS), TICKS_S[-1])
    for tick in range(math.floor(plot.seconds / step) + 1):
        x = _x(plot, tick * step)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{WAVE_Y}" y2="{AXIS_Y - 8}"/>'
        yield (
            f'<text class="soft" x="{x:.1f}" y="{AXIS_Y + 12}" text-anchor="middle">'
            f"{units.clock(tick * step)}</text>"
        )


def _x(plot: Plot, seconds: float) -> float:
    return LEFT + COLUMNS * min(seconds / plot.seconds, 1.0)


def _draw_lane(y: int, height: int) -> str:
    return f'<rect class="lane" x="{LEFT}" y="{y}" width="{COLUMNS}" height="{height}" rx="3"/>'


def _draw_name(y: int, text: str) -> str:
    return f'<text class="soft" x="{LEFT}" y="{y - 6}">{text}</text>'


def _draw_label(y: float, text: str) -> str:
    return f'<text class="soft" x="{LEFT - 8}" y="{y:.1f}" text-anchor="end">{text}</text>'
