"""The values that every step of delivery needs."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from paperledge_audio import units
from paperledge_audio.deliver.clean import clean_line, join_url
from paperledge_audio.deliver.encode.settings import EncoderSettings
from paperledge_audio.deliver.feed.guids import make_guid
from paperledge_audio.deliver.formats import format_for
from paperledge_audio.deliver.model import DRAFT
from paperledge_audio.deliver.pictures.chapters import EMBEDDED_BYTES, list_pictures
from paperledge_audio.deliver.text.chapters import make_chapters
from paperledge_audio.errors import DeliveryError
from paperledge_audio.master.targets import target_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.deliver.formats import Format
    from paperledge_audio.deliver.narrators import Narrator
    from paperledge_audio.deliver.text.chapters import FileChapter
    from paperledge_audio.master.targets import Target
    from paperledge_audio.mix.model import Timeline
    from paperledge_audio.script.model import Episode, Script
    from paperledge_audio.show.model import Show
    from paperledge_audio.sound.clip import Sound

DRAFT_MARK = "Draft: "
"""Before the title of what is not for publishing."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An episode to deliver: everything that is known before it is mastered.

    Raises DeliveryError for parts that don't fit together, and for a speaker without a name.
    """

    script: Script
    script_sha256: str
    """Of its file."""
    show: Show
    slug: str
    """Name of the folder and of the files in it."""
    timeline: Timeline
    narrators: Mapping[str, Narrator]
    """The narrator of each voice profile that a cue names."""
    take_ids: tuple[str, ...]
    """The take of each cue, in order."""
    music_files: Mapping[str, Mapping[str, Any]]
    """The files of the show's music as they were read (see `describe_music`)."""
    quality: str
    """studio or draft."""
    plotted: bool = False
    """Whether to add a picture of the sound."""
    paged: bool = False
    """Whether to add a web page."""
    with_book: bool = False
    """Whether to add a book to read along."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Of chapters (see `read_pictures`)."""
    before: Mapping[str, Any] = field(default_factory=dict)
    """The manifest of the release that it replaces, unchecked; empty for none."""

    def __post_init__(self) -> None:
        cues = self.timeline.cues
        nameless = sorted({cue.segment.voice for cue in cues} - set(self.narrators))
        if nameless:
            raise DeliveryError(f"no narrator is given for the voice {nameless[0]!r}")
        for name in {cue.segment.speaker: cue for cue in cues}:
            if not clean_line(name, "a speaker's name"):
                raise DeliveryError("a speaker has no name", "name them")
        if len(self.take_ids) != len(cues):
            raise DeliveryError(f"there are {len(self.take_ids)} take ids for {len(cues)} cues")

    def check_mix(self, mix: Sound) -> None:
        """Raise DeliveryError unless `mix` is as long as the time line."""
        timeline = self.timeline
        if (mix.frames, mix.rate) != (timeline.frames, timeline.rate):
            raise DeliveryError(
                f"the mix has {mix.frames} frames at {mix.rate} Hz, its time line "
                f"{timeline.frames} at {timeline.rate} Hz"
            )

    def check_soundbites(self) -> None:
        """Raise DeliveryError, with its line, for a soundbite that isn't in the episode."""
        for bite in self.episode.soundbites:
            end_s = bite.start_s + bite.length_s
            if end_s > self.duration_s:
                raise DeliveryError(
                    f"a soundbite from {bite.start_s:g} to {end_s:g} s is not in the episode's "
                    f"{self.duration_s:.1f} s",
                    "correct its start or its length",
                    path=self.script.path,
                    line=bite.line,
                )

    @property
    def episode(self) -> Episode:
        """The script's metadata; a draft says so in its title."""
        found = self.script.episode
        if self.quality != DRAFT:
            return found
        return dataclasses.replace(found, title=DRAFT_MARK + found.title)

    @property
    def title(self) -> str:
        """Of the episode, on one line."""
        return clean_line(self.episode.title, "the title")

    @property
    def channels(self) -> int:
        """Of the finished sound."""
        return self.show.output.channels

    @property
    def form(self) -> Format:
        """The finished sound's format."""
        return format_for(self.show.output.format)

    @property
    def target(self) -> Target:
        """What the finished sound should measure."""
        return target_for(self.show.output.loudness, self.channels)

    @property
    def encoder_settings(self) -> EncoderSettings:
        """How the sound is encoded."""
        fast = self.quality == DRAFT
        return EncoderSettings(self.show.output.bitrate_kbps, self.chapters, fast=fast)

    @property
    def chapters(self) -> tuple[FileChapter, ...]:
        """Of the finished sound."""
        files = list_pictures(self.script)
        at = {file: self._locate(ending) for file, ending in files.items()}
        links = [
            dataclasses.replace(one, image=at.get(one.image, one.image))
            for one in self.episode.chapters
        ]
        held = {at[file]: self.pictures.get(ending, b"") for file, ending in files.items()}
        if sum(map(len, held.values())) > EMBEDDED_BYTES:
            held = {}
        return tuple(
            dataclasses.replace(one, picture=held.get(one.image, b""))
            for one in make_chapters(self.timeline, self.title, links)
        )

    def _locate(self, suffix: str) -> str:
        """The address of the file with that ending; without a base_url, seen from beside it."""
        folders = [self.slug] if self.show.base_url else []
        return join_url(self.show.base_url, *folders, self.name(suffix))

    @property
    def duration_s(self) -> float:
        """Of the finished sound."""
        return units.seconds(self.timeline.frames, self.timeline.rate)

    @property
    def guid(self) -> str:
        """The episode's permanent id."""
        return self.episode.guid or make_guid(self.show, self.slug)

    def name(self, suffix: str) -> str:
        """The file with that ending."""
        return self.slug + suffix

    @property
    def settings(self) -> dict[str, str]:
        """The render's settings for the manifest; the show's are listed beside them."""
        return {"quality": self.quality}
