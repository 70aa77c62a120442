"""The kinds of values that settings have."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from paperledge_audio.errors import PaperledgeError, brief, raise_first
from paperledge_audio.files.settings.keys import (
    REQUIRED,
    Check,
    Key,
    Kind,
    gather,
    read_keys,
    sort_faults,
)
from paperledge_audio.files.tables import Fields

DAY = r"\d{4}-\d{2}-\d{2}"
"""How a date is written, as a regular expression."""


def _choose(fields: Fields, key: str, value: str, default: Any) -> Any:
    """A text, or where it is empty the default."""
    if value or default is not REQUIRED:
        return value or default
    raise fields.fail(key, "is empty", "write it")


def _read_text(fields: Fields, key: str, default: Any) -> Any:
    return _choose(fields, key, fields.text(key, ""), default)


def _read_address(fields: Fields, key: str, default: Any) -> Any:
    return _choose(fields, key, fields.url(key, ""), default)


def _read_file(fields: Fields, key: str, default: Any) -> Any:
    """A file's path. What an old commit names is not looked for, since nobody needs it."""
    name = fields.text(key, "")
    if not name:
        return _choose(fields, key, "", default)
    folder = Path(fields.path or "").parent
    return folder / name if fields.within else fields.file(key, name, folder)


TEXT = Kind("a text", {"type": "string"}, _read_text, is_text=True)
"""A text, which may have several lines."""
FLAG = Kind("true or false", {"type": "boolean"}, lambda fields, key, _: fields.flag(key))
WEB_ADDRESS = Kind(
    "a web address",
    {"type": "string", "pattern": r'^(?:https?://[^\s<>"]+)?$'},
    _read_address,
    is_text=True,
)
FILE = Kind("a file", {"type": "string"}, _read_file)
"""The name of a file that is there, seen from the settings' own file."""
TEXT_TABLE = Kind(
    "a table of texts",
    {"type": "object", "additionalProperties": {"type": "string", "pattern": r"\S"}},
    lambda fields, key, _: fields.mapping(key),
)
"""Texts with names of one's own."""


def expect_line(most: int | None = None, *, may_be_empty: bool = True) -> Kind:
    """A text on one line, of at most `most` characters; an empty one stands for the default."""

    def read(fields: Fields, key: str, default: Any) -> Any:
        value = fields.line(key, "", most=most)
        if not value and not may_be_empty:
            raise fields.fail(key, "is empty", "write it, or remove the key")
        return _choose(fields, key, value, default)

    words = f"a line of at most {most} characters" if most else "a line"
    longest = {"maxLength": most} if most else {}
    schema = {"type": "string", **({} if may_be_empty else _FULL), **longest}
    return Kind(words, schema, read, is_text=True)


_FULL = {"minLength": 1}


def expect_form(form: re.Pattern[str], what: str, how: str) -> Kind:
    """A text that is `what`, all of which matches `form`, as `how` does."""

    def read(fields: Fields, key: str, default: Any) -> Any:
        value = fields.line(key, "", most=None)
        if value and not form.fullmatch(value):
            raise fields.fail(key, f"{brief(value)} is not {what}", f"write it as {how}")
        return _choose(fields, key, value, default)

    schema = {"type": "string", "pattern": f"^(?:{_write_pattern(form)})?$"}
    return Kind(f"{what}: {how}", schema, read, is_text=True)


def _write_pattern(form: re.Pattern[str]) -> str:
    """As JSON Schema has it, whose regular expressions (ECMA-262) know no possessive quantifier."""
    return form.pattern.replace("++", "+").replace("*+", "*")


def expect_texts(most: int | None = None, longest: int | None = None, without: str = "") -> Kind:
    """A list of at most `most` texts of at most `longest` characters, `without` a sign."""

    def read(fields: Fields, key: str, default: Any) -> Any:
        value = fields.texts(key, ())
        if most and len(value) > most:
            raise fields.fail(key, f"has {len(value)} entries", f"write at most {most}")
        for one in value:
            if longest and len(one) > longest:
                what = f"an entry has {len(one)} characters"
                raise fields.fail(key, what, f"write at most {longest}")
            if without and without in one:
                raise fields.fail(
                    key, f"{brief(one)} holds {without!r}", "write it as several entries"
                )
        return value or default

    item = {"type": "string", "pattern": rf"^[^{without}]*[^\s{without}][^{without}]*$"}
    item = item if without else {"type": "string", "pattern": r"\S"}
    schema = {
        "type": "array",
        "items": {**item, **({"maxLength": longest} if longest else {})},
        **({"maxItems": most} if most else {}),
    }
    limits = f" of at most {longest} characters" if longest else ""
    limits += f" without {without!r}" if without else ""
    return Kind(
        f"a list of {f'at most {most} ' if most else ''}texts{limits}", schema, read, is_text=True
    )


def expect_whole(least: int) -> Kind:
    """A whole number of at least `least`."""
    return Kind(
        f"a whole number from {least}",
        {"type": "integer", "minimum": least},
        lambda fields, key, _: fields.integer(key, least=least),
    )


def expect_number(least: float, most: float) -> Kind:
    """A number between `least` and `most`."""
    return Kind(
        f"a number from {least:g} to {most:g}",
        {"type": "number", "minimum": least, "maximum": most},
        lambda fields, key, _: fields.number(key, least=least, most=most),
    )


def expect_date(
    parse: Callable[[str], datetime.date] = datetime.date.fromisoformat,
    form: str = DAY,
    how: str = "2025-10-21",
) -> Kind:
    """A day, or what else `parse` reads, which matches `form`, as `how` does."""
    return Kind(
        f"a date: {how}",
        {"type": "string", "pattern": f"^(?:{form})$"},
        lambda fields, key, _: fields.date(key, parse, how),
    )


def expect_choice(known: Mapping[str, str]) -> Kind:
    """One of the `known` words; each has its meaning."""

    def read(fields: Fields, key: str, default: Any) -> Any:
        if not fields.text(key, ""):
            return _choose(fields, key, "", default)
        return fields.choice(key, known)

    words = "; ".join(f"`{word}`: {means}" for word, means in known.items())
    return Kind(words, {"enum": list(known)}, read, is_text=True)


def expect_table(keys: tuple[Key, ...], check: Check | None = None, short: str = "") -> Kind:
    """A table with these keys; a text in its place stands for its key `short`, if there is one."""

    def read(fields: Fields, key: str, _default: Any) -> Any:
        return read_keys(fields.table(key, short), keys, check)

    schema = describe_table(keys)
    if short:
        alone = next(key for key in keys if key.name == short)
        schema = {"anyOf": [describe_key(alone), schema]}
    words = f"a table, or its `{short}` alone" if short else "a table"
    return Kind(words, schema, read, keys, is_text=bool(short))


def expect_named(kind: Kind, form: re.Pattern[str], what: str, how: str, most: int) -> Kind:
    """A table of at most `most` values of one kind with names of one's own.

    A name is `what`, and all of it matches `form`; `how`: in a remedy.
    """

    def read(fields: Fields, key: str, _default: Any) -> Any:
        table, faults = fields.table(key), list[PaperledgeError]()
        if len(names := list(table)) > most:
            raise fields.fail(key, f"has {len(names)} entries", f"keep at most {most}")
        found = {}
        for name in names:
            with gather(faults):
                if not form.fullmatch(name):
                    raise table.fail(name, f"is not {what}", how)
                found[name] = kind.read(table, name, REQUIRED)
        raise_first(sort_faults(faults))
        return found

    schema = {
        "type": "object",
        "propertyNames": {"pattern": f"^(?:{_write_pattern(form)})$"},
        "additionalProperties": kind.schema,
        "maxProperties": most,
    }
    return Kind(
        f"a table: each key {what}, each value {kind.words}", schema, read, kind.keys, kind.is_text
    )


def expect_list(table: Kind, most: int, unique: str = "", short: str = "") -> Kind:
    """A list of at most `most` tables, each with another value of its key `unique`.

    `short`: as of the table. Each table that is found has its line, too.
    """

    def read(fields: Fields, key: str, _default: Any) -> Any:
        if (length := fields.count(key)) > most:
            raise fields.fail(key, f"has {length} entries", f"write at most {most}")
        found: list[dict[str, Any]] = []
        faults: list[PaperledgeError] = []
        known: set[Any] = set()
        for number in range(length):
            with gather(faults):
                one = fields.item(key, number, short)
                values = read_keys(one, table.keys)
                if unique and values[unique] in known:
                    raise one.fail(unique, "is given twice", "remove one of them")
                known.add(values.get(unique))
                found.append({**values, "line": one.find_line()})
        raise_first(sort_faults(faults))
        return found

    words = "a list of tables" + (f", or of `{short}` alone" if short else "")
    schema = {"type": "array", "items": table.schema, "maxItems": most}
    return Kind(words, schema, read, table.keys, table.is_text)


def list_keys(keys: tuple[Key, ...], above: str = "") -> Iterator[tuple[str, Key]]:
    """Each key, with its dotted name, and those of the tables in them."""
    for key in keys:
        yield above + key.name, key
        yield from list_keys(key.kind.keys, f"{above}{key.name}.")


def describe_table(keys: tuple[Key, ...]) -> dict[str, Any]:
    """The JSON Schema of a table with these keys and no others."""
    needs = {key.name: [key.needs] for key in keys if key.needs}
    return {
        "type": "object",
        "properties": {key.name: describe_key(key) for key in keys},
        "required": [key.name for key in keys if key.is_required],
        "additionalProperties": False,
        **({"dependencies": needs} if needs else {}),
    }


def describe_key(key: Key) -> dict[str, Any]:
    """The JSON Schema of a key's value, with what it is for."""
    found = {"description": key.says, **key.kind.schema}
    if key.is_required and found.get("type") == "string":
        found = {**found, **_FULL}
    if isinstance(key.default, str | int | float) and key.default != "":
        found["default"] = key.default
    return found
