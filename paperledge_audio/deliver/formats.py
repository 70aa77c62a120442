"""The table of formats in which an episode can be delivered."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from paperledge_audio.deliver.encode import aac, lossless, mp3, opus
from paperledge_audio.deliver.tags import id3, vorbis
from paperledge_audio.deliver.tags import mp4 as mp4tags
from paperledge_audio.deliver.tags import wav as wavtags
from paperledge_audio.errors import DeliveryError, UsageError, suggest
from paperledge_audio.sound.ffmpeg import check_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from paperledge_audio.deliver.encode.settings import EncoderSettings
    from paperledge_audio.deliver.tags.fields import Tag, TagReading
    from paperledge_audio.deliver.text.chapters import FileChapter
    from paperledge_audio.sound.clip import Sound

CHANNELS = (1, 2)

NARROW_KBPS = 48
"""kb/s per channel, at and below which encoders overshoot more."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format, from its encoder to its tag."""

    name: str
    """The name in --format and show.toml; also the file's ending."""
    media_type: str
    codec: str
    rate: int
    """Hz, of the finished file."""
    attenuation_db: Mapping[int, float]
    """Offered bitrates in kb/s → by how much the codec lowers speech; empty if lossless.
    """
    headroom_db: tuple[float, float]
    """First guess of how far decoded peaks overshoot: usually, and at low bitrates."""
    check_needs: Callable[[], object]
    """Raises MissingError if the machine lacks what this format needs."""
    check_room: Callable[[Sequence[FileChapter], int], None]
    """Raises DeliveryError for chapters, or characters of text, beyond the tag's room."""
    encode: Callable[[Sound, Path, EncoderSettings], None]
    """Write a sound at `rate`, without tags."""
    open_sound: Callable[[Path], AbstractContextManager[Sound]]
    """Open the decoded sound of a file; raises SoundError for another kind of file."""
    tag: Callable[[Path, Tag, bytes], None]
    """Tag what `encode` wrote, in place; the bytes are a JPEG."""
    read_tag: Callable[[Path], TagReading]
    """What a file's tag says; raises what mutagen raises where there is none that can be read."""
    encoder: Callable[[], str]
    """The encoder and its version."""
    bitrate_mode: str = ""
    """CBR, ABR or VBR; empty for a lossless format."""

    @property
    def suffix(self) -> str:
        """The file's ending."""
        return f".{self.name}"

    @property
    def lossless(self) -> bool:
        """Whether it has no bitrate to choose."""
        return not self.attenuation_db

    def check(self, kbps: int, channels: int) -> None:
        """Raise DeliveryError unless the bitrate and the channels are among those offered."""
        if not self.lossless and kbps not in self.attenuation_db:
            rates = ", ".join(map(str, self.attenuation_db))
            raise DeliveryError(
                f"{kbps} kb/s is not a bitrate for {self.name}", f"use one of {rates}"
            )
        if channels not in CHANNELS:
            raise DeliveryError(
                f"no {self.name} is made with {channels} channels", "use 1 (mono) or 2 (stereo)"
            )

    def find_attenuation_db(self, kbps: int) -> float:
        """By how much the codec lowers speech; 0 if lossless."""
        return self.attenuation_db.get(kbps, 0.0)

    def find_overshoot_db(self, kbps: int, channels: int) -> float:
        """A first guess of how far decoded peaks exceed the encoded ones."""
        usual, narrow = self.headroom_db
        return narrow if kbps / channels <= NARROW_KBPS else usual

    def describe_encoder(self, kbps: int) -> str:
        """The encoder and the bitrate, for the tag."""
        return ", ".join(
            [self.encoder(), *([] if self.lossless else [f"{self.bitrate_mode} {kbps} kb/s"])]
        )


def format_for(name: str) -> Format:
    """The row of that name; raises UsageError for an unknown one."""
    if name not in FORMATS:
        raise UsageError(f"format {name!r} is unknown", suggest(name, FORMATS))
    return FORMATS[name]


def _tag_mp3(path: Path, tag: Tag, cover: bytes) -> None:
    tagged = path.with_suffix(".tagged")
    with path.open("rb") as sound, tagged.open("wb") as file:
        file.write(id3.compose(tag, cover))
        shutil.copyfileobj(sound, file)
    tagged.replace(path)


def _check_nothing(*_: object) -> None:
    """Nothing else is needed; there is room for any text."""


# Measured as the change from what is encoded to what is decoded, on 40 s of the show (speech over
# music, mastered to -14 LUFS with the limiter at work), mono and stereo: loudness to 0.02 LU, the
# highest peak rounded up. MP3's are in its own module. `encode` corrects what is left.
_AAC_DB = {
    64: 0.03, 80: 0.04, 96: 0.03, 112: 0.03, 128: 0.03, 160: 0.01, 192: 0.01, 224: 0.01, 256: 0.0,
}  # fmt: skip
_AAC_HEADROOM_DB = (0.1, 0.5)
_OPUS_DB = {
    24: 0.27, 32: 0.20, 48: 0.14, 64: 0.0, 80: 0.0, 96: 0.0, 112: 0.0, 128: 0.0, 160: 0.0,
    192: 0.0, 256: 0.0,
}  # fmt: skip
_OPUS_HEADROOM_DB = (0.35, 0.35)

_ROWS = (
    Format(
        name="mp3",
        media_type="audio/mpeg",
        codec="MPEG-1 Layer III",
        rate=mp3.RATE,
        attenuation_db=mp3.ATTENUATION_DB,
        headroom_db=(0.5, 1.0),
        check_needs=_check_nothing,
        check_room=id3.check_room,
        encode=mp3.encode,
        open_sound=mp3.open_sound,
        tag=_tag_mp3,
        read_tag=id3.read,
        encoder=lambda: mp3.ENCODER,
        bitrate_mode="CBR",
    ),
    *(
        Format(
            name=name,
            media_type=media_type,
            codec="AAC-LC",
            rate=aac.RATE,
            attenuation_db=_AAC_DB,
            headroom_db=_AAC_HEADROOM_DB,
            check_needs=partial(check_machine, f"writing {name.upper()}"),
            check_room=_check_nothing,
            encode=aac.encode,
            open_sound=aac.open_sound,
            tag=mp4tags.write,
            read_tag=mp4tags.read,
            encoder=aac.encoder_version,
            bitrate_mode="ABR",
        )
        for name, media_type in {"m4a": "audio/x-m4a", "m4b": "audio/x-m4b"}.items()
    ),
    Format(
        name="opus",
        media_type="audio/ogg",
        codec="Opus",
        rate=opus.RATE,
        attenuation_db=_OPUS_DB,
        headroom_db=_OPUS_HEADROOM_DB,
        check_needs=_check_nothing,
        check_room=vorbis.check_room,
        encode=opus.encode,
        open_sound=opus.open_sound,
        tag=opus.tag,
        read_tag=vorbis.read,
        encoder=opus.encoder_version,
        bitrate_mode="VBR",
    ),
    *(
        Format(
            name=name,
            media_type=f"audio/{name}",
            codec=codec,
            rate=mp3.RATE,
            attenuation_db={},
            headroom_db=(0.02, 0.02),  # the limiter's own slack, and half a step of 16 bits
            check_needs=_check_nothing,
            check_room=check_room,
            encode=lossless.encode,
            open_sound=lossless.open_sound,
            tag=tag,
            read_tag=read_tag,
            encoder=lossless.encoder_version,
        )
        for name, codec, check_room, tag, read_tag in (
            ("flac", "FLAC", vorbis.check_room, lossless.tag_flac, vorbis.read),
            ("wav", "PCM", id3.check_room, wavtags.write, wavtags.read),
        )
    ),
)

FORMATS = {row.name: row for row in _ROWS}
"""By name, the default first."""

SUFFIXES = tuple(row.suffix for row in _ROWS)
"""All endings of finished sounds."""
