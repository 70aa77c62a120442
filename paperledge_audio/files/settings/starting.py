"""Keys → a TOML file to begin with: some are set, and all others stand there as examples."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import tomli_w

from paperledge_audio.files.settings.reference import find_tables, is_table, show_default

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from paperledge_audio.files.settings.keys import Key

WIDTH = 100
"""Characters of a remark's line."""


def compose_start(keys: tuple[Key, ...], values: Mapping[str, Any]) -> str:
    """The file, in which `values`, by dotted names, are set.

    A remark above each key says what it is for, its type and its default. An example begins with
    `#` and no space; so does the head of a table that can't be empty.
    """
    lines = [*_write_keys(keys, "", values)]
    for name, table in find_tables(keys):
        lines += ["", *_remark(table.says)]
        if isinstance(table.example, dict):  # its names are free
            lines.append(f"[{name}]")
            lines += [f"#{_write(one, value)}" for one, value in table.example.items()]
        else:
            needed = any(key.is_required for key in table.kind.keys)
            lines.append(f"#[{name}]" if needed else f"[{name}]")
            lines += _write_keys(table.kind.keys, f"{name}.", values)
    return "\n".join(lines)


def _write_keys(keys: tuple[Key, ...], above: str, values: Mapping[str, Any]) -> Iterator[str]:
    for key in keys:
        if is_table(key):
            continue
        yield from _remark(_describe(key))
        if above + key.name in values:
            yield _write(key.name, values[above + key.name])
        else:
            yield f"#{_write(key.name, key.example)}"


def _describe(key: Key) -> str:
    default = "" if key.is_required else show_default(key).strip("`")
    parts = [
        key.says,
        f"needs {key.needs}" if key.needs else "",
        key.kind.words,
        f"default: {default}" if default else "",
    ]
    return "; ".join(filter(None, parts))


def _remark(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="# ",
        subsequent_indent="# ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _write(name: str, value: Any) -> str:
    """A key and its value on one line; a table's values in braces."""
    if isinstance(value, dict):
        start = tomli_w.dumps({name: 0}).removesuffix("0\n")
        return f"{start}{{ {', '.join(_write(*one) for one in value.items())} }}"
    return tomli_w.dumps({name: value}).rstrip("\n")
