"""The limits that tests put on the program hold, and what breaks them is seen."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.limits import Ended, limited, limited_each


def test_each_call_ends_on_its_own(tmp_path: Path) -> None:
    missing, version, wrong = limited_each(
        tmp_path, [["spoken", "none.md"], ["--version"], ["takes"]]
    )
    assert missing.refusal().startswith("none.md: can't be read: No such file or directory")
    assert version.code == 0
    assert version.out.startswith("paperledge")
    assert 10 < version.peak_mb < 200
    assert wrong.code == 2
    with pytest.raises(AssertionError):
        version.refusal()


def test_a_call_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    assert limited(tmp_path, "doctor", seconds=0.01).code == -signal.SIGKILL


def test_a_call_gets_no_more_memory_than_its_limit(tmp_path: Path) -> None:
    assert limited(tmp_path, "doctor", data_mb=1).code != 0


def test_even_root_may_read_only_what_permissions_say(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("mine")
    (tmp_path / "x.md").chmod(0)
    assert "Permission denied" in limited(tmp_path, "spoken", "x.md").refusal()


def test_names_of_any_bytes_pass(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    told = limited(tmp_path, "spoken", name).refusal()
    assert told.startswith(r"the name 'caf\udce9.md' is not UTF-8")


@pytest.mark.parametrize(
    "ended",
    [
        Ended(-signal.SIGSEGV, "", "", 10),
        Ended(1, "", "", 10),
        Ended(1, "", "a: one\nb: two\n", 10),
        Ended(1, "", "a: \x1b[1mbold\n", 10),
        Ended(1, "", "unexpected error: MemoryError: ; run again\n", 10),
        Ended(1, "", "a: one\n", 700),
        Ended(0, "", "a: one\n", 10),
    ],
)
def test_nothing_else_passes_for_a_refusal(ended: Ended) -> None:
    with pytest.raises(AssertionError):
        ended.refusal()


def test_a_render_may_tell_its_stages_first() -> None:
    told = "a: speaking 3 takes, about 0:05 of sound\na: mixing\na.md: is bad; x\n"
    assert Ended(1, "", told, 9).refusal() == "a.md: is bad; x"
