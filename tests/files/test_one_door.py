"""Files that somebody named are opened by files/reading.py alone; what else is opened is ours."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import paperledge_audio

PACKAGE = Path(paperledge_audio.__file__).parent
OPENS = {"read_bytes", "read_text", "open", "iterdir", "glob", "rglob", "resolve", "scandir"}
"""Methods that open a path, or raise where a link leads in a circle."""
ASKS = {"is_file", "is_dir", "exists"}
"""Methods that raise where a folder may not be looked into; see `is_folder` and `no_file`."""
OWN = {
    "deliver/encode/opus.py": "a scratch file",
    "deliver/encode/mp3.py": "a scratch file",
    "deliver/formats.py": "a scratch file",
    "deliver/provenance/signing.py": "a scratch file",
    "deliver/reading/book.py": "a scratch file",
    **{
        f"deliver/tags/{kind}.py": "a scratch file, or a sound that `check_whole` has let pass"
        for kind in ("id3", "mp4", "vorbis", "wav")
    },
    "audition/recording.py": "a scratch file",
    "engines/sessions.py": "a scratch file",
    "engines/kokoro/model.py": "installed packages",
    "engines/hibari.py": "an installed package",
    "engines/g2p.py": "an installed package",
    "spoken/english.py": "an installed package",
    "verify/encoder/networks.py": "an installed package",
    "voices/finding.py": "the packs that ship",
    "cli/support/streams.py": "the null device",
    "files/resources.py": "what ships",
    "files/temporary.py": "a folder of ours",
    "files/reading.py": "the door",
    "files/writing.py": "files that it makes",
    "files/remote/connecting.py": "a server",
    "files/remote/folder.py": "a server",
    "files/ownership.py": "a folder of ours, under `map_errors`",
    "deliver/folder/writing.py": "a folder of ours, under `_map_errors`",
    "deliver/pictures/files.py": "bytes that were read",
    "preview/history/snapshot.py": "files that it makes, and a look through voices/",
    "preview/watch.py": "a look through voices/",
    "files/zipped.py": "an archive in memory",
    "script/frontmatter.py": "YAML, which resolves tags",
    "takes/store.py": "what is removed, under `map_errors`",
    "engines/coqui/hub.py": "a model's files, where OSError is none",
    "music/playing.py": "for developers",
}
"""Modules that open something else, or that ask of a path what may raise."""


def opened(tree: ast.Module) -> Iterator[str]:
    """Every call that opens a file, or asks of one."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func
        is_method = isinstance(name, ast.Attribute) and name.attr in OPENS | ASKS
        if is_method or ast.unparse(name) == "open":
            yield ast.unparse(node)


def test_no_other_module_opens_what_somebody_named() -> None:
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        if calls := [*opened(ast.parse(file.read_text("utf-8")))]:
            found[file.relative_to(PACKAGE).as_posix()] = calls
    assert {name: calls for name, calls in found.items() if name not in OWN} == {}
    assert set(OWN) - set(found) == set()
