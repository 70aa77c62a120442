"""Bytes of a text file → text: UTF-8, line feeds, no invisible characters but tabs."""

from __future__ import annotations

import re

from paperledge_audio.errors import ScriptError
from paperledge_audio.files.text import normalize_line_ends

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = frozenset(range(0x20)) - frozenset(b"\t\n\r\x0c\x1a\x1b")
"""Bytes that text files have in no encoding."""
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
"""Unicode's Cc, Cs, Zl and Zp, but for tabs and line feeds."""
_LATER = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore"))
_MISREAD = re.compile(rf"[ÃÂ][{_LATER}]|â€|ðŸ")
"""What UTF-8 looks like where a program took it for Windows-1252: é, °, quotes, emoji."""


def decode(source: bytes | str, path: str = "") -> str:
    """Text with line feeds for line ends and no byte-order mark.

    Raises ScriptError for an empty or binary file, for bytes that are not UTF-8 and for invisible
    characters.
    """
    text = source if isinstance(source, str) else _decode_utf8(source, path)
    text = normalize_line_ends(text)
    if not text.strip():
        raise ScriptError("is empty", "write an episode into it", path=path, line=1)
    if sign := _INVISIBLE.search(text):
        raise ScriptError(
            f"holds the invisible character U+{ord(sign[0]):04X}",
            "remove it",
            path=path,
            line=text.count("\n", 0, sign.start()) + 1,
        )
    if misread := _MISREAD.search(text):
        before, after = text[: misread.start()], text[misread.end() :]
        word = (before.split(" ")[-1].split() or [""])[-1] if before[-1:].strip() else ""
        word = (word + misread[0] + re.split(r"[\s!-/:-@]", after, maxsplit=1)[0]).lstrip("(\"'*")
        raise ScriptError(
            f"holds {word!r}, which is UTF-8 read in another encoding",
            f"write {_read_again(word)}",
            path=path,
            line=before.count("\n") + 1,
        )
    return text


def _read_again(text: str) -> str:
    """What the text was before it was misread, in quotes; "what was meant" if that isn't known."""
    try:
        return repr(text.encode("cp1252").decode("utf-8"))
    except UnicodeError:
        return "what was meant"


def _decode_utf8(source: bytes, path: str) -> str:
    if source.startswith(_UTF16_MARKS):
        raise ScriptError("is UTF-16", "save the file as UTF-8", path=path)
    if b"\0" in source:
        at = source.index(b"\0")
        raise _refuse_binary(at, path)
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
        control = next((i for i, byte in enumerate(source) if byte in _CONTROL), None)
        if control is not None:
            raise _refuse_binary(control, path) from error
        line = source[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        raise ScriptError(
            f"byte 0x{source[at]:02X} at offset {at}, line {line}, is not UTF-8",
            "save the file as UTF-8",
            path=path,
            line=line,
        ) from error


def _refuse_binary(at: int, path: str) -> ScriptError:
    return ScriptError(f"is a binary file, not a text (at offset {at})", "name a script", path=path)
