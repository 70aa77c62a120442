"""The JSON Schemas (draft 2020-12) of the JSON files in a release, and checking against them.

They ship with the package, for uploaders and for `verify`, which also checks what a schema can't
express, such as ascending times. Beside them lie those of the files that people write (draft-07,
for editors), which `paperledge schema` makes of the tables of keys.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from paperledge_audio.files.resources import read_packaged_text

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

SCHEMAS = {
    ".manifest.json": "manifest",
    ".transcript.json": "transcript",
    ".chapters.json": "chapters",
}
"""A JSON file's ending → its schema's name."""


def load_schema(suffix: str) -> dict[str, Any]:
    """The schema of the file with that ending, as a JSON document."""
    return load_document_schema(SCHEMAS[suffix])


def load_document_schema(name: str) -> dict[str, Any]:
    """The schema with that name: of a file in a release, or of what a command prints, as "plan"."""
    text = read_packaged_text(__name__, f"{name}.schema.json")
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def _load_validator(suffix: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - no render needs it

    return Draft202012Validator(load_schema(suffix))


def find_violation(suffix: str, document: object) -> str:
    """The worst violation of the schema, with its place, as "episode.date: …"; "" if none.

    >>> find_violation(".transcript.json", {"version": "1.0.0"})
    "'segments' is a required property"
    """
    from jsonschema.exceptions import best_match  # noqa: PLC0415

    error = best_match(_load_validator(suffix).iter_errors(document))
    if error is None:
        return ""
    place = ".".join(str(part) for part in error.absolute_path)
    what = error.message if len(error.message) <= _LONGEST else f"{error.message[:_LONGEST]}…"
    return f"{place}: {what}" if place else what


_LONGEST = 200
"""The most characters of a message, which may quote a whole document."""
