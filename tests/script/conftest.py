from __future__ import annotations

from collections.abc import Callable

import pytest

from paperledge_audio.script.blocks.markdown import _make_parser

Printed = Callable[[str], str]


def _printed(text: str) -> str:
    (inline,) = _make_parser().parseInline(text)
    return "".join(
        "\n" if child.type in {"softbreak", "hardbreak"} else child.content
        for child in inline.children or ()
    )


@pytest.fixture(scope="session")
def printed() -> Printed:
    """What a block's text prints, by markdown-it's inline parser."""
    return _printed
