"""Directives in a script, as `[pause 1.5s]`, `[music: sting]`, `[sound: chime]`, `[pace 0.9]`."""

from __future__ import annotations

import re
from decimal import Decimal

from paperledge_audio.errors import (
    PaperledgeError,
    ScriptError,
    brief,
    locate_errors,
    raise_first,
    suggest,
)
from paperledge_audio.files.settings.keys import gather
from paperledge_audio.script.model import (
    DeliveryChange,
    Directive,
    Effect,
    Music,
    PaceChange,
    Pause,
)
from paperledge_audio.show.model import PIECES, STOP

LONGEST_PAUSE_S = 30.0
PACES = (0.5, 2.0)
"""The least and the most."""
DELIVERIES = ("plain", "reassure", "wonder", "explain", "charm", "aside")
"""The deliveries of every voice; a voice's profile may have more."""
NAME = "[A-Za-z]++(?:-[A-Za-z]++)*+"
"""What a delivery's name looks like, in capitals, too."""
NAMES = ("delivery", "music", "pace", "pause", "sound")
_NUMBER = r"[0-9]++(?:\.[0-9]++)?|\.[0-9]++"
PAUSE = re.compile(rf"\[\s*(?i:pause)\s+(?P<length>{_NUMBER})\s*(?P<unit>(?i:ms|s))\s*\]")
"""A pause that is written well."""

_SHOWN = 60
"""Characters of a text that an error shows."""
_LINE = re.compile(r"\[([^\[\]]*)\]")
_MUSIC = re.compile(r"music\s*+:\s*+(\S.*)", re.IGNORECASE)
_SOUND = re.compile(r"sound\s*+:\s*+(\S.*)", re.IGNORECASE)
_DELIVERY = re.compile(r"delivery\s*+:\s*+(\S.*)", re.IGNORECASE)
_PACE = re.compile(rf"pace\s+({_NUMBER})", re.IGNORECASE)
_STRAY = re.compile(
    r"(?<!\\)\[\s*(?:(?:pause|music)\b|(?:delivery|sound)\s*+:|pace\s++[0-9.])[^\]\n]*(?:\](?!\()|$)",
    re.IGNORECASE | re.MULTILINE,
)
_OPENING = re.compile(rf"\[(?P<name>{NAME})\](?=\s|$)\s*")


def is_directive(line: str) -> bool:
    """Whether a line is one pair of brackets and nothing else, and so must be a directive."""
    return _LINE.fullmatch(line.strip()) is not None


def check_inline(text: str, *, line: int, path: str = "") -> None:
    """Raise ScriptError for a directive among words that is no pause with words on both sides.

    A link called "pause" is no directive. The error has its column in the text's row, and further
    faults as its `others`.
    """
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    faults: list[PaperledgeError] = []
    for match in _STRAY.finditer(text):
        row = text.count("\n", 0, match.start())
        column = match.start() - text.rfind("\n", 0, match.start())
        with gather(faults), locate_errors(path=path, line=line + row, column=column):
            inside = match[0].strip("[]").strip().lower()
            is_inner = first < match.start() and match.end() < last and match[0].endswith("]")
            if not inside.startswith("pause") or not is_inner:
                raise ScriptError(
                    f"{_show(match[0])} stands among words",
                    "put it on a line of its own, with a blank line before and after it",
                )
            read_pause(match[0])
            if text[match.start() - 1].isalnum() and text[match.end()].isalnum():
                raise ScriptError(f"{match[0]} stands inside a word", "put spaces around it")
    raise_first(faults)


def is_known_directive(line: str) -> bool:
    """Whether a line is a directive, in plain text, where other brackets are printed."""
    return is_directive(line) and _STRAY.match(line.strip()) is not None


def read_directive(text: str, *, line: int, path: str = "") -> Directive:
    """`[pause 1.5s]`, `[music: sting]`, `[sound: chime]`, `[delivery: wonder]`, `[pace 0.9]`.

    ScriptError for anything else; whether a voice has a delivery of that name, or the show such a
    sound, is seen later.
    """
    inside = text.strip()[1:-1].strip()
    name = re.split(r"[\s:0-9]", inside, maxsplit=1)[0].lower()
    with locate_errors(path=path, line=line):
        if name == "pause":
            return Pause(read_pause(text.strip()), line)
        if name == "music":
            return Music(_read_piece(text, inside), line)
        if name == "sound":
            return Effect(_read_sound(text, inside), line)
        if name == "delivery":
            return DeliveryChange(_read_name(text, inside), line)
        if name == "pace":
            return PaceChange(_read_pace(text, inside), line)
        if inside.lower() in DELIVERIES:
            raise ScriptError(
                f"{text} stands alone",
                f"write the paragraph after it, or [delivery: {inside.lower()}] for all that"
                " follows",
            )
        raise ScriptError(
            f"{_show(text)} is not a directive (write \\[ to have it read aloud)",
            suggest(name, NAMES),
        )


def _show(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def read_pause(text: str) -> float:
    """The seconds of `[pause 1.5s]` or `[pause 500ms]`; raises ScriptError for another text."""
    parts = PAUSE.fullmatch(text)
    if parts is None:
        raise ScriptError(f"{_show(text)} is not a pause", "write it as [pause 1.5s]")
    seconds = float(Decimal(parts["length"]) / (1000 if parts["unit"].lower() == "ms" else 1))
    if not 0 < seconds <= LONGEST_PAUSE_S:
        raise ScriptError(
            f"{text} is not above 0 and up to {LONGEST_PAUSE_S:g} seconds", "change it"
        )
    return seconds


def split_delivery(
    text: str, *, line: int, path: str = "", only_usual: bool = False
) -> tuple[str, str]:
    r"""A paragraph's source as (the delivery that it begins with, the rest); "" for none.

    `[wonder] text` begins with one, `\[wonder] text` doesn't. Of words with capitals ("[The]"),
    and with `only_usual` of all, only the names that every voice has count: quotations and plain
    text have brackets of their own. Raises ScriptError where no words follow.
    """
    match = _OPENING.match(text)
    name = match["name"].lower() if match else ""
    is_usual = name in DELIVERIES
    if match is None or not (is_usual or (match["name"] == name and not only_usual)):
        return "", text
    if match.end() == len(text):
        raise ScriptError(
            f"{_show(match[0].strip())} stands alone",
            "write the words after it, or \\[ to have it read aloud",
            path=path,
            line=line,
        )
    return name, text[match.end() :]


def write_delivery(name: str) -> str:
    """The opening from which `split_delivery` reads `name`."""
    return f"[{name}] " if name else ""


def _read_piece(text: str, inside: str) -> str:
    parts = _MUSIC.fullmatch(inside)
    if parts is None:
        raise ScriptError(f"{_show(text)} names no piece of music", "write it as [music: sting]")
    piece = parts[1].lower()
    if piece not in (*PIECES, STOP):
        raise ScriptError(f"there is no music {brief(parts[1])}", suggest(piece, (*PIECES, STOP)))
    return piece


def _read_sound(text: str, inside: str) -> str:
    parts = _SOUND.fullmatch(inside)
    if parts is None:
        raise ScriptError(f"{_show(text)} names no sound", "write it as [sound: chime]")
    return parts[1].lower()


def _read_name(text: str, inside: str) -> str:
    parts = _DELIVERY.fullmatch(inside)
    if parts is None:
        raise ScriptError(f"{_show(text)} names no delivery", "write it as [delivery: wonder]")
    return parts[1].lower()


def _read_pace(text: str, inside: str) -> float:
    parts = _PACE.fullmatch(inside)
    if parts is None:
        raise ScriptError(f"{_show(text)} is not a pace", "write it as [pace 0.9]")
    least, most = PACES
    if not least <= (pace := float(parts[1])) <= most:
        raise ScriptError(f"{_show(text)} is not between {least:g} and {most:g}", "change it")
    return pace


def write_directive(block: Directive) -> str:
    """The line from which `read_directive` reads `block`."""
    match block:
        case Music():
            return f"[music: {block.name}]"
        case Effect():
            return f"[sound: {block.name}]"
        case DeliveryChange():
            return f"[delivery: {block.name}]"
        case PaceChange():
            return f"[pace {_format_decimal(block.pace)}]"
        case Pause():
            return f"[pause {_format_decimal(block.seconds)}s]"


def _format_decimal(value: float) -> str:
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
