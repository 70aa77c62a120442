"""Text files as people save them."""

from __future__ import annotations


def with_line_feeds(text: str) -> str:
    r"""The same text with line feeds for line ends and no byte-order mark.

    >>> with_line_feeds("\ufeffone\r\ntwo\rthree")
    'one\ntwo\nthree'
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
