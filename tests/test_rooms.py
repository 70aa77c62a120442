"""The import rules: a room knows only the rooms to its left, and the world only at the edges."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import paperledge_audio

PACKAGE = Path(paperledge_audio.__file__).parent
ROOMS = (
    "script",
    "spoken",
    "engines",
    "mix",
    "deliver",
    "verify",
    "preview",
    "audition",
    "likeness",
)
"""Left to right."""
EDGES = (
    "engines",
    "deliver",
    "verify",
    "preview",
    "likeness",
    "cli",
    "music",
    "show",
    "schema",
    "recipes",
    "voices",
    "takes",
    "soundfiles",
    "spool",
    "files",
    "ffmpeg",
    "resources",
)
WORLD = (
    "os",
    "io",
    "shutil",
    "subprocess",
    "tempfile",
    "time",
    "random",
    "socket",
    "urllib.request",
    "onnxruntime",
    "hibari",
    "soundfile",
    "lameenc",
    "mutagen",
    "pydub",
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def place(module: Path) -> str:
    """The room or top-level module that a file belongs to."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[tuple[str, bool]]:
    """Names that a module imports, and whether only a type checker does."""
    tree = ast.parse(module.read_text("utf-8"))
    for_types: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for_types.update(inner for part in node.body for inner in ast.walk(part))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node in for_types) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module), node in for_types


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_a_room_imports_no_room_to_its_right(module: Path) -> None:
    room = place(module)  # pages stand right of the whole flow, render.py included
    if room not in ROOMS:
        return
    beside = ("cli",) if room in {"preview", "audition"} else ("render", "cli", "takes")
    forbidden = (*ROOMS[ROOMS.index(room) + 1 :], *beside)
    for name, _ in imported(module):
        parts = name.split(".")
        assert parts[0] != "paperledge_audio" or len(parts) < 2 or parts[1] not in forbidden, name


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_the_world_is_touched_only_at_the_edges(module: Path) -> None:
    if place(module) in EDGES:
        return
    for name, only_types in imported(module):
        touches = any(name == world or name.startswith(world + ".") for world in WORLD)
        assert only_types or not touches, f"{name} in {module.name}"


def test_only_render_knows_the_order_of_the_rooms() -> None:
    for module in MODULES:
        known = {
            name.split(".")[1]
            for name, only_types in imported(module)
            if name.startswith("paperledge_audio.") and not only_types
        }
        if set(ROOMS[:5]) <= known:
            assert module.name == "render.py"
