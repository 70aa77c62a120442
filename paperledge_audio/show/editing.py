"""Changes of show.toml, or of a voice's profile, that leave remarks and order as they are."""

from __future__ import annotations

from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable

from paperledge_audio.errors import ShowError, map_errors


def set_toml_value(source: str, table: str, key: str, value: str, path: Path) -> str:
    """The TOML `source` of `path` with `key = value` in a top-level table, added if need be.

    Raises ShowError for what is not TOML, or where `table` is something else.
    """
    with map_errors(
        ShowError, "is not TOML", "correct it", foreign=(TOMLKitError, RecursionError), path=path
    ):
        document = tomlkit.parse(source)
    found = document.setdefault(table, tomlkit.table())
    if not isinstance(found, AbstractTable | dict):
        raise ShowError(f"{table} is not a table", f"write it as [{table}]", path=path)
    found[key] = value
    return tomlkit.dumps(document)
