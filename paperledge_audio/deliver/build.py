"""Edition → a short hash of everything that it is made from."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperledge_audio import __version__
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.hashing import file_sha256, sha256

if TYPE_CHECKING:
    from paperledge_audio.deliver.edition import Edition

DIGITS = 16


def hash_build(edition: Edition, sound: Path, cover: bytes) -> str:
    """Sixteen hexadecimal digits that don't depend on the show's path.

    `sound`: the encoded file before it is tagged; `cover`: the picture that goes into the tag.
    The content of the show's other files is in these two.
    """
    feed = dataclasses.replace(edition.show.feed, enclosure="")  # an address is no part of a file
    facts = {
        "version": __version__,
        "show": dataclasses.asdict(dataclasses.replace(edition.show, trailer=None, feed=feed)),
        "narrators": {name: dataclasses.asdict(one) for name, one in edition.narrators.items()},
        "settings": edition.settings,
        "script": edition.script_sha256,
        "sound": file_sha256(sound, DeliveryError),
        "cover": sha256(cover),
        "pictures": {ending: sha256(data) for ending, data in edition.pictures.items()},
    }
    text = json.dumps(_without_paths(facts), sort_keys=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:DIGITS]


def _without_paths(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _without_paths(value) if isinstance(value, dict) else value
        for name, value in facts.items()
        if not isinstance(value, Path)
    }
