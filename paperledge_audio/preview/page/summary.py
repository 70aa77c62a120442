"""A preview's summary: what a comment on a pull request or a merge request says.

One Markdown text for GitHub and GitLab: a table, what changed around the speech, and for each
episode its changed sentences, old and new, with links to hear them, and the findings of `check`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio import GENERATOR_NOTE
from paperledge_audio.preview.page.markdown import escape_code, escape_text
from paperledge_audio.preview.page.wording import find_changed_numbers, mark_words
from paperledge_audio.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from paperledge_audio.preview.page.document import Json

MARK = "<!-- paperledge preview -->"
"""The first line, which nobody sees: by it a comment is found and replaced."""
LONGEST = 65_536
"""Characters of a comment on GitHub; a note on GitLab may have more."""
HEADINGS = {
    "Episode": "---",
    "Segments changed": "---",
    "Seconds re-rendered": "---:",
    "Duration before": "---:",
    "Duration after": "---:",
    "Difference": "---:",
    "Findings": "---",
}
"""The table's columns and how they are aligned."""
NUMBERS = "numbers changed"


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where the page and its clips can be heard; empty: nowhere yet."""

    page: str = ""
    clips: str = ""
    """What the name of a clip's file follows."""

    @classmethod
    def below(cls, address: str, *, single: bool) -> PageLinks:
        """Links for an address: that of a `single` file, else that of the page's folder."""
        if not address:
            return cls()
        if single:
            return cls(address, f"{address}#")
        folder = address.rstrip("/")
        return cls(f"{folder}/index.html", f"{folder}/")

    def hear(self, words: str, clip: str) -> str:
        """The words as a link to a clip, or only the words."""
        return f"[{words}]({self.clips}{clip})" if self.clips and clip else words


@dataclass(frozen=True, slots=True)
class SummarySection:
    """Lines that stand together: what opens them, items that may be left out, and what ends them.

    `kind` says in a word what the items are.
    """

    kind: str
    opening: tuple[str, ...]
    items: tuple[str, ...]
    ending: tuple[str, ...] = ("",)


def write_summary(document: Json, links: PageLinks | None = None) -> str:
    """The summary of a page's document, of at most `LONGEST` characters.

    What has no room is left out from the end, and the last line says how much.
    """
    links = links or PageLinks()
    since, episodes = document["since"], document["episodes"]
    against = f" since {escape_code(since['ref'])} ({since['commit']})" if since else ""
    head = [MARK, f"<!-- {GENERATOR_NOTE} -->", "", f"### Preview{against}", ""]
    if links.page:
        head += [f"[Listen to everything on its page]({links.page})", ""]
    rows = [episode for episode in episodes if episode["status"] != "unchanged"]
    sections = [
        *_list_facts(document, rows, links),
        *(_describe_episode(row, links) for row in rows),
    ]
    return _fit(head, [section for section in sections if section.items])


def _fit(head: Sequence[str], sections: Sequence[SummarySection]) -> str:
    """All lines, or as many as there is room for, and then how many items are left out."""
    whole = [*head, *(line for one in sections for line in (*one.opening, *one.items, *one.ending))]
    if len(text := "\n".join(whole) + "\n") <= LONGEST:
        return text
    lines, left_out = list(head), Counter[str]()
    room = LONGEST - len("\n".join(head)) - len(_describe_cut(Counter(_list_kinds(sections)))) - 2
    for section in sections:
        frame = sum(len(line) + 1 for line in (*section.opening, *section.ending))
        taken: list[str] = []
        for item in section.items:
            if left_out or frame + len(item) + 1 > room:
                left_out[section.kind] += 1
                continue
            room -= frame + len(item) + 1
            frame = 0
            taken.append(item)
        if taken:
            lines += [*section.opening, *taken, *section.ending]
    return "\n".join([*lines, _describe_cut(left_out)]) + "\n"


def _list_kinds(sections: Sequence[SummarySection]) -> Iterator[str]:
    yield from (section.kind for section in sections for _ in section.items)


def _describe_cut(left_out: Counter[str]) -> str:
    counts = ", ".join(f"{kind}: {count}" for kind, count in left_out.items())
    return f"**Cut here, since a comment holds {LONGEST:,} characters. Left out: {counts}.**"


def _list_facts(document: Json, rows: Sequence[Json], links: PageLinks) -> Iterator[SummarySection]:
    """The table, and what stands below it."""
    episodes, around = document["episodes"], document.get("around", ())
    opening = (_format_row(HEADINGS), _format_row(HEADINGS.values()))
    yield SummarySection("episodes", opening, tuple(_format_row(_list_cells(row)) for row in rows))
    if not rows and not any(change["where"] for change in around):
        yield SummarySection("notes", (), ("No episode sounds different.",))
    notes = [_write_around(change, links) for change in around] + [
        f"- {escape_code(e['was'])} is now {escape_code(e['path'])}, and sounds as it did."
        for e in episodes
        if e["status"] == "unchanged" and e["was"]
    ]
    yield SummarySection("notes", (), tuple(notes))
    same = len(episodes) - len(rows)
    if same and rows:
        words = "other script is" if same == 1 else "other scripts are"
        yield SummarySection("notes", (), (f"{same} {words} unchanged.",))


def _write_around(change: Json, links: PageLinks) -> str:
    """What changed around the speech; of music both versions, to hear."""
    lines = [f"- {escape_text(change['text'])}"]
    for side in ("before", "after"):
        if piece := change[side]:
            problem = f": {escape_text(piece['problem'])}" if piece["problem"] else ""
            file = escape_code(piece["file"])
            lines.append(f"  - {links.hear(side, piece['clip'])}: {file}{problem}")
    return "\n".join(lines)


def _format_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _list_cells(episode: Json) -> Iterator[str]:
    before, after = episode["duration_before_s"], episode.get("duration_s")
    status = episode["status"]
    was = episode["was"] or (episode["path"] if status == "deleted" else "")
    yield escape_text(episode["title"]) + (f" (was {escape_code(was)})" if was else "")
    changed = {"changed": _count_changes(episode), "whole": "all", "broken": "can't be previewed"}
    yield changed.get(status, str(status))
    yield f"{episode['anew_s']:.1f}"
    yield "–" if before is None else clock(before)
    yield "–" if after is None else clock(after)
    yield "–" if before is None or after is None else _format_difference(after - before)
    levels = Counter(found["level"] for found in _list_findings(episode))
    yield ", ".join(f"{n} {level}{'s' * (n > 1)}" for level, n in levels.items()) or "none"


def _format_difference(seconds: float) -> str:
    sign = "−" if seconds < 0 else "+"
    return f"{sign}{abs(seconds):.1f} s"


def _count_changes(episode: Json) -> str:
    counts = dict(episode["counts"])
    if numbers := sum(find_changed_numbers(change) is not None for change in episode["changes"]):
        counts[f"**with {NUMBERS}**"] = numbers
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _list_findings(episode: Json) -> Iterator[Json]:
    """The findings of `check`, each once, the error that stopped the preview first."""
    problem = episode["problem"]
    if problem:
        yield {**problem, "level": "error"}
    for found in episode["findings"]:
        if not (problem and found["what"] == problem["what"]):
            yield found


def _describe_episode(episode: Json, links: PageLinks) -> SummarySection:
    name = f"{escape_text(episode['title'])}, <code>{escape_text(episode['path'])}</code>"
    opened = "<details open>" if episode["status"] in {"changed", "broken"} else "<details>"
    return SummarySection(
        "changes and findings",
        ("", opened, f"<summary>{name}</summary>", ""),
        (*map(_write_finding, _list_findings(episode)), *_list_changes(episode, links)),
        ("", "</details>"),
    )


def _write_finding(found: Json) -> str:
    place = f", line {found['line']}" if found["line"] else ""
    text = "; ".join(part for part in (found["what"], found["remedy"]) if part)
    return f"- **{escape_text(found['level'])}**{place}: {escape_text(text)}"


def _list_changes(episode: Json, links: PageLinks) -> Iterator[str]:
    for change in episode["changes"]:
        sides = [(side, change[side]) for side in ("before", "after") if change[side]]
        if change["same_sound"]:
            sides = sides[-1:]
        places = dict.fromkeys(said["line"] for _, said in sides if said["line"])
        place = f", line {' → '.join(map(str, places))}" if places else ""
        why = f" ({escape_text('; '.join(change['why']))})" if change["why"] else ""
        lines = [f"- **{change['kind']}**{place}{why}"]
        lines += [f"  - {links.hear(s, said['clip'])}: {mark_words(s, said)}" for s, said in sides]
        if numbers := find_changed_numbers(change):
            old, new = (escape_text(number) or "none" for number in numbers)
            lines.append(f"  - **{NUMBERS}: {old} → {new}**")
        yield "\n".join(lines)
