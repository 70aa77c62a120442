"""Git for tests: with an author, and with nobody's settings."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

AUTHOR = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@paperledge.example",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@paperledge.example",
}


Tree = Mapping[bytes, "bytes | tuple[str, bytes] | Tree"]
"""Names as they stand in a tree → a file's content, a mode with a content, or a tree below."""


def run_git(folder: Path, *arguments: str, data: bytes = b"") -> str:
    """What git prints."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        input=data,
        env={**os.environ, **AUTHOR},
    )
    return done.stdout.decode().strip()


def commit_of(folder: Path, tree: Tree) -> str:
    """A commit with exactly these names, which git would neither add nor check out itself."""
    return run_git(folder, "commit-tree", _written(folder, tree), "-m", "Names")


def _written(folder: Path, tree: Tree) -> str:
    entries = b""
    for name, what in tree.items():
        if isinstance(what, Mapping):
            mode, made = "40000", _written(folder, what)
        else:
            mode, content = what if isinstance(what, tuple) else ("100644", what)
            made = run_git(folder, "hash-object", "-w", "--stdin", data=content)
        entries += mode.encode() + b" " + name + b"\0" + bytes.fromhex(made)
    literally = ("hash-object", "-t", "tree", "-w", "--stdin", "--literally")
    return run_git(folder, *literally, data=entries)
