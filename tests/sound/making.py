"""One short sound in every kind of file, by libsndfile or by ffmpeg."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

RATE = 44100
FRAMES = 44100
Program = Callable[[str], str]


def sound(frames: int = FRAMES, channels: int = 2) -> np.ndarray:
    """Two tones and some noise: float32 [frames, channels] in steps of 24 bits."""
    time = np.arange(frames)[:, np.newaxis] / RATE
    tones = 0.3 * np.sin(2 * np.pi * 440 * time) + 0.2 * np.sin(2 * np.pi * 1234 * time)
    noise = np.random.default_rng(7).uniform(-0.05, 0.05, (frames, channels))
    return (np.rint((tones + noise) * 2**23) / 2**23).astype(np.float32)


@dataclass(frozen=True)
class Form:
    """How a file is made, and what it can tell of its own damage."""

    kind: str
    """As `kinds.KINDS` calls it."""
    libsndfile: tuple[str, str] | None = None
    """Format and subtype, where libsndfile writes it."""
    ffmpeg: tuple[str, ...] = ()
    """Options, where ffmpeg does."""
    exact: bool = False
    """Whether its samples are the sound's own."""
    last: int = 1000
    """Bytes at the end without which sound is missing, and so it shows."""
    summed: bool = False
    """Whether it has checksums, by which damage in the middle shows."""


def by_libsndfile(kind: str, subtype: str, name: str = "", **facts: bool) -> Form:
    return Form(kind, (name or kind.upper(), subtype), **facts)  # type: ignore[arg-type]


def by_ffmpeg(kind: str, *options: str, last: int = 1000, **facts: bool) -> Form:
    return Form(kind, None, options, last=last, **facts)


PCM_24 = ("-c:a", "pcm_s24le")
FORMS = {
    "16.wav": by_libsndfile("WAV", "PCM_16"),
    "float.wav": by_libsndfile("WAV", "FLOAT", exact=True),
    "double.wav": by_libsndfile("WAV", "DOUBLE", exact=True),
    "a-law.wav": by_libsndfile("WAV", "ALAW"),
    "adpcm.wav": by_libsndfile("WAV", "MS_ADPCM"),
    "extensible.wav": by_ffmpeg("WAV", *PCM_24, exact=True),
    "24.rf64": by_libsndfile("RF64", "PCM_24", exact=True),
    "ffmpeg-rf64.wav": by_ffmpeg("RF64", *PCM_24, "-rf64", "always", exact=True),
    "24.w64": by_libsndfile("W64", "PCM_24", exact=True),
    "ffmpeg.w64": by_ffmpeg("W64", *PCM_24, exact=True),
    "24.aiff": by_libsndfile("AIFF", "PCM_24", exact=True),
    "float.aifc": by_ffmpeg("AIFF", "-c:a", "pcm_f32be", "-f", "aiff", exact=True),
    "24.au": by_libsndfile("AU", "PCM_24", exact=True),
    "24.caf": by_libsndfile("CAF", "PCM_24", exact=True),
    "ffmpeg.caf": by_ffmpeg("CAF", "-c:a", "pcm_s24be", exact=True),
    "alac.caf": by_libsndfile("CAF", "ALAC_24", exact=True),
    "24.flac": by_libsndfile("FLAC", "PCM_24", exact=True, summed=True),
    "8.flac": by_libsndfile("FLAC", "PCM_S8", summed=True),
    "vorbis.ogg": by_libsndfile("Ogg", "VORBIS", "OGG", summed=True),
    "flac.oga": by_ffmpeg(
        "Ogg", "-c:a", "flac", "-sample_fmt", "s32", "-f", "ogg", exact=True, summed=True
    ),
    "libsndfile.mp3": by_libsndfile("MP3", "MPEG_LAYER_III", summed=True),
    "ffmpeg.mp3": by_ffmpeg("MP3", "-c:a", "libmp3lame", summed=True),
    "no-header.mp3": by_ffmpeg("MP3", "-c:a", "libmp3lame", "-write_xing", "0", last=10),
    "layer-2.mp2": by_ffmpeg("MP3", "-c:a", "mp2", last=10),
    "aac.m4a": by_ffmpeg("MP4", "-c:a", "aac", last=1),
    "fast.m4a": by_ffmpeg("MP4", "-c:a", "aac", "-movflags", "+faststart", last=1),
    "fragments.mp4": by_ffmpeg("MP4", "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov"),
    "alac.m4a": by_ffmpeg("MP4", "-c:a", "alac", "-sample_fmt", "s32p", exact=True, last=1),
    "wmav2.wma": by_ffmpeg("WMA", "-c:a", "wmav2", last=3000),
    "adts.aac": by_ffmpeg("AAC", "-c:a", "aac", last=1),
    "ac3.ac3": by_ffmpeg("AC-3", "-c:a", "ac3", last=10, summed=True),
    "eac3.eac3": by_ffmpeg("E-AC-3", "-c:a", "eac3", last=10, summed=True),
    "vorbis.mka": by_ffmpeg("Matroska", "-c:a", "libvorbis"),
    "flac.mka": by_ffmpeg(
        "Matroska", "-c:a", "flac", "-sample_fmt", "s32", exact=True, summed=True
    ),
    "wavpack.wv": by_ffmpeg("WavPack", "-c:a", "wavpack", exact=True, summed=True),
    "true.tta": by_ffmpeg("TTA", "-c:a", "tta", "-sample_fmt", "s32", exact=True, summed=True),
}


def write(form: Form, file: Path, program: Program, samples: np.ndarray | None = None) -> None:
    """Write the sound, or other samples, as a form has it."""
    samples = sound() if samples is None else samples
    if form.libsndfile:
        name, subtype = form.libsndfile
        soundfile.write(file, samples, RATE, format=name, subtype=subtype)
        return
    file.write_bytes(encoded(program, samples, *form.ffmpeg, "-y", str(file)) or file.read_bytes())


def encoded(program: Program, samples: np.ndarray, *arguments: str) -> bytes:
    """What ffmpeg makes of samples and writes to its standard output, if anything."""
    command = [program("ffmpeg"), "-v", "error", "-f", "f32le", "-ar", str(RATE)]
    command += ["-ac", str(samples.shape[1]), "-i", "pipe:0", *arguments]
    data = samples.astype("<f4").tobytes()
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout
