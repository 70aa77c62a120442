"""Labels for Audacity and a session for Reaper, both plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from paperledge_audio import units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from paperledge_audio.mix.model import Timeline


class Range(Protocol):
    """Something from one frame up to another."""

    @property
    def start(self) -> int:
        """The first frame."""

    @property
    def end(self) -> int:
        """The frame after the last."""


R = TypeVar("R", bound=Range)


def compose_labels(ranges: Iterable[R], rate: int, describe: Callable[[R], str]) -> str:
    """Audacity's label track: start and end in seconds and a text, between tabs, a line each.

    Audacity manual, "Importing and Exporting Labels".
    """
    return "".join(
        f"{units.seconds(one.start, rate):.6f}\t{units.seconds(one.end, rate):.6f}\t"
        f"{_on_one_line(describe(one))}\n"
        for one in ranges
    )


def compose_reaper(timeline: Timeline, tracks: Sequence[tuple[str, str]]) -> str:
    """A Reaper project: a track for each stem, given as its title and its file, and the chapters.

    Reaper's project files are nested blocks of plain text; what a block leaves out has its default.
    """
    length = f"{units.seconds(timeline.frames, timeline.rate):.6f}"
    lines = ['<REAPER_PROJECT 0.1 "6.0"', f"  SAMPLERATE {timeline.rate} 1 0"]
    for number, chapter in enumerate(timeline.chapters, 1):
        at = f"{units.seconds(chapter.start, timeline.rate):.6f}"
        lines.append(f"  MARKER {number} {at} {_quote(chapter.title)} 0")
    for title, file in tracks:
        lines += [
            "  <TRACK",
            f"    NAME {_quote(title)}",
            "    <ITEM",
            "      POSITION 0",
            f"      LENGTH {length}",
            f"      NAME {_quote(file)}",
            "      <SOURCE FLAC",
            f"        FILE {_quote(file)}",
            "      >",
            "    >",
            "  >",
        ]
    return "\n".join([*lines, ">", ""])


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _quote(text: str) -> str:
    """In the first kind of quotes that the text doesn't hold; Reaper has no escapes."""
    text = _on_one_line(text)
    mark = next((mark for mark in "\"'`" if mark not in text), "`")
    return mark + text.replace("`", "'" if mark == "`" else "`") + mark
