"""Finding and running ffmpeg and ffprobe."""

from __future__ import annotations

import errno
import json
import logging
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from typing import IO, TYPE_CHECKING, Any

from paperledge_audio.errors import DeliveryError, MissingError, SoundError, map_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

log = logging.getLogger(__name__)

INSTALL = "brew install ffmpeg" if sys.platform == "darwin" else "apt-get install ffmpeg"
"""On macOS, and on Debian or Ubuntu."""
EXACT = "movie_timescale"
"""The option of ffmpeg 5 by which an edit list counts in samples."""
QUIET = ("-v", "error")
_BOUNDED = ("-max_alloc", "200000000")
"""Bytes that ffmpeg may take for one thing; whatever a file says, no sound needs more."""
_FULL = os.strerror(errno.ENOSPC)
_ENOUGH_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Stream:
    """The sound in a file, as ffprobe describes it."""

    codec: str
    rate: int
    channels: int
    frames: int
    """With the edit list applied; 0 if the file doesn't state it."""
    exact: bool
    """Whether the file states frames; else their number is derived from a time or a size."""


def find_program(name: str, purpose: str, *, path: Path | None = None) -> str:
    """Where `name` (ffmpeg or ffprobe) is; raises MissingError where it isn't."""
    found = shutil.which(name)
    if found is None:
        raise MissingError(f"{purpose} needs {name}", INSTALL, path=path)
    return found


def check_machine(purpose: str) -> str:
    """The version; raises MissingError unless ffmpeg 5 or later and its ffprobe are there."""
    program, _ = find_program("ffmpeg", purpose), find_program("ffprobe", purpose)
    version = read_version(program)
    if f"-{EXACT} " not in _ask(program, "-h", "muxer=ipod"):
        raise MissingError(f"{purpose} needs ffmpeg 5 or later, and this is {version}", INSTALL)
    return version


def read_version(ffmpeg: str) -> str:
    """The program's name and version, such as "ffmpeg 5.1.9-0+deb12u1"."""
    words = [*_ask(ffmpeg, "-version").split(), "?", "?", "?"]
    return f"{words[0]} {words[2]}"


@cache
def _ask(ffmpeg: str, *arguments: str) -> str:
    return _run([ffmpeg, "-hide_banner", *arguments]).stdout.decode("utf-8", "replace")


def _run(command: list[str], **streams: Any) -> subprocess.CompletedProcess[bytes]:
    log.info("runs %s", shlex.join(command))
    with _map_start_errors():
        return subprocess.run(command, **streams or {"capture_output": True}, check=False)


def _map_start_errors() -> AbstractContextManager[None]:
    """For the start of a program; raises MissingError where the system can't start it."""
    return map_errors(MissingError, "ffmpeg can't be started", INSTALL)


def probe(path: Path, demuxer: str = "") -> Stream:
    """The first stream of sound in a file; raises SoundError where ffprobe finds none.

    `demuxer`: ffmpeg's name for the file's format; by default ffmpeg detects it.
    """
    entries = "stream=codec_name,sample_rate,channels,duration_ts,time_base"
    done = _run(
        [
            *(find_program("ffprobe", "reading it", path=path), *QUIET, *_input(demuxer)),
            *("-select_streams", "a:0", "-show_entries", entries, "-of", "json"),
            f"file:{path}",
        ]
    )
    try:
        (row,) = json.loads(done.stdout)["streams"]
        ticks = [int(part) for part in row["time_base"].split("/")]
        rate = int(row["sample_rate"])
        frames = round(row.get("duration_ts", 0) * ticks[0] * rate / ticks[1])
        return Stream(row["codec_name"], rate, row["channels"], frames, ticks == [1, rate])
    except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError) as error:
        raise SoundError(
            "is not a sound file that ffmpeg can read", "name another file", path=path
        ) from error


def decode(
    path: Path,
    to: IO[bytes],
    demuxer: str = "",
    sample: str = "f32le",
    longest_s: float | None = None,
) -> None:
    """The sound of a file as interleaved samples, at its own rate, into an open file.

    `demuxer` as with `probe`; `sample`: ffmpeg's name for how samples are written, by default
    float32. Nothing is decoded beyond `longest_s`. Raises SoundError for what can't be decoded
    without an error, OSError if the disk is full.
    """
    most = [] if longest_s is None else ["-t", f"{longest_s:.6f}"]
    command = [
        *(find_program("ffmpeg", "reading it", path=path), *QUIET, "-nostdin"),
        *("-err_detect", "crccheck", *_input(demuxer), "-i", f"file:{path}", "-map", "0:a:0"),
        *(*most, "-c:a", f"pcm_{sample}", "-f", sample, "-"),
    ]
    with tempfile.TemporaryFile() as complaints:  # a pipe that nobody empties would stop it
        done = _run(command, stdout=to, stderr=complaints)
        said = _read_end(complaints)
    _check_room(said)
    if done.returncode != 0 or said:
        raise SoundError(
            "is cut off or damaged: ffmpeg can't decode all of it",
            "copy or save it again",
            path=path,
        )


def _input(demuxer: str) -> tuple[str, ...]:
    return (*_BOUNDED, "-f", demuxer) if demuxer else _BOUNDED


def encode(arguments: Sequence[str], pieces: Iterable[bytes], path: Path) -> None:
    """Feed `pieces` to ffmpeg's standard input; it writes `path` as the arguments say.

    Raises DeliveryError with ffmpeg's last line if it fails, OSError if the disk is full.
    """
    program = find_program("ffmpeg", f"writing {path.suffix[1:].upper()}")
    command = [program, *QUIET, "-y", *arguments, f"file:{path}"]
    log.info("runs %s", shlex.join(command))
    with tempfile.TemporaryFile() as complaints:
        with _map_start_errors():
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=complaints)
        with process as running:
            if running.stdin is None:
                raise AssertionError("it was asked for")
            try:
                for piece in pieces:
                    running.stdin.write(piece)
                running.stdin.close()
            except BrokenPipeError:
                pass  # it ended early, and says why
        said = _read_end(complaints)
    _check_room(said)
    if running.returncode != 0:
        last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise DeliveryError(f"ffmpeg could not encode: {last or running.returncode}")


def _read_end(complaints: IO[bytes]) -> bytes:
    """The last of what ffmpeg said; there may be any amount of it."""
    complaints.seek(max(complaints.seek(0, os.SEEK_END) - _ENOUGH_BYTES, 0))
    return complaints.read()


def _check_room(said: bytes) -> None:
    if _FULL.encode() in said:
        raise OSError(errno.ENOSPC, _FULL)
