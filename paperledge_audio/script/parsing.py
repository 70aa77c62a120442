"""A script's source → Script."""

from __future__ import annotations

from pathlib import PurePath

from paperledge_audio.errors import PaperledgeError, ScriptError, raise_first
from paperledge_audio.files.settings.keys import gather, sort_faults
from paperledge_audio.script.blocks.faults import BodyFaults
from paperledge_audio.script.blocks.markdown import read_markdown
from paperledge_audio.script.blocks.notes import find_notes
from paperledge_audio.script.blocks.plain import read_plain
from paperledge_audio.script.frontmatter import read_episode, split
from paperledge_audio.script.limits import SCRIPT, read_bounded
from paperledge_audio.script.model import Block, Directive, Episode, LeftOut, Script


def parse(source: bytes | str, path: str = "") -> Script:
    """Read a script: front matter, then Markdown, or plain text where `path` ends in `.txt`.

    `path` is for messages and for that choice; nothing is read from it. Bytes are UTF-8; a
    byte-order mark and any line ends are accepted. Lines count from 1, front matter included.
    Raises ScriptError, with path and line, for whatever can't be read in full or is too long; its
    `others` are all further faults of the header and of what is below it.
    """
    text = read_bounded(source, SCRIPT, path)
    yaml_source, height = split(text, path)
    faults: list[PaperledgeError] = []
    with gather(faults):
        episode = read_episode(yaml_source, path)
    with gather(faults):
        body = "\n".join(text.split("\n")[height:])
        blocks, left_out = _read_body(body, height, path)
    raise_first(faults)
    return Script(episode, blocks, path, left_out)


def parse_header(source: bytes | str, path: str = "") -> Episode:
    """Read only a script's front matter; what is below it may be anything.

    Raises ScriptError as `parse` does.
    """
    return read_episode(split(read_bounded(source, SCRIPT, path), path)[0], path)


def _read_body(body: str, height: int, path: str) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """The blocks below a header of `height` lines, and what isn't meant to be heard."""
    notes, faults = find_notes(body, above=height, path=path), BodyFaults(body, height)
    read = read_plain if PurePath(path).suffix.lower() == ".txt" else read_markdown
    blocks = read(notes.text, faults, above=height, path=path)
    raise_first(sort_faults([*notes.faults, *faults.found]))
    if all(isinstance(block, Directive) for block in blocks):
        raise ScriptError(
            "says nothing", "write the episode below the front matter", path=path, line=height + 1
        )
    return blocks, notes.left_out
