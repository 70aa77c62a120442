"""Some hostile inputs, and those that once did harm; `make fuzz` tries 20 000."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.changing import drawn, inputs
from tests.fuzz.running import Failure, again, new, smallest, try_all
from tests.fuzz.spending import Spent
from tests.fuzz.structures import json_
from tests.fuzz.targets import TARGETS
from tests.fuzz.tokens import JSON
from tests.fuzz.worker import NOISE, Outcome, complaints

COUNT = 200


@pytest.mark.fuzz
def test_hostile_inputs_are_read_or_refused() -> None:
    failures = [
        (failure.target, failure.outcome, failure.data[:1000])
        for _, tally in try_all([*again(), *new(COUNT, 0)])
        for failure in tally.failures
    ]
    assert not failures


@pytest.mark.parametrize(
    ("code", "said", "spent", "wrong"),
    [
        (0, "all well\n", Spent(), []),
        (1, "x.md:1: is wrong; mend it\n", Spent(), []),
        (-11, "", Spent(), ["exit code -11"]),
        (1, "unexpected error: KeyError", Spent(), ["is no error of ours"]),
        (1, "x\x1b]0;y: is wrong", Spent(), ["control characters are printed"]),
        (1, "x\n::error::y", Spent(), ["a command of a CI host is printed"]),
        (0, "x.py:1: RuntimeWarning: y", Spent(), ["a warning is printed"]),
        (0, "", Spent(cpu_s=7.0), ["7.0 s"]),
        (0, "", Spent(added_mb=900.0), ["900 MB"]),
    ],
)
def test_what_hurts_is_seen(
    code: int,
    said: str,
    spent: Spent,
    wrong: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "show").mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.chdir(tmp_path / "show")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    NOISE.touch()
    assert [*complaints(TARGETS["script"], code, said, spent)] == wrong
    if not wrong and not code:
        NOISE.write_text("a library's own words")
        (tmp_path / "tmp" / "x").touch()
        seen = [*complaints(TARGETS["script"], code, said, spent)]
        assert seen == ['behind our back: "a library\'s own words"', "left behind: x"]


def test_the_same_number_draws_the_same_inputs() -> None:
    strategy = inputs([b'{"a": [1, {"b": "c"}]}'], JSON, json_)
    assert drawn(strategy, 40, 1) == drawn(strategy, 40, 1) != drawn(strategy, 40, 2)


def test_an_input_that_hurt_is_tried_again(tmp_path: Path) -> None:
    small, large = (
        Failure("script", data, Outcome(-1, 0, 0, f"exit code {len(data)}", ""))
        for data in (b"x", b"xx")
    )
    (kept,) = smallest([large, small])
    (batch,) = again([kept.keep(tmp_path)])
    assert (batch.target, batch.kept) == ("script", (b"x",))
