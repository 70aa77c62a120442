from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from paperledge_audio.script.markdown import _markdown

Printed = Callable[[str], str]


def _printed(text: str) -> str:
    (inline,) = _markdown().parseInline(text)
    return "".join(
        "\n" if child.type in {"softbreak", "hardbreak"} else child.content
        for child in inline.children or ()
    )


@pytest.fixture(scope="session")
def printed() -> Printed:
    """What a block's text prints, by markdown-it's inline parser."""
    return _printed


@pytest.fixture(scope="session")
def show_page() -> str:
    """The show's real page, kept beside the repository and not in it."""
    file = Path(__file__).resolve().parents[3] / "shared" / "show-page" / "show-page.txt"
    if not file.is_file():
        pytest.skip("no saved show page beside the repository")
    return file.read_text(encoding="utf-8")
