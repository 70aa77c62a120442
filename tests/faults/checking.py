"""After a fault: what must hold, and what does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from tests.faults.faults import Fault
from tests.faults.scene import Ended, Scene

FORBIDDEN = (
    "Traceback", "unexpected", "terminate called", "Fatal Python error", "Exception ignored",
    "Segmentation fault", "core dumped", "\x1b", "Warning:",
)  # fmt: skip
"""What nobody may ever read."""


def complaints(name: str, fault: Fault, scene: Scene) -> list[str]:
    """Let a fault happen in a scene of its own; tells what does not hold then."""
    ended = fault.do(scene, Random(name))
    return [*_after(fault, scene, ended), *_next_run(scene)]


def _after(fault: Fault, scene: Scene, ended: Sequence[Ended]) -> Iterator[str]:
    for one in ended:
        wrong = [word for word in FORBIDDEN if word in one.said]
        if one.code not in fault.codes or wrong:
            yield f"ended with {one.code}, {wrong}: {one.said[-1500:]}"
    whole = [scene.wanted]
    if not fault.renders or any(one.code for one in ended):
        whole += [scene.former, *([{}] if fault.removes else [])]
    if scene.release not in whole:
        yield f"the release is neither the former nor the new one: {_differences(scene)}"
    if not fault.killed and (left := scene.leftovers):
        yield f"left behind: {sorted(left)}"


def _next_run(scene: Scene) -> Iterator[str]:
    before = scene.leftovers
    ended = scene.start().ended()
    if ended.code or any(word in ended.said for word in FORBIDDEN):
        yield f"the next run ended with {ended.code}: {ended.said[-1500:]}"
    elif scene.release != scene.wanted:
        yield f"the next run made another release: {_differences(scene)}"
    temporary = {path for path in before if Path(path).parent == scene.temporary}
    if left := scene.leftovers - temporary:
        yield f"the next run left behind: {sorted(left)}"


def _differences(scene: Scene) -> str:
    found, wanted = scene.release, scene.wanted
    return ", ".join(
        sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
    )
