"""SLUG.manifest.json: what the release is made of, for machines that check it."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperledge_audio import GENERATOR, __version__, units
from paperledge_audio.deliver.folder.versions import versions
from paperledge_audio.engines.g2p import marked
from paperledge_audio.files.hashing import sha256
from paperledge_audio.show.model import PIECES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperledge_audio.deliver.encode.to_target import Encoded
    from paperledge_audio.deliver.formats import Format
    from paperledge_audio.deliver.model import Narrator, ReleaseFile
    from paperledge_audio.master.targets import Target
    from paperledge_audio.mix.model import Cue, Timeline
    from paperledge_audio.script.model import Episode
    from paperledge_audio.show.model import Show
    from paperledge_audio.sound.measuring.loudness import Loudness

FORMAT = 1
"""Counts up when a field changes its meaning or goes away."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that the manifest says."""

    episode: Episode
    show: Show
    slug: str
    guid: str
    script_sha256: str
    build: str
    timeline: Timeline
    target: Target
    encoded: Encoded
    form: Format
    kbps: int
    voices: Mapping[str, Narrator]
    settings: Mapping[str, str]
    """Those of the render; the show's are added."""
    take_ids: Sequence[str]
    """The take of each cue, in order."""
    files: Sequence[ReleaseFile]
    """All the other files, the sound first."""


def compose(manifest: Manifest) -> str:
    """JSON with sorted keys, without a clock or a path in it."""
    timeline, encoded = manifest.timeline, manifest.encoded
    show = manifest.show
    document = {
        "format": FORMAT,
        "generator": {"name": GENERATOR, "version": __version__},
        "versions": versions(),
        "show": {name: getattr(show, name) for name in ("title", "host", "author", "language")},
        "episode": {**dataclasses.asdict(manifest.episode), "slug": manifest.slug},
        "guid": manifest.guid,
        "build": manifest.build,
        "script_sha256": manifest.script_sha256,
        "duration_s": units.seconds(timeline.frames, timeline.rate),
        "frames": timeline.frames,
        "rate": timeline.rate,
        "channels": encoded.master.sound.channels,
        "sound": _sound(manifest),
        "loudness": {
            "before": _loudness(encoded.master.before),
            "after": _loudness(encoded.master.after),
            "measured": _loudness(encoded.measured),
            "gain_db": round(encoded.master.gain_db, 4),
            "target": dataclasses.asdict(manifest.target),
            "limited_db": round(encoded.master.limited_db, 4),
        },
        "segments": [
            _segment(cue, timeline.rate, take)
            for cue, take in zip(timeline.cues, manifest.take_ids, strict=True)
        ],
        "voices": {name: dataclasses.asdict(one) for name, one in manifest.voices.items()},
        "settings": {**manifest.settings, **_settings(show)},
        "files": [dataclasses.asdict(file) for file in manifest.files],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, default=str)
    return text + "\n"


def _sound(manifest: Manifest) -> dict[str, Any]:
    """The sound as a decoder gives it; the bitrate of a lossless one is that of its file."""
    form, frames = manifest.form, manifest.encoded.frames
    mean_kbps = round(8 * manifest.files[0].bytes / units.seconds(frames, form.rate) / 1000)
    return {
        "format": form.name,
        "codec": form.codec,
        "encoder": form.encoder(),
        "bitrate_kbps": mean_kbps if form.lossless else manifest.kbps,
        "rate": form.rate,
        "frames": frames,
    }


def _settings(show: Show) -> dict[str, Any]:
    """Every section of show.toml, by its name in `Show`; music by its files' names and contents."""
    sections = {field.name: getattr(show, field.name) for field in dataclasses.fields(show)}
    found = {
        name: dataclasses.asdict(section)
        for name, section in sections.items()
        if dataclasses.is_dataclass(section) and not isinstance(section, type)
    }
    music = found["music"]
    music["pieces"] = {
        name: {"file": file.name, "sha256": sha256(file.read_bytes())}
        for name in PIECES
        if (file := music.pop(name))
    }
    return {**found, "pronounce": show.pronounce}


def _segment(cue: Cue, rate: int, take: str) -> dict[str, Any]:
    segment = cue.segment
    return {
        "index": segment.index,
        "line": segment.line,
        "role": segment.role,
        "voice": segment.voice,
        "speaker": segment.speaker,
        "text_sha256": sha256(segment.text.encode("utf-8")),
        "said_sha256": sha256(marked(segment).encode("utf-8")),
        "start_s": units.seconds(cue.start, rate),
        "end_s": units.seconds(cue.end, rate),
        "take": take,
    }


def _loudness(loudness: Loudness) -> dict[str, float]:
    return {name: round(value, 4) for name, value in dataclasses.asdict(loudness).items()}
