"""SLUG.manifest.json: everything that the release is made of."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from paperledge_audio import GENERATOR, __version__, units
from paperledge_audio.deliver.folder.versions import list_versions
from paperledge_audio.engines.g2p import spell_sounds
from paperledge_audio.errors import ShowError
from paperledge_audio.files.hashing import file_sha256, sha256
from paperledge_audio.script.moments import format_moment
from paperledge_audio.script.publishing import describe_episode
from paperledge_audio.show.model import PIECES
from paperledge_audio.spoken.readings import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperledge_audio.deliver.edition import Edition
    from paperledge_audio.deliver.encode.to_target import Encoded
    from paperledge_audio.deliver.feed.enclosure import Enclosure
    from paperledge_audio.deliver.model import ReleaseFile
    from paperledge_audio.mix.model import Cue
    from paperledge_audio.show.model import Show
    from paperledge_audio.sound.measuring.loudness import Loudness

FORMAT = 1
"""Increased when a field changes its meaning or is removed."""


def compose(
    edition: Edition,
    encoded: Encoded,
    build: str,
    enclosure: Enclosure,
    files: Sequence[ReleaseFile],
    *,
    provenance: Mapping[str, str],
) -> str:
    """JSON with sorted keys, without a clock or a path in it.

    `files`: all the other files, the sound first. `provenance`: how that is signed; empty: not.
    """
    timeline, show, master = edition.timeline, edition.show, encoded.master
    document = {
        "format": FORMAT,
        "generator": {"name": GENERATOR, "version": __version__},
        "versions": list_versions(),
        "show": {name: getattr(show, name) for name in ("title", "host", "author", "language")},
        "episode": {
            **describe_episode(edition.episode),
            "date": format_moment(edition.episode.date),
            "slug": edition.slug,
        },
        "guid": edition.guid,
        "enclosure": dataclasses.asdict(enclosure),
        "build": build,
        "script_sha256": edition.script_sha256,
        "duration_s": edition.duration_s,
        "frames": timeline.frames,
        "rate": timeline.rate,
        "channels": edition.channels,
        "sound": {
            **_describe_sound(edition, encoded, files[0]),
            **({"provenance": dict(provenance)} if provenance else {}),
        },
        "loudness": {
            "before": _describe_loudness(master.before),
            "after": _describe_loudness(master.after),
            "measured": _describe_loudness(encoded.loudness),
            "gain_db": round(master.gain_db, 4),
            "target": dataclasses.asdict(edition.target),
            "limited_db": round(master.limited_db, 4),
        },
        "segments": [
            _describe_segment(cue, timeline.rate, take)
            for cue, take in zip(timeline.cues, edition.take_ids, strict=True)
        ],
        "voices": {name: dataclasses.asdict(one) for name, one in edition.narrators.items()},
        "settings": {**edition.settings, **_describe_settings(edition)},
        "files": [dataclasses.asdict(file) for file in files],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, default=str)
    return text + "\n"


def _describe_sound(edition: Edition, encoded: Encoded, file: ReleaseFile) -> dict[str, Any]:
    """The decoded sound's facts; the bitrate of a lossless one is that of its file."""
    form, frames = edition.form, encoded.frames
    mean_kbps = round(8 * file.bytes / units.seconds(frames, form.rate) / 1000)
    return {
        "format": form.name,
        "codec": form.codec,
        "encoder": form.encoder(),
        "bitrate_kbps": mean_kbps if form.lossless else edition.show.output.bitrate_kbps,
        "rate": form.rate,
        "frames": frames,
    }


def describe_music(show: Show, trimmed_s: Mapping[str, float]) -> dict[str, dict[str, Any]]:
    """Each piece of the show's music by its file's name and hash, and what was cut off its end.

    `trimmed_s`: the seconds of it, by the names of pieces. Raises ShowError for a file that can't
    be read.
    """
    found: dict[str, dict[str, Any]] = {
        name: {"file": file.name, "sha256": file_sha256(file, ShowError)}
        for name, file in show.music.files.items()
        if file
    }
    for name, cut_s in trimmed_s.items():
        if cut_s:
            found[name]["trimmed_s"] = cut_s
    return found


def _describe_settings(edition: Edition) -> dict[str, Any]:
    """Every section of show.toml, by its name in `Show`; music as it was when it was read."""
    show = edition.show
    sections = {field.name: getattr(show, field.name) for field in dataclasses.fields(show)}
    found = {
        name: dataclasses.asdict(section)
        for name, section in sections.items()
        if dataclasses.is_dataclass(section) and not isinstance(section, type)
    }
    music = {name: value for name, value in found["music"].items() if name not in PIECES}
    sounds = {
        name: {"level_db": sound.level_db, "over": sound.over} for name, sound in show.music.sounds
    }
    found["music"] = {**music, "sounds": sounds, "pieces": edition.music_files}
    unsaid = ("provenance", "trailer")  # where a key lies is nobody's business; the feed's alone
    kept = {name: section for name, section in found.items() if name not in unsaid}
    return {**kept, "pronounce": show.pronounce}


def _describe_segment(cue: Cue, rate: int, take: str) -> dict[str, Any]:
    segment = cue.segment
    return {
        "index": segment.index,
        "line": segment.line,
        "role": segment.role,
        "voice": segment.voice,
        "speaker": segment.speaker,
        "text_sha256": sha256(segment.text.encode("utf-8")),
        "said": spell_sounds(segment),
        "said_sha256": sha256(spell_sounds(segment).encode("utf-8")),
        "reading": segment.reading or PLAIN,
        "chosen": segment.chosen,
        "pace": segment.delivery.pace,
        "start_s": units.seconds(cue.start, rate),
        "end_s": units.seconds(cue.end, rate),
        "take": take,
    }


def _describe_loudness(loudness: Loudness) -> dict[str, float]:
    return {name: round(value, 4) for name, value in dataclasses.asdict(loudness).items()}
