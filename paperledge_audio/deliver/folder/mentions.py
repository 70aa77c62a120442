"""Finds where a finished release says a word, from its transcript and its manifest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.folder.finished import MANIFEST, read_json, read_manifest
from paperledge_audio.deliver.schemas import find_violation
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.reading import is_there, list_folder, real_path
from paperledge_audio.spoken.lexicon.mentions import find_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRANSCRIPT = ".transcript.json"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that says a word."""

    line: int
    """The script's line; 0 for the show's own words."""
    start_s: float | None
    """When, in seconds from the start of the release; None for what is not rendered."""
    text: str
    """The sentence."""


def list_releases(folder: Path) -> tuple[Path, ...]:
    """The releases in `folder`, which may be one itself.

    Raises DeliveryError if it can't be read.
    """
    places = (folder, *list_folder(folder, DeliveryError))
    return tuple(place for place in places if is_there(place / (real_path(place).name + MANIFEST)))


def find_said(folder: Path, word: str) -> Iterator[Mention]:
    """Where the release in `folder` says the printed `word`, in order.

    Raises DeliveryError where its manifest or transcript is missing or breaks its schema.
    """
    slug = real_path(folder).name
    lines = {
        round(row["start_s"], 3): row["line"] for row in read_manifest(folder, slug)["segments"]
    }
    file = folder / (slug + TRANSCRIPT)
    document = read_json(file)
    if wrong := find_violation(TRANSCRIPT, document):
        raise DeliveryError(f"breaks its schema: {wrong}", "render it again", path=file)
    for row in document["segments"]:
        starts = [*_place_words(row)]
        for offset in find_mentions(row["body"], word):
            start_s = max((at for at in starts if at[0] <= offset), default=(0, row["startTime"]))[
                1
            ]
            yield Mention(lines.get(round(row["startTime"], 3), 0), start_s, row["body"])


def _place_words(row: dict[str, Any]) -> Iterator[tuple[int, float]]:
    """Each word's offset in the sentence, and when it starts."""
    place = 0
    for word in row["words"]:
        found = row["body"].find(word["word"], place)
        if found >= 0:
            yield found, word["startTime"]
            place = found + len(word["word"])
