"""Compares two versions of a script, segment by segment.

Segments with the same text are the same: in the same order they stayed, else they moved. Others
between two that stayed are paired by shared words; the rest was added or removed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from paperledge_audio.preview.directions import describe_direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.plan import Plan
    from paperledge_audio.spoken import Segment, Span

ALIKE = 0.4
"""Dice's coefficient of two sentences' words from which one counts as an edit of the other."""


class ChangeKind(StrEnum):
    """How a segment changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RESAID = "said otherwise"
    """The same text, but other spoken words, sound, voice, role, pause or music."""
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PlannedSegment:
    """A segment of one version, and its take's id, which is the same for the same sound."""

    segment: Segment
    take_id: str

    @property
    def text(self) -> str:
        """The printed text with single spaces."""
        return " ".join(self.segment.text.split())


def list_planned(plan: Plan) -> tuple[PlannedSegment, ...]:
    """The segments of a plan that was made with a store, in order."""
    return tuple(map(PlannedSegment, plan.segments, plan.take_ids))


@dataclass(frozen=True, slots=True)
class Change:
    """A segment before and after, None if there is none; `why` describes the differences.

    A segment that moved may also sound different; then `why` is not empty.
    """

    kind: ChangeKind
    before: PlannedSegment | None
    after: PlannedSegment | None
    why: tuple[str, ...] = ()

    @property
    def is_new_sound(self) -> bool:
        """Whether the new version needs new speech here."""
        return self.after is not None and (
            self.before is None or self.before.take_id != self.after.take_id
        )


def compare(old: Sequence[PlannedSegment], new: Sequence[PlannedSegment]) -> tuple[Change, ...]:
    """Every segment of `old` and of `new` once, in the order of `new`.

    Removed ones are at their old place. The changes' `after`s are `new`, in order; their `before`s
    are `old`, in order except those that moved.
    """
    stayed = dict(_match_unchanged(old, new))
    moved = dict(_match_moved(old, new, stayed))
    edited = dict(_match_edited(old, new, stayed, moved))
    in_order = stayed | edited
    pairs = in_order | moved
    places = {i: j for j, i in pairs.items()}
    limits = _find_limits(in_order, len(old), len(new))
    out: list[Change] = []
    place = 0
    for j, after in enumerate(new):
        out += _list_removed(old, places, place, limits[j])
        place = max(place, limits[j])
        if j not in pairs:
            out.append(Change(ChangeKind.ADDED, None, after))
            continue
        i = pairs[j]
        why = (*_explain(old[i], after), *_explain_rest(old, new, pairs, j))
        if j in moved:
            kind = ChangeKind.MOVED
        elif j in edited:
            kind = ChangeKind.CHANGED
        else:
            kind = ChangeKind.RESAID if why else ChangeKind.UNCHANGED
        out.append(Change(kind, old[i], after, why))
    out += _list_removed(old, places, place, len(old))
    return tuple(out)


def _match_unchanged(
    old: Sequence[PlannedSegment], new: Sequence[PlannedSegment]
) -> Iterator[tuple[int, int]]:
    """(new, old) places of equal texts in the same order."""
    matcher = SequenceMatcher(None, [s.text for s in old], [s.text for s in new], autojunk=False)
    for i, j, count in matcher.get_matching_blocks():
        yield from ((j + n, i + n) for n in range(count))


def _match_moved(
    old: Sequence[PlannedSegment], new: Sequence[PlannedSegment], stayed: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """(new, old) places of the remaining equal texts, the first with the first."""
    taken = set(stayed.values())
    left: dict[str, list[int]] = {}
    for i in reversed(range(len(old))):
        if i not in taken:
            left.setdefault(old[i].text, []).append(i)
    for j, after in enumerate(new):
        if j not in stayed and left.get(after.text):
            yield j, left[after.text].pop()


def _match_edited(
    old: Sequence[PlannedSegment],
    new: Sequence[PlannedSegment],
    stayed: dict[int, int],
    moved: dict[int, int],
) -> Iterator[tuple[int, int]]:
    """(new, old) places of similar texts, between two that stayed, in the same order."""
    gone = set(stayed.values()) | set(moved.values())
    i = j = 0
    for end_j, end_i in [*sorted(stayed.items()), (len(new), len(old))]:
        rows = [n for n in range(i, end_i) if n not in gone]
        columns = [n for n in range(j, end_j) if n not in moved]
        yield from _align(old, new, rows, columns)
        i, j = end_i + 1, end_j + 1


def _align(
    old: Sequence[PlannedSegment],
    new: Sequence[PlannedSegment],
    rows: list[int],
    columns: list[int],
) -> Iterator[tuple[int, int]]:
    """The pairs, in order, with the greatest sum of similarities (Needleman and Wunsch 1970)."""
    words = {
        id(side): Counter(side.text.lower().split())
        for side in (*(old[i] for i in rows), *(new[j] for j in columns))
    }
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for r, i in enumerate(rows):
        for c, j in enumerate(columns):
            alike = _measure_similarity(words[id(old[i])], words[id(new[j])])
            paired = best[r][c] + alike if alike >= ALIKE else 0.0
            best[r + 1][c + 1] = max(best[r][c + 1], best[r + 1][c], paired)
    r, c = len(rows), len(columns)
    while r and c:
        if best[r][c] == best[r - 1][c]:
            r -= 1
        elif best[r][c] == best[r][c - 1]:
            c -= 1
        else:
            r, c = r - 1, c - 1
            yield columns[c], rows[r]


def _measure_similarity(one: Counter[str], two: Counter[str]) -> float:
    """Dice's coefficient: twice the shared words over all the words."""
    return 2 * (one & two).total() / max(one.total() + two.total(), 1)


def _find_limits(in_order: dict[int, int], olds: int, news: int) -> list[int]:
    """For each new place the old place up to which removed segments come before it."""
    limits = [olds] * news
    limit = olds
    for j in reversed(range(news)):
        limit = in_order.get(j, limit)
        limits[j] = limit
    return limits


def _list_removed(
    old: Sequence[PlannedSegment], places: dict[int, int], start: int, end: int
) -> Iterator[Change]:
    for i in range(start, end):
        if i not in places:
            yield Change(ChangeKind.REMOVED, old[i], None)


def _explain(before: PlannedSegment, after: PlannedSegment) -> Iterator[str]:
    """Describe differences besides the printed text."""
    one, two = before.segment, after.segment
    if one.role != two.role:
        yield f"{one.role} → {two.role}"
    if one.voice != two.voice:
        yield f"voice {one.voice} → {two.voice}"
    elif one.speaker != two.speaker:
        yield f"speaker {one.speaker} → {two.speaker}"
    if before.text != after.text or before.take_id == after.take_id:
        return
    was = {span.text: span for span in one.changes}
    now = {span.text: span for span in two.changes}
    words = [text for text in {**was, **now} if _get_sound(text, was) != _get_sound(text, now)]
    yield from (
        f"{w.strip()}: {_describe_sound(w, was)} → {_describe_sound(w, now)}" for w in words
    )
    directions = describe_direction(one), describe_direction(two)
    turned = [what for what, how in directions[0].items() if how != directions[1][what]]
    yield from (f"{what}: {directions[0][what]} → {directions[1][what]}" for what in turned)
    if not words and not turned and one.voice == two.voice:
        yield "otherwise read" if one.spans != two.spans else "the voice's profile or engine"


def _get_sound(text: str, spans: dict[str, Span]) -> tuple[str, str] | None:
    """What is said for a text that is said differently from print."""
    span = spans.get(text)
    return (span.said, span.phonemes) if span else None


def _describe_sound(text: str, spans: dict[str, Span]) -> str:
    span = spans.get(text)
    if span is None:
        return "as printed"
    return f"/{span.phonemes}/" if span.phonemes else span.said.strip() or "unsaid"


def _explain_rest(
    old: Sequence[PlannedSegment], new: Sequence[PlannedSegment], pairs: dict[int, int], j: int
) -> Iterator[str]:
    """Describe differences between this segment and the next, if that is the same as before."""
    i = pairs[j]
    if pairs.get(j + 1, len(old)) != i + 1 or (j + 1 == len(new)) != (i + 1 == len(old)):
        return
    one, two = old[i].segment, new[j].segment
    if one.music_after != two.music_after:
        yield f"music after it: {one.music_after or 'none'} → {two.music_after or 'none'}"
    if one.sounds_after != two.sounds_after:
        before, after = (
            ", ".join(names) or "none" for names in (one.sounds_after, two.sounds_after)
        )
        yield f"sounds after it: {before} → {after}"
    if one.pause_after != two.pause_after:
        yield f"pause after it: {one.pause_after:g} s → {two.pause_after:g} s"
