"""Voice + line → an MP3 at the same loudness for every voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.audition.tag import compose_tag
from paperledge_audio.deliver.encode.settings import EncoderSettings
from paperledge_audio.deliver.encode.to_target import master_and_encode
from paperledge_audio.deliver.formats import format_for
from paperledge_audio.files.temporary import make_workspace
from paperledge_audio.master.mastering import bounce
from paperledge_audio.master.targets import target_for
from paperledge_audio.preview.page.clips import measure_peaks
from paperledge_audio.render import mix_speech
from paperledge_audio.sound.scratch import map_full_disk

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from paperledge_audio.deliver.encode.to_target import Encoded
    from paperledge_audio.orders import ProgressCallbacks
    from paperledge_audio.plan import Plan
    from paperledge_audio.preview.page.clips import Times
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.sound.measuring.loudness import Loudness
    from paperledge_audio.takes import TakeStore
    from paperledge_audio.voices.profiles import Voice

FORMAT = format_for("mp3")
"""Every browser plays it, and its header makes times and lengths exact."""
KBPS = 128
"""For one channel: as good as the sound it is made from."""
TARGET = target_for("ebu-r128", 1)
"""The same for every show, so that auditions can be compared: -23 LUFS, at which no voice is
limited.

At the -19 LUFS of a finished mono file some of Kokoro's voices (am_onyx, bm_fable) would be limited
by 3 dB.
"""


@dataclass(frozen=True, slots=True)
class Recording:
    """The line in one voice."""

    voice: Voice
    engine: str
    """The engine's name."""
    printed: tuple[str, ...]
    """The line's words as they are written."""
    words: Times
    """When each of them sounds, in seconds of the file."""
    mp3: bytes
    duration_s: float
    loudness: Loudness
    """Of the file, decoded."""
    peaks: tuple[int, ...]
    """Its waveform: see `measure_peaks`."""
    takes: tuple[str, ...]
    """The takes' ids: voices with the same ones sound the same."""

    @property
    def clip(self) -> str:
        """The file's name."""
        return file_name(self.voice.name)


def file_name(voice: str) -> str:
    """The name of a voice's file."""
    return f"{voice}{FORMAT.suffix}"


def record(
    voice: Voice, plan: Plan, *, store: TakeStore, progress: ProgressCallbacks, pool: Executor
) -> Recording:
    """Speak the missing takes of a line's `plan` in `pool`; master and encode the line.

    It goes through the show's voice chain. Raises what engines, the store and encoding raise.
    """
    engine, show = plan.engines[voice.name], plan.show
    timeline, whole = mix_speech(plan, store, progress.on_take, pool=pool)
    timed = [word for cue in timeline.cues for word in cue.words]
    sound, encoded, peaks = master_line(whole)
    printed = tuple(word.text for word in timed)
    return Recording(
        voice=voice,
        engine=engine.name,
        printed=printed,
        words=tuple(
            (units.seconds(word.start, timeline.rate), units.seconds(word.end, timeline.rate))
            for word in timed
        ),
        mp3=compose_tag(voice, " ".join(printed), engine.fingerprint, show) + sound,
        duration_s=units.seconds(timeline.frames, timeline.rate),
        loudness=encoded.loudness,
        peaks=peaks,
        takes=plan.take_ids,
    )


def master_line(sound: Sound) -> tuple[bytes, Encoded, tuple[int, ...]]:
    """The MP3 of a sound at `TARGET`, without a tag, its figures and its waveform."""
    with make_workspace() as folder, map_full_disk("the sound"):
        file = folder / f"line{FORMAT.suffix}"
        with bounce(sound, channels=1) as mix:
            encoded = master_and_encode(mix, TARGET, FORMAT, EncoderSettings(KBPS), file)
            peaks = measure_peaks(encoded.master.sound)
        return file.read_bytes(), encoded, peaks
