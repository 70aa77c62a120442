"""Explains why takes have to be made, from the manifest of the release that is replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperledge_audio import __version__
from paperledge_audio.engines.g2p import spell_sounds
from paperledge_audio.errors import brief
from paperledge_audio.files.hashing import sha256
from paperledge_audio.spoken.lexicon.mentions import find_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from paperledge_audio.plan import Plan, ScriptPlan
    from paperledge_audio.spoken import Segment


@dataclass(frozen=True, slots=True)
class MadeTake:
    """A take that has to be spoken, and why."""

    line: int
    """The script's line; 0 for the show's own words."""
    text: str
    why: str
    entries: tuple[str, ...] = ()
    """The entries of the lexicon that changed and that it says, also if something else is why."""
    take: str = ""
    """The take's name in the store."""


@dataclass(frozen=True, slots=True)
class _Before:
    """What a manifest says of the takes of its release; empty for one that somebody wrote."""

    version: str
    rows: Mapping[str, list[Mapping[str, Any]]]
    """By the hash of the printed text; a text may be spoken more than once."""
    voices: Mapping[str, Mapping[str, Any]]
    show: Mapping[str, str]
    """The show's pronunciations."""
    script: Mapping[str, str]
    """The script's pronunciations."""


def explain_made(
    segments: Iterable[Segment], before: Mapping[str, Any], plan: ScriptPlan
) -> tuple[MadeTake, ...]:
    """Why the take of each of the plan's `segments` has to be made, in the order of the script.

    `before` is the manifest of the release that is being replaced, empty where there was none. A
    take's name is a hash of the engine, the voice, the words and the direction. So where the name
    is another one, and neither the engine nor the voice nor the words are, the direction is.
    """
    known = _read(before)
    takes = dict(zip((segment.index for segment in plan.segments), plan.take_ids, strict=True))
    made = []
    for segment in sorted(segments, key=lambda segment: segment.index):
        take = takes[segment.index]
        why, entries = _explain(segment, take, known, plan)
        text = " ".join(segment.text.split())
        made.append(MadeTake(segment.line, text, why, entries, take))
    return tuple(made)


def _explain(
    segment: Segment, take: str, before: _Before, plan: ScriptPlan
) -> tuple[str, tuple[str, ...]]:
    """Why, and the entries of the lexicon that changed and that it says."""
    name = segment.voice
    rows = before.rows.get(sha256(segment.text.encode()), [])
    row: Mapping[str, Any] = max(
        rows, key=lambda one: (one.get("take") == take, one.get("voice") == name), default={}
    )
    same_words = row.get("said_sha256") == sha256(spell_sounds(segment).encode())
    entries: tuple[str, ...] = ()
    if before.rows and not same_words:
        entries = tuple(_find_changed(segment, str(row.get("voice", name)), before, plan))
    if not rows:
        return ("new text" if before.rows else "first render"), entries
    voice = before.voices.get(name, {})
    words = f"lexicon changed: {', '.join(map(brief, entries))}" if entries else "said otherwise"
    causes = {
        "no longer in the store of takes": row.get("take") == take,
        f"voice was {row.get('voice')}": row.get("voice") != name,
        f"engine was {voice.get('engine')}": voice.get("engine") != plan.engines[name].fingerprint,
        words: not same_words,
        f"the voice {name} changed": voice.get("timbre_sha256") != hash_timbre(plan, name),
        f"another reading: {segment.reading}": bool(segment.reading),
        f"version was {before.version}": before.version != __version__,
        "other direction": True,
    }
    why = next(cause for cause, applies in causes.items() if applies)
    return why, entries


def hash_timbre(plan: Plan, voice: str) -> str:
    """The hash of all that one of the plan's voices adds to how its engine sounds."""
    return sha256(plan.engines[voice].timbre(plan.voices[voice]).encode())


def _find_changed(segment: Segment, voice: str, before: _Before, plan: ScriptPlan) -> list[str]:
    """The forms that are pronounced otherwise than before and are in the segment's text.

    It was said in `voice`; where that is not known, what a voice has of its own has not changed.
    """
    own = dict(plan.voices[segment.voice].pronounce)
    old = {**before.show, **before.voices.get(voice, {}).get("pronounce", own), **before.script}
    new = {**plan.show.pronounce, **own, **dict(plan.script.episode.pronounce)}
    changed = sorted(form for form in old.keys() | new.keys() if old.get(form) != new.get(form))
    return [form for form in changed if any(find_mentions(segment.text, form))]


def _read(manifest: Mapping[str, Any]) -> _Before:
    """What is needed of a manifest, which may be any JSON document."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    try:
        for row in manifest["segments"]:
            rows.setdefault(row["text_sha256"], []).append({**row})
        voices = {
            name: {**row, "engine": row["engine"]} for name, row in manifest["voices"].items()
        }
        for row in voices.values():
            row["pronounce"] = {**row.get("pronounce", {})}
        show = {**manifest["settings"]["pronounce"]}
        script = dict(manifest["episode"]["pronounce"])
        version = str(manifest["generator"]["version"])
    except (LookupError, TypeError, ValueError, AttributeError):
        return _Before("", {}, {}, {}, {})
    return _Before(version, rows, voices, show, script)
