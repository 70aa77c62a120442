"""Score → sound: FluidSynth plays, a hall answers, the piece is trimmed, faded and levelled."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from paperledge_audio import units
from paperledge_audio.errors import MissingError, SoundError
from paperledge_audio.music.hall import add_hall
from paperledge_audio.music.midi import compose
from paperledge_audio.sound.clip import Clip, amplify, cut
from paperledge_audio.sound.measuring.meter import measure_loudness

if TYPE_CHECKING:
    from paperledge_audio.music.score import Score

RATE = 44100
FONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
PACKAGES = "apt-get install fluidsynth fluid-soundfont-gm ffmpeg"
LUFS = -20.0
PEAK_DBTP = -1.5
LOWEST_HZ = 28.0
"""Some of the font's instruments carry an offset; nothing in the theme is below F#1, 46 Hz."""
ONSET = 10 ** (-60 / 20)
LEAD_S = 0.01
"""Left before the first sound."""
SEAM_S = 0.08
"""How long the end of a time round lingers in the next, in a piece that loops."""
QUALITY = 7
"""Of Vorbis: about 220 kb/s, as an MP3 encoder will work on it again."""


def play(score: Score) -> Clip:
    """The finished piece: its length from the score, at -20 LUFS.

    A piece that loops is played three times round; the middle one, into which the first one
    rings, is the piece. Raises MissingError without FluidSynth or its sound font, SoundError for
    a piece whose true peak comes out above -1.5 dBTP.
    """
    length = units.frames(score.duration_s, RATE)
    clip = add_hall(_remove_offset(_synthesize(compose(score, times=3 if score.loops else 1))))
    if score.loops:
        clip = _take_round(clip, length)
    else:
        start = int(np.argmax(np.abs(clip.samples).max(axis=1) > ONSET))
        clip = cut(clip, start - units.frames(LEAD_S, RATE), start + length)
        clip = _fade_edges(
            cut(clip, 0, length), units.frames(score.fade_beats * 60 / score.bpm, RATE)
        )
    clip = amplify(clip, LUFS - measure_loudness(clip).integrated_lufs)
    peak = measure_loudness(clip).true_peak_dbtp
    if peak > PEAK_DBTP:
        raise SoundError(f"the {score.name} peaks at {peak:.1f} dBTP", "soften its loudest part")
    return clip


def encode(clip: Clip, title: str) -> bytes:
    """Ogg Vorbis, the same bytes for the same samples. Raises MissingError without ffmpeg."""
    with tempfile.TemporaryDirectory() as folder:
        wave, vorbis = Path(folder) / "piece.wav", Path(folder) / "piece.ogg"
        soundfile.write(wave, clip.samples, clip.rate, subtype="FLOAT")
        # bitexact: no random stream number, no version of the program.
        options = ["-c:a", "libvorbis", "-q:a", str(QUALITY), "-map_metadata", "-1"]
        options += ["-flags:a", "+bitexact", "-fflags", "+bitexact"]
        options += ["-metadata", f"title={title}", "-metadata", "artist=PaperLedge"]
        _run(["ffmpeg", "-v", "error", "-i", str(wave), *options, str(vorbis)])
        return vorbis.read_bytes()


def _synthesize(midi: bytes) -> Clip:
    """The dry sound of a MIDI file."""
    if not FONT.is_file():
        raise MissingError("the music needs the FluidR3 sound font", PACKAGES, path=FONT)
    with tempfile.TemporaryDirectory() as folder:
        score, wave = Path(folder) / "score.mid", Path(folder) / "score.wav"
        score.write_bytes(midi)
        settings = ["synth.reverb.active=0", "synth.chorus.active=0", "synth.cpu-cores=1"]
        settings += ["synth.polyphony=512", "player.timing-source=sample"]
        options = [part for setting in settings for part in ("-o", setting)]
        options += ["-ni", "-g", "0.5", "-r", str(RATE), "-O", "float", "-T", "wav"]
        _run(["fluidsynth", *options, "-F", str(wave), str(FONT), str(score)])
        samples, rate = soundfile.read(wave, dtype="float32", always_2d=True)
    return Clip(samples, rate)


def _remove_offset(clip: Clip) -> Clip:
    """High-passed forwards and backwards, so that no phase turns."""
    from scipy.signal import butter, sosfiltfilt  # noqa: PLC0415 - slow to import

    sections = butter(2, LOWEST_HZ, "highpass", fs=clip.rate, output="sos")
    out = sosfiltfilt(sections, clip.samples.astype(np.float64), axis=0)
    return Clip(out.astype(np.float32), clip.rate)


def _take_round(clip: Clip, length: int) -> Clip:
    """The second time round; the third one's start is faded into its own."""
    middle, after = clip.samples[length : 2 * length].copy(), clip.samples[2 * length :]
    count = units.frames(SEAM_S, clip.rate)
    # Both are the same music to a hair, so they add up like one sound: linear, not equal power.
    share = ((np.arange(count) + 0.5) / count).astype(np.float32)[:, np.newaxis]
    middle[:count] = middle[:count] * share + after[:count] * (1 - share)
    return Clip(middle, clip.rate)


def _fade_edges(clip: Clip, fade: int) -> Clip:
    """Out of and into silence as a raised cosine: no corner at either end."""
    out = clip.samples.copy()
    for part, count in ((out, units.frames(LEAD_S, clip.rate)), (out[::-1], fade)):
        curve = 0.5 - 0.5 * np.cos(np.pi * np.arange(count) / count)
        part[:count] *= curve[:, np.newaxis].astype(np.float32)
    return Clip(out, clip.rate)


def _run(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        raise MissingError(f"the music needs {command[0]}", PACKAGES)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SoundError(f"{command[0]} failed: {done.stderr.strip()[-200:]}")
