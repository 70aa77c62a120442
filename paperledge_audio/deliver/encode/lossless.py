"""Sound → FLAC or WAV of 16 bits → sound, through libsndfile.

All players and hosts support 16 bits; rounding adds noise 98 dB below full scale, under that of any
voice.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
from mutagen import flac

from paperledge_audio.deliver.tags import vorbis as vorbistags
from paperledge_audio.deliver.tags import wav as riff
from paperledge_audio.sound.clip import read_blocks
from paperledge_audio.sound.decoding import DecodedSound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from paperledge_audio.deliver.encode.settings import EncoderSettings
    from paperledge_audio.deliver.tags.fields import Tag
    from paperledge_audio.sound.clip import Sound

_FULL_SCALE = 32768
_PADDING_BYTES = 1024


def encode(sound: Sound, path: Path, _settings: EncoderSettings) -> None:
    """Write a sound as the path's ending says. The same sound always gives the same bytes.

    Raises DeliveryError for what is longer than a WAV can be.
    """
    kind = _kind(path)
    if kind == "WAV":
        riff.check_size(2 * sound.channels * sound.frames)
    with soundfile.SoundFile(path, "w", sound.rate, sound.channels, "PCM_16", format=kind) as file:
        for block in read_blocks(sound):
            steps = np.rint(block * np.float32(_FULL_SCALE))  # libsndfile's own scale is 32767
            file.write(np.clip(steps, -_FULL_SCALE, _FULL_SCALE - 1).astype(np.int16))


@contextmanager
def open_sound(path: Path) -> Iterator[Sound]:
    """The sound in a FLAC or WAV file; raises SoundError as `DecodedSound` does."""
    with closing(DecodedSound(path, _kind(path))) as sound:
        yield sound


def _kind(path: Path) -> str:
    return path.suffix.removeprefix(".").upper()


def tag_flac(path: Path, values: Tag, cover: bytes) -> None:
    """Tag a FLAC file in place; `cover` is a JPEG."""
    file: Any = flac.FLAC(path)  # type: ignore[no-untyped-call]
    file.delete()
    file.update(vorbistags.make_comments(values))
    file.clear_pictures()
    file.add_picture(vorbistags.make_picture(cover))
    file.save(padding=lambda _info: _PADDING_BYTES)


def encoder_version() -> str:
    """The encoder and its version."""
    return f"libsndfile {soundfile.__libsndfile_version__}, 16 bits"
