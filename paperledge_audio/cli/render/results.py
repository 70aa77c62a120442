"""What a render says of its results: lines to read, or a row of `--json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from paperledge_audio.cli.render.running import FailedRender, FinishedRender
from paperledge_audio.cli.support.printing import (
    describe_finding,
    describe_speaking,
    say,
    say_error,
    say_finding,
    shorten,
)
from paperledge_audio.units import clock, count_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.deliver.folder.made import MadeTake
    from paperledge_audio.synthesis.mending import MendedTake


def print_result(result: FinishedRender | FailedRender, told: set[str]) -> None:
    """Print a result; an error of the show that is in `told` isn't told of every script."""
    if isinstance(result, FailedRender):
        say_error(result.error, told)
        return
    for path in result.rendered.release.paths:
        say(path)
    if result.order.stems:
        say(result.order.stems / result.order.slug)
    if result.order.outbox:
        say(result.rendered.handed_over)
    for line in _list_spoken_again(result):
        say(line, err=True)
    for finding in result.rendered.findings:
        say_finding(result.order.script, finding, err=True)
    for note in result.rendered.notes:
        say(f"{result.order.slug}: {note}", err=True)
    if result.damaged:
        say(f"{count_of(result.damaged, 'damaged take')} made again", err=True)
    say(_summarize(result))


def _list_spoken_again(result: FinishedRender) -> Iterator[str]:
    """A line for each reason to speak takes again."""
    reasons: dict[str, list[MadeTake]] = {}
    for take in result.rendered.made:
        if take.why != "first render":
            reasons.setdefault(take.why, []).append(take)
    for why, (take, *others) in reasons.items():
        place = f"{result.order.script}:{take.line}" if take.line else "the show"
        more = f", and {count_of(len(others), 'more take')}" if others else ""
        yield f"{place}: spoken again ({why}): {shorten(take.text)}{more}"


def _summarize(result: FinishedRender) -> str:
    """One line: how long, how loud, how fast."""
    rendered = result.rendered
    release = rendered.release
    reused = f", {rendered.reused} reused" if rendered.reused else ""
    parts = [
        f"{clock(release.duration_s)} of sound",
        f"{release.loudness.integrated_lufs:.1f} LUFS",
        f"{release.loudness.true_peak_dbtp:.1f} dBTP",
        describe_speaking(rendered.speaking),
        f"{count_of(len(rendered.made), 'take')} made{reused}",
        f"took {result.wall_s:.1f} s, {release.duration_s / result.wall_s:.1f} x real time",
    ]
    return f"{release.slug}: {' | '.join(parts)}"


def describe_result(result: FinishedRender) -> dict[str, Any]:
    """A finished render, as `--json` has it."""
    rendered = result.rendered
    release = rendered.release
    return {
        "script": str(result.order.script),
        "slug": release.slug,
        "handed_over": rendered.handed_over or None,
        "stems": str(result.order.stems / release.slug) if result.order.stems else None,
        "title": release.episode.title,
        "quality": result.order.quality,
        "engines": dict(rendered.speaking),
        "notes": list(rendered.notes),
        "findings": [describe_finding(result.order.script, one) for one in rendered.findings],
        "mended": [_describe_mended(one) for one in rendered.mended],
        "duration_s": round(release.duration_s, 6),
        "loudness": {
            "integrated_lufs": round(release.loudness.integrated_lufs, 2),
            "true_peak_dbtp": round(release.loudness.true_peak_dbtp, 2),
            "range_lu": round(release.loudness.range_lu, 2),
        },
        "takes": {
            "made": [asdict(take) for take in rendered.made],
            "reused": rendered.reused,
            "damaged": result.damaged,
        },
        "wall_s": round(result.wall_s, 3),
        "files": [
            {"path": str(path), "bytes": file.bytes, "sha256": file.sha256, "type": file.type}
            for path, file in zip(release.paths, release.files, strict=True)
        ],
    }


def _describe_mended(mended: MendedTake) -> dict[str, Any]:
    from paperledge_audio.spoken.readings import PLAIN

    segment = mended.take.segment
    return {
        "line": segment.line,
        "text": " ".join(segment.text.split()),
        "fault": mended.fault,
        "reading": segment.reading or PLAIN,
        "again": mended.again,
    }
