"""Scripts and shows as they were at a commit."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from paperledge_audio.errors import HistoryError, PaperledgeError
from paperledge_audio.files.names import path_inside
from paperledge_audio.files.reading import holds, is_there, no_file, read_bytes, real_path
from paperledge_audio.files.resources import bundled_folder
from paperledge_audio.files.temporary import make_workspace
from paperledge_audio.preview.history.git import (
    LARGEST_BYTES,
    Repository,
    find_renames,
    find_repository,
)
from paperledge_audio.show.loading import FILE_NAME, find_show, load_show
from paperledge_audio.show.scripts import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.show.model import Show

TREE = "tree"
"""The folder for the repository's top; files outside have no earlier version."""

Planner = Callable[[bytes, str, "Show"], "ScriptPlan"]
"""Plans a script: its bytes, its path in messages, its show."""


@dataclass(slots=True)
class Snapshot:
    """A repository at the commit `ref`; `folder` has the files that were read from it.

    Paths inside the repository are strings with slashes, from its root.
    """

    repository: Repository
    ref: str
    commit: str
    tree: dict[str, str]
    folder: Path
    _laid: dict[str, Show] = field(default_factory=dict)

    def place(self, path: Path) -> str:
        """The path in the repository of a file of the working tree, which need not exist."""
        file = real_path(path)
        if not file.is_relative_to(self.repository.root):
            raise HistoryError(
                f"is not in the repository {self.repository.root}",
                "preview it on its own",
                path=path,
            )
        return file.relative_to(self.repository.root).as_posix()

    def list_scripts(self, folder: Path) -> tuple[Path, ...]:
        """The folder's scripts at the commit, some of which may be gone."""
        inside = self.place(folder / "any").removesuffix("any")
        return tuple(
            folder / path.removeprefix(inside)
            for path in self.tree
            if path.startswith(inside)
            and "/" not in path.removeprefix(inside)
            and path.endswith(SUFFIXES)
        )

    def find_renamed(self, come: Sequence[Path]) -> dict[str, str]:
        """New path → old path of files that were renamed, by git's rules."""
        new = {place: path for path in come if (place := self.place(path)) not in self.tree}
        if not new:
            return {}
        gone = [path for path in self.tree if path.endswith(SUFFIXES) and not self._is_there(path)]
        old = self._contents(gone)
        return find_renames(old, dict(_readable(new)))

    def _is_there(self, path: str) -> bool:
        """Whether the working tree has this file, too."""
        return is_there(self.repository.root / path)

    def read_source(self, path: str) -> bytes:
        """A file's bytes."""
        return self._contents([path])[path]

    def is_same_show(self, path: str, show: Show) -> bool:
        """Whether show.toml and its voices are unchanged."""
        toml = self._show_of(path)
        if not toml:
            return show.path == self._without(show).path
        now = {toml: self.repository.root / toml}
        if voices := _find_voices(toml):
            files = (f for f in (self.repository.root / voices).rglob("*") if not no_file(f))
            now |= {file.relative_to(self.repository.root).as_posix(): file for file in files}
        then = self._show_files(toml)
        return (
            show.path == now[toml]
            and set(then) == set(now)
            and all(holds(now[name], content) for name, content in then.items())
        )

    def load_show(self, path: str, show: Show) -> Show:
        """The show of the script at `path` as it was; `show` is its show now."""
        return self._show(path, show)

    def is_same_file(self, then: Path | None, now: Path | None) -> bool:
        """Whether a file that a show of the commit names has the content of one that is there now.

        What lies outside the repository has no earlier version, and counts as the same.
        """
        if then is None or now is None:
            return then is now
        inside = Path(os.path.normpath(then))
        if not inside.is_relative_to(self.folder):
            return then == now or real_path(then) == real_path(now)
        blob = self.tree.get(self._place_laid(then))
        return blob is not None and not no_file(now) and blob == self.repository.hash_file(now)

    def is_same_beside(self, was: str, path: Path, name: str) -> bool:
        """Whether the file `name` beside a script is what it was beside the script at `was`."""
        blob = self.tree.get(os.path.normpath(PurePosixPath(was).parent / name))
        now = path.parent / name
        return blob == (None if no_file(now) else self.repository.hash_file(now))

    def read_file(self, then: Path) -> bytes:
        """What a file held that a show of the commit names.

        Raises HistoryError for one that is no regular file of the commit, or is too large.
        """
        place = self._place_laid(then)
        if place not in self.tree:
            raise HistoryError("isn't in the commit", path=f"{self.ref}:{then.name}")
        return self.read_source(place)

    def _place_laid(self, then: Path) -> str:
        """The path in the repository of a file that an old show names; "" outside of it."""
        inside = Path(os.path.normpath(then))
        parts = inside.parts[len(self.folder.parts) :]
        laid = inside.is_relative_to(self.folder) and parts[1:2] == (TREE,)
        return "/".join(parts[2:]) if laid else ""

    def plan(self, path: str, show: Show, planner: Planner) -> ScriptPlan:
        """Plan the script at `path` as it was; `show` is its show now.

        Raises what `planner` raises, with the commit in the error's path.
        """
        try:
            return planner(self.read_source(path), f"{self.ref}:{path}", self._show(path, show))
        except PaperledgeError as error:
            if error.path and Path(error.path).is_relative_to(self.folder):
                parts = Path(error.path).relative_to(self.folder).parts
                if parts[1:2] == (TREE,):
                    place = f"{self.ref}:{'/'.join(parts[2:])}"
                    raise error.located(path=place) from error
            raise

    def _show(self, path: str, show: Show) -> Show:
        toml = self._show_of(path)
        if not toml:
            return self._without(show)
        if toml not in self._laid:
            top = Path(mkdtemp(dir=self.folder)) / TREE
            self._lay(self._show_files(toml), top)
            if not _find_voices(
                toml
            ):  # they are outside the repository and have no earlier version
                top.with_name("voices").symlink_to(self.repository.root.parent / "voices")
            self._laid[toml] = load_show(top / toml, within=top)
        return self._laid[toml]

    def _lay(self, files: Mapping[str, bytes], top: Path) -> None:
        """Write files of the commit below `top`; each must be new, so none replaces another.

        Raises HistoryError for names that lead out of it, or that the file system confuses.
        """
        for name, content in files.items():
            refused = partial(
                HistoryError, remedy="compare with another commit", path=f"{self.ref}:{name}"
            )
            place = path_inside(top, name, refused)
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                with place.open("xb") as file:
                    file.write(content)
            except OSError as error:
                raise refused(f"can't be set aside: {error.strerror}") from error

    def _without(self, show: Show) -> Show:
        """The show of a script if the commit has none: one from outside, or PaperLedge's."""
        if show.path.is_relative_to(self.repository.root):
            return load_show(bundled_folder() / "scripts" / FILE_NAME)
        return show

    def _show_of(self, path: str) -> str:
        """The show.toml beside a script or above it at the commit, or ""."""
        for folder in PurePosixPath(path).parents:
            if (toml := (folder / FILE_NAME).as_posix()) in self.tree:
                return toml
        return ""

    def _show_files(self, toml: str) -> dict[str, bytes]:
        voices = _find_voices(toml)
        beside = [path for path in self.tree if voices and path.startswith(voices)]
        return self._contents([toml, *beside])

    def _contents(self, paths: Sequence[str]) -> dict[str, bytes]:
        blobs = self.repository.read_blobs([self.tree[path] for path in paths])
        return {path: blobs[self.tree[path]] for path in paths}


def _readable(files: Mapping[str, Path]) -> Iterator[tuple[str, bytes]]:
    """What is in those of the files that can be read."""
    for place, path in files.items():
        with suppress(HistoryError):
            yield place, read_bytes(path, LARGEST_BYTES, "a script", error=HistoryError)


@contextmanager
def open_snapshot(path: Path, ref: str) -> Iterator[Snapshot]:
    """The repository that contains `path`, at `ref` (`A...` is the merge base of A and HEAD)."""
    repository = find_repository(path)
    commit = repository.find_commit(ref)
    with make_workspace() as folder:
        tree = repository.list_files(commit)
        yield Snapshot(repository, ref, commit, tree, real_path(folder))


def load_current_show(script: Path) -> Show:
    """The show of a script in the working tree."""
    return load_show(find_show(script))


def _find_voices(toml: str) -> str:
    """`voices/` beside the folder of a show.toml, with its last slash; "" outside the tree."""
    folder = PurePosixPath(toml).parent
    return (folder.parent / "voices").as_posix() + "/" if folder.name else ""
