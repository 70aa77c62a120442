"""Time line + Master → a folder for editors: a FLAC for each stem, labels, a session."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from paperledge_audio.deliver.folder import writing
from paperledge_audio.deliver.stems.session import compose_labels, compose_reaper
from paperledge_audio.errors import MasterError
from paperledge_audio.files.ownership import LISTING, FolderKind, compose_listing
from paperledge_audio.files.temporary import make_workspace
from paperledge_audio.mix.mixing import split_stems
from paperledge_audio.script.slugs import make_file_name
from paperledge_audio.sound.clip import Clip, convert_channels, read_blocks
from paperledge_audio.sound.scratch import map_full_disk

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperledge_audio.deliver.edition import Edition
    from paperledge_audio.master.model import Master
    from paperledge_audio.sound.clip import Sound

ENDING = ".flac"
SUBTYPE, FULL_SCALE = "PCM_24", 1 << 23
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*\.(?:flac|txt|rpp)")
KIND = FolderKind(LISTING, lambda name: name == LISTING or bool(_NAME.fullmatch(name)))
"""The kind of folder of stems."""


@dataclass(frozen=True, slots=True)
class Stem:
    """One stem in the folder."""

    title: str
    """A speaker's name, or Music or Effects."""
    file: str


def write_stems(
    edition: Edition,
    master: Master,
    out: Path,
    *,
    force: bool = False,
    on_wait: Callable[[str], None] = lambda _what: None,
) -> Path:
    """Write the folder `out`/SLUG, whole or not at all; return it.

    The stems are FLAC of 24 bits at the time line's rate, all as long as the episode. They have the
    gain of the mastering and, where the limiter acted, its gain, too. So their sum is the master
    before it was encoded, but for the rounding of each to 24 bits: at most 2^-24 of full scale a
    stem. Beside them lie labels for Audacity and a session for Reaper.

    Raises MasterError for a stem that alone is over full scale, DeliveryError where the folder
    can't be written.
    """
    timeline, settings = edition.timeline, edition.show.music
    stems: list[Stem] = []
    with make_workspace() as folder:
        for title, sound in split_stems(timeline, settings):
            stem = Stem(title, _name_file(title, [one.file for one in stems]))
            _write_flac(master.apply_to(sound), edition.channels, folder / stem.file, title)
            stems.append(stem)
        slug, rate = edition.slug, timeline.rate
        tracks = [(stem.title, stem.file) for stem in stems]
        texts = {
            "chapters.txt": compose_labels(timeline.chapters, rate, lambda one: one.title),
            "sentences.txt": compose_labels(
                timeline.cues, rate, lambda cue: f"{cue.segment.speaker}: {cue.segment.text}"
            ),
            "session.rpp": compose_reaper(timeline, tracks),
        }
        files: dict[str, bytes | Path] = {stem.file: folder / stem.file for stem in stems}
        files |= {name: text.encode() for name, text in texts.items()}
        listing = compose_listing(files)
        return writing.write(
            out, slug, {**files, LISTING: listing}, KIND, force=force, on_wait=on_wait
        )


def _name_file(title: str, taken: list[str]) -> str:
    name = make_file_name(title) or "voice"
    names = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(f"{one}{ENDING}" for one in names if f"{one}{ENDING}" not in taken)


def _write_flac(sound: Sound, channels: int, path: Path, title: str) -> None:
    with (
        map_full_disk("a stem"),
        soundfile.SoundFile(path, "w", sound.rate, channels, SUBTYPE, format="FLAC") as file,
    ):
        for block in read_blocks(sound):
            samples = convert_channels(Clip(block, sound.rate), channels).samples
            if np.abs(samples).max(initial=0.0) > 1.0:
                raise MasterError(
                    f"the stem {title!r} alone is over full scale",
                    "choose a quieter loudness target",
                )
            steps = np.rint(samples.astype(np.float64) * FULL_SCALE)  # libsndfile's is 1 less
            whole = np.minimum(steps, FULL_SCALE - 1).astype(np.int32)
            file.write(whole << 8)  # libsndfile takes the upper 24 bits of 32
