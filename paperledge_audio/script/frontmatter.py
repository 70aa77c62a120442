"""YAML front matter ↔ Episode, each complaint with its line of the file."""

from __future__ import annotations

import dataclasses
import math
import re
from typing import Any, NoReturn

import yaml

from paperledge_audio.errors import ScriptError, near
from paperledge_audio.files.tables import Fields
from paperledge_audio.script.model import Episode, Paper

FENCE = "---"
TO_ADD = 'begin the file with the lines "---", "title: An Episode", "date: 2025-10-21" and "---"'

_TAG = "tag:yaml.org,2002:"
_KINDS = {
    "str": "a text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "timestamp": "a date",
}
_TEXTS = {"title", "category", "summary", "voice", "authors", "paper.title", "paper.url"}
_ONE_LINE = ("title", "category", "voice")


def split(text: str, path: str = "") -> tuple[str, int]:
    """The YAML between the fences, and the number of lines up to the closing fence."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise ScriptError("has no front matter", TO_ADD, path=path or None, line=1)
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1 : number - 1]), number
    raise ScriptError(
        "the front matter is not closed", 'add a line "---" below it', path=path or None, line=1
    )


def read_episode(source: str, path: str = "") -> Episode:
    """The metadata; `source` is the YAML that starts on line 2 of the file `path`."""
    table, lines = _Reader(path).read(source)
    top = Fields(table, error=ScriptError, path=path or None, line_of=lambda key: lines.get(key, 1))
    paper = top.table("paper")
    _known(top, table, Episode)
    _known(paper, table.get("paper") or {}, Paper)
    episode = Episode(
        title=top.text("title"),
        date=top.date("date"),
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
    )
    for fields, keys in ((top, _ONE_LINE), (paper, ("title",))):
        for key in keys:
            if "\n" in fields.text(key, ""):
                raise fields.fail(key, "holds a line break", "write it on one line")
    return episode


def _known(fields: Fields, table: dict[str, Any], kind: type[Episode | Paper]) -> None:
    """Refuse the keys that `kind` has no field for: before a misspelt one counts as missing."""
    names = [field.name for field in dataclasses.fields(kind)]
    for key in table:
        if key not in names:
            raise fields.fail(key, "is not a known key", near(key, names))


class _Reader:
    """Builds plain values from YAML's nodes, which know their lines."""

    def __init__(self, path: str) -> None:
        self._path = path or None
        self._lines: dict[str, int] = {}
        self._seen: set[int] = set()

    def read(self, source: str) -> tuple[dict[str, Any], dict[str, int]]:
        """The table, and the line of each dotted key."""
        try:
            loader = yaml.SafeLoader(source)
            node = loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._fail(
                2 + (mark.line if mark else 0),
                f"the front matter is not YAML: {error.problem or error.context}",
                "correct it; a text with : or # in it needs quotes",
                error,
            )
        except (yaml.YAMLError, RecursionError) as error:
            self._fail(2, f"the front matter is not YAML: {error}", "correct it", error)
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            self._fail(2, "the front matter is not a table", "write lines like title: An Episode")
        return self._mapping(loader, node, ""), self._lines

    def _fail(self, line: int, what: str, remedy: str, cause: Exception | None = None) -> NoReturn:
        raise ScriptError(what, remedy, path=self._path, line=line) from cause

    def _mapping(
        self, loader: yaml.SafeLoader, node: yaml.MappingNode, prefix: str
    ) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 2
            if not isinstance(key_node, yaml.ScalarNode):
                self._fail(line, "a key of the front matter is not a word", "correct it")
            key = self._raw(key_node, f"{prefix}a key")
            if key in table:
                self._fail(line, f"{prefix}{key}: is there twice", "remove one of them")
            self._lines[prefix + key] = line
            table[key] = self._value(loader, value_node, prefix + key)
        return table

    def _raw(self, node: yaml.Node, name: str) -> str:
        raw = str(node.value)
        if re.search(r"[\ud800-\udfff]", raw):
            self._fail(
                node.start_mark.line + 2,
                f"{name}: holds a lone surrogate, which is no character",
                "write the character itself, not an escape",
            )
        return raw

    def _value(self, loader: yaml.SafeLoader, node: yaml.Node, name: str) -> Any:
        line = node.start_mark.line + 2
        if id(node) in self._seen:
            self._fail(line, f"{name}: is an alias", "write the value itself")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(loader, node, f"{name}.")
        if isinstance(node, yaml.SequenceNode):
            return [self._value(loader, item, name) for item in node.value]
        kind = node.tag.removeprefix(_TAG)
        raw = self._raw(node, name)
        if kind not in _KINDS:
            self._fail(line, f"{name}: {raw!r} has the tag {node.tag}", "remove the tag")
        if kind == "str" or (kind == "null" and not raw):
            return raw or None
        if name in _TEXTS:
            self._fail(
                line,
                f"{name}: {raw} is read as {_KINDS[kind]}",
                f'put it in quotes: "{raw}"',
            )
        if kind == "int" and not re.fullmatch(r"[-+]?(0|[1-9][0-9]{0,8})", raw):
            self._fail(line, f"{name}: {raw} is not a plain number", "write it as 12")
        try:
            return loader.construct_object(node)
        except ValueError:
            self._fail(line, f"{name}: {raw} is not {_KINDS[kind]}", "write a date as 2025-10-21")


def write_episode(episode: Episode) -> str:
    """The front matter with its fences; what has its default value is left out."""
    paper = {"title": episode.paper.title, "url": episode.paper.url}
    values = {
        "title": episode.title,
        "title_is_guess": episode.title_is_guess,
        "number": episode.number,
        "season": episode.season,
        "date": episode.date,
        "authors": episode.authors,
        "paper": {key: value for key, value in paper.items() if value},
        "category": episode.category,
        "summary": episode.summary,
        "explicit": episode.explicit,
        "voice": episode.voice,
        "pronounce": dict(episode.pronounce),
        "cast": dict(episode.cast),
    }
    said = {key: value for key, value in values.items() if value}
    source = yaml.dump(said, Dumper=_Indenting, sort_keys=False, allow_unicode=True, width=math.inf)
    return f"{FENCE}\n{source}{FENCE}"


class _Indenting(yaml.SafeDumper):
    """Lists stand further in than their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        super().increase_indent(flow, indentless=False)
