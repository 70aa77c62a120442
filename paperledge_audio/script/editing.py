"""Changes of a script's header that leave everything else as it is."""

from __future__ import annotations

import sys

import yaml

from paperledge_audio.errors import ScriptError
from paperledge_audio.script.frontmatter import split
from paperledge_audio.script.parsing import parse

TABLE = "pronounce"


def set_pronunciation(text: str, word: str, said: str, path: str = "") -> str:
    """The script `text` with an entry for `word` under `pronounce:` in its header."""
    return set_entry(text, TABLE, word, said, path)


def set_entry(text: str, table: str, key: str, value: str, path: str = "") -> str:
    """The script `text` with `key: value` under `table`, one of its header's tables of texts.

    Raises ScriptError for a script that can't be read, or whose header can't take a line.
    """
    before = dict(getattr(parse(text.encode(), path).episode, table))
    ending = "\r\n" if "\r\n" in text else "\n"
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    header, _ = split(plain, path)
    lines = header.split("\n")
    place, indent, replaced = _find_place(header, table, key)
    entry = _write_entry(key, value)
    added = [" " * (indent or 2) + entry]
    if indent is None:
        added.insert(0, f"{table}:")
    lines[place : place + replaced] = added
    changed = plain.replace(header, "\n".join(lines), 1).replace("\n", ending)
    try:
        after = dict(getattr(parse(changed.encode(), path).episode, table))
    except ScriptError:  # as: the table stands in braces on one line
        after = {}
    if after != before | {key: value}:
        raise ScriptError(
            f"an entry can't be added under {table}",
            f"write it there by hand: {entry}",
            path=path or None,
        )
    return "\ufeff" * text.startswith("\ufeff") + changed


def _write_entry(key: str, value: str) -> str:
    """One line of YAML; PyYAML by itself puts a key of more than 128 characters on two."""
    entry = yaml.safe_dump({key: value}, allow_unicode=True, width=sys.maxsize).rstrip("\n")
    if "\n" not in entry:
        return entry
    name, said = (
        yaml.safe_dump(text, allow_unicode=True, width=sys.maxsize, default_style='"').rstrip("\n")
        for text in (key, value)
    )
    return f"{name}: {said}"


def _find_place(header: str, table: str, word: str) -> tuple[int, int | None, int]:
    """Where the entry goes: its line, its indent (None without a table), the lines it replaces."""
    root = yaml.compose(header, yaml.SafeLoader)
    lines = len(header.rstrip("\n").split("\n")) if header.strip() else 0
    for key, found in root.value if root else ():
        if key.value != table or not isinstance(found, yaml.MappingNode) or not found.value:
            continue
        for name, value in found.value:
            if name.value == word and value.start_mark.line == value.end_mark.line:
                return name.start_mark.line, name.start_mark.column, 1
        last, value = found.value[-1]
        return value.start_mark.line + 1, last.start_mark.column, 0
    return lines, None, 0
