"""Each key of a TOML document is found where it stands, whatever stands around it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import hypothesis.strategies as st
import tomli_w
from hypothesis import given

from paperledge_audio.files.settings.places import find_places

SOURCE = '''\
# [no] = 1
plain = """
not = "this"
"""
"quo.ted" = 'a = b'  # c = d
dotted.key . inner = [1, { a = 2 }, [
  { b = "]" },
]]

  [table."n\\u0061me"]
date = 2025-01-01T10:00:00Z
inline = { x = 1.5, y = { z = "}" } }
[[many]]
one = 1
[[many]]
one = 2
'''


def test_every_way_to_write_a_key() -> None:
    tomllib.loads(SOURCE)
    assert find_places(SOURCE) == {
        "plain": (2, 1),
        "quo.ted": (5, 1),
        "dotted": (6, 1),
        "dotted.key": (6, 1),
        "dotted.key.inner": (6, 1),
        "dotted.key.inner.1.a": (6, 28),
        "dotted.key.inner.2.0.b": (7, 5),
        "table": (10, 4),
        "table.name": (10, 4),
        "table.name.date": (11, 1),
        "table.name.inline": (12, 1),
        "table.name.inline.x": (12, 12),
        "table.name.inline.y": (12, 21),
        "table.name.inline.y.z": (12, 27),
        "many": (13, 3),
        "many.0.one": (14, 1),
        "many.1.one": (16, 1),
    }


def names(table: dict[str, Any], above: str = "") -> Iterator[str]:
    for key, value in table.items():
        yield above + key
        if isinstance(value, dict):
            yield from names(value, f"{above}{key}.")


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="."), max_size=8)
tables = st.recursive(
    st.dictionaries(texts, st.one_of(texts, st.integers(0, 9), st.booleans()), max_size=3),
    lambda inner: st.dictionaries(texts, st.one_of(inner, texts), max_size=3),
    max_leaves=8,
)


@given(tables)
def test_a_key_stands_where_it_is_found(table: dict[str, Any]) -> None:
    source = tomli_w.dumps(table)
    places, lines = find_places(source), source.split("\n")
    assert set(places) == set(names(table))
    for name, (line, column) in places.items():
        written = tomli_w.dumps({name.split(".")[-1]: 0}).partition(" = 0")[0]
        assert written in lines[line - 1]
        assert lines[line - 1][: column - 1] in {"", "["}
