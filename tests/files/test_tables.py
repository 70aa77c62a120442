"""Tables are read strictly, and every complaint names its line."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest

from paperledge_audio.errors import ShowError
from paperledge_audio.files.settings.places import find_places
from paperledge_audio.files.tables import Fields

SOURCE = """\
name = "x"
count = 3
ratio = 1.5
flag = true
when = 2025-10-21
address = "https://paperledge.example/a"

[part]
inner = "y"
list = ["a", "b"]
"""


def fields(**changes: Any) -> Fields:
    table = tomllib.loads(SOURCE) | changes
    return Fields(table, error=ShowError, path="show.toml", places=lambda: find_places(SOURCE))


def test_each_kind_reads_its_value() -> None:
    f = fields()
    assert f.text("name") == "x"
    assert f.integer("count") == 3
    assert f.number("ratio", least=0, most=2) == 1.5
    assert f.flag("flag") is True
    assert f.date("when") == dt.date(2025, 10, 21)
    assert f.url("address") == "https://paperledge.example/a"
    assert f.table("part").texts("list") == ("a", "b")
    f.table("part").text("inner")


def test_unknown_keys_are_refused_with_the_near_one() -> None:
    f = fields(nmae="z")
    f.text("name")
    for key in ("count", "ratio", "flag", "when", "address", "part"):
        f._asked.add(key)
    with pytest.raises(ShowError, match=r"nmae: is not a known key; did you mean 'name'\?"):
        f.done()


@pytest.mark.parametrize(
    ("call", "line", "what"),
    [
        (lambda f: f.text("count"), 2, "3 is not a text"),
        (lambda f: f.integer("name"), 1, "'x' is not a whole number"),
        (lambda f: f.integer("flag"), 4, "True is not a whole number"),
        (lambda f: f.integer("count", least=5), 2, "3 is below 5"),
        (lambda f: f.number("ratio", least=0, most=1), 3, "1.5 is not between 0 and 1"),
        (lambda f: f.flag("name"), 1, "'x' is not true or false"),
        (lambda f: f.date("name"), 1, "'x' is not a date"),
        (lambda f: f.url("name"), 1, "'x' is not a web address"),
        (lambda f: f.choice("name", {"a": 1, "b": 2}), 1, "'x' is unknown; choose from: a, b"),
        (lambda f: f.table("name"), 1, "'x' is not a table"),
        (lambda f: f.table("part").integer("inner"), 9, "part.inner: 'y' is not a whole number"),
        (lambda f: f.text("absent"), None, "absent: is missing; add 'absent'"),
    ],
)
def test_a_wrong_value_is_one_line_with_its_place(call: Any, line: int | None, what: str) -> None:
    with pytest.raises(ShowError) as caught:
        call(fields())
    assert what in str(caught.value)
    assert caught.value.line == line
    assert caught.value.path == "show.toml"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://", "http://a b", 'https://x/"><', "ftp://x/y"]
)
def test_only_web_addresses_pass_as_urls(address: str) -> None:
    with pytest.raises(ShowError, match="is not a web address"):
        fields(address=address).url("address")


def test_control_characters_are_refused() -> None:
    with pytest.raises(ShowError, match="control characters"):
        fields(name="a\x07b").text("name")
