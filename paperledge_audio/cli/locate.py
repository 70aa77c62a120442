"""paperledge locate: what is said at a time of a finished sound."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import PATH, json_option
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.errors import DeliveryError, UsageError, brief
from paperledge_audio.units import clock

if TYPE_CHECKING:
    from paperledge_audio.verify.speech import PlacedSentence

_TIMES = (
    re.compile(r"()()([0-9]{1,5}(?:\.[0-9]{1,6})?)"),
    re.compile(r"()([0-9]{1,3}):([0-5]?[0-9](?:\.[0-9]{1,6})?)"),
    re.compile(r"([0-9]{1,3}):([0-5]?[0-9]):([0-5]?[0-9](?:\.[0-9]{1,6})?)"),
)
"""Seconds, minutes and seconds, hours and both."""


@make_command(
    epilog="""\b
Examples:
  paperledge locate out/quickstart/quickstart.mp3 0:42
  paperledge locate out/quickstart/quickstart.mp3 42.5 --json"""
)
@click.argument("file", metavar="SOUND", type=PATH)
@click.argument("time", metavar="TIME")
@json_option
def command(file: Path, time: str, as_json: bool) -> None:
    """Print the script's line and the words at TIME of a finished sound.

    SOUND may be its finished folder. TIME is in seconds, or as 1:05 or 1:02:03; between two
    sentences it is the one before. Line 0 of --json is the show's own words.
    """
    found = find_sentence(file, time)
    if as_json:
        print_json({"path": str(file), "time_s": read_time(time), **asdict(found)})
        return
    place = f"line {found.line}" if found.line else "the show's words"
    say(f"{place}, {clock(found.start_s)} to {clock(found.end_s)}: {found.printed}")


def find_sentence(file: Path, time: str) -> PlacedSentence:
    """What is said at a time of a finished sound, or of the one in a folder, or last before it.

    Raises UsageError for a time that there isn't, DeliveryError for what is no release.
    """
    from paperledge_audio.deliver.folder.finished import list_sounds, read_manifest
    from paperledge_audio.files.reading import is_folder, no_file
    from paperledge_audio.verify.speech import list_sentences

    asked_s = read_time(time)
    if is_folder(file):
        first, *more = list_sounds(file)
        if more:
            raise UsageError(f"{file}: holds {len(more) + 1} finished sounds", "name one of them")
        file = first
    if why := no_file(file):
        raise DeliveryError(why, "name a finished sound, or render it", path=file)
    manifest = read_manifest(file.parent, file.stem)
    length_s = manifest["duration_s"]
    if asked_s > length_s:
        raise UsageError(f"{time} is after the end", f"the sound ends at {clock(length_s)}")
    sentences = list_sentences(file, manifest)
    if not sentences:
        raise DeliveryError("says nothing", "name another release", path=file)
    started = [one for one in sentences if one.start_s <= asked_s]
    return (started or sentences[:1])[-1]


def read_time(text: str) -> float:
    """Seconds of a time as people write it; raises UsageError for another text."""
    match = next(filter(None, (form.fullmatch(text) for form in _TIMES)), None)
    if match is None:
        raise UsageError(f"{brief(text)} is not a time", "write seconds, as 65.5, or 1:05")
    hours, minutes, seconds = match.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds)
