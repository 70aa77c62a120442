"""Markdown below the front matter → blocks; what can't be read aloud is an error."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, TypedDict

from paperledge_audio.errors import ScriptError, map_errors, raise_first
from paperledge_audio.files.settings.keys import gather
from paperledge_audio.script.blocks.directives import (
    check_inline,
    is_directive,
    read_directive,
    split_delivery,
)
from paperledge_audio.script.blocks.escape import guard, guard_heading
from paperledge_audio.script.blocks.formula import FORMULA, formula_rule
from paperledge_audio.script.blocks.kinds import is_credit, make_item
from paperledge_audio.script.blocks.speakers import split_speaker
from paperledge_audio.script.model import Block, Credit, Heading, Quote, Speech

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from paperledge_audio.errors import PaperledgeError
    from paperledge_audio.script.blocks.faults import BodyFaults

_REFUSED = {
    "table_open": ("a table can't be read aloud", "say it in sentences"),
    "code_block": ("indented text is a code block", "remove the spaces before it"),
    "fence": ("a code block can't be read aloud", "say what it does"),
    "html_block": ("raw HTML can't be read aloud", "remove it"),
    "html_inline": ("raw HTML can't be read aloud", "remove it, or write \\<"),
    "image": ("an image can't be read aloud", "describe it in words"),
    "hr": ("a rule can't be heard", "write [pause 1s] or a ## heading"),
}
_NAMES = {
    "paragraph": "a second paragraph",
    "heading": "a heading",
    "blockquote": "a quote",
    "bullet_list": "a list",
    "ordered_list": "a list",
    "list_item": "a list item",
}
_ITEM_PATHS = {(kind, "list_item", "paragraph") for kind in ("bullet_list", "ordered_list")}
_PATHS = {
    ("paragraph",),
    ("heading",),
    ("blockquote",),
    ("blockquote", "paragraph"),
    *(path[:depth] for path in _ITEM_PATHS for depth in (1, 2, 3)),
}
_DEFINITION = re.compile(r"\[[^\]]+\]:")
_FOOTNOTE = re.compile(r"(?<!\\)\[\^[^\]\s]{1,200}\]")
_MARGIN = re.compile(r"^(?:[^\S\n]|>|(?:[-+*]|\#{1,6}|[0-9]{1,9}[.)])(?=[^\S\n]))+", re.MULTILINE)
_TRAILING = re.compile(r"(?<![^\S\n])[^\S\n]++$", re.MULTILINE)
_LITERAL = re.compile(
    rf"(?<![\\`])(`++)(?:[^`]++|`++){{1,50}}?(?<!`)\1(?!`)|(?:{FORMULA.pattern})", re.DOTALL
)


@functools.cache
def _make_parser() -> MarkdownIt:
    # slow to import, and not needed for plain text
    from markdown_it import MarkdownIt  # noqa: PLC0415

    # Link definitions have no tokens; as paragraphs they can be refused.
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("reference")
    markdown.inline.ruler.before("escape", "formula", formula_rule)
    return markdown


def read_markdown(
    body: str, faults: BodyFaults, *, above: int = 0, path: str = ""
) -> tuple[Block, ...]:
    """Blocks of CommonMark text; `above` is the number of lines above it in the file `path`.

    What is wrong with a block goes to `faults`.
    """
    # A no-break space in a margin looks like a space, so it counts as one.
    body = _MARGIN.sub(lambda match: re.sub(r"[^\S\t]", " ", match[0]), body)
    body = _TRAILING.sub("", body)
    remedy = "write it more plainly"
    with map_errors(ScriptError, "is not Markdown", remedy, foreign=(Exception,), path=path):
        tokens = _make_parser().parse(body)
    return tuple(_TokenReader(above, path or None, faults).blocks(tokens))


class _Place(TypedDict):
    """Where a block is, for errors."""

    line: int
    path: str


class _TokenReader:
    """One pass over the tokens, with the containers that are open."""

    def __init__(self, above: int, path: str | None, faults: BodyFaults) -> None:
        self._above = above
        self._path = path
        self._faults = faults
        self._open: list[Token] = []
        self._filled: list[int] = []
        """How many blocks each open container has given."""

    def _fail(self, line: int, what: str, remedy: str, column: int = 0) -> ScriptError:
        return ScriptError(what, remedy, path=self._path, line=line, column=column)

    def _line(self, token: Token) -> int:
        return (token.map[0] if token.map else 0) + self._above + 1

    def blocks(self, tokens: Iterable[Token]) -> Iterator[Block]:
        """Those without a fault."""
        rest = iter(tokens)
        for token in rest:
            if token.type == "inline" and token.content.strip():
                yield from self._read_inline(token)
                continue
            with self._faults.gather():
                try:
                    self._step(token)
                except ScriptError:
                    self._fill()
                    if token.nesting == 1:  # what is inside was meant for it
                        next(one for one in rest if one.nesting == -1 and one.level == token.level)
                    raise

    def _step(self, token: Token) -> None:
        if token.type in _REFUSED:
            raise self._fail(self._line(token), *_REFUSED[token.type])
        if token.nesting == 1:
            self._enter(token)
        elif token.nesting == -1:
            self._leave()

    def _fill(self) -> None:
        self._filled = [count + 1 for count in self._filled]

    def _enter(self, token: Token) -> None:
        path = (*(_find_kind(outer) for outer in self._open), _find_kind(token))
        again = path in _ITEM_PATHS and self._filled[-1]
        if path not in _PATHS or again:
            outer = _NAMES[path[-2]] if len(path) > 1 else "a script"
            raise self._fail(
                self._line(token),
                f"{_NAMES.get(path[-1], path[-1])} inside {outer} can't be heard",
                "move it out",
            )
        self._open.append(token)
        self._filled.append(0)

    def _leave(self) -> None:
        token = self._open.pop()
        if not self._filled.pop():
            name = _NAMES[_find_kind(token)].replace("second ", "")
            raise self._fail(self._line(token), f"{name} is empty", "write its text or remove it")

    def _read_inline(self, inline: Token) -> Iterator[Block]:
        self._fill()
        line, text = self._line(inline), _tidy(inline.content)
        rows = text.split("\n")
        alone = _find_kind(self._open[0]) == "paragraph" and all(map(is_directive, rows))
        with self._faults.gather(text, line):
            self._check(inline, text, alone=alone)
            if not alone:
                yield from self._block(text, line)
                return
            for number, row in enumerate(rows, line):
                with self._faults.gather(row, number):
                    yield read_directive(row, line=number, path=self._path or "")

    def _check(self, inline: Token, text: str, *, alone: bool) -> None:
        """Raise all that can't stand in a text, each with its line, and its column in the row.

        `alone`: each row is a directive.
        """
        faults: list[PaperledgeError] = []
        line = first = self._line(inline)
        rows, column = text.split("\n"), 0
        for child in inline.children or ():
            if child.type in _REFUSED:
                sign = "![" if child.type == "image" else child.content
                row = rows[line - first] if line - first < len(rows) else ""
                column = row.find(sign, column) + 1
                faults.append(self._fail(line, *_REFUSED[child.type], column))
            if breaks := child.type in {"softbreak", "hardbreak"} or child.content.count("\n"):
                line, column = line + breaks, 0
        plain = _blank_literals(text)
        for number, row in enumerate(plain.split("\n"), first):
            footnotes = [match.start() for match in _FOOTNOTE.finditer(row)]
            if row.startswith("[^") and not footnotes:
                footnotes = [0]
            faults += [
                self._fail(number, "a footnote can't be heard", "say it in the text", at + 1)
                for at in footnotes
            ]
            if not footnotes and _DEFINITION.match(row):
                what = "a link's definition is not text"
                faults.append(self._fail(number, what, "write the link as [text](address)"))
        if not alone:
            with gather(faults):
                check_inline(plain, line=first, path=self._path or "")
        raise_first(faults)

    def _block(self, text: str, line: int) -> Iterator[Block]:
        outer = self._open[0]
        place: _Place = {"line": line, "path": self._path or ""}
        match kind := _find_kind(outer):
            case "heading":
                yield self._heading(text, line, outer)
            case "bullet_list" | "ordered_list":
                delivery, said = split_delivery(text, **place)
                marker = "-" if kind == "bullet_list" else f"{self._open[1].info}."
                yield make_item(said, line + _count_rows(text, said), marker, delivery)
            case "paragraph" if is_credit(text):
                yield Credit(text, line)
            case _:
                quoted = kind == "blockquote"
                before, said = split_delivery(text, **place, only_usual=quoted)
                speaker, said = split_speaker(said, **place)
                if not before:
                    before, said = split_delivery(said, **place, only_usual=quoted)
                line += _count_rows(text, said)
                yield (Quote if quoted else Speech)(said, line, speaker, before)

    def _heading(self, text: str, line: int, token: Token) -> Heading:
        # A rule was meant if a whole paragraph, or a sentence, stands above the line.
        if "\n" in text or (token.markup == "-" and text.endswith(".")):
            raise self._fail(
                line,
                f"a paragraph underlined with {token.markup * 3} is a heading",
                "write [pause 1s] for a pause, or begin a heading with ##",
            )
        return Heading(guard_heading(text), line, int(token.tag[1:]))


def _count_rows(text: str, said: str) -> int:
    """The line breaks before `said`, the end of `text`."""
    return text.count("\n") - said.count("\n")


def _find_kind(token: Token) -> str:
    return token.type.removesuffix("_open")


def _blank_literals(text: str) -> str:
    """The text with blanks in place of code spans and formulas, which have no markup."""
    return _LITERAL.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _tidy(content: str) -> str:
    """Lines without indentation; a line that would become a block without it is escaped."""
    rows = content.split("\n")
    return "\n".join(
        guard(stripped) if row.startswith(("    ", "\t")) else stripped
        for row in rows
        if (stripped := row.strip(" \t"))
    )
