"""Strict reading of settings: every key is known, every value valid, every error has its line.

Front matter, show.toml and voice profiles are read through `Fields`, so their errors have the same
words. Our own code, since pydantic's errors have no lines of a file and no suggestions for misspelt
keys, and importing it takes every command 0.14 s.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from paperledge_audio.errors import PaperledgeError, brief, raise_first, reason, suggest
from paperledge_audio.files.documents import parse_toml
from paperledge_audio.files.names import find_illegible, leads_out
from paperledge_audio.files.reading import ABSENT, no_file, read_text
from paperledge_audio.files.settings.places import Place, find_places

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

LARGEST_TOML = 1_000_000
"""Bytes: ten thousand pronunciations need half of that."""
LONGEST_NAME = 100
"""Characters of a key that is shown as it is."""
MISSPELT = 0.75
"""How like a missing key (difflib's ratio) an unread one is to be a slip of it: `hots` is, and
`artwork`, a key of its own, isn't one of `author`."""
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")
"""How tomllib says where."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Fields:
    """One table, read key by key; `done()` refuses all keys that were not read.

    `error` is the class to raise, `path` the file, `places` gives the places of dotted keys, with
    "" for what has none, `prefix` is the dotted name of this table inside the file, `within` a
    folder that must contain the files that it names. `faulty`: dotted keys whose values are known
    to be none, and were told.
    """

    def __init__(
        self,
        table: Mapping[str, Any],
        *,
        error: type[PaperledgeError],
        path: Path | str | None = None,
        places: Callable[[], Mapping[str, Place]] = dict,
        prefix: str = "",
        within: Path | None = None,
        faulty: Collection[str] = (),
    ) -> None:
        self._table = table
        self._error = error
        self.path = path
        self._places = places
        self._prefix = prefix
        self.within = within
        self._faulty = faulty
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return self._table.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        """The table's keys, for a table with free keys."""
        return iter(self._table)

    def holds_table(self, key: str) -> bool:
        """Whether the value is a table, for a key that may be a text or a table."""
        return isinstance(self._table.get(key), Mapping)

    def is_faulty(self, key: str) -> bool:
        """Whether the value is known to be none, and was told."""
        return self._prefix + key in self._faulty

    def fail(self, key: str, what: str, remedy: str = "") -> PaperledgeError:
        """The error for `key`, with its place, or that of the table around it; raise it."""
        name, places = self._prefix + key, self._places()
        known = name.removesuffix(".")
        while known and known not in places:
            known = known.rpartition(".")[0]
        line, column = places.get(known, (0, 0))
        return self._error(
            f"{shown(name)}: {what}", remedy, path=self.path, line=line, column=column
        )

    def find_line(self) -> int:
        """The line of the table, or of the one around it; 0: not known."""
        return self.fail("", "").line or 0

    def fail_missing(self, key: str) -> PaperledgeError:
        """The error for a key that must be there; raise it."""
        return self.fail(key, "is missing", f"add {key!r}")

    def _read(
        self, key: str, kind: type[T] | tuple[type, ...], kind_name: str, remedy: str = ""
    ) -> T | None:
        self._asked.add(key)
        value = self._table.get(key)
        if value is None:
            return None
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise self.fail(key, f"{_show(value)} is not {kind_name}", remedy)
        return value  # type: ignore[return-value]

    def _default(self, key: str, default: T | None) -> T:
        if default is None:
            unread = [str(name) for name in self._table if name not in self._asked]
            for name in difflib.get_close_matches(key, unread, n=1, cutoff=MISSPELT):
                raise self.fail(name, "is not a known key", suggest(name, [key]))
            raise self.fail_missing(key)
        return default

    def text(self, key: str, default: str | None = None) -> str:
        """A text without control characters; an empty one counts as missing."""
        value = self._read(key, str, "a text")
        value = None if value is None else value.strip()
        if not value:
            return self._default(key, default)
        return self._plain(key, value)

    def line(self, key: str, default: str | None = None, *, most: int | None) -> str:
        """A text on one line, of at most `most` characters."""
        value = self.text(key, default)
        if "\n" in value:
            raise self.fail(key, "holds a line break", "write it on one line")
        if most and len(value) > most:
            raise self.fail(key, f"has {len(value)} characters", f"write at most {most}")
        return value

    def _plain(self, key: str, text: str) -> str:
        if _CONTROL.search(text):
            raise self._fail_control(key, text)
        return text

    def _fail_control(self, key: str, text: str) -> PaperledgeError:
        return self.fail(key, f"{brief(text)} holds control characters", "remove them")

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        value: list[Any] | None = self._read(key, list, 'a list of texts, as ["A", "B"]')
        if value is None:
            return self._default(key, default)
        for item in value:
            if item is None or (isinstance(item, str) and not item.strip()):
                raise self.fail(key, "has an empty entry", "write something in it, or remove it")
            if not isinstance(item, str):
                raise self.fail(key, f"{_show(item)} is not a text", "put it in quotes")
        return tuple(" ".join(self._plain(key, item).split()) for item in value)

    def integer(self, key: str, default: int | None = None, *, least: int = 0) -> int:
        """A whole number of at least `least`."""
        value = self._read(key, int, "a whole number")
        if value is None:
            return self._default(key, default)
        if value < least:
            raise self.fail(key, f"{value} is below {least}")
        return value

    def number(self, key: str, default: float | None = None, *, least: float, most: float) -> float:
        """A number between `least` and `most`."""
        value = self._read(key, (int, float), "a number")
        if value is None:
            return self._default(key, default)
        number = float(value)
        if not least <= number <= most:
            raise self.fail(key, f"{value} is not between {least:g} and {most:g}")
        return number

    def flag(self, key: str, default: bool | None = None) -> bool:  # noqa: FBT001
        """True or false."""
        value = self._read(key, bool, "true or false")
        return self._default(key, default) if value is None else value

    def date(
        self,
        key: str,
        parse: Callable[[str], datetime.date] = datetime.date.fromisoformat,
        how: str = "2025-10-21",
    ) -> datetime.date:
        """A date; a text that `parse` reads counts as one.

        A time is refused unless `parse` gives it, and without a zone always. `how`: in a remedy.
        """
        value = self._read(key, (datetime.date, str), "a date", f"write it as {how}")
        if isinstance(value, str):
            try:
                value = parse(value.strip())
            except ValueError as error:
                raise self.fail(
                    key, f"{brief(value)} is not a date", f"write it as {how}"
                ) from error
        timed = isinstance(value, datetime.datetime)
        if isinstance(value, datetime.datetime) and value.tzinfo is None:
            raise self.fail(key, f"{value} holds a time without a zone", f"write it as {how}")
        if timed and parse == datetime.date.fromisoformat:
            raise self.fail(key, f"{value} holds a time", f"write it as {how}")
        return self._default(key, value)

    def url(self, key: str, default: str | None = None) -> str:
        """An http or https address."""
        value = self.text(key, default)
        if not value:
            return value
        try:
            parts = urlsplit(value)
            good = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            good = False
        if not good or re.search(r"[\s<>\"]", value):
            raise self.fail(key, f"{brief(value)} is not a web address", "write it as https://…")
        return value

    def choice(self, key: str, known: Mapping[str, Any], default: str | None = None) -> str:
        """One of the `known` names."""
        value = self.text(key, default)
        if value not in known:
            raise self.fail(key, f"{brief(value)} is unknown", suggest(value, known))
        return value

    def file(
        self, key: str, name: str, folder: Path, also: Callable[[Path], bool] = lambda _path: False
    ) -> Path:
        """The path of what `key` calls `name`, seen from `folder`: a file, or what `also` takes."""
        path = folder / name
        if why := find_illegible(name):
            raise self.fail(key, f"the name {brief(name)} {why}", "rename the file")
        if leads_out(path, self.within):
            raise self.fail(
                key,
                f"{name} is outside the repository",
                "keep it in the repository, so that old versions can be heard",
            )
        if (why := no_file(path)) and not also(path):
            what = f"there is no file {name}" if why == ABSENT else f"{name} {why}"
            raise self.fail(key, what, "correct the path, seen from that file, or remove the key")
        return path

    def table(self, key: str, short: str = "") -> Fields:
        """A table inside this one; an empty one if it is absent.

        A text in its place stands for a table with only the key `short`, if there is such a key.
        """
        kinds = (dict, str) if short else dict
        remedy = "write its keys below it, each on a line of its own"
        value: Any = self._read(key, kinds, "a table of settings", remedy) or {}
        return self._enter(key, value, short)

    def count(self, key: str) -> int:
        """How many items a list has."""
        value: list[Any] = self._read(key, list, "a list", 'begin each entry with "- "') or []
        return len(value)

    def item(self, key: str, number: int, short: str = "") -> Fields:
        """A table in a list, or a text in its place as for `table`."""
        value = self._table[key][number]
        if not isinstance(value, Mapping) and not (short and isinstance(value, str)):
            what = f"{_show(value)} is not a table of settings"
            raise self.fail(f"{key}.{number}" if len(self._table[key]) > 1 else key, what)
        return self._enter(f"{key}.{number}", value, short)

    def _enter(self, name: str, value: Mapping[str, Any] | str, short: str) -> Fields:
        return Fields(
            {short: value} if isinstance(value, str) else value,
            error=self._error,
            path=self.path,
            places=self._places,
            prefix=f"{self._prefix}{name}.",
            within=self.within,
            faulty=self._faulty,
        )

    def mapping(self, key: str) -> dict[str, str]:
        """A table of texts with free keys; the error's `others` are further faults."""
        value: dict[str, Any] = self._read(key, dict, "a table of texts") or {}
        faults = []
        for name, item in value.items():
            inner = f"{key}.{name}"
            if self.is_faulty(inner):
                continue
            if not isinstance(name, str) or not isinstance(item, str) or not item.strip():
                faults.append(self.fail(inner, f"{_show(item)} is not a text"))
            elif _CONTROL.search(name + item):
                faults.append(self._fail_control(inner, name + item))
        raise_first(faults)
        return value

    def done(self) -> None:
        """Refuse all keys that were never read, and suggest the nearest known ones."""
        raise_first(
            [
                self.fail(str(key), "is not a known key", suggest(str(key), self._asked))
                for key in self._table
                if key not in self._asked
            ]
        )


def _show(value: object) -> str:
    """A value as an error shows it."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return brief(value)


def shown(name: str) -> str:
    """A key as an error shows it."""
    return name if name.isprintable() and len(name) <= LONGEST_NAME else brief(name)


def read_toml(path: Path, error: type[PaperledgeError], within: Path | None = None) -> Fields:
    """A TOML file's top table; raises `error` if the file can't be read or is not TOML.

    With `within` the file can only name files inside that folder.
    """
    source = read_text(path, LARGEST_TOML, "a file", error=error)
    try:
        table = parse_toml(source)
    except ValueError as problem:
        why = reason(problem)
        line, column = map(int, found.groups()) if (found := _AT.search(why)) else (None, None)
        what = f"is not valid TOML: {_AT.sub('', why)}"
        remedy = "put the text in quotes" if "Invalid value" in why else "correct it"
        raise error(what, remedy, path=path, line=line, column=column) from problem
    return Fields(
        table,
        error=error,
        path=path,
        places=cache(lambda: find_places(source)),
        within=within if within and path.is_relative_to(within) else None,
    )


@contextmanager
def locate_key(path: Path, key: str) -> Iterator[None]:
    """Give our errors from inside the place of a dotted key, unless they are of another file."""
    try:
        yield
    except PaperledgeError as error:
        if error.line or error.path not in (None, str(path)):
            raise
        line, column = find_toml_place(path, key, type(error))
        raise error.located(path=str(path), line=line, column=column) from error


def find_toml_place(path: Path, key: str, error: type[PaperledgeError]) -> Place:
    """The place of a dotted key in a TOML file; zeros if it is not TOML."""
    if path.suffix != ".toml":
        return 0, 0
    return find_places(read_text(path, LARGEST_TOML, "a file", error=error)).get(key, (0, 0))
