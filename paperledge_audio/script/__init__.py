"""Text → Script: the first room."""

from paperledge_audio.script.composing import compose
from paperledge_audio.script.escape import escape
from paperledge_audio.script.model import (
    Block,
    Credit,
    Episode,
    Heading,
    ListItem,
    Music,
    Paper,
    Pause,
    Printed,
    Question,
    Quote,
    Script,
    Speech,
)
from paperledge_audio.script.parsing import parse

__all__ = [
    "Block",
    "Credit",
    "Episode",
    "Heading",
    "ListItem",
    "Music",
    "Paper",
    "Pause",
    "Printed",
    "Question",
    "Quote",
    "Script",
    "Speech",
    "compose",
    "escape",
    "parse",
]
