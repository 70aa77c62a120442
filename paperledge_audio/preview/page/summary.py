"""A preview's summary: a Markdown table for reviewers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio import GENERATOR_NOTE
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


def write_summary(document: Json) -> str:
    """The table, a row per changed episode, in GitHub's Markdown."""
    since, episodes = document["since"], document["episodes"]
    against = f" since `{_escape_code(since['ref'])}` ({since['commit']})" if since else ""
    rows = [episode for episode in episodes if episode["status"] != "unchanged"]
    lines = [f"### Preview{against}", "", f"<!-- {GENERATOR_NOTE} -->", ""]
    if rows:
        lines += [_format_row(HEADINGS), _format_row(("---", "---", "---:", "---:", "---:", "---"))]
        lines += [_format_row(_format_cells(episode)) for episode in rows]
    elif not any(change["where"] for change in document.get("around", ())):
        lines.append("No episode sounds different.")
    around = [f"- {_escape_text(change['text'])}" for change in document.get("around", ())]
    lines += ["", *around] if around else []
    same = len(episodes) - len(rows)
    lines += [
        f"- `{_escape_code(e['was'])}` is now `{_escape_code(e['path'])}`, and sounds as it did."
        for e in episodes
        if e["status"] == "unchanged" and e["was"]
    ]
    if same and rows:
        lines += ["", f"{same} other {'script is' if same == 1 else 'scripts are'} unchanged."]
    return "\n".join(lines) + "\n"


def _format_cells(episode: Json) -> tuple[str, ...]:
    before, after = episode["duration_before_s"], episode.get("duration_s")
    name = _escape_text(episode["title"]) + (
        f" (was `{_escape_code(episode['was'])}`)" if episode["was"] else ""
    )
    counts = ", ".join(f"{count} {kind}" for kind, count in episode["counts"].items())
    changed = {"changed": counts, "whole": "all", "broken": "can't be previewed"}
    return (
        name,
        changed.get(episode["status"], str(episode["status"])),
        f"{episode['anew_s']:.1f}",
        clock(before) if before is not None else "–",
        clock(after) if after is not None else "–",
        "<br>".join(_list_warnings(episode)) or "none",
    )


def _list_warnings(episode: Json) -> Iterator[str]:
    problem = episode["problem"]
    if problem:
        yield f"**{_escape_text(_format_sentence(problem))}**"
    for found in episode["findings"]:
        if not (problem and found["what"] == problem["what"]):
            yield _escape_text(_format_sentence(found))


def _format_sentence(found: Json) -> str:
    place = f"line {found['line']}: " if found["line"] else ""
    return f"{place}{found['what']}"


def _format_row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _escape_text(text: str) -> str:
    """Text without effect in Markdown and HTML, and without mentions."""
    flat = " ".join(text.split())
    return re.sub(r"([\\`*_{}\[\]()<>#|~!@&:])", lambda m: f"&#{ord(m[0])};", flat)


def _escape_code(text: str) -> str:
    return " ".join(text.split()).replace("`", "'").replace("|", "\\|")
