"""paperledge spoken: what is printed, and what will be said."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import (
    json_option,
    read_source,
    scripts_argument,
    voice_option,
)
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.voices.deliveries import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.spoken import Segment


@make_command(
    epilog="""\b
Examples:
  paperledge spoken scripts/quickstart.md
  paperledge spoken scripts/quickstart.md --json | jq -r '.scripts[].segments[].spoken'"""
)
@scripts_argument
@voice_option
@json_option
def command(scripts: tuple[Path, ...], voice: str | None, as_json: bool) -> None:
    """Show, segment by segment, what SCRIPTS print and what the voice will say for it.

    Where they differ, the rule that made the change is named. *Word* is emphasised, **word**
    strongly; how the segment is delivered stands beside its role.
    """
    from paperledge_audio.plan import plan_script
    from paperledge_audio.show.loading import find_show, load_show

    documents = []
    for script in scripts:
        source = read_source(script)
        show = load_show(find_show(script))
        plan = plan_script(source, str(script), show, quality="studio", host=voice or "")
        rows = [_describe(segment) for segment in plan.segments]
        documents.append({"script": str(script), "segments": rows})
        if not as_json:
            _print(script, plan)
    if as_json:
        print_json({"scripts": documents})


def _print(script: Path, plan: ScriptPlan) -> None:
    for segment in plan.segments:
        place = f"{script}:{segment.line}" if segment.line else str(plan.show.path.name)
        speaker = segment.speaker
        if speaker.casefold() != segment.voice.casefold():
            speaker += f" ({segment.voice})"
        head = f"{segment.index:3} {place}  {segment.role}, {speaker}"
        delivery = "".join(f", {part}" for part in _list_direction(segment))
        say(f"{head}{delivery}, then {segment.pause_after:g} s", dim=True)
        say(f"    {segment.text.strip()}")
        spoken = _mark_emphasis(segment).strip()
        if spoken != segment.text.strip():
            say(f"    {spoken}", fg="cyan")
        for change in segment.changes:
            said = change.said.strip() or "(unsaid)"
            sound = f" /{change.phonemes}/" if change.phonemes else ""
            say(f"      {change.text.strip()} → {said}{sound}  [{change.rule}]")


def _list_direction(segment: Segment) -> Iterator[str]:
    """The delivery's name, each of its values that is not plain, and whether the voice rises."""
    if segment.delivery_name:
        yield segment.delivery_name
    for name, form in _VALUES.items():
        value = getattr(segment.delivery, name)
        if value != getattr(PLAIN, name):
            yield form.format(value)
    if segment.rises:
        yield "rising"


_VALUES = {
    "pace": "pace {:g}",
    "pitch_st": "{:+g} semitones",
    "range": "range {:g}",
    "energy_db": "{:+g} dB",
    "pauses": "pauses {:g}",
}


def _mark_emphasis(segment: Segment) -> str:
    """The spoken words, with stars around those that are emphasised."""
    text, place = "", 0
    for start, end, level in segment.emphasised:
        text += segment.spoken[place:start] + "*" * level
        text += segment.spoken[start:end] + "*" * level
        place = end
    return text + segment.spoken[place:]


def _describe(segment: Segment) -> dict[str, object]:
    return {
        "index": segment.index,
        "role": segment.role,
        "voice": segment.voice,
        "speaker": segment.speaker,
        "line": segment.line or None,
        "chapter": segment.chapter,
        "text": segment.text,
        "spoken": segment.spoken,
        "pause_after_s": segment.pause_after,
        "music_after": segment.music_after or None,
        "sounds_after": list(segment.sounds_after),
        "delivery": {"name": segment.delivery_name or None, **asdict(segment.delivery)},
        "rises": segment.rises,
        "spans": [
            {
                "text": span.text,
                "said": span.said,
                "rule": span.rule,
                "phonemes": span.phonemes,
                "emphasis": span.emphasis,
            }
            for span in segment.spans
        ],
    }
