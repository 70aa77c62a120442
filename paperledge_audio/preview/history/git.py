"""Reads a commit's files through git."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.errors import HistoryError, MissingError, map_errors, suggest
from paperledge_audio.files.names import find_fault
from paperledge_audio.files.reading import is_folder, real_path
from paperledge_audio.files.temporary import make_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LARGEST_BYTES = 100_000_000
"""Of all that is read of one commit at once."""
FILE_MODES = (b"100644", b"100755")
"""Modes of regular files in a tree; not of links or submodules."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository; `root` is the top of its working tree, resolved."""

    root: Path

    def find_commit(self, ref: str) -> str:
        """The full name of a commit; `A...` is the merge base of A and HEAD, as for git diff.

        Raises HistoryError for a repository without commits, an unknown name, and histories without
        a common commit, with a remedy for shallow clones.
        """
        if ref.endswith("..."):
            ours = self.find_commit("HEAD")
            base = self._ask("merge-base", self.find_commit(ref.removesuffix("...")), ours)
            if not base:
                raise self._unknown(f"{ref.removesuffix('...')} and HEAD have no common commit")
            return base
        found = self._resolved(ref)
        if not found:
            if not self._resolved("HEAD"):
                raise HistoryError(
                    "the repository has no commits yet",
                    "commit something first, or leave --since out",
                    path=self.root,
                )
            raise self._unknown(f"no commit is called {ref!r}", ref)
        return found

    def list_files(self, commit: str) -> dict[str, str]:
        """Every regular file of a commit: its path, with slashes, and its blob's name.

        Raises HistoryError for a file name that git itself would never check out, since such names
        may lead out of their folder.
        """
        listing = _run_git(self.root, "ls-tree", "-r", "-z", "--full-tree", commit)
        files = {}
        for entry in listing.split(b"\0")[:-1]:
            facts, _, path = entry.partition(b"\t")
            mode, _, blob = facts.split(b" ")
            if mode not in FILE_MODES:
                continue
            name = os.fsdecode(path)
            if why := find_fault(name):
                raise HistoryError(
                    f"the commit {commit[:10]} names a file {name!r}, which {why}",
                    "compare with another commit",
                    path=self.root,
                )
            files[name] = blob.decode()
        return files

    def read_blobs(self, names: Sequence[str]) -> dict[str, bytes]:
        """The contents of blobs, by their names, all together of `LARGEST_BYTES` at most."""
        unique = list(dict.fromkeys(names))
        asked = "\n".join([*unique, ""]).encode()
        looks = _run_git(self.root, "cat-file", "--batch-check=%(objectsize)", data=asked).split(
            b"\n"
        )
        if sum(int(size) for size in looks if size.isdigit()) > LARGEST_BYTES:
            raise HistoryError(
                f"what is read of a commit is larger than {LARGEST_BYTES / 1e6:g} MB",
                "compare with another commit",
                path=self.root,
            )
        out = _run_git(self.root, "cat-file", "--batch", data=asked)
        found, place = {}, 0
        for name in unique:
            head = out.index(b"\n", place)
            size = out[place:head].rsplit(b" ", 1)[1]
            if not size.isdigit():  # a partial clone that can't fetch it
                raise HistoryError(f"the object {name} is missing", "fetch it", path=self.root)
            found[name] = out[head + 1 : head + 1 + int(size)]
            place = head + 1 + int(size) + 1
        return found

    def hash_file(self, path: Path) -> str:
        """The name of the blob that a commit would have for a file, of any size."""
        return self._ask("hash-object", "--", str(path))

    def _resolved(self, ref: str) -> str:
        return self._ask(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )

    def _ask(self, *arguments: str) -> str:
        """One line of git's output, empty if it fails."""
        return _run_git(self.root, *arguments, refusable=True).decode().strip()

    def _unknown(self, what: str, ref: str = "") -> HistoryError:
        if self._ask("rev-parse", "--is-shallow-repository") == "true":
            return HistoryError(
                f"{what} in this shallow clone",
                "run: git fetch --unshallow (on GitHub: actions/checkout with fetch-depth: 0)",
                path=self.root,
            )
        names = self._ask("for-each-ref", "--format=%(refname:short)").split("\n")
        remedy = suggest(ref, names) if ref else "name a commit that both come from"
        return HistoryError(what, remedy, path=self.root)


def find_repository(path: Path) -> Repository:
    """The repository that contains `path`, which need not exist.

    Raises HistoryError if there is none, MissingError without git.
    """
    here = real_path(path)
    folder = next(place for place in (here, *here.parents) if is_folder(place))
    try:
        top = _run_git(folder, "rev-parse", "--show-toplevel")
    except HistoryError as error:
        if "not a git repository" not in error.what:
            raise
        raise HistoryError(
            "is not in a git repository", "leave --since out, or run: git init", path=path
        ) from error
    return Repository(real_path(Path(os.fsdecode(top.rstrip(b"\n")))))


def find_renames(gone: Mapping[str, bytes], come: Mapping[str, bytes]) -> dict[str, str]:
    """New path → old path, by git's rename detection, of removed and new files.

    Their contents are enough: they need not be in a repository.
    """
    if not gone or not come:
        return {}
    with make_workspace() as folder:
        sides = {"old": dict(enumerate(gone.items())), "new": dict(enumerate(come.items()))}
        for side, files in sides.items():
            (folder / side).mkdir()
            for number, (_, content) in files.items():
                (folder / side / f"{side}-{number}").write_bytes(content)
        listed = _run_git(
            folder,
            *("diff", "--no-index", "--find-renames", "--name-status", "-z", "old", "new"),
            refusable=True,  # a difference is exit code 1
        ).split(b"\0")
    found = {}
    for status, old, new in zip(listed, listed[1:], listed[2:], strict=False):
        if status.startswith(b"R") and status[1:].isdigit():
            one, two = (int(name.rsplit(b"-", 1)[1]) for name in (old, new))
            found[sides["new"][two][0]] = sides["old"][one][0]
    return found


def _run_git(folder: Path, *arguments: str, data: bytes = b"", refusable: bool = False) -> bytes:
    """Run git; raises HistoryError with its first line, except for exit code 1 if `refusable`."""
    with map_errors(MissingError, "git can't be started", "apt-get install git"):
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            input=data,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )
    if done.returncode and not (refusable and done.returncode == 1):
        complaint = done.stderr.decode(errors="replace").strip().split("\n")[0]
        raise HistoryError(
            f"git: {complaint.removeprefix('fatal: ')}",
            "correct it, or leave --since out",
            path=folder,
        )
    return done.stdout
