"""WebVTT ↔ captions (W3C WebVTT: The Web Video Text Tracks Format).

Our own code, since webvtt-py, with which the tests compare it, escapes no text, reads two voices in
a cue as one, and skips cues with invalid times.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from paperledge_audio.deliver.text.captions import Caption
from paperledge_audio.deliver.text.timestamps import SPAN, read_span_ms, write_timestamp
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.text import normalize_line_ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_VOICE = re.compile(r"<v(?:\.[^\s>]{0,60})?[ \t]++([^>]{0,300})>")
_TAG = re.compile(r"</?[^>]{0,300}>")


def compose(captions: Iterable[Caption]) -> str:
    """Captions as a WebVTT file, the speaker as a voice span."""
    blocks = ["WEBVTT\n"]
    for caption in captions:
        voice = f"<v {html.escape(caption.speaker, quote=False)}>" if caption.speaker else ""
        text = "\n".join(html.escape(text, quote=False) for text in caption.lines)
        start, end = write_timestamp(caption.start_ms, "."), write_timestamp(caption.end_ms, ".")
        blocks.append(f"{start} --> {end}\n{voice}{text}\n")
    return "\n".join(blocks)


def parse(text: str) -> tuple[Caption, ...]:
    """The captions in a WebVTT file; the inverse of `compose`.

    Accepts what players accept: a byte-order mark, any line ends, notes, styles, regions,
    identifiers, cue settings, markup other than voices (left out), a cue with several voices (one
    caption each). Raises DeliveryError with the line of what is not WebVTT.
    """
    lines = normalize_line_ends(text).split("\n")
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise DeliveryError("expected WEBVTT", "name a WebVTT file", line=1)
    out: list[Caption] = []
    number = 1
    while number < len(lines):
        match = SPAN.fullmatch(lines[number]) if "-->" in lines[number] else None
        if match is None and "-->" in lines[number]:
            raise DeliveryError(
                f"expected 00:00:00.000 --> 00:00:00.000, not {lines[number]!r}", line=number + 1
            )
        number += 1
        if match is None:
            continue
        first = number
        while number < len(lines) and lines[number].strip() and "-->" not in lines[number]:
            number += 1
        try:
            out.extend(_read_voices(*read_span_ms(match), "\n".join(lines[first:number])))
        except DeliveryError as error:
            raise DeliveryError(error.what, "correct the cue", line=first) from error
    return tuple(out)


def _read_voices(start_ms: int, end_ms: int, payload: str) -> Iterator[Caption]:
    before, *voices = _VOICE.split(payload)
    spans = [("", before), *zip(voices[::2], voices[1::2], strict=True)]
    for speaker, content in spans:
        bare = html.unescape(_TAG.sub("", content))
        lines = tuple(line.strip() for line in bare.split("\n"))
        if any(lines):
            name = " ".join(html.unescape(speaker).split())
            yield Caption(start_ms, end_ms, tuple(filter(None, lines)), name)
