"""The page's content as one JSON document, and its clips."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.master.targets import target_for
from paperledge_audio.preview.directions import list_stresses, plan_plain
from paperledge_audio.preview.history.comparison import ComparedScript, Status
from paperledge_audio.preview.history.diff import Change, ChangeKind
from paperledge_audio.preview.page.timing import estimate_episode_s, place_segments
from paperledge_audio.sound.measuring.meter import integrated_lufs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.check.scripts import Finding
    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.preview.page.clips import PreviewClip, RecordedSegment, Recorder
    from paperledge_audio.spoken import Segment

Json = dict[str, Any]
Recorded = Mapping[int, "RecordedSegment"]
"""Recorded segments by index."""
PRECISION = 3
"""Digits after the point of seconds."""


@dataclass(frozen=True, slots=True)
class EpisodePage:
    """A script's part of the page, and its clips by file name."""

    document: Json
    clips: dict[str, PreviewClip] = field(default_factory=dict)


def describe_episode(compared: ComparedScript, recorder: Recorder, *, whole: bool) -> EpisodePage:
    """Record the segments of a script that the page plays, and describe it.

    What changed is spoken in both versions, and with `whole` the rest of the new one as well. What
    is directed in the new version is also spoken without direction.
    Raises what `Recorder.record` raises.
    """
    before, after, changed = compared.before, compared.after, compared.changed
    everything = whole or compared.status in {Status.WHOLE, Status.NEW}
    indices = {c.after.segment.index for c in changed if c.after}
    wanted_before = {c.before.segment.index for c in changed if c.before}
    now = recorder.record(after if everything else after.select(indices)) if after else {}
    plain = recorder.record(plan_plain(after.select(now), recorder.store)) if after else {}
    then = recorder.record(before.select(wanted_before)) if before else {}
    document: Json = {
        "path": str(compared.path),
        "title": _choose_title(compared),
        "status": compared.status.value,
        "was": compared.was,
        "problem": _describe_problem(compared),
        "findings": [_describe_finding(found) for found in compared.findings],
        "changes": [_describe_change(change, now, then, plain) for change in changed],
        "counts": {
            kind.value: count
            for kind in ChangeKind
            if (count := sum(change.kind is kind for change in changed))
        },
        "anew_s": _measure_new_s(compared, now),
        "duration_before_s": None,
    }
    if before:
        heard_then = then | _find_unchanged(compared, now)
        document["duration_before_s"] = _round_seconds(
            place_segments(before, heard_then).duration_s
        )
    if after:
        document |= _describe_facts(after, now)
        document |= _describe_transcript(after, now, plain, changed)
    every = (*now.values(), *then.values(), *plain.values())
    clips = {spoken.clip.name: spoken.clip for spoken in every}
    return EpisodePage(document, clips)


def _choose_title(compared: ComparedScript) -> str:
    plan = compared.after or compared.before
    return plan.script.episode.title if plan else compared.path.name


def _find_unchanged(compared: ComparedScript, now: Recorded) -> dict[int, RecordedSegment]:
    """Recorded segments that sound the same in the earlier version, so that lengths agree."""
    return {
        change.before.segment.index: now[change.after.segment.index]
        for change in compared.changes
        if change.before
        and change.after
        and change.before.take_id == change.after.take_id
        and change.after.segment.index in now
    }


def _describe_facts(plan: ScriptPlan, now: Recorded) -> Json:
    """An episode's main facts."""
    about, output = plan.script.episode, plan.show.output
    powers = [spoken.clip.powers for spoken in now.values()]
    loudness = integrated_lufs(np.concatenate(powers)) if powers else -math.inf
    target = target_for(output.loudness, output.channels)
    return {
        "show": plan.show.title,
        "paper": {"title": about.paper.title, "url": about.paper.url},
        "estimated_s": _round_seconds(estimate_episode_s(plan)),
        "loudness_lufs": round(loudness, 1) if math.isfinite(loudness) else None,
        "engines": plan.speaking,
        "target_lufs": target.integrated_lufs,
        "pronunciations": _list_pronunciations(plan),
    }


def _describe_transcript(
    plan: ScriptPlan, now: Recorded, plain: Recorded, changed: Sequence[Change]
) -> Json:
    placing = place_segments(plan, now)
    kinds = {change.after.segment.index: change.kind.value for change in changed if change.after}
    rows = []
    starts: dict[int, float] = {}
    for segment, start, end in zip(plan.segments, placing.starts, placing.ends, strict=True):
        starts.setdefault(segment.chapter, start if starts else 0.0)
        rows.append(
            {
                **_describe_segment(segment, now, plain),
                "chapter": segment.chapter,
                "start": _round_seconds(start),
                "end": _round_seconds(end),
                "music": ", ".join(filter(None, (*segment.sounds_after, segment.music_after))),
                "starts_block": segment.starts_block,
                "change": kinds.get(segment.index, ""),
            }
        )
    return {
        "duration_s": _round_seconds(placing.duration_s),
        "measured": len(now) == len(plan.segments),
        "segments": rows,
        "chapters": [
            {"title": plan.chapter_titles[n], "start": _round_seconds(at)}
            for n, at in starts.items()
        ],
    }


def _describe_segment(segment: Segment, spoken: Recorded, plain: Recorded) -> Json:
    """A segment, with its clip if it was recorded, and with that without direction."""
    other = plain.get(segment.index)
    return {
        "role": segment.role,
        "speaker": segment.speaker,
        "line": segment.line,
        "text": " ".join(segment.text.split()),
        "stresses": list_stresses(segment),
        "delivery": segment.delivery_name,
        **_describe_recording(spoken.get(segment.index)),
        "plain": _describe_recording(other) if other else None,
    }


def _describe_recording(recorded: RecordedSegment | None) -> Json:
    if recorded is None:
        return {"clip": "", "words": []}
    words = [[_round_seconds(start), _round_seconds(end)] for start, end in recorded.words]
    return {"clip": recorded.clip.name, "words": words}


def _describe_change(change: Change, now: Recorded, then: Recorded, plain: Recorded) -> Json:
    old, new = change.before, change.after
    printed = _find_differences(old.text if old else None, new.text if new else None)
    spoken = _find_differences(
        old.segment.spoken if old else None, new.segment.spoken if new else None
    )
    return {
        "kind": change.kind.value,
        "why": list(change.why),
        "before": old and _describe_side(old.segment, then, {}, printed[0], spoken[0]),
        "after": new and _describe_side(new.segment, now, plain, printed[1], spoken[1]),
        "same_sound": new is not None and not change.is_new_sound,
    }


def _describe_side(
    segment: Segment,
    recorded: Recorded,
    plain: Recorded,
    marks: list[int],
    spoken_marks: list[int],
) -> Json:
    return {
        **_describe_segment(segment, recorded, plain),
        "index": segment.index,
        "spoken": " ".join(segment.spoken.split()),
        "marks": marks,
        "spoken_marks": spoken_marks,
    }


def _find_differences(before: str | None, after: str | None) -> tuple[list[int], list[int]]:
    """Indices of the words that only one of two texts has; none if there is only one text."""
    if before is None or after is None:
        return [], []
    old, new = before.split(), after.split()
    cut, put = set(range(len(old))), set(range(len(new)))
    for i, j, count in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        cut -= set(range(i, i + count))
        put -= set(range(j, j + count))
    return sorted(cut), sorted(put)


def _measure_new_s(compared: ComparedScript, now: Recorded) -> float:
    """Seconds of the new version that a render has of new speech."""
    indices = {c.after.segment.index for c in compared.changed if c.after and c.is_new_sound}
    if compared.status is Status.WHOLE:
        indices = set(now)
    return _round_seconds(sum(now[index].clip.duration_s for index in indices))


def _list_pronunciations(plan: ScriptPlan) -> list[Json]:
    """Words that are said differently from print, each once, in order."""
    found: dict[tuple[str, str, str, str], int] = {}
    for segment in plan.segments:
        for span in segment.changes:
            if any(char.isalnum() for char in span.text + span.said):
                key = (span.text.strip(), span.said.strip(), span.phonemes, span.rule)
                found[key] = found.get(key, 0) + 1
    return [
        {"text": text, "said": said, "phonemes": phonemes, "rule": rule, "times": times}
        for (text, said, phonemes, rule), times in found.items()
    ]


def _describe_finding(found: Finding) -> Json:
    return {
        "level": found.level,
        "line": found.line,
        "what": found.what,
        "remedy": found.remedy,
    }


def _describe_problem(compared: ComparedScript) -> Json | None:
    error = compared.problem
    if error is None:
        return None
    return error.facts()


def describe_clip(clip: PreviewClip) -> Json:
    """A clip's facts besides its sound."""
    return {"duration_s": _round_seconds(clip.duration_s), "peaks": list(clip.peaks)}


def _round_seconds(value: float) -> float:
    return round(float(value), PRECISION)
