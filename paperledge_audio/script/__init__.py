"""Text → Script."""

from paperledge_audio.script.blocks.escape import escape
from paperledge_audio.script.composing import compose
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
from paperledge_audio.script.page.importing import Import, import_page
from paperledge_audio.script.parsing import parse, parse_header
from paperledge_audio.script.slugs import make_slug, make_slugs

__all__ = [
    "Block",
    "Credit",
    "DeliveryChange",
    "Directive",
    "Episode",
    "Heading",
    "Import",
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
    "compose",
    "escape",
    "import_page",
    "make_slug",
    "make_slugs",
    "parse",
    "parse_header",
]
