"""Normalizing text files."""

from __future__ import annotations


def normalize_line_ends(text: str) -> str:
    r"""The same text with line feeds for line ends and no byte-order mark.

    >>> normalize_line_ends("\ufeffone\r\ntwo\rthree")
    'one\ntwo\nthree'
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
