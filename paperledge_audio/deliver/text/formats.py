"""The table of caption formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.deliver.text import srt, vtt
from paperledge_audio.deliver.text.captions import SRT_LAYOUT, VTT_LAYOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from paperledge_audio.deliver.text.captions import Caption, CaptionLayout


@dataclass(frozen=True, slots=True)
class CaptionFormat:
    """How captions are cut to lines, written and read back."""

    media_type: str
    layout: CaptionLayout
    compose: Callable[[Iterable[Caption]], str]
    parse: Callable[[str], tuple[Caption, ...]]
    """Raises DeliveryError, with the line, for what is none."""


CAPTION_FORMATS = {
    ".vtt": CaptionFormat("text/vtt", VTT_LAYOUT, vtt.compose, vtt.parse),
    ".srt": CaptionFormat("application/x-subrip", SRT_LAYOUT, srt.compose, srt.parse),
}
"""By their endings."""
