"""The published schemas are valid, what we write keeps them, and what breaks them is told."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from paperledge_audio.deliver.schemas import SCHEMAS, find_violation, load_schema
from paperledge_audio.render import make_release
from paperledge_audio.show.model import Show
from tests.deliver.making import made_edition, speechlike

Documents = dict[str, Any]


@pytest.fixture(scope="module")
def written(show: Show, tmp_path_factory: pytest.TempPathFactory) -> Documents:
    """The JSON files of a release by their endings."""
    edition = made_edition(show, quality="studio")
    mix = speechlike(edition.timeline.frames)
    release = make_release(edition, mix, tmp_path_factory.mktemp("out"))
    return {
        suffix: json.loads((release.folder / f"look{suffix}").read_text("utf-8"))
        for suffix in SCHEMAS
    }


def objects(schema_: Any) -> Iterator[dict[str, Any]]:
    """Every schema of an object inside a schema."""
    if isinstance(schema_, dict):
        if schema_.get("type") == "object":
            yield schema_
        for value in schema_.values():
            yield from objects(value)
    elif isinstance(schema_, list):
        for value in schema_:
            yield from objects(value)


@pytest.mark.parametrize("suffix", SCHEMAS)
def test_each_schema_is_one_and_leaves_nothing_open(suffix: str) -> None:
    found = load_schema(suffix)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(found)
    assert all("additionalProperties" in one for one in objects(found))
    assert found["$id"]
    assert found["description"]


def test_every_json_file_of_a_release_has_a_schema(written: Documents) -> None:
    from paperledge_audio.deliver import FILE_TYPES

    assert set(SCHEMAS) == {suffix for suffix in FILE_TYPES if suffix.endswith(".json")}


@pytest.mark.parametrize("suffix", SCHEMAS)
def test_what_we_write_keeps_the_schema(written: Documents, suffix: str) -> None:
    validator = jsonschema.Draft202012Validator(
        load_schema(suffix), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for error in validator.iter_errors(written[suffix])] == []
    assert find_violation(suffix, written[suffix]) == ""


def places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in a document."""
    items = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def holder(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        document = document[key]
    return document


FREE = {"versions", "models", "pieces", "pronounce", "voices"}
"""Objects whose keys are names: one less is no breach."""


@pytest.mark.parametrize("suffix", SCHEMAS)
def test_each_missing_wrong_or_unknown_value_breaks_it(written: Documents, suffix: str) -> None:
    known = load_schema(suffix)["properties"].get("settings", {}).get("properties", ())
    for path in places(written[suffix]):
        if path[0] == "settings" and len(path) > 1 and path[1] not in known:
            continue  # a section that the schema leaves to show.toml
        spoilt = copy.deepcopy(written[suffix])
        holder(spoilt, path)[path[-1]] = {"no": ["such thing"]}
        assert find_violation(suffix, spoilt), f"{path} took anything"
        if isinstance(path[-1], str) and not (len(path) > 1 and path[-2] in FREE):
            spoilt = copy.deepcopy(written[suffix])
            del holder(spoilt, path)[path[-1]]
            assert f"'{path[-1]}' is a required property" in find_violation(suffix, spoilt)
            spoilt = copy.deepcopy(written[suffix])
            holder(spoilt, path)["more"] = 1
            assert find_violation(suffix, spoilt), f"{path} has a neighbour that nobody knows"


def test_a_complaint_is_one_line_with_its_place(written: Documents) -> None:
    manifest = copy.deepcopy(written[".manifest.json"])
    manifest["episode"]["date"] = "x" * 1000
    found = find_violation(".manifest.json", manifest)
    assert found.startswith("episode.date: 'xxx")
    assert len(found) < 250


def test_the_schemas_ship_with_the_package() -> None:
    from importlib.resources import files

    folder = files("paperledge_audio.deliver.schemas")
    assert sorted(Path(str(e)).name for e in folder.iterdir() if str(e).endswith(".json")) == [
        "chapters.schema.json", "manifest.schema.json", "plan.schema.json", "script.schema.json",
        "show.schema.json", "transcript.schema.json",
    ]  # fmt: skip
