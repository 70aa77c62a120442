"""Text → Script (`parsing.py`). Only values are imported here: reading a release parses none."""

from paperledge_audio.script.model import (
    Block,
    Credit,
    DeliveryChange,
    Directive,
    Episode,
    Heading,
    ListItem,
    Music,
    PaceChange,
    Paper,
    Pause,
    Question,
    Quote,
    Script,
    Speech,
    TextBlock,
)

__all__ = [
    "Block",
    "Credit",
    "DeliveryChange",
    "Directive",
    "Episode",
    "Heading",
    "ListItem",
    "Music",
    "PaceChange",
    "Paper",
    "Pause",
    "Question",
    "Quote",
    "Script",
    "Speech",
    "TextBlock",
]
