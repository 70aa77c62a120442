"""Sound → Opus in Ogg → sound: libopus, inside libsndfile, both ways (RFC 6716, RFC 7845).

Opus has no 44.1 kHz: the sound is resampled to 48 kHz, and its length is rescaled by the
rounding rule of `units`. The pre-skip in the header and the last page's position make the decoded
length exact.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import soundfile
from mutagen.oggopus import OggOpus

from paperledge_audio.deliver.tags import vorbis as vorbistags
from paperledge_audio.sound.clip import read_blocks
from paperledge_audio.sound.decoding import DecodedSound
from paperledge_audio.sound.reading.ogg import fix_serial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from paperledge_audio.deliver.encode.settings import EncoderSettings
    from paperledge_audio.deliver.tags.fields import Tag
    from paperledge_audio.sound.clip import Sound

RATE = 48000

_LEAST_BPS, _MOST_BPS = 6_000, 256_000
"""A channel: what libsndfile's compression levels 1 and 0 stand for."""
_PADDING_BYTES = 1024


def encode(sound: Sound, path: Path, settings: EncoderSettings) -> None:
    """Write a sound at 48 kHz, variable around a bitrate. The same sound, the same bytes."""
    bps = settings.kbps * 1000 / sound.channels
    level = (_MOST_BPS - bps) / (_MOST_BPS - _LEAST_BPS)
    drawn = path.with_suffix(".drawn")
    with soundfile.SoundFile(
        drawn, "w", RATE, sound.channels, "OPUS", format="OGG", compression_level=level
    ) as file:
        for block in read_blocks(sound):
            file.write(block)
    with drawn.open("rb") as pages, path.open("wb") as out:
        fix_serial(pages, out)
    drawn.unlink()


@contextmanager
def open_sound(path: Path) -> Iterator[Sound]:
    """The sound in an Opus file at 48 kHz; raises SoundError as `DecodedSound` does."""
    with closing(DecodedSound(path, "OGG", "OPUS")) as sound:
        yield sound


def tag(path: Path, values: Tag, cover: bytes) -> None:
    """Tag a file in place; `cover` is a JPEG."""
    file: Any = OggOpus(path)  # type: ignore[no-untyped-call]
    file.delete()
    file.update(vorbistags.make_comments(values) | vorbistags.make_picture_comment(cover))
    file.save(padding=lambda _info: _PADDING_BYTES)


def encoder_version() -> str:
    """The encoder and its library's version."""
    return f"libopus in libsndfile {soundfile.__libsndfile_version__}"
