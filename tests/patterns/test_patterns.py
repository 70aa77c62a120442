"""No regular expression of the package takes longer than in proportion to its text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from paperledge_audio.spoken.people.foreign import load_looks
from tests.patterns.measuring import slow
from tests.patterns.pumping import attacks
from tests.samples import ROOT

CHILDREN = min(os.cpu_count() or 1, 4)
MOST_S = 240
"""For each child, on a machine that has much else to do."""
SLOW = (r"(?:a+)+b", r"\s+$", r"x\s*y?\s*z", r"\((.+?)\)")
"""One that is exponential, and some that go with the square."""
QUICK = (r"(?<!a)a++b", r"(?<!\s)\s++$", r"\(([^()]*+)\)", r"a{1,9}b", r"[a-z]+")


@pytest.mark.parametrize("pattern", SLOW)
def test_a_slow_pattern_is_found(pattern: str) -> None:
    assert slow(re.compile(pattern), ["finditer", "fullmatch"])


@pytest.mark.parametrize("pattern", QUICK)
def test_a_quick_pattern_is_not(pattern: str) -> None:
    assert attacks(re.compile(pattern))
    assert not slow(re.compile(pattern), ["finditer", "fullmatch"])


@pytest.mark.parametrize("name", load_looks())
def test_the_patterns_of_foreign_names_are_quick(name: str) -> None:
    look = load_looks()[name]
    assert not slow(look.signs, ["search"])
    assert not slow(look.spellings, ["match"])


@pytest.mark.fuzz
def test_every_pattern_takes_a_time_in_proportion_to_its_text() -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.patterns.measuring", str(turn), str(CHILDREN)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for turn in range(CHILDREN)
    ]
    rows = []
    for child in children:
        try:
            out, problem = child.communicate(timeout=MOST_S)
        except subprocess.TimeoutExpired:
            child.kill()
            out, problem = child.communicate()
            problem += f"ended at {out.splitlines()[-1:]}"
        assert child.returncode == 0, problem
        rows += [json.loads(line) for line in out.splitlines()]
    assert len(rows) > 350
    assert not [row for row in rows if row["slow"]]
