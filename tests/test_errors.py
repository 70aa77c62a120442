"""One tree, one line an error, fields that survive a process boundary."""

from __future__ import annotations

import ast
import errno
import pickle
from pathlib import Path

import pytest

import paperledge_audio
from paperledge_audio import errors
from paperledge_audio.errors import (
    MissingError,
    PaperledgeError,
    ScriptError,
    SoundError,
    UsageError,
    explain,
    map_errors,
    suggest,
)

TREE = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, PaperledgeError)
]


def test_every_error_but_two_is_of_the_input_or_the_result() -> None:
    others = {kind: kind.exit_code for kind in TREE if kind.exit_code != 1}
    assert others == {UsageError: 2, MissingError: 3}


def test_an_error_is_one_line_that_says_where_what_and_what_to_do() -> None:
    error = ScriptError("the date\nis wrong", "write it as 2025-10-21", path="scripts/x.md", line=3)
    assert str(error) == "scripts/x.md:3: the date is wrong; write it as 2025-10-21"
    assert str(ScriptError("is empty", path="x.md")) == "x.md: is empty"
    assert str(ScriptError("odd", line=4)) == "line 4: odd"
    assert str(ScriptError("odd")) == "odd"


def test_a_missing_part_names_the_command_that_adds_it() -> None:
    error = MissingError("ffmpeg is missing", "apt-get install ffmpeg")
    assert str(error) == "ffmpeg is missing; run: apt-get install ffmpeg"
    assert error.exit_code == 3


@pytest.mark.parametrize(
    "lack",
    [
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        ImportError("x.so: failed to map segment from shared object"),
        MemoryError(),
    ],
)
def test_a_lack_of_memory_is_told_as_one_wherever_it_is_noticed(lack: Exception) -> None:
    """Not as a fault of the words that were to be spoken then."""
    with (
        pytest.raises((MissingError, MemoryError)) as told,
        map_errors(SoundError, "can't be spoken", "rewrite it", foreign=(Exception,)),
    ):
        raise lack
    assert str(explain(told.value)).startswith("there is too little memory; run: ulimit -v")


@pytest.mark.parametrize("kind", TREE)
def test_every_error_crosses_a_process_boundary_whole(kind: type[PaperledgeError]) -> None:
    error = kind("what", "remedy", path="p")
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(back) is kind
    assert str(back) == str(error)
    assert vars(back) == vars(error)


def test_near_names_the_nearest_or_all() -> None:
    assert suggest("titel", ["title", "date"]) == "did you mean 'title'?"
    assert suggest("zzz", ["title", "date"]) == "choose from: date, title"


def test_the_systems_reason_is_kept_as_the_cause(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with (
        pytest.raises(SoundError) as caught,
        map_errors(SoundError, "can't be read", "name another", path=gone),
    ):
        gone.read_bytes()
    assert str(caught.value) == f"{gone}: can't be read: No such file or directory; name another"
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_an_error_that_gets_a_place_is_a_copy() -> None:
    first = ScriptError("is empty", "write an episode into it", path="x.md")
    there = first.located(line=3)
    assert type(there) is ScriptError
    assert str(there) == "x.md:3: is empty; write an episode into it"
    assert (first.line, there.line) == (None, 3)


def test_no_module_changes_an_error_in_flight() -> None:
    fields = {"path", "line", "what", "remedy", "segment", "others"}
    for module in sorted(Path(paperledge_audio.__file__).parent.rglob("*.py")):
        for handler in ast.walk(ast.parse(module.read_text("utf-8"))):
            if not isinstance(handler, ast.ExceptHandler) or handler.name is None:
                continue
            for node in ast.walk(handler):
                targets = node.targets if isinstance(node, ast.Assign) else []
                changed = [t for target in targets for t in ast.walk(target)]
                assert not [
                    t
                    for t in changed
                    if isinstance(t, ast.Attribute)
                    and t.attr in fields
                    and isinstance(t.value, ast.Name)
                    and t.value.id == handler.name
                ], f"{module.name}:{handler.lineno}"


def test_every_error_keeps_its_cause() -> None:
    for module in sorted(Path(paperledge_audio.__file__).parent.rglob("*.py")):
        assert " from None" not in module.read_text("utf-8"), module.name
