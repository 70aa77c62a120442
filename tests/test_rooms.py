"""The import rules: a room knows only what stands before it, and the world only at the edges."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import paperledge_audio

PACKAGE = Path(paperledge_audio.__file__).parent
ROOMS = (
    "telemetry",
    "errors",
    "units",
    "files",
    "sound",
    "show",
    "script",
    "voices",
    "spoken",
    "engines",
    "takes",
    "plan",
    "synthesis",
    "mix",
    "master",
    "deliver",
    "verify",
    "check",
    "orders",
    "render",
    "cluster",
    "preview",
    "audition",
    "likeness",
    "cli",
)
"""In the order of the flow. `music`, a tool for developers, stands beside it."""
MOST_ROOMS = 26
MOST_MODULES = 12
"""Side by side in a folder."""
EDGES = (
    "telemetry",
    "files",
    "sound",
    "voices",
    "engines",
    "takes",
    "deliver",
    "verify",
    "cluster",
    "preview",
    "audition",
    "likeness",
    "cli",
    "music",
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
)
UNIX_ONLY = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
READS_AND_WRITES = frozenset(
    (
        "read_text", "read_bytes", "write_text", "write_bytes", "open", "unlink", "mkdir", "rmdir",
        "rename", "touch", "symlink_to", "hardlink_to", "chmod", "glob", "rglob", "iterdir",
    )
)  # fmt: skip
"""Methods of a path that touch a disk, but for `replace`, which strings have too."""
MODULES = sorted(PACKAGE.rglob("*.py"))


def place(module: Path) -> str:
    """The room that a file belongs to."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def name_of(module: Path) -> str:
    """The dotted name of a module's file."""
    parts = module.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(module) for module in MODULES}


@cache
def parsed(module: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(module.read_text("utf-8"))


def imported(module: Path) -> Iterator[tuple[str, bool]]:
    """Names that a module imports, and whether only a type checker does."""
    tree = parsed(module)
    for_types: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for_types.update(inner for part in node.body for inner in ast.walk(part))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node in for_types) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in NAMES else str(node.module), node in for_types


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_room_imports_no_room_further_down_the_flow(module: Path) -> None:
    room = place(module)
    if room not in ROOMS:
        return
    forbidden = ROOMS[ROOMS.index(room) + 1 :]
    for name, _ in imported(module):
        parts = name.split(".")
        assert parts[0] != "paperledge_audio" or len(parts) < 2 or parts[1] not in forbidden, name


def test_every_room_has_its_place_in_the_flow() -> None:
    rooms = {place(module) for module in MODULES} - {"__init__", "__main__", "music"}
    assert rooms == set(ROOMS)
    assert len(rooms) + 1 <= MOST_ROOMS


def test_no_folder_holds_more_modules_than_a_reader_takes_in() -> None:
    for folder in {module.parent for module in MODULES}:
        beside = [file.name for file in folder.glob("*.py") if file.name != "__init__.py"]
        assert len(beside) <= MOST_MODULES, f"{folder.relative_to(PACKAGE)}: {sorted(beside)}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        name_of(module): {name for name, _ in imported(module) if name in NAMES} - {name_of(module)}
        for module in MODULES
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_the_world_is_touched_only_at_the_edges(module: Path) -> None:
    if place(module) in EDGES:
        return
    for name, only_types in imported(module):
        touches = any(name == world or name.startswith(world + ".") for world in WORLD)
        assert only_types or not touches, f"{name} in {module.name}"
    for node in ast.walk(parsed(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in READS_AND_WRITES, ast.unparse(node)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_module_needs_unix(module: Path) -> None:
    assert not UNIX_ONLY & {name for name, _ in imported(module)}


def test_only_render_knows_the_order_of_the_rooms() -> None:
    for module in MODULES:
        known = {
            name.split(".")[1]
            for name, only_types in imported(module)
            if name.startswith("paperledge_audio.") and not only_types
        }
        if {"script", "spoken", "engines", "mix", "deliver"} <= known:
            assert module.name == "render.py"


def test_no_two_classes_have_one_name() -> None:
    found: dict[str, str] = {}
    for module in MODULES:
        for node in ast.walk(parsed(module)):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                first = found.setdefault(node.name, name_of(module))
                assert first == name_of(module), f"{node.name} in {first} and {name_of(module)}"
