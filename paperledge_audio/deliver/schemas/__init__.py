"""The JSON Schemas (draft 2020-12) of the JSON files in a release, and checking against them.

They ship with the package, for uploaders and for `verify`. What a schema can't say, such as times
that ascend, `verify` checks on its own.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from paperledge_audio.files.resources import packaged_text

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

SCHEMAS = {
    ".manifest.json": "manifest",
    ".transcript.json": "transcript",
    ".chapters.json": "chapters",
}
"""What follows the slug → the schema's name: a JSON file of the release is a row."""


def schema(suffix: str) -> dict[str, Any]:
    """The schema of the file with that ending, as a JSON document."""
    text = packaged_text(__name__, f"{SCHEMAS[suffix]}.schema.json")
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def _validator(suffix: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - no render needs it

    return Draft202012Validator(schema(suffix))


def complaint(suffix: str, document: object) -> str:
    """What breaks the schema first and worst, with its place, as "episode.date: …"; "" if nothing.

    >>> complaint(".transcript.json", {"version": "1.0.0"})
    "'segments' is a required property"
    """
    from jsonschema.exceptions import best_match  # noqa: PLC0415

    error = best_match(_validator(suffix).iter_errors(document))
    if error is None:
        return ""
    place = ".".join(str(part) for part in error.absolute_path)
    what = error.message if len(error.message) <= _LONGEST else f"{error.message[:_LONGEST]}…"
    return f"{place}: {what}" if place else what


_LONGEST = 200
"""Characters: a message may quote all of a document."""
