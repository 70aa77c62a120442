"""SubRip ↔ captions. The format has no standard; this is what players agree on.

Our own code, since the library srt reads 00:01,000 as a minute, accepts captions that end before
they begin, and gives places of faults in characters, not lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.deliver.text.captions import Caption
from paperledge_audio.deliver.text.timestamps import SPAN, read_span_ms, write_timestamp
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.text import normalize_line_ends

if TYPE_CHECKING:
    from collections.abc import Iterable


def compose(captions: Iterable[Caption]) -> str:
    """Captions as an SRT file, numbered from 1; a speaker is written before the text.

    Raises DeliveryError for a line that would read as a timing line.
    """
    blocks = []
    for number, caption in enumerate(captions, 1):
        if any(SPAN.fullmatch(line) for line in caption.lines):
            raise DeliveryError(f"SRT can't hold the text {caption.lines!r}", "reword it")
        name = f"{caption.speaker}: " if caption.speaker else ""
        start, end = write_timestamp(caption.start_ms, ","), write_timestamp(caption.end_ms, ",")
        text = name + "\n".join(caption.lines)
        blocks.append(f"{number}\n{start} --> {end}\n{text}\n")
    return "\n".join(blocks)


def parse(text: str) -> tuple[Caption, ...]:
    """The captions in an SRT file; the inverse of `compose` for captions without speakers.

    Accepts what players accept: a byte-order mark, any line ends, points for commas, missing or
    wrong numbers, blank lines inside a caption, no blank line between two. Raises DeliveryError
    with the line of what is not SRT.
    """
    lines = normalize_line_ends(text).split("\n")
    timings = [(n, match) for n, line in enumerate(lines) if (match := SPAN.fullmatch(line))]
    starts = [n - 1 if n > 0 and lines[n - 1].strip().isdecimal() else n for n, _ in timings]
    ends = [*starts, len(lines)]
    for number, line in enumerate(lines[: ends[0]], 1):
        if line.strip():
            raise DeliveryError(f"expected a caption's number, not {line!r}", line=number)
    out = []
    for (number, match), stop in zip(timings, ends[1:], strict=True):
        content = tuple(filter(None, (line.strip() for line in lines[number + 1 : stop])))
        try:
            out.append(Caption(*read_span_ms(match), content))
        except DeliveryError as error:
            raise DeliveryError(error.what, "correct the caption", line=number + 1) from error
    return tuple(out)
