"""The sentences of a finished release: where each sounds, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.folder.finished import read_json
from paperledge_audio.deliver.schemas import find_violation
from paperledge_audio.errors import DeliveryError
from paperledge_audio.spoken.readings import PLAIN, READINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

TRANSCRIPT = ".transcript.json"


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A printed word in the finished sound."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class PlacedSentence:
    """A segment of the script in the finished sound."""

    line: int
    """The script's line; 0 for the show's own words."""
    start_s: float
    end_s: float
    printed: str
    said: str
    """The spoken text, with given phonemes as `[word](/phonemes/)`."""
    chosen: bool = False
    """Whether somebody heard it and chose that it is said this way."""
    voice: str = ""
    reading: str = PLAIN
    """Of the engine; a row of `READINGS`, or plain."""
    pace: float | None = None
    """The script's, as a factor; None where it is not known."""
    words: tuple[PlacedWord, ...] = ()
    """Those that are said."""

    @property
    def spoken_by(self) -> tuple[str, bool]:
        """The voice, and whether the engine of its other quality speaks."""
        reading = READINGS.get(self.reading)
        return self.voice, bool(reading and reading.by_other_engine)


def list_sentences(file: Path, manifest: Mapping[str, Any]) -> tuple[PlacedSentence, ...]:
    """All that is said in a sound, from its manifest and the transcript beside it.

    A release of an older version doesn't say how its text is spoken: then that is the printed text.
    Raises DeliveryError where the transcript can't be read or belongs to another manifest.
    """
    path = file.with_suffix(TRANSCRIPT)
    transcript = read_json(path)
    if wrong := find_violation(TRANSCRIPT, transcript):
        raise DeliveryError(f"breaks its schema: {wrong}", "render it again", path=path)
    printed = {round(row["startTime"] * 1000): row for row in transcript["segments"]}
    found = []
    for row in manifest["segments"]:
        shown = printed.get(round(row["start_s"] * 1000))
        if shown is not None and row["end_s"] > row["start_s"]:
            text = shown["body"]
            said = row.get("said", text)
            times = (row["start_s"], row["end_s"])
            about = (row.get("chosen", False), row["voice"], row.get("reading", PLAIN))
            words, pace = tuple(_list_words(shown)), row.get("pace")
            found.append(
                PlacedSentence(row["line"], *times, text, said, *about, pace=pace, words=words)
            )
    if len(found) != len(printed):
        raise DeliveryError("has other sentences than the manifest", "render it again", path=path)
    return tuple(found)


def _list_words(row: Mapping[str, Any]) -> Iterator[PlacedWord]:
    """The words of a transcript's row; those that aren't said have no length there."""
    for word in row["words"]:
        if word["endTime"] > word["startTime"]:
            yield PlacedWord(word["word"], word["startTime"], word["endTime"])
