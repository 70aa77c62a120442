"""Directives in a script: `[pause 1.5s]` and `[music: sting]`."""

from __future__ import annotations

import re
from decimal import Decimal

from paperledge_audio.errors import ScriptError, locate_errors, suggest
from paperledge_audio.script.model import Music, Pause
from paperledge_audio.show.model import PIECES

LONGEST_PAUSE_S = 30.0
NAMES = ("music", "pause")

_LINE = re.compile(r"\[([^\[\]]*)\]")
_PAUSE = re.compile(r"pause\s+([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*(ms|s)", re.IGNORECASE)
_MUSIC = re.compile(r"music\s*+:\s*+(\S.*)", re.IGNORECASE)
_STRAY = re.compile(
    r"(?<!\\)\[\s*(?:pause|music)\b[^\]\n]*(?:\](?!\()|$)", re.IGNORECASE | re.MULTILINE
)


def is_directive(line: str) -> bool:
    """Whether a line is one pair of brackets and nothing else, and so must be a directive."""
    return _LINE.fullmatch(line.strip()) is not None


def refuse_stray(text: str, *, line: int, path: str = "") -> None:
    """Raise ScriptError for a directive among words (a link called "pause" is not one)."""
    if match := _STRAY.search(text):
        raise ScriptError(
            f"{match[0]} stands among words",
            "put it on a line of its own, with a blank line before and after it",
            path=path,
            line=line + text.count("\n", 0, match.start()),
        )


def is_known_directive(line: str) -> bool:
    """Whether a line is a directive, in plain text, where other brackets are printed."""
    return is_directive(line) and _STRAY.match(line.strip()) is not None


def read_directive(text: str, *, line: int, path: str = "") -> Pause | Music:
    """`[pause 1.5s]`, `[pause 500ms]` or `[music: sting]` as a block; ScriptError otherwise."""
    inside = text.strip()[1:-1].strip()
    name = re.split(r"[\s:0-9]", inside, maxsplit=1)[0].lower()
    with locate_errors(path=path, line=line):
        if name == "pause":
            return Pause(_read_seconds(text, inside), line)
        if name == "music":
            return Music(_read_piece(text, inside), line)
        raise ScriptError(
            f"{text} is not a directive (write \\[ to have it read aloud)", suggest(name, NAMES)
        )


def _read_seconds(text: str, inside: str) -> float:
    parts = _PAUSE.fullmatch(inside)
    if parts is None:
        raise ScriptError(f"{text} is not a pause", "write it as [pause 1.5s]")
    seconds = float(Decimal(parts[1]) / (1000 if parts[2].lower() == "ms" else 1))
    if not 0 < seconds <= LONGEST_PAUSE_S:
        raise ScriptError(f"{text} is not between 0 and {LONGEST_PAUSE_S:g} seconds", "change it")
    return seconds


def _read_piece(text: str, inside: str) -> str:
    parts = _MUSIC.fullmatch(inside)
    if parts is None:
        raise ScriptError(f"{text} names no piece of music", "write it as [music: sting]")
    piece = parts[1].lower()
    if piece not in PIECES:
        raise ScriptError(f"there is no music {parts[1]!r}", suggest(piece, PIECES))
    return piece


def write_directive(block: Pause | Music) -> str:
    """The line from which `read_directive` reads `block`."""
    if isinstance(block, Music):
        return f"[music: {block.name}]"
    return f"[pause {_format_decimal(block.seconds)}s]"


def _format_decimal(value: float) -> str:
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
