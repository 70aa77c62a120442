"""Which scripts there are to look at, and what each of them was before."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.check.scripts import Finding, lint, lint_script
from paperledge_audio.engines.g2p import guess, knows
from paperledge_audio.errors import PaperledgeError, ScriptError
from paperledge_audio.files.names import illegible
from paperledge_audio.files.reading import is_folder, is_there, list_folder, no_file
from paperledge_audio.preview.history.diff import Change, ChangeKind, compare, sides
from paperledge_audio.preview.history.past import SUFFIXES, Past, show_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.preview.history.past import Planner

log = logging.getLogger(__name__)


class Status(StrEnum):
    """What became of a script."""

    WHOLE = "whole"
    """There is nothing to compare it with: all of it is previewed."""
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    BROKEN = "broken"
    """It can't be read or spoken."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A script beside its version before."""

    path: Path
    status: Status
    was: str = ""
    """Its path in the repository before, where it had another."""
    before: ScriptPlan | None = None
    after: ScriptPlan | None = None
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What `check` says of the new version."""
    problem: PaperledgeError | None = None
    """Why it is broken."""

    @property
    def changed(self) -> tuple[Change, ...]:
        """The changes that are any; none for a script that is previewed whole."""
        return tuple(change for change in self.changes if change.kind is not ChangeKind.UNCHANGED)


def listed(arguments: Iterable[Path], history: Past | None) -> tuple[Path, ...]:
    """The scripts that are meant: a folder stands for those in it, the deleted ones included."""
    found: dict[Path, None] = {}
    for path in arguments:
        if not is_folder(path):
            found[path] = None
            continue
        inside = {file for file in list_folder(path, ScriptError) if file.suffix in SUFFIXES}
        if history:
            inside |= {path / then.rpartition("/")[2] for then in history.scripts(path)}
        if not inside:
            raise ScriptError("holds no scripts", "name a folder with *.md or *.txt", path=path)
        found |= dict.fromkeys(sorted(inside))
    for path in found:
        if why := illegible(str(path)):
            raise ScriptError(f"the name {str(path)!r} {why}", "rename it, or name the others")
    return tuple(found)


def look(
    paths: Iterable[Path], history: Past | None, read: Callable[[Path], bytes], planner: Planner
) -> tuple[Compared, ...]:
    """Each script as it is, and beside its version in `history` if there is one.

    `read` gives a file's bytes, `planner` makes a plan of them. What is wrong with one script is
    its result; the others go on.
    """
    paths = tuple(paths)
    come = [path for path in paths if not no_file(path)]
    renamed = history.renamed(come) if history else {}
    taken = set(renamed.values())
    found = []
    for path in paths:
        place = history.place(path) if history else ""
        if place in taken and not is_there(path):
            continue  # it is there, under its new name
        try:
            compared = _look(path, history, renamed.get(place, place), read, planner)
            log.info("%s is %s", path, compared.status)
            found.append(compared)
        except PaperledgeError as error:
            faults = _findings(path, read)
            found.append(Compared(path, Status.BROKEN, findings=faults, problem=error))
    return tuple(found)


def _findings(path: Path, read: Callable[[Path], bytes]) -> tuple[Finding, ...]:
    """Everything that `check` says of a script, as far as it can be read at all."""
    try:
        return lint_script(read(path), str(path), show_now(path), knows, guess).findings
    except PaperledgeError:
        return ()


def _look(
    path: Path, history: Past | None, was: str, read: Callable[[Path], bytes], planner: Planner
) -> Compared:
    if history is None or was not in history.tree:
        after = planner(read(path), str(path), show_now(path))
        return _alone(path, Status.NEW if history else Status.WHOLE, after)
    if not is_there(path):
        return Compared(path, Status.DELETED, before=_as_it_was(history, was, path, planner))
    source, show = read(path), show_now(path)
    renamed_from = was if was != history.place(path) else ""
    if source == history.source(was) and history.same_show(was, show):
        return Compared(path, Status.UNCHANGED, renamed_from)
    after = planner(source, str(path), show)
    try:
        before = history.plan(was, show, planner)
    except PaperledgeError as error:
        note = Finding("warning", None, f"the version before can't be heard: {error}")
        return _alone(path, Status.NEW, after, renamed_from, note)
    changes = compare(sides(before), sides(after))
    changed = any(change.kind is not ChangeKind.UNCHANGED for change in changes)
    status = Status.CHANGED if changed else Status.UNCHANGED
    return Compared(path, status, renamed_from, before, after, changes, _said_of(after))


def _as_it_was(history: Past, was: str, path: Path, planner: Planner) -> ScriptPlan | None:
    """A deleted script's last version, or None if that can't be spoken: nobody needs it to."""
    try:
        return history.plan(was, show_now(path), planner)
    except PaperledgeError:
        return None


def _alone(
    path: Path, status: Status, after: ScriptPlan, was: str = "", *notes: Finding
) -> Compared:
    """A script with no version before it that can be heard."""
    added = sides(after) if status is Status.NEW else ()
    changes = tuple(Change(ChangeKind.ADDED, None, side) for side in added)
    return Compared(path, status, was, None, after, changes, (*notes, *_said_of(after)))


def _said_of(plan: ScriptPlan) -> tuple[Finding, ...]:
    """What `check` says of a script, and what is to be known of its voices in a draft."""
    findings = lint(plan, knows, guess).findings
    return (*findings, *(Finding("warning", None, note) for note in plan.notes))
