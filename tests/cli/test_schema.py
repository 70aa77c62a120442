"""What is published about settings is what their reader does, key by key."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli_w
import yaml

from paperledge_audio.cli.schema.documents import DOCUMENTED, compose_page, compose_schema
from paperledge_audio.deliver.formats import FORMATS
from paperledge_audio.errors import PaperledgeError
from paperledge_audio.files.documents import parse_toml
from paperledge_audio.files.settings.keys import Key
from paperledge_audio.files.settings.kinds import list_keys
from paperledge_audio.files.settings.reference import make_example
from paperledge_audio.master.targets import TARGETS
from paperledge_audio.script.frontmatter import split
from paperledge_audio.script.keys import HEADER
from paperledge_audio.script.parsing import parse
from paperledge_audio.show.keys import OUTPUT, SHOW
from paperledge_audio.show.loading import load_show
from tests.samples import ROOT

Document = dict[str, Any]
NAMES = sorted(DOCUMENTED)
PACKAGE = ROOT / "paperledge_audio"
WRONG = (12, "x" * 9, True, [["x"]], {"no": {"such": "thing"}})
"""Values of every type of JSON, which has no dates; each key refuses some of them."""


@cache
def validator(name: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads(compose_schema(name)))


def for_editors(value: Any) -> Any:
    """A value as editors have it: JSON has no dates."""
    return json.loads(json.dumps(value, default=str))


def example(name: str) -> Document:
    """A document with an example of every key."""
    return {key.name: make_example(key) for key in DOCUMENTED[name].keys}


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, Document], object]:
    """Reads a document with the real reader; the files that examples name are there."""
    for file in ("cover.jpg", *(f"music/{one}.wav" for one in _PIECES)):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()

    def call(name: str, document: Document) -> object:
        if name == "script":
            header = yaml.safe_dump(document, allow_unicode=True, width=10_000)
            return parse(f"---\n{header}---\n\nHello.\n", "x.md")
        (tmp_path / "show.toml").write_text(tomli_w.dumps(document), "utf-8")
        return load_show(tmp_path / "show.toml")

    return call


_PIECES = ("intro", "outro", "sting", "bed", "chime", "rain")


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_and_the_schema_are_those_of_the_keys(name: str) -> None:
    """To mend it: run the command, with and without --markdown, into the files."""
    page = {"show": "SHOW.md", "script": "SCRIPT.md"}[name]
    assert (ROOT / "docs" / page).read_text("utf-8") == compose_page(name)
    shipped = PACKAGE / "deliver" / "schemas" / f"{name}.schema.json"
    assert shipped.read_text("utf-8") == compose_schema(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_command_prints_both(name: str, paperledge: Callable[..., Any]) -> None:
    assert paperledge("schema", name).out == compose_schema(name)
    assert paperledge("schema", name, "--markdown").out == compose_page(name)


def test_another_name_is_wrong_usage(paperledge: Callable[..., Any]) -> None:
    assert paperledge("schema", "voice").code == 2


@pytest.mark.parametrize("name", NAMES)
def test_every_key_says_in_one_line_what_it_is_for(name: str) -> None:
    keys = dict(list_keys(DOCUMENTED[name].keys))
    assert all(key.says and "\n" not in key.says and "|" not in key.says for key in keys.values())
    jsonschema.Draft7Validator.check_schema(json.loads(compose_schema(name)))


@pytest.mark.parametrize("name", NAMES)
def test_all_examples_together_are_accepted(
    name: str, read: Callable[[str, Document], object]
) -> None:
    document = example(name)
    read(name, document)
    validator(name).validate(for_editors(document))


def alone(name: str, path: tuple[Any, ...]) -> Document:
    """A document with the example at that path, and what it needs."""
    return prune(example(name), DOCUMENTED[name].keys, path)


def prune(table: Document, keys: tuple[Key, ...], path: tuple[Any, ...]) -> Document:
    """What a table needs, and the example at that path."""
    needed = {one.needs for one in keys if one.name == path[0]}
    kept: Document = {}
    for key in keys:
        if key.name == path[0]:
            kept[key.name] = descend(table[key.name], key, path[1:])
        elif key.is_required or key.name in needed:
            kept[key.name] = table[key.name]
    return kept


def descend(value: Any, key: Key, path: tuple[Any, ...]) -> Any:
    if not path:
        return value
    if isinstance(value, list):
        return [prune(value[0], key.kind.keys, path)]
    if key.name == "sounds":
        return {"rain": prune(make_rain(key), key.kind.keys, path)}
    return prune(value, key.kind.keys, path)


def make_rain(key: Key) -> Document:
    return {one.name: make_example(one) for one in key.kind.keys}


def every_path(name: str) -> Iterator[tuple[str, ...]]:
    for dotted, _ in list_keys(DOCUMENTED[name].keys):
        yield tuple(dotted.split("."))


PATHS = [(name, path) for name in NAMES for path in every_path(name)]


@pytest.mark.parametrize(("name", "path"), PATHS)
def test_each_example_alone_is_accepted(
    name: str, path: tuple[str, ...], read: Callable[[str, Document], object]
) -> None:
    document = alone(name, path)
    read(name, document)
    validator(name).validate(for_editors(document))


def holder(document: Document, path: tuple[str, ...]) -> Document:
    """The table that has the last key of a path."""
    inside: Any = document
    for part in path[:-1]:
        inside = inside[part]
        inside = inside[0] if isinstance(inside, list) else inside.get("rain", inside)
    assert isinstance(inside, dict)
    return inside


def is_refused(read: Callable[[str, Document], object], name: str, document: Document) -> bool:
    try:
        read(name, document)
    except PaperledgeError:
        return True
    return False


@pytest.mark.parametrize(("name", "path"), PATHS)
def test_a_misspelt_key_is_refused_by_both(
    name: str, path: tuple[str, ...], read: Callable[[str, Document], object]
) -> None:
    document = alone(name, path)
    inside = holder(document, path)
    inside[f"{path[-1]}x"] = inside.pop(path[-1])
    assert not validator(name).is_valid(for_editors(document))
    with pytest.raises(PaperledgeError, match=f"{path[-1]}x: is not a known key"):
        read(name, document)


@pytest.mark.parametrize(("name", "path"), PATHS)
def test_a_wrong_type_that_the_reader_refuses_is_refused_by_the_schema(
    name: str, path: tuple[str, ...], read: Callable[[str, Document], object]
) -> None:
    refused = 0
    for wrong in WRONG:
        document = copy.deepcopy(alone(name, path))
        holder(document, path)[path[-1]] = wrong
        if type(wrong) is type(
            make_example(dict(list_keys(DOCUMENTED[name].keys))[".".join(path)])
        ):
            continue  # the right type
        if is_refused(read, name, document):
            refused += 1
            assert not validator(name).is_valid(for_editors(document)), wrong
    assert refused >= 2


@pytest.mark.parametrize(("name", "path"), PATHS)
def test_a_key_that_must_be_there_is_missed_by_both(
    name: str, path: tuple[str, ...], read: Callable[[str, Document], object]
) -> None:
    document = alone(name, path)
    del holder(document, path)[path[-1]]
    required = dict(list_keys(DOCUMENTED[name].keys))[".".join(path)].is_required
    assert validator(name).is_valid(for_editors(document)) is not required
    assert is_refused(read, name, document) is required


def test_the_shows_and_headers_of_this_repository_are_valid() -> None:
    toml = (ROOT / "scripts" / "show.toml").read_text("utf-8")
    validator("show").validate(for_editors(parse_toml(toml)))
    scripts = sorted((ROOT / "scripts").glob("*.md"))
    assert scripts
    for script in scripts:
        header, _ = split(script.read_text("utf-8"))
        validator("script").validate(for_editors(yaml.safe_load(header)))


def test_an_optional_key_may_have_no_value_and_a_table_be_a_name_alone() -> None:
    header = "title: A\ndate: 2025-01-02\nsummary:\nguests: [Ada]\n"
    assert parse(f"---\n{header}---\n\nHello.\n").episode.guests[0].name == "Ada"
    validator("script").validate(for_editors(yaml.safe_load(header)))
    assert not validator("script").is_valid({"title": None, "date": "2025-01-02"})


def test_the_reference_names_every_target_and_format() -> None:
    says = {key.name: key.says for key in OUTPUT}
    assert all(target in says["loudness"] for target in TARGETS)
    assert all(form in says["format"] for form in FORMATS)


def test_every_key_has_a_row_and_no_key_has_two() -> None:
    for name, keys in (("show", SHOW), ("script", HEADER)):
        rows = [line for line in compose_page(name).splitlines() if line.startswith("| `")]
        assert len(rows) == len(list(list_keys(keys)))
