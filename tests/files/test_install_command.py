"""The command that adds an extra, from where the program was installed."""

import importlib.metadata
import json
from types import SimpleNamespace
from typing import NoReturn

import pytest

from paperledge_audio.files.resources import compose_install

VCS = {"url": "https://host.example/show.git", "vcs_info": {"vcs": "git", "commit_id": "1"}}


@pytest.mark.parametrize(
    ("record", "command"),
    [
        (None, "pip install 'paperledge-audio[speech]'"),
        (
            {"url": "file:///home/a%20b/it", "dir_info": {"editable": True}},
            "pip install -e '/home/a b/it[speech]'",
        ),
        ({"url": "file:///it", "dir_info": {}}, "pip install '/it[speech]'"),
        (VCS, "pip install 'paperledge-audio[speech] @ git+https://host.example/show.git'"),
        (
            {"url": "https://host.example/it.whl", "archive_info": {}},
            "pip install 'paperledge-audio[speech] @ https://host.example/it.whl'",
        ),
    ],
)
def test_an_extra_comes_from_where_the_program_came_from(
    record: object, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = json.dumps(record) if record else None
    found = SimpleNamespace(read_text=lambda _name: text)
    monkeypatch.setattr(importlib.metadata, "distribution", lambda _name: found)
    assert compose_install("speech") == command


def test_a_program_that_is_not_installed_is_named() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importlib.metadata, "distribution", refuse)
        assert compose_install("speech") == "pip install 'paperledge-audio[speech]'"


def refuse(name: str) -> NoReturn:
    raise importlib.metadata.PackageNotFoundError(name)
