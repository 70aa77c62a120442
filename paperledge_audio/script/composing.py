"""Script → its canonical Markdown source."""

from __future__ import annotations

import dataclasses

from paperledge_audio.errors import ScriptError
from paperledge_audio.script.blocks.directives import write_delivery, write_directive
from paperledge_audio.script.blocks.speakers import write_speaker
from paperledge_audio.script.frontmatter import write_episode
from paperledge_audio.script.model import (
    Block,
    Credit,
    Heading,
    ListItem,
    Question,
    Quote,
    Script,
    Speech,
)
from paperledge_audio.script.parsing import parse


def compose(script: Script) -> str:
    """Write `script` as Markdown that `parse` reads back as the same script.

    Raises ScriptError, naming the block, if that is impossible: a Speech whose text begins with
    "# " would be read as a Heading. (`escape` prevents that.)
    """
    source = write_episode(script.episode) + "\n"
    lines: list[int] = []
    previous: Block | None = None
    for block in script.blocks:
        source += "" if _same_list(previous, block) else "\n"
        lines.append(source.count("\n") + 1)
        source += _write(block) + "\n"
        previous = block
    _check(script, source, lines)
    return source


def _write(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {block.text}"
        case Quote():
            return "> " + _write_label(block).replace("\n", "\n> ")
        case Speech():
            return _write_label(block)
        case ListItem() | Question():
            margin = " " * (len(block.marker) + 1)
            return f"{block.marker} " + _write_opening(block).replace("\n", f"\n{margin}")
        case Credit():
            return block.text
        case _:
            return write_directive(block)


def _write_label(block: Speech | Quote) -> str:
    return write_speaker(block.speaker) + _write_opening(block)


def _write_opening(block: Speech | Quote | ListItem | Question) -> str:
    return write_delivery(block.delivery) + block.text


def _same_list(one: Block | None, other: Block) -> bool:
    return (
        isinstance(one, ListItem | Question)
        and isinstance(other, ListItem | Question)
        and (one.marker == "-") == (other.marker == "-")
    )


def _check(script: Script, source: str, lines: list[int]) -> None:
    """Raise ScriptError unless `source` says all that `script` says."""
    try:
        again = parse(source)
    except ScriptError as error:
        index = max((i for i, line in enumerate(lines) if line <= (error.line or 0)), default=None)
        raise ScriptError(
            f"{_name_block(script, index)} can't be written: {error.what}",
            error.remedy,
            path=script.path,
            line=None if index is None else script.blocks[index].line,
        ) from error
    if again.episode != script.episode:
        names = [field.name for field in dataclasses.fields(script.episode)]
        name = next(
            name for name in names if getattr(again.episode, name) != getattr(script.episode, name)
        )
        raise ScriptError(
            f"{name}: {getattr(script.episode, name)!r} can't be written as front matter",
            "remove unusual characters and spaces from it",
            path=script.path,
        )
    read = [dataclasses.replace(block, line=0) for block in again.blocks]
    meant = [dataclasses.replace(block, line=0) for block in script.blocks]
    for index, block in enumerate(meant):
        if index >= len(read) or read[index] != block:
            raise ScriptError(
                f"{_name_block(script, index)} would be read back as something else",
                "escape what looks like markup in its text",
                path=script.path,
                line=script.blocks[index].line,
            )
    if len(read) != len(meant):
        raise ScriptError(
            "the last block would be read back as several",
            "escape what looks like markup in its text",
            path=script.path,
            line=script.blocks[-1].line,
        )


def _name_block(script: Script, index: int | None) -> str:
    if index is None:
        return "the script"
    return f"block {index} ({type(script.blocks[index]).__name__})"
