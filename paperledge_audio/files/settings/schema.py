"""Keys → a JSON Schema (draft-07, which editors know best), and JSON as we write it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from paperledge_audio.files.settings.kinds import describe_table

if TYPE_CHECKING:
    from paperledge_audio.files.settings.keys import Key

WIDTH = 100
"""Characters: what fits into a line stands on one."""


def make_schema(
    keys: tuple[Key, ...], *, name: str, title: str, description: str, nullable: bool = False
) -> dict[str, Any]:
    """The schema of a document with these keys.

    `nullable`: an optional key may be given without a value, as in YAML.
    """
    table = describe_table(keys)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"urn:paperledge-audio:{name}:1",
        "title": title,
        "description": description,
        **(_allow_nothing(table) if nullable else table),
    }


def _allow_nothing(schema: Any) -> Any:
    """The same schema, with null for whatever is not required."""
    if isinstance(schema, list):
        return [_allow_nothing(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _allow_nothing(value) for key, value in schema.items()}
    if isinstance(found.get("properties"), dict):
        found["properties"] = {
            key: value if key in found["required"] else _add_null(value)
            for key, value in found["properties"].items()
        }
    return found


def _add_null(schema: dict[str, Any]) -> dict[str, Any]:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def format_json(value: Any, indent: str = "", before: int = 0) -> str:
    """JSON in which an object or a list that fits stands on one line.

    `before`: the characters before it on its line.

    >>> format_json({"a": [1, 2]})
    '{"a": [1, 2]}'
    """
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + before + len(line) < WIDTH or not isinstance(value, dict | list) or not value:
        return line
    inner = f"{indent}  "
    if isinstance(value, list):
        rows, ends = [inner + format_json(one, inner) for one in value], "[]"
    else:
        names = {key: f"{json.dumps(key, ensure_ascii=False)}: " for key in value}
        rows = [
            f"{inner}{names[key]}{format_json(one, inner, len(names[key]))}"
            for key, one in value.items()
        ]
        ends = "{}"
    return f"{ends[0]}\n" + ",\n".join(rows) + f"\n{indent}{ends[1]}"
