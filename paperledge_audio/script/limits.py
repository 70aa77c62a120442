"""The limits of scripts and of saved show pages.

They are checked before anything slow reads the text; what reads it then takes time and memory in
proportion to its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from paperledge_audio.errors import ScriptError
from paperledge_audio.files.reading import in_units
from paperledge_audio.script.source import decode

LONGEST_PARAGRAPH = 20_000
"""Characters without an empty line between them: twenty minutes of speech."""
LONGEST_WORD = 1_000
"""Characters without white space: no address is longer."""

_DIVIDE = "divide it into several files"
_LONG_WORD = re.compile(rf"(?<!\S)\S{{{LONGEST_WORD + 1}}}")


@dataclass(frozen=True, slots=True)
class TextLimits:
    """Of one kind of text."""

    what: str
    """To be named where something else is."""
    largest: int
    """Bytes."""
    most_lines: int
    is_paragraph: bool = False
    """Whether every line is a paragraph; otherwise empty lines part them."""


SCRIPT = TextLimits("a script", largest=200_000, most_lines=10_000)
"""Three hours of speech."""
PAGE = TextLimits("a show page", largest=1_000_000, most_lines=20_000, is_paragraph=True)
"""Two hundred episodes of five minutes."""


def read_bounded(source: bytes | str, limits: TextLimits, path: str = "") -> str:
    """The text as `decode` gives it; raises ScriptError, with the line, for one beyond a limit.

    A text has bytes, lines, paragraphs and words.
    """
    if len(source) > limits.largest:
        raise ScriptError(f"is larger than {in_units(limits.largest)}", _DIVIDE, path=path)
    text = decode(source, path)
    lines = text.split("\n")
    if len(lines) > limits.most_lines:
        raise ScriptError(
            f"has more than {limits.most_lines} lines",
            _DIVIDE,
            path=path,
            line=limits.most_lines + 1,
        )
    length = 0
    for number, line in enumerate(lines, 1):
        goes_on = line.strip() and not limits.is_paragraph
        length = len(line) + (length if goes_on else 0)
        if length > LONGEST_PARAGRAPH:
            raise ScriptError(
                f"a paragraph, or the header, is longer than {LONGEST_PARAGRAPH} characters",
                "shorten it, or divide it by an empty line",
                path=path,
                line=number,
            )
    if word := _LONG_WORD.search(text):
        raise ScriptError(
            f"{word[0][:20]}… is a word of more than {LONGEST_WORD} characters",
            "break it up with spaces",
            path=path,
            line=text.count("\n", 0, word.start()) + 1,
        )
    return text
