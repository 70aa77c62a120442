"""YAML front matter ↔ Episode; every error has its line."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from typing import Any

import yaml

from paperledge_audio.errors import PaperledgeError, ScriptError, brief, raise_first, reason
from paperledge_audio.files.settings.keys import gather, read_keys, sort_faults
from paperledge_audio.files.settings.kinds import list_keys
from paperledge_audio.files.settings.places import Place
from paperledge_audio.files.tables import Fields, shown
from paperledge_audio.script.keys import HEADER
from paperledge_audio.script.model import FULL, Episode, Paper
from paperledge_audio.script.moments import format_moment, parse_moment
from paperledge_audio.script.publishing import (
    make_chapter_links,
    make_guests,
    make_soundbites,
    write_chapter_links,
    write_guests,
    write_soundbites,
)

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
_TEXTS = {name for name, key in list_keys(HEADER) if key.kind.is_text}
_NUMBER = re.compile(r"\.\d+(?=\.)")
"""That of an item, in a dotted key."""
_CUT = re.compile(r"(?:(?<=\s)|(?<![ \t])[ \t]++)(\#[^\s]{0,20})")
"""What YAML takes for a remark after a text."""
_PROSE = _TEXTS - {"voice"}


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
    """The metadata; `source` is the YAML that starts on line 2 of the file `path`.

    Raises ScriptError with the place of what is wrong, and all else as its `others`.
    """
    reader = _Reader(path)
    top = Fields(
        reader.read(source),
        error=ScriptError,
        path=path,
        places=lambda: reader.places,
        faulty=reader.faulty,
    )
    found: dict[str, Any] = {}
    with gather(reader.faults):
        found = read_keys(top, HEADER)
    raise_first(sort_faults(reader.faults))
    return Episode(
        kind=found.pop("type"),
        paper=Paper(**found.pop("paper")),
        pronounce=tuple(found.pop("pronounce").items()),
        cast=tuple(found.pop("cast").items()),
        readings=tuple(found.pop("readings").items()),
        guests=make_guests(found.pop("guests")),
        soundbites=make_soundbites(found.pop("soundbites")),
        chapters=make_chapter_links(found.pop("chapters")),
        image_line=reader.places.get("image", reader.places[""])[0],
        **found,
    )


class _Reader:
    """Builds plain values from YAML's nodes, which know their lines.

    PyYAML scans and composes; what a scalar stands for is read here, so that no tag makes anything.
    """

    def __init__(self, path: str) -> None:
        self._path = path or None
        self._seen: set[int] = set()
        self.places: dict[str, Place] = {"": (1, 0)}
        """Of each dotted key; an item's has its number. What has none is in the first line."""
        self.faults: list[PaperledgeError] = []
        self.faulty: set[str] = set()
        """The dotted keys whose values are at fault."""

    def read(self, source: str) -> dict[str, Any]:
        """The table, without what is at fault."""
        try:
            node = yaml.SafeLoader(source).get_single_node()
        except yaml.MarkedYAMLError as error:
            raise self._error(
                error.problem_mark or error.context_mark,
                f"the front matter is not YAML: {error.problem or error.context}",
                "correct it; a text with : or # in it needs quotes",
            ) from error
        except Exception as error:  # as: an escape that is no character is a ValueError
            deep = isinstance(error, RecursionError)
            why = "it is nested too deep" if deep else reason(error)
            what = f"the front matter is not YAML: {why}"
            raise ScriptError(what, "correct it", path=self._path, line=2) from error
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise self._error(
                node.start_mark,
                "the front matter is not a table",
                "write lines like title: An Episode",
            )
        return self._mapping(node, "")

    def _error(self, mark: yaml.Mark | None, what: str, remedy: str) -> ScriptError:
        line, column = _find_place(mark)
        return ScriptError(what, remedy, path=self._path, line=line, column=column)

    def _mapping(self, node: yaml.MappingNode, prefix: str) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for key_node, value_node in node.value:
            with gather(self.faults):
                key = self._key(key_node, prefix)
                if key in table or prefix + key in self.faulty:
                    name = shown(prefix + key)
                    what = f"{name}: is given twice"
                    raise self._error(key_node.start_mark, what, "remove one of them")
                self.places[prefix + key] = _find_place(key_node.start_mark)
                self.faulty.add(prefix + key)
                table[key] = self._value(value_node, prefix + key)
                self.faulty.remove(prefix + key)
        return table

    def _key(self, node: yaml.Node, prefix: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            what = "a key of the front matter is not a word"
            raise self._error(node.start_mark, what, "correct it")
        return self._raw(node, f"{prefix}a key")

    def _raw(self, node: yaml.Node, name: str) -> str:
        raw = str(node.value)
        if re.search(r"[\ud800-\udfff]", raw):
            raise self._error(
                node.start_mark,
                f"{shown(name)}: holds a lone surrogate, which is no character",
                "write the character itself, not an escape",
            )
        return raw

    def _value(self, node: yaml.Node, key: str) -> Any:
        name = shown(key)
        if id(node) in self._seen:
            line, column = self.places[key]  # the node has the place of what it stands for
            what = f"{name}: is an alias"
            remedy = "write the value itself"
            raise ScriptError(what, remedy, path=self._path, line=line, column=column)
        self._seen.add(id(node))
        raw = self._raw(node, key) if isinstance(node, yaml.ScalarNode) else ""
        if not _is_own(node):
            what = f"{brief(raw)} has" if raw else "has"
            what = f"{name}: {what} the tag {shown(node.tag)}"
            raise self._error(node.start_mark, what, "remove the tag")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, f"{key}.")
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item, key, number) for number, item in enumerate(node.value)]
        return self._scalar(node, raw, key)

    def _item(self, node: yaml.Node, key: str, number: int) -> Any:
        """An item of a list; a scalar is told of by the list's name."""
        self.places[f"{key}.{number}"] = _find_place(node.start_mark)
        return self._value(node, f"{key}.{number}" if isinstance(node, yaml.MappingNode) else key)

    def _scalar(self, node: yaml.Node, raw: str, key: str) -> Any:
        name, mark = shown(key), node.start_mark
        kind, sort = node.tag.removeprefix(_TAG), _NUMBER.sub("", key)
        is_plain = isinstance(node, yaml.ScalarNode) and node.style is None
        if sort in _PROSE and is_plain and (cut := _CUT.match(*_rest(node))):
            what = f"{name}: YAML leaves out {cut[1]} and what follows it"
            raise self._error(mark, what, "put the whole text in quotes")
        if kind == "str" or not raw:
            return None if is_plain and not raw else raw
        written = raw if len(raw) <= LONGEST_VALUE else f"{raw[:LONGEST_VALUE]}…"
        if sort in _TEXTS:
            what = f"{name}: {written} is read as {_KINDS[kind]}"
            raise self._error(mark, what, f'put it in quotes: "{written}"')
        if kind == "int" and not re.fullmatch(r"[-+]?(0|[1-9][0-9]{0,8})", raw):
            what = f"{name}: {written} is not a plain number"
            raise self._error(mark, what, "write it as 12")
        try:
            return _READERS[kind](raw)
        except ValueError as error:
            remedy = "write a date as 2025-10-21" if kind == "timestamp" else "write it as 1.5"
            what = f"{name}: {written} is not {_KINDS[kind]}"
            raise self._error(mark, what, remedy) from error


def _find_place(mark: yaml.Mark | None) -> Place:
    """The place in the script; the header begins on its second line."""
    return (mark.line + 2, mark.column + 1) if mark else (2, 0)


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
        "readings": dict(episode.readings),
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
