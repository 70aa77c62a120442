"""Keys → a page in Markdown that says what each is for, with its type, default and an example."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from paperledge_audio.files.settings.keys import Key


def compose_reference(
    keys: tuple[Key, ...], head: str, language: str, write: Callable[[dict[str, Any]], str]
) -> str:
    """The page: `head`, then all keys, then each table with its own, in examples as `write` does.

    `language`: that of the examples, as fences name it.
    """
    plain = {key.name: make_example(key) for key in keys if not is_table(key)}
    parts = [head.rstrip("\n"), *_list_rows(keys), *_fence(plain, language, write)]
    for name, key in find_tables(keys):
        parts += [f"## {name}", f"{key.says[:1].upper()}{key.says[1:]}. Type: {key.kind.words}."]
        inner = tuple(one for one in key.kind.keys if not is_table(one))
        example: Any = make_example(key)
        if inner:
            parts += _list_rows(key.kind.keys)
        if isinstance(example, dict) and key.example is None:
            example = {one.name: make_example(one) for one in inner}
        for above in reversed(name.split(".")):
            example = {above: example}
        parts += _fence(example, language, write)
    return "\n\n".join(parts) + "\n"


def make_example(key: Key) -> Any:
    """An example of a key's value; of a table's, with all its keys."""
    if key.example is not None:
        return key.example
    table = {one.name: make_example(one) for one in key.kind.keys}
    return [table] if key.default == () else table


def is_table(key: Key) -> bool:
    """Whether it is written as a table of its own."""
    return bool(key.kind.keys) or isinstance(key.default, dict)


def find_tables(keys: tuple[Key, ...], above: str = "") -> Iterator[tuple[str, Key]]:
    """Each table, with its dotted name, and those in it."""
    for key in filter(is_table, keys):
        yield above + key.name, key
        yield from find_tables(key.kind.keys, f"{above}{key.name}.")


def _list_rows(keys: tuple[Key, ...]) -> list[str]:
    rows = ["| key | what it says | type | default |", "|---|---|---|---|"]
    rows += [
        f"| `{key.name}` | {key.says}{f'; needs `{key.needs}`' if key.needs else ''} "
        f"| {key.kind.words} | {show_default(key)} |"
        for key in keys
    ]
    return ["\n".join(rows)]


def show_default(key: Key) -> str:
    """Its default as Markdown; nothing where that is nothing."""
    if key.is_required:
        return "needed"
    if isinstance(key.default, str | int | float) and key.default != "":
        return f"`{json.dumps(key.default, ensure_ascii=False)}`"
    return ""


def _fence(
    example: dict[str, Any], language: str, write: Callable[[dict[str, Any]], str]
) -> list[str]:
    return [f"```{language}\n{write(example).strip()}\n```"]
