"""A table of settings: what its keys are, and reading it with everything that is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from paperledge_audio.errors import PaperledgeError, raise_first, suggest
from paperledge_audio.files.tables import MISSPELT, Fields

REQUIRED: Any = object()
"""The default of a key that must be there."""
DEFAULTS: Any = object()
"""The default of a table that may be left out: those of its keys."""
MOST_FAULTS = 50
"""That are told of a file at once."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value has to be."""

    words: str
    """For a person: "a text"."""
    schema: dict[str, Any]
    """The JSON Schema (draft-07) of what is written."""
    read: Callable[[Fields, str, Any], Any]
    """The value of a key; its default where it is empty, an error where that is `REQUIRED`."""
    keys: tuple[Key, ...] = ()
    """Of the table, or of the tables in it."""
    is_text: bool = False
    """Whether it is a text, or several, whatever it looks like."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a table: one row of all that is known of it."""

    name: str
    kind: Kind
    says: str
    """What it is for, in one line."""
    example: Any = None
    """None: that of the table's keys."""
    default: Any = REQUIRED
    """The value where the key is left out."""
    needs: str = ""
    """The key without which it has no meaning."""

    @property
    def is_required(self) -> bool:
        """Whether a table without it is at fault."""
        return self.default is REQUIRED


Check = Callable[[Fields, dict[str, Any]], Iterator[PaperledgeError]]
"""What is wrong with values that don't fit together."""


def read_keys(fields: Fields, keys: tuple[Key, ...], check: Check | None = None) -> dict[str, Any]:
    """The value of each key, by its name.

    Raises the first of all faults of the table, with the rest as its `others`: unknown keys, values
    that are none, keys that are missing and, if there is none of these, what `check` finds. A
    required key isn't also missing where an unknown one looks like a slip of it.
    """
    faults: list[PaperledgeError] = []
    names = [key.name for key in keys]
    unknown = [name for name in fields if name not in names][:MOST_FAULTS]
    faults += [
        fields.fail(str(name), "is not a known key", suggest(str(name), names))
        for name in unknown
        if not fields.is_faulty(str(name))
    ]
    values: dict[str, Any] = {}
    for key in keys:
        values[key.name] = key.default
        if fields.is_faulty(key.name):
            continue
        with gather(faults):
            if key.name in fields or key.default is DEFAULTS:
                values[key.name] = key.kind.read(fields, key.name, key.default)
                if key.needs and key.needs not in fields:
                    raise fields.fail(
                        key.name, f"needs {key.needs}", f"add {key.needs}, or remove it"
                    )
            elif key.is_required and not difflib.get_close_matches(
                key.name, map(str, unknown), n=1, cutoff=MISSPELT
            ):
                raise fields.fail_missing(key.name)
    if check and not faults:
        faults += check(fields, values)
    raise_first(sort_faults(faults))
    return values


@contextmanager
def gather(faults: list[PaperledgeError]) -> Iterator[None]:
    """Add an error from inside, and its others, to `faults`, and go on."""
    try:
        yield
    except PaperledgeError as error:
        faults += error.all


def read_each(reads: Mapping[str, Callable[[], Any]], *tables: Fields) -> dict[str, Any]:
    """What each call reads, by its name.

    Raises the first of all faults, with the rest as its `others`; then those are unknown keys, too,
    that no call has read in `tables`.
    """
    faults: list[PaperledgeError] = []
    found = {}
    for name, read in reads.items():
        with gather(faults):
            found[name] = read()
    for table in tables:
        with gather(faults):
            table.done()
    raise_first(sort_faults(faults))
    return found


def sort_faults(faults: list[PaperledgeError]) -> list[PaperledgeError]:
    """Faults of one file in the order of their places, each once; what is missing has none.

    Of more than `MOST_FAULTS` the last one says that there are more.
    """
    placed = sorted(faults, key=lambda one: (not one.column, one.line or 0, one.column or 0))
    found = list({str(fault): fault.located(others=()) for fault in placed}.values())
    if len(found) > MOST_FAULTS:
        last = found[MOST_FAULTS - 1]
        found[MOST_FAULTS - 1] = last.located(what="has more faults", remedy="correct these first")
    return found[:MOST_FAULTS]
