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
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from paperledge_audio.errors import PaperledgeError, brief, map_errors, suggest
from paperledge_audio.files.documents import parse_toml
from paperledge_audio.files.names import find_illegible, leads_out
from paperledge_audio.files.reading import ABSENT, no_file, read_text

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
LineOf = Callable[[str], int | None]
"""A dotted key, such as `paper.url`, → its line (from 1), if known."""

LARGEST_TOML = 1_000_000
"""Bytes: ten thousand pronunciations need half of that."""
LONGEST_NAME = 100
"""Characters of a key that is shown as it is."""
MISSPELT = 0.75
"""How like a missing key (difflib's ratio) an unread one is to be a slip of it: `hots` is, and
`artwork`, a key of its own, isn't one of `author`."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Fields:
    """One table, read key by key; `done()` refuses all keys that were not read.

    `error` is the class to raise, `path` the file, `line_of` finds a key's line, `prefix` is the
    dotted name of this table inside the file, `within` a folder that must contain the files that
    it names.
    """

    def __init__(
        self,
        table: Mapping[str, Any],
        *,
        error: type[PaperledgeError],
        path: Path | str | None = None,
        line_of: LineOf = lambda _key: None,
        prefix: str = "",
        within: Path | None = None,
    ) -> None:
        self._table = table
        self._error = error
        self._path = path
        self._line_of = line_of
        self._prefix = prefix
        self.within = within
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return self._table.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        """The table's keys, for a table with free keys."""
        return iter(self._table)

    def holds_table(self, key: str) -> bool:
        """Whether the value is a table, for a key that may be a text or a table."""
        return isinstance(self._table.get(key), Mapping)

    def fail(self, key: str, what: str, remedy: str = "") -> PaperledgeError:
        """The error for `key`, with its file and its line, or its table's; raise it."""
        name, table = self._prefix + key, self._prefix.removesuffix(".")
        line = self._line_of(name) or (self._line_of(table) if table else None)
        line = line or self._line_of(name.partition(".")[0])
        return self._error(f"{shown(name)}: {what}", remedy, path=self._path, line=line)

    def _read(self, key: str, kind: type[T] | tuple[type, ...], kind_name: str) -> T | None:
        self._asked.add(key)
        value = self._table.get(key)
        if value is None:
            return None
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise self.fail(key, f"{brief(value)} is not {kind_name}")
        return value  # type: ignore[return-value]

    def _default(self, key: str, default: T | None) -> T:
        if default is None:
            unread = [str(name) for name in self._table if name not in self._asked]
            for name in difflib.get_close_matches(key, unread, n=1, cutoff=MISSPELT):
                raise self.fail(name, "is not a known key", suggest(name, [key]))
            raise self.fail(key, "is missing", f"add {self._prefix + key!r}")
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
            raise self.fail(key, f"{brief(text)} holds control characters", "remove them")
        return text

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        value: list[Any] | None = self._read(key, list, 'a list of texts, as ["A", "B"]')
        if value is None:
            return self._default(key, default)
        if not all(isinstance(item, str) and item.strip() for item in value):
            raise self.fail(key, f"{brief(value)} is not a list of texts", "put each one in quotes")
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
        value = self._read(key, (datetime.date, str), "a date like 2025-10-21")
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
            raise self.fail(key, what, "correct the path or remove the key")
        return path

    def table(self, key: str) -> Fields:
        """A table inside this one; an empty one if it is absent."""
        value: dict[str, Any] | None = self._read(key, dict, "a table of settings")
        return Fields(
            value or {},
            error=self._error,
            path=self._path,
            line_of=self._line_of,
            prefix=f"{self._prefix}{key}.",
            within=self.within,
        )

    def tables(
        self, key: str, known: Collection[str], *, short: str = "", most: int
    ) -> list[Fields]:
        """A list of at most `most` tables with no keys but the `known` ones.

        A text in it stands for a table that has only the key `short`, if there is such a key.
        """
        value: list[Any] = self._read(key, list, "a list") or []
        if len(value) > most:
            raise self.fail(key, f"has {len(value)} entries", f"write at most {most}")
        found = []
        for number, item in enumerate(value):
            table = {short: item} if short and isinstance(item, str) else item
            if not isinstance(table, Mapping):
                raise self.fail(key, f"{brief(item)} is not a table of settings")
            one = Fields(
                table,
                error=self._error,
                path=self._path,
                line_of=self._line_of,
                prefix=f"{self._prefix}{key}.{number}.",
                within=self.within,
            )
            for name in table:
                if name not in known:
                    raise one.fail(str(name), "is not a known key", suggest(str(name), known))
            found.append(one)
        return found

    def mapping(self, key: str) -> dict[str, str]:
        """A table of texts with free keys."""
        value: dict[str, Any] = self._read(key, dict, "a table of texts") or {}
        for name, item in value.items():
            if not isinstance(name, str) or not isinstance(item, str) or not item.strip():
                raise self.fail(f"{key}.{name}", f"{brief(item)} is not a text")
            self._plain(f"{key}.{name}", name + item)
        return value

    def done(self) -> None:
        """Refuse keys that were never read, and suggest the nearest known one."""
        for key in self._table:
            if key not in self._asked:
                raise self.fail(str(key), "is not a known key", suggest(str(key), self._asked))


def shown(name: str) -> str:
    """A key as an error shows it."""
    return name if name.isprintable() and len(name) <= LONGEST_NAME else brief(name)


def read_toml(path: Path, error: type[PaperledgeError], within: Path | None = None) -> Fields:
    """A TOML file's top table; raises `error` if the file can't be read or is not TOML.

    With `within` the file can only name files inside that folder.
    """
    source = read_text(path, LARGEST_TOML, "a file", error=error)
    with map_errors(error, "is not valid TOML", "correct it", foreign=(ValueError,), path=path):
        table = parse_toml(source)
    return Fields(
        table,
        error=error,
        path=path,
        line_of=make_line_finder(source),
        within=within if within and path.is_relative_to(within) else None,
    )


def make_line_finder(source: str) -> LineOf:
    """A function that finds a dotted key's line in TOML text."""

    def line_of(name: str) -> int | None:
        inside = ""
        for number, line in enumerate(source.splitlines(), 1):
            if header := re.match(r"\s*+\[{1,2}+\s*+([^\]\s]++)\s*+\]", line):
                if header[1] == name:
                    return number
                inside = f"{header[1]}."
            elif "=" in line and name.startswith(inside):
                key = line.partition("=")[0].strip().strip("\"'")
                if key == name.removeprefix(inside):
                    return number
        return None

    return line_of


def find_toml_line(path: Path, key: str, error: type[PaperledgeError]) -> int | None:
    """The line of a dotted key in a TOML file; None if it is not TOML."""
    if path.suffix != ".toml":
        return None
    return make_line_finder(read_text(path, LARGEST_TOML, "a file", error=error))(key)
