"""A preview in a few lines: a Markdown table for reviewers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio import MARK
from paperledge_audio.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.preview.page.document import Json

HEADINGS = (
    "Episode",
    "Segments changed",
    "Seconds re-rendered",
    "Duration before",
    "Duration after",
    "Warnings",
)


def summary(document: Json) -> str:
    """The table, a row for each episode that is not as it was, in GitHub's Markdown."""
    since, episodes = document["since"], document["episodes"]
    against = f" since `{_code(since['ref'])}` ({since['commit']})" if since else ""
    rows = [episode for episode in episodes if episode["status"] != "unchanged"]
    lines = [f"### Preview{against}", "", f"<!-- {MARK} -->", ""]
    if rows:
        lines += [_row(HEADINGS), _row(("---", "---", "---:", "---:", "---:", "---"))]
        lines += [_row(_cells(episode)) for episode in rows]
    else:
        lines.append("No episode sounds different.")
    same = len(episodes) - len(rows)
    lines += [
        f"- `{_code(e['was'])}` is now `{_code(e['path'])}`, and sounds as it did."
        for e in episodes
        if e["status"] == "unchanged" and e["was"]
    ]
    if same and rows:
        lines += ["", f"{same} other {'script is' if same == 1 else 'scripts are'} unchanged."]
    return "\n".join(lines) + "\n"


def _cells(episode: Json) -> tuple[str, ...]:
    before, after = episode["duration_before_s"], episode.get("duration_s")
    name = _text(episode["title"]) + (f" (was `{_code(episode['was'])}`)" if episode["was"] else "")
    counts = ", ".join(f"{count} {kind}" for kind, count in episode["counts"].items())
    changed = {"changed": counts, "whole": "all", "broken": "can't be previewed"}
    return (
        name,
        changed.get(episode["status"], str(episode["status"])),
        f"{episode['anew_s']:.1f}",
        clock(before) if before is not None else "–",
        clock(after) if after is not None else "–",
        "<br>".join(_warnings(episode)) or "none",
    )


def _warnings(episode: Json) -> Iterator[str]:
    problem = episode["problem"]
    if problem:
        yield f"**{_text(_sentence(problem))}**"
    for found in episode["findings"]:
        if not (problem and found["what"] == problem["what"]):
            yield _text(_sentence(found))


def _sentence(found: Json) -> str:
    place = f"line {found['line']}: " if found["line"] else ""
    return f"{place}{found['what']}"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """Text that Markdown and HTML leave as it is, and that pings nobody."""
    flat = " ".join(text.split())
    return re.sub(r"([\\`*_{}\[\]()<>#|~!@&:])", lambda m: f"&#{ord(m[0])};", flat)


def _code(text: str) -> str:
    return " ".join(text.split()).replace("`", "'").replace("|", "\\|")
