"""`**NAME:**` at the start of a paragraph: who speaks it."""

from __future__ import annotations

import html
import re

from paperledge_audio.errors import ScriptError
from paperledge_audio.script.blocks.escape import escape
from paperledge_audio.script.blocks.kinds import is_credit

LONGEST_NAME = 40
"""Characters; captions have to show it beside the words."""
NOBODY = "put the colon after the bold, as in **Note**: this"
"""The remedy for bold text that looks like a speaker."""

_ESCAPED = r"\\(?P<escaped>[!-/:-@\[-`{-~])"
_ENTITY = r"(?P<entity>&(?:[A-Za-z][A-Za-z0-9]*|\#[0-9]+|\#[xX][0-9A-Fa-f]+);)"
_LABEL = re.compile(
    r"""
    (?P<mark>\*\*|__)(?=\S)
    (?P<name> (?: \\[!-/:-@\[-`{-~] | [^\\*_`\[<$~\n] | (?<=[^\W_])_(?=[^\W_]) | ~(?!~) )+? )
    :(?P=mark)(?![*_])
    """,
    re.VERBOSE,
)
"""A name in plain words, without markup, so that CommonMark sees it as strong."""
_MARKED_UP = re.compile(
    r"(?P<mark>\*\*|__)(?=\S)(?:\\[\s\S]|`[^`]*`|(?!(?P=mark))[^\\`])+?:(?P=mark)"
)
"""The same with other markup or a line break in it."""


def split_speaker(text: str, *, line: int, path: str = "") -> tuple[str, str]:
    r"""A paragraph's source as (the speaker's printed name, what is said); "" for no label.

    A label is strong emphasis at the start whose last character is a colon. `**NAME**:` and
    `**NAME\:**` are words like any others, and so is a phrase that opens the credit. Raises
    ScriptError, with the line, for a label that has markup in it or no words after it, and for
    one that begins a later line.
    """
    label = _LABEL.match(text)
    if label is None and (odd := _MARKED_UP.match(text)):
        raise _fault(odd[0], "holds markup or a line break", "use plain words", line, path)
    if label is None or not _is_name(label):
        _refuse_later(text, line, path)
        return "", text
    said = text[label.end() :]
    if not said.strip() or said.startswith("\n"):
        raise _fault(label[0], "stands alone", "write the words after it", line, path)
    if not said[0].isspace():
        raise _fault(label[0], "touches the next word", "put a space after it", line, path)
    said, name = said.lstrip(), _unescape(label["name"])
    if len(name) > LONGEST_NAME:
        raise _fault(
            label[0],
            "is too long for a name",
            f"take at most {LONGEST_NAME} characters",
            line,
            path,
        )
    if (second := _LABEL.match(said)) and _is_name(second):
        raise _refuse_second(second[0], line, path)
    _refuse_later(said, line, path)
    return name, said


def write_speaker(name: str) -> str:
    """The label from which `split_speaker` reads `name`."""
    return f"**{escape(name)}:** " if name else ""


def _is_name(label: re.Match[str]) -> bool:
    """Whether a label is a name and doesn't open the credit."""
    name = _unescape(label["name"])
    return bool(name) and not is_credit(f"{name}:")


def _unescape(source: str) -> str:
    """Inline source with escapes and entities replaced by what they print."""
    found = re.sub(
        f"{_ESCAPED}|{_ENTITY}", lambda m: m["escaped"] or html.unescape(m["entity"]), source
    )
    return " ".join(found.split())


def _refuse_later(text: str, line: int, path: str) -> None:
    for number, row in enumerate(text.split("\n")[1:], line + 1):
        if (label := _LABEL.match(row)) and _is_name(label):
            raise _refuse_second(label[0], number, path)


def _refuse_second(label: str, line: int, path: str) -> ScriptError:
    return _fault(label, "stands inside a paragraph", "put an empty line before it", line, path)


def _fault(label: str, what: str, remedy: str, line: int, path: str) -> ScriptError:
    shown = label if len(label) <= LONGEST_NAME + 5 else f"{label[:LONGEST_NAME]}…"
    remedy = f"{remedy}; if nobody speaks here, {NOBODY}"
    return ScriptError(f"{shown} {what}", remedy, path=path, line=line)
