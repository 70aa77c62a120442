"""JSON and TOML are read within bounds, whoever wrote them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperledge_audio.files import documents
from paperledge_audio.files.documents import DEEPEST, parse_json, parse_toml
from tests.patterns.measuring import slow

DEEP = "it is nested more than 32 deep"
LONG = "it holds a number of more than 18 digits"
NO_JSON: dict[str | bytes, str] = {
    "": "Expecting value",
    "{": "Expecting property name",
    b"\xff\xfe{\0}\0": "'utf-8' codec can't decode",
    "[" * 1_000_000: DEEP,
    '{"a":' * 100_000: DEEP,
    "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1): DEEP,
    "9" * 5000: LONG,
    "-1" + "0" * 18: LONG,
    "1e999": "it holds 1e999, which is not a number",
    "NaN": "it holds NaN",
    "-Infinity": "it holds -Infinity",
    '""""': "Extra data",
}
NO_TOML = {
    "a": "Expected '='",
    "a = [" + "[" * 100_000: DEEP,
    "a = " + "{b = " * 100_000: DEEP,
    "a." * 500_000 + "b = 1": DEEP,
    '"a".' * 5000 + "b = 1": DEEP,
    "[a" + ".a" * 50_000 + "]": DEEP,
    "a = " + "9" * 5000: LONG,
    "a = 0x" + "f" * 5000: LONG,
    "a = [{b = 0b" + "1" * 5000 + "}]": LONG,
    '"""\\"""' * 100_000: "Expected '='",
    'x = """' * 100_000: "Cannot overwrite a value|Expected newline",
}


@pytest.mark.parametrize("text", NO_JSON, ids=range(len(NO_JSON)))
def test_a_document_that_could_do_harm_is_not_read(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=re.escape(NO_JSON[text])):
        parse_json(text)


@pytest.mark.parametrize("text", NO_TOML, ids=range(len(NO_TOML)))
def test_a_table_that_could_do_harm_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=NO_TOML[text]):
        parse_toml(text)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18) + 1, 10**18 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
@example(0.00010479175545427957)
def test_json_is_read_as_it_was_written(document: Any) -> None:
    for ascii_only in (True, False):
        assert parse_json(json.dumps(document, ensure_ascii=ascii_only)) == document


def test_brackets_in_strings_and_comments_nest_nothing() -> None:
    many = "[{." * 50
    assert parse_json(json.dumps([many, f'"{many}\\"'])) == [many, f'"{many}\\"']
    lines = (
        f"# {many} it's",
        f"a = '{many}'",
        f'b = """{many}"" \\" \'\'\'"""',
        f"c = '''{many}'''",
    )
    assert parse_toml("\n".join(lines)) == {"a": many, "b": f"{many}\"\" \" '''", "c": many}


def test_numbers_may_be_many_and_not_finite() -> None:
    assert parse_toml("a = [1.5, 2.5, inf]\nb.c.d = 1979-05-27\n")["a"] == [1.5, 2.5, float("inf")]
    assert len(parse_toml(f"a = [{'1.5, ' * 1000}]")["a"]) == 1000
    assert len(parse_json(f"[{'1.5, ' * 1000}1]")) == 1001


def test_to_look_for_nesting_takes_a_time_in_proportion_to_the_text() -> None:
    for pattern in (documents._TOKEN, documents._JSON):
        assert not slow(pattern, ["finditer"])
