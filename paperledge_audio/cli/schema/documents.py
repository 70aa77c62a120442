"""What is published about the files that people write: schemas for editors, and references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tomli_w
import yaml

from paperledge_audio.files.settings.reference import compose_reference
from paperledge_audio.files.settings.schema import format_json, make_schema
from paperledge_audio.script.keys import HEADER
from paperledge_audio.show.keys import SHOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperledge_audio.files.settings.keys import Key


@dataclass(frozen=True, slots=True)
class Documented:
    """A kind of file that people write."""

    title: str
    keys: tuple[Key, ...]
    description: str
    language: str
    write: Callable[[dict[str, Any]], str]
    about: str
    """What the reference begins with, below its title."""


def _write_yaml(value: dict[str, Any]) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100)


DOCUMENTED = {
    "show": Documented(
        title="show.toml",
        keys=SHOW,
        description="The settings of a show: title, voices, music, loudness.",
        language="toml",
        write=tomli_w.dumps,
        about="""\
A show's settings lie in `scripts/show.toml`; a script uses the show.toml beside it or in a folder
above it. Files are named relative to it. A key that is not listed here is an error, and
`paperledge check scripts` tells all errors at once, each with its line and column.

Editors that know TOML's schemas (Taplo, Even Better TOML) complete and check the keys: `paperledge
init` writes the schema beside show.toml, whose first line names it. An older show gets both with
`paperledge schema show > scripts/show.schema.json` and the line `#:schema ./show.schema.json`.""",
    ),
    "script": Documented(
        title="A script's header",
        keys=HEADER,
        description="The metadata of an episode, as the header of its script has it.",
        language="yaml",
        write=_write_yaml,
        about="""\
A script begins with a header between two lines `---`, in YAML. Only `title` and `date` are needed.
A text with `: ` or ` #` in it, or one that looks like a number or a date, needs quotes. A key that
is not listed here is an error, and `paperledge check` tells all errors at once, each with its line
and column. [PUBLISHING.md](PUBLISHING.md) says where the values go.

`paperledge schema script` prints the same as a JSON Schema. Editors check YAML files with one, but
not a header inside Markdown: there is no comment that turns it on.""",
    ),
}
"""By the name in `paperledge schema NAME`."""


def compose_schema(name: str) -> str:
    """The JSON Schema of what is called `name`, as text."""
    one = DOCUMENTED[name]
    document = make_schema(
        one.keys,
        name=name,
        title=one.title,
        description=one.description,
        nullable=one.language == "yaml",
    )
    return format_json(document) + "\n"


def compose_page(name: str) -> str:
    """The reference of what is called `name`, in Markdown."""
    one = DOCUMENTED[name]
    note = f"<!-- `paperledge schema {name} --markdown` prints this page. -->"
    head = f"# {one.title}\n\n{note}\n\n{one.about}"
    return compose_reference(one.keys, head, one.language, one.write)
