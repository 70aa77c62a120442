"""Compares each script with its earlier version."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.check.scripts import Finding, lint, lint_script, list_faults
from paperledge_audio.deliver.pictures.chapters import check_pictures
from paperledge_audio.deliver.pictures.cover import check_artwork, find_artwork
from paperledge_audio.errors import PaperledgeError
from paperledge_audio.files.reading import is_there, no_file
from paperledge_audio.preview.history.diff import Change, ChangeKind, compare, list_planned
from paperledge_audio.preview.history.snapshot import Snapshot, load_current_show
from paperledge_audio.preview.history.surroundings import (
    SurroundingChange,
    compare_metadata,
    compare_pictures,
    compare_shows,
    select_heard,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.preview.history.snapshot import Planner
    from paperledge_audio.show.model import Show


class Status(StrEnum):
    """What became of a script."""

    WHOLE = "whole"
    """There is nothing to compare with: everything is previewed."""
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    BROKEN = "broken"
    """It can't be read or spoken."""


@dataclass(frozen=True, slots=True)
class ComparedScript:
    """A script and its earlier version."""

    path: Path
    status: Status
    was: str = ""
    """Its earlier path in the repository, if different."""
    before: ScriptPlan | None = None
    after: ScriptPlan | None = None
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Findings of `check` for the new version."""
    problem: PaperledgeError | None = None
    """Why it is broken."""
    around: tuple[SurroundingChange, ...] = ()
    """What changed around its speech."""

    @property
    def changed(self) -> tuple[Change, ...]:
        """The changes; none for a script that is previewed whole."""
        return tuple(change for change in self.changes if change.kind is not ChangeKind.UNCHANGED)


def compare_scripts(
    paths: Iterable[Path], history: Snapshot | None, read: Callable[[Path], bytes], planner: Planner
) -> tuple[ComparedScript, ...]:
    """Each script, with its version in `history` if there is one.

    `read` reads a file, `planner` plans its bytes. An error of one script is its result; the others
    continue.
    """
    paths = tuple(paths)
    come = [path for path in paths if not no_file(path)]
    renamed = history.find_renamed(come) if history else {}
    taken = set(renamed.values())
    found = []
    for path in paths:
        place = history.place(path) if history else ""
        if place in taken and not is_there(path):
            continue  # it exists under its new name
        try:
            found.append(_compare(path, history, renamed.get(place, place), read, planner))
        except PaperledgeError as error:
            faults = _lint(path, read)
            found.append(ComparedScript(path, Status.BROKEN, findings=faults, problem=error))
    return tuple(found)


def _lint(path: Path, read: Callable[[Path], bytes]) -> tuple[Finding, ...]:
    """All findings of `check` for a script that can be read."""
    try:
        return lint_script(read(path), str(path), load_current_show(path)).findings
    except PaperledgeError as error:
        return list_faults(error, str(path))


def _compare(
    path: Path, history: Snapshot | None, was: str, read: Callable[[Path], bytes], planner: Planner
) -> ComparedScript:
    if history is None or was not in history.tree:
        after = planner(read(path), str(path), load_current_show(path))
        return _without_before(path, Status.NEW if history else Status.WHOLE, after)
    if not is_there(path):
        return ComparedScript(
            path, Status.DELETED, before=_plan_before(history, was, path, planner)
        )
    source, show = read(path), load_current_show(path)
    renamed_from = was if was != history.place(path) else ""
    same = source == history.read_source(was) and history.is_same_show(was, show)
    shows = _compare_shows(history, was, show)
    pictures = tuple(compare_pictures(history, was, path, source))
    if same and not shows:
        return ComparedScript(path, Status.UNCHANGED, renamed_from, around=pictures)
    after = planner(source, str(path), show)
    around = (*select_heard(shows, after), *pictures)
    if same:
        return ComparedScript(path, Status.UNCHANGED, renamed_from, around=around)
    try:
        before = history.plan(was, show, planner)
    except PaperledgeError as error:
        note = Finding("warning", None, f"the version before can't be heard: {error}")
        return _without_before(path, Status.NEW, after, renamed_from, note)
    changes = compare(list_planned(before), list_planned(after))
    changed = any(change.kind is not ChangeKind.UNCHANGED for change in changes)
    status = Status.CHANGED if changed else Status.UNCHANGED
    around += tuple(compare_metadata(before.script.episode, after.script.episode))
    return ComparedScript(
        path, status, renamed_from, before, after, changes, _list_findings(after), around=around
    )


def _compare_shows(history: Snapshot, was: str, show: Show) -> tuple[SurroundingChange, ...]:
    """What changed in the show; nothing where the one before can't be read."""
    try:
        return compare_shows(history.load_show(was, show), show, history)
    except PaperledgeError:
        return ()


def _plan_before(history: Snapshot, was: str, path: Path, planner: Planner) -> ScriptPlan | None:
    """A deleted script's last version, or None if that can't be spoken."""
    try:
        return history.plan(was, load_current_show(path), planner)
    except PaperledgeError:
        return None


def _without_before(
    path: Path, status: Status, after: ScriptPlan, was: str = "", *notes: Finding
) -> ComparedScript:
    """A script without an earlier version that can be spoken."""
    added = list_planned(after) if status is Status.NEW else ()
    changes = tuple(Change(ChangeKind.ADDED, None, side) for side in added)
    return ComparedScript(path, status, was, None, after, changes, (*notes, *_list_findings(after)))


def _list_findings(plan: ScriptPlan) -> tuple[Finding, ...]:
    """Findings of `check` for a script and its pictures, and notes on its voices."""
    findings = lint(plan).findings
    try:
        check_pictures(plan.script)
        check_artwork(find_artwork(plan.script, plan.show))
    except PaperledgeError as error:
        findings = (*list_faults(error, plan.path), *findings)
    return (*findings, *(Finding("warning", None, note) for note in plan.notes))
