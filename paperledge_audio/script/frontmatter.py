"""YAML front matter ↔ Episode; every error has its line."""

from __future__ import annotations

import dataclasses
import datetime
import math
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from paperledge_audio.errors import ScriptError, brief, reason, suggest
from paperledge_audio.files.reading import read_text
from paperledge_audio.files.tables import Fields, shown
from paperledge_audio.script.limits import SCRIPT
from paperledge_audio.script.model import FULL, KINDS, LONGEST_GUID, Episode, Paper
from paperledge_audio.script.moments import HOW, format_moment, parse_moment
from paperledge_audio.script.publishing import (
    LONGEST_NAME,
    MOST,
    read_chapter_links,
    read_guests,
    read_soundbites,
    write_chapter_links,
    write_guests,
    write_soundbites,
)
from paperledge_audio.script.source import decode

FENCE = "---"
TO_ADD = 'begin the file with the lines "---", "title: An Episode", "date: 2025-10-21" and "---"'
LONGEST_VALUE = 100
"""Characters of a value that an error quotes."""

_TAG = "tag:yaml.org,2002:"
_KINDS = {
    "str": "a text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "timestamp": "a date",
}
_TEXTS = {
    "title", "category", "summary", "voice", "authors", "paper.title", "paper.url", "guid", "type",
    "keywords", "image", "link", "guests",
}  # fmt: skip
_IN_LISTS = re.compile(r"(?:guests|soundbites|chapters)\.\d+\.(?:name|role|title|link|image)")
"""Keys of texts in lists of tables."""
_KEYS = {"kind": "type"}
"""Keys that are called otherwise than their fields."""
_CUT = re.compile(r"(?:(?<=\s)|(?<![ \t])[ \t]++)(\#[^\s]{0,20})")
"""What YAML takes for a remark after a text."""
_PROSE = _TEXTS - {"voice"}
_ONE_LINE = ("title", "category", "voice")


def split(text: str, path: str = "") -> tuple[str, int]:
    """The YAML between the fences, and the number of lines up to the closing fence."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise ScriptError("has no front matter", TO_ADD, path=path, line=1)
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1 : number - 1]), number
    raise ScriptError(
        "the front matter is not closed", 'add a line "---" below it', path=path, line=1
    )


def read_episode(source: str, path: str = "") -> Episode:
    """The metadata; `source` is the YAML that starts on line 2 of the file `path`."""
    table, lines = _Reader(path).read(source)
    top = Fields(table, error=ScriptError, path=path, line_of=lambda key: lines.get(key, 1))
    paper = top.table("paper")
    _check_keys(top, table, Episode)
    _check_keys(paper, table.get("paper") or {}, Paper)
    episode = Episode(
        title=top.text("title"),
        date=top.date("date", parse_moment, HOW),
        number=top.integer("number", least=1) if "number" in top else None,
        season=top.integer("season", least=1) if "season" in top else None,
        authors=top.texts("authors", ()),
        paper=Paper(title=paper.text("title", ""), url=paper.url("url", "")),
        category=top.text("category", ""),
        summary=top.text("summary", ""),
        explicit=top.flag("explicit", default=False),
        voice=top.text("voice", ""),
        title_is_guess=top.flag("title_is_guess", default=False),
        pronounce=tuple(top.mapping("pronounce").items()),
        cast=tuple(top.mapping("cast").items()),
        guid=top.line("guid", "", most=LONGEST_GUID),
        kind=top.choice("type", KINDS, FULL),
        keywords=_read_keywords(top),
        image=top.url("image", ""),
        link=top.url("link", ""),
        guests=read_guests(top),
        soundbites=read_soundbites(top),
        chapters=read_chapter_links(top),
    )
    for fields, keys in ((top, _ONE_LINE), (paper, ("title",))):
        for key in keys:
            if "\n" in fields.text(key, ""):
                raise fields.fail(key, "holds a line break", "write it on one line")
    return episode


def _read_keywords(top: Fields) -> tuple[str, ...]:
    """At most a hundred, each of at most 128 characters and without a comma, which joins them."""
    found = top.texts("keywords", ())
    if len(found) > MOST or any("," in word or len(word) > LONGEST_NAME for word in found):
        what = f"is not a list of at most {MOST} words of {LONGEST_NAME} characters without commas"
        raise top.fail("keywords", what, "write fewer, or shorter ones")
    return found


def _check_keys(fields: Fields, table: dict[str, Any], kind: type[Episode | Paper]) -> None:
    """Refuse keys that `kind` has no field for, before a misspelt one counts as missing."""
    names = [_KEYS.get(field.name, field.name) for field in dataclasses.fields(kind)]
    for key in table:
        if key not in names:
            raise fields.fail(key, "is not a known key", suggest(key, names))


def locate_key(path: str, key: str) -> dict[str, Any]:
    """Where a key such as `chapters.0.title` stands in the header of a script, for an error.

    That is the `path`, and the `line` as far as the file still says it.
    """
    line = None
    with suppress(ScriptError):
        text = read_text(Path(path), SCRIPT.largest, SCRIPT.what, error=ScriptError)
        _, lines = _Reader(path).read(split(decode(text, path), path)[0])
        line = lines.get(key) or lines.get(key.partition(".")[0])
    return {"path": path, "line": line}


class _Reader:
    """Builds plain values from YAML's nodes, which know their lines.

    PyYAML scans and composes; what a scalar stands for is read here, so that no tag makes anything.
    """

    def __init__(self, path: str) -> None:
        self._path = path or None
        self._lines: dict[str, int] = {}
        self._seen: set[int] = set()

    def read(self, source: str) -> tuple[dict[str, Any], dict[str, int]]:
        """The table, and the line of each dotted key."""
        try:
            node = yaml.SafeLoader(source).get_single_node()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise self._error(
                2 + (mark.line if mark else 0),
                f"the front matter is not YAML: {error.problem or error.context}",
                "correct it; a text with : or # in it needs quotes",
            ) from error
        except Exception as error:  # as: an escape that is no character is a ValueError
            deep = isinstance(error, RecursionError)
            why = "it is nested too deep" if deep else reason(error)
            raise self._error(2, f"the front matter is not YAML: {why}", "correct it") from error
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            raise self._error(
                2, "the front matter is not a table", "write lines like title: An Episode"
            )
        return self._mapping(node, ""), self._lines

    def _error(self, line: int, what: str, remedy: str) -> ScriptError:
        return ScriptError(what, remedy, path=self._path, line=line)

    def _mapping(self, node: yaml.MappingNode, prefix: str) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 2
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._error(line, "a key of the front matter is not a word", "correct it")
            key = self._raw(key_node, f"{prefix}a key")
            name = shown(prefix + key)
            if key in table:
                raise self._error(line, f"{name}: is given twice", "remove one of them")
            self._lines[prefix + key] = line
            table[key] = self._value(value_node, prefix + key)
        return table

    def _raw(self, node: yaml.Node, name: str) -> str:
        raw = str(node.value)
        if re.search(r"[\ud800-\udfff]", raw):
            raise self._error(
                node.start_mark.line + 2,
                f"{shown(name)}: holds a lone surrogate, which is no character",
                "write the character itself, not an escape",
            )
        return raw

    def _value(self, node: yaml.Node, key: str) -> Any:
        line, name = node.start_mark.line + 2, shown(key)
        if id(node) in self._seen:
            raise self._error(line, f"{name}: is an alias", "write the value itself")
        self._seen.add(id(node))
        raw = self._raw(node, key) if isinstance(node, yaml.ScalarNode) else ""
        if not _is_own(node):
            what = f"{brief(raw)} has" if raw else "has"
            raise self._error(line, f"{name}: {what} the tag {shown(node.tag)}", "remove the tag")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, f"{key}.")
        if isinstance(node, yaml.SequenceNode):
            return [
                self._value(item, f"{key}.{n}" if isinstance(item, yaml.MappingNode) else key)
                for n, item in enumerate(node.value)
            ]
        kind = node.tag.removeprefix(_TAG)
        is_plain = isinstance(node, yaml.ScalarNode) and node.style is None
        if key in _PROSE and is_plain and (cut := _CUT.match(*_rest(node))):
            raise self._error(
                line,
                f"{name}: YAML leaves out {cut[1]} and what follows it",
                "put the whole text in quotes",
            )
        if kind == "str" or not raw:
            return raw or None
        written = raw if len(raw) <= LONGEST_VALUE else f"{raw[:LONGEST_VALUE]}…"
        if key in _TEXTS or _IN_LISTS.fullmatch(key):
            raise self._error(
                line,
                f"{name}: {written} is read as {_KINDS[kind]}",
                f'put it in quotes: "{written}"',
            )
        if kind == "int" and not re.fullmatch(r"[-+]?(0|[1-9][0-9]{0,8})", raw):
            raise self._error(line, f"{name}: {written} is not a plain number", "write it as 12")
        try:
            return _READERS[kind](raw)
        except ValueError as error:
            remedy = "write a date as 2025-10-21" if kind == "timestamp" else "write it as 1.5"
            raise self._error(line, f"{name}: {written} is not {_KINDS[kind]}", remedy) from error


def _rest(node: yaml.Node) -> tuple[str, int]:
    """The source, and the place in it where a node ends."""
    mark = node.end_mark
    return str(mark.buffer), int(mark.pointer)


def _is_own(node: yaml.Node) -> bool:
    """Whether a node has the tag that it has without one being written, or says it is a text."""
    if not isinstance(node, yaml.ScalarNode):
        return node.tag == _TAG + ("map" if isinstance(node, yaml.MappingNode) else "seq")
    is_plain = node.style is None
    loader: Any = yaml.SafeLoader("")  # without types
    own = loader.resolve(yaml.ScalarNode, node.value, (is_plain, not is_plain))
    return node.tag == _TAG + "str" or (node.tag == own and node.tag.removeprefix(_TAG) in _KINDS)


def _moment(raw: str) -> datetime.date:
    try:
        return parse_moment(raw)
    except ValueError:
        if len(raw) == len("2025-10-21"):
            raise
        return datetime.datetime.fromisoformat(raw)


def _finite(raw: str) -> float:
    if not math.isfinite(number := float(raw)):
        raise ValueError("is not finite")
    return number


_READERS: dict[str, Callable[[str], Any]] = {
    "int": int,
    "float": _finite,
    "bool": lambda raw: raw.lower() in {"true", "yes", "on"},
    "null": lambda _raw: None,
    "timestamp": _moment,
}
"""What a plain scalar stands for, by the kind that YAML 1.1 takes it for; each row raises
ValueError."""


def write_episode(episode: Episode) -> str:
    """The front matter with its fences, without values that are the default."""
    paper = {"title": episode.paper.title, "url": episode.paper.url}
    values = {
        "title": episode.title,
        "title_is_guess": episode.title_is_guess,
        "number": episode.number,
        "season": episode.season,
        "date": _write_date(episode.date),
        "authors": episode.authors,
        "paper": {key: value for key, value in paper.items() if value},
        "category": episode.category,
        "summary": episode.summary,
        "explicit": episode.explicit,
        "voice": episode.voice,
        "pronounce": dict(episode.pronounce),
        "cast": dict(episode.cast),
        "guid": episode.guid,
        "type": "" if episode.kind == FULL else episode.kind,
        "keywords": episode.keywords,
        "image": episode.image,
        "link": episode.link,
        "guests": write_guests(episode.guests),
        "soundbites": write_soundbites(episode.soundbites),
        "chapters": write_chapter_links(episode.chapters),
    }
    said = {key: value for key, value in values.items() if value}
    source = yaml.dump(said, Dumper=_Indenting, sort_keys=False, allow_unicode=True, width=math.inf)
    return f"{FENCE}\n{source}{FENCE}"


def _write_date(date: datetime.date) -> datetime.date | str:
    return format_moment(date) if isinstance(date, datetime.datetime) else date


class _Indenting(yaml.SafeDumper):
    """A YAML dumper that indents lists under their keys."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        super().increase_indent(flow, indentless=False)
