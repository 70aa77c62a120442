"""What changed around the speech: music, loudness, processing, cover and metadata."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperledge_audio.mix.pieces import list_music
from paperledge_audio.script import parse
from paperledge_audio.show.model import PIECES, SOUND

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.preview.history.snapshot import Snapshot
    from paperledge_audio.script import Episode
    from paperledge_audio.show.model import Show

PLACES = {
    "intro": "in the intro",
    "outro": "in the outro",
    "sting": "at the stings",
    "bed": "over the bed",
}
"""Where a piece of music is heard."""
THROUGHOUT = "throughout"


@dataclass(frozen=True, slots=True)
class PieceVersion:
    """A piece of music, or a sound of the show's, as one version of the show has it."""

    piece: str
    """Its name, as in `MusicSettings.files`."""
    file: Path
    level_db: float
    """A sound's level against that of music; 0 for music."""


@dataclass(frozen=True, slots=True)
class SurroundingChange:
    """Something around the speech that changed."""

    what: str
    """As "music" or "metadata"."""
    where: str = ""
    """Where an episode sounds different; empty if it does not."""
    details: str = ""
    before: PieceVersion | None = None
    """Of music: how it was; None if it is new."""
    after: PieceVersion | None = None
    """Of music: how it is; None if it is removed."""


Facts = Callable[["Show"], dict[str, Any]]


def _read_music_settings(show: Show) -> dict[str, Any]:
    found = dataclasses.asdict(show.music)
    return {name: value for name, value in found.items() if name not in {*PIECES, "sounds"}}


def _read_metadata(show: Show) -> dict[str, Any]:
    names = (
        "title",
        "host",
        "author",
        "language",
        "category",
        "copyright",
        "website",
        "base_url",
        "seasons",
    )
    return {name: getattr(show, name) for name in names}


def _read_sound_format(show: Show) -> dict[str, Any]:
    return {"format": show.output.format, "bitrate_kbps": show.output.bitrate_kbps}


def _read_loudness(show: Show) -> dict[str, Any]:
    return {"loudness": show.output.loudness, "channels": show.output.channels}


ASPECTS: tuple[tuple[str, str, Facts], ...] = (
    ("how music is mixed", THROUGHOUT, _read_music_settings),
    ("voice chain", THROUGHOUT, lambda show: dataclasses.asdict(show.voice_chain)),
    ("loudness", THROUGHOUT, _read_loudness),
    ("sound format", "", _read_sound_format),
    ("the show's metadata", "", _read_metadata),
)
"""What of show.toml is heard or seen around the speech, and where it is heard."""
SPEECH_KEYS = {"voice", "pronounce", "cast", "readings"}
"""Keys of a header that change speech, which is compared itself."""


def compare_shows(then: Show, now: Show, history: Snapshot) -> tuple[SurroundingChange, ...]:
    """What changed in the show around every episode: settings, and the contents of its files."""
    changes = [
        SurroundingChange(what, where, details)
        for what, where, read in ASPECTS
        if (details := _list_differences(read(then), read(now)))
    ]
    old, new = then.music.files, now.music.files
    changes += [
        SurroundingChange(
            "music",
            describe_place(name),
            before=_find_version(then, name),
            after=_find_version(now, name),
        )
        for name in {**old, **new}
        if not history.is_same_file(old.get(name), new.get(name))
        or _read_sound(then, name) != _read_sound(now, name)
    ]
    if not history.is_same_file(then.artwork, now.artwork):
        changes.append(SurroundingChange("cover"))
    return tuple(changes)


def select_heard(
    changes: tuple[SurroundingChange, ...], plan: ScriptPlan
) -> Iterator[SurroundingChange]:
    """Those of a show's changes that concern an episode: of music only what it plays."""
    played = set(map(describe_place, list_music(plan)))
    yield from (c for c in changes if c.what != "music" or c.where in played)


def describe_place(name: str) -> str:
    """Where a piece of music, or a sound of the show's, is heard."""
    return PLACES.get(name) or f"at {name.removeprefix(SOUND)!r}"


def _find_version(show: Show, piece: str) -> PieceVersion | None:
    file, sound = show.music.files.get(piece), _read_sound(show, piece)
    return PieceVersion(piece, file, sound[0] if sound else 0.0) if file else None


def _read_sound(show: Show, piece: str) -> tuple[float, bool] | None:
    """How a sound is mixed; None for another piece."""
    sound = dict(show.music.sounds).get(piece.removeprefix(SOUND))
    return (sound.level_db, sound.over) if sound and piece.startswith(SOUND) else None


def compare_metadata(then: Episode, now: Episode) -> Iterator[SurroundingChange]:
    """What changed in an episode's header besides speech."""
    names = [
        field.name
        for field in dataclasses.fields(now)
        if field.compare and field.name not in SPEECH_KEYS
    ]
    changed = [name for name in names if getattr(then, name) != getattr(now, name)]
    if changed:
        yield SurroundingChange("metadata", details=", ".join(changed))


def compare_pictures(
    history: Snapshot, was: str, path: Path, source: bytes
) -> Iterator[SurroundingChange]:
    """What changed in the files that the header of a script names, once at `was`, as pictures."""
    if b"image" not in source:  # most scripts are unchanged, and need not be read
        return
    episode = parse(source, str(path)).episode
    named = {"cover": {episode.file}, "pictures": {one.file for one in episode.chapters}}
    for what, names in named.items():
        files = sorted(names - {""})
        if changed := [name for name in files if not history.is_same_beside(was, path, name)]:
            yield SurroundingChange(what, details=", ".join(changed))


def _list_differences(then: dict[str, Any], now: dict[str, Any]) -> str:
    return ", ".join(
        f"{name} {then[name]} → {now[name]}" for name in now if then[name] != now[name]
    )
