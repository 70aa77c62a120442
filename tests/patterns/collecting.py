"""Every regular expression of the package, with the place where it stands and how it is used."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

PACKAGE = "paperledge_audio"
TRIED = {
    "match": "match", "search": "search", "fullmatch": "fullmatch", "finditer": "finditer",
    "findall": "finditer", "sub": "finditer", "subn": "finditer", "split": "finditer",
}  # fmt: skip
"""The methods of a pattern, and the one that does as much work."""
HELPERS = frozenset({"rule", "_cues", "_compile_look", "<genexpr>"})
"""Functions that compile what they are given: the place is that of their caller."""


@dataclass(frozen=True, slots=True)
class Used:
    """A pattern, where it is written, and the methods that are called on it."""

    place: str
    pattern: re.Pattern[str]
    methods: frozenset[str]


def collect() -> list[Used]:
    """The patterns that are compiled as modules are imported, and those given to re's functions.

    To be called before anything else has imported the package. Raises NameError where a function
    builds a pattern from what it is given, unless that is escaped, and ValueError where it compiles
    one: nobody could find it.
    """
    compiled = _imported()
    trees = {
        name: ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        for name, module in sorted(sys.modules.items())
        if name.startswith(PACKAGE) and getattr(module, "__file__", None)
    }
    if hidden := [place for name, tree in trees.items() for place in _hidden(name, tree)]:
        raise ValueError(f"patterns are compiled inside functions, at {hidden}")
    calls = [(name, *call) for name, tree in trees.items() for call in _calls(tree)]
    methods: dict[str, set[str]] = {}
    for _, _, called in calls:
        if called.attr in TRIED:
            owner = ast.unparse(called.value).rpartition(".")[2]
            methods.setdefault(owner, set()).add(TRIED[called.attr])
    names: dict[int, set[str]] = {}
    for module in trees:
        for name, value in vars(sys.modules[module]).items():
            names.setdefault(id(value), set()).add(name)
    found = []
    for place, pattern, scanned in compiled:
        uses = {use for name in names.get(id(pattern), ()) for use in methods.get(name, ())}
        uses = {"finditer"} if scanned else uses or {"finditer", "fullmatch"}
        found.append(Used(place, pattern, frozenset(uses)))
    for module, call, called in calls:
        if ast.unparse(called.value) == "re" and called.attr in TRIED:
            found.append(_inline(module, call, called.attr))
    return found


def _imported() -> list[tuple[str, re.Pattern[str], bool]]:
    compiled: list[tuple[str, re.Pattern[str], bool]] = []
    true = re.compile

    def recording(pattern: Any, flags: int = 0) -> Any:
        made = true(pattern, flags)
        frame: FrameType | None = sys._getframe(1)
        scanned = bool(frame and frame.f_code.co_name == "rule")
        while frame and frame.f_code.co_name in HELPERS:
            frame = frame.f_back
        module = frame.f_globals.get("__name__", "") if frame else ""
        if frame and module.startswith(PACKAGE):
            compiled.append((f"{module}:{frame.f_lineno}", made, scanned))
        return made

    re.compile = recording
    try:
        package = importlib.import_module(PACKAGE)
        for module in pkgutil.walk_packages(package.__path__, f"{PACKAGE}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    finally:
        re.compile = true
    return compiled


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func


def _hidden(module: str, tree: ast.AST) -> Iterator[str]:
    """The places where functions compile patterns, except those that serve at import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name not in HELPERS:
            for call, called in _calls(node):
                if ast.unparse(called) == "re.compile":
                    yield f"{module}:{call.lineno}"


def _inline(module: str, call: ast.Call, method: str) -> Used:
    place = f"{module}:{call.lineno}"
    source, *rest = call.args
    flags = [kw.value for kw in call.keywords if kw.arg == "flags"]
    flags += rest[{"sub": 2, "subn": 2}.get(method, 1) :][:1]
    values = [_value(node, vars(sys.modules[module])) for node in (source, *flags)]
    return Used(place, re.compile(*values), frozenset({TRIED[method]}))


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    whole = ast.fix_missing_locations(ast.Expression(_Escaped().visit(node)))
    return eval(compile(whole, "", "eval"), names)  # noqa: S307 - our own source


class _Escaped(ast.NodeTransformer):
    """A word in place of whatever is escaped."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if ast.unparse(node.func) == "re.escape":
            return ast.Constant(re.escape("Ab-c"))
        return self.generic_visit(node)
