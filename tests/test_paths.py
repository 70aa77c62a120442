"""What somebody else calls a file stays where it belongs, or is refused."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.errors import HistoryError
from paperledge_audio.files.names import find_fault, find_illegible, leads_out, path_inside

GOOD = ("a", "voices/ada.toml", "…", "..a", "a..", ".gitignore", "a b/ć/日本.md", "a:b", "Icon\r")
BAD = {
    "": "has the part ''",
    ".": "has the part '.'",
    "..": "has the part '..'",
    "../a": "has the part '..'",
    "a/../../b": "has the part '..'",
    "a/./b": "has the part '.'",
    "/etc/passwd": "has the part ''",
    "a//b": "has the part ''",
    "a/": "has the part ''",
    "a\\..\\b": "holds the character '\\\\'",
    "a\0b": "holds the character '\\x00'",
    ".git/config": "has the part '.git'",
    "a/.GIT/config": "has the part '.GIT'",
    ".g\u200cit/config": "has the part '.g\\u200cit'",  # HFS+ does not see the joiner
    ".ｇit": "has the part '.ｇit'",
    "‥/a": "has the part '‥'",  # one character, two dots
    "a/" + "é" * 128: "has a part of more than 255 bytes",
}


@pytest.mark.parametrize("name", GOOD)
def test_a_plain_name_is_taken_as_it_is(name: str) -> None:
    assert path_inside(Path("/top"), name, HistoryError) == Path("/top", *name.split("/"))


@pytest.mark.parametrize("name", BAD)
def test_any_other_name_is_refused_with_what_is_wrong(name: str) -> None:
    refused = partial(HistoryError, remedy="leave it", path="REF")
    with pytest.raises(HistoryError) as caught:
        path_inside(Path("/top"), name, refused)
    assert caught.value.what == f"the name {name!r} {BAD[name]}"
    assert (caught.value.path, caught.value.remedy) == ("REF", "leave it")


@given(st.text(st.sampled_from("./\\\0a.git~ \u200c‥"), max_size=12))
def test_no_name_that_passes_leads_out(name: str) -> None:
    if not find_fault(name):
        path = os.path.normpath(f"/top/{name}")
        assert path.startswith("/top/")
        assert not leads_out(Path(f"/top/{name}"), Path("/top"))


def test_names_are_text() -> None:
    assert find_illegible("scripts/ć.md") == ""
    assert find_illegible("a\x1b[31m.md") == "holds the character '\\x1b'"
    assert find_illegible(os.fsdecode(b"caf\xe9.md")) == "is not UTF-8"


def test_what_leads_out_of_a_folder() -> None:
    top = Path("/top")
    assert not leads_out(Path("/top/voices/../packs/a.bin"), top)
    assert leads_out(Path("/top/voices/../../a.bin"), top)
    assert leads_out(Path("/topmost/a.bin"), top)
    assert not leads_out(Path("/anywhere"), None)
