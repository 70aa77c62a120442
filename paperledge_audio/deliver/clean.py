"""Cleans texts and addresses for tags and feeds."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

from paperledge_audio.errors import DeliveryError

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids or discourages, or that end a text in ID3."""

_SUB_DELIMS = "!$&'()*+,;="
_PATH = _SUB_DELIMS + ":@/%"


def clean_block(text: str, what: str) -> str:
    """A text of several lines, stripped, with line feeds.

    Raises DeliveryError, naming `what` it is, for a control character, half of a surrogate pair
    or a code point that is no character.
    """
    lines = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
    if found := _UNFIT.search(lines):
        raise DeliveryError(
            f"{what} holds the control character U+{ord(found[0]):04X}", "remove it from the text"
        )
    return lines


def clean_line(text: str, what: str) -> str:
    """A text on a single line, each run of white space one space; raises as `clean_block` does."""
    return " ".join(clean_block(text, what).split())


def clip_text(text: str, most: int) -> str:
    """`text` cut at a word's end, with "…", to at most `most` bytes of UTF-8.

    >>> clip_text("one two three", 11), clip_text("one two", 11)
    ('one two…', 'one two')
    """
    data = text.encode("utf-8")
    if len(data) <= most:
        return text
    room = most - len("…".encode())
    head = data[:room].decode("utf-8", "ignore")
    while head and _joins(text[len(head)]):  # never between a letter and its accent
        head = head[:-1]
    if not text[len(head)].isspace():
        words = re.match(r"(.*\S)\s", head, re.DOTALL)
        head = words[1] if words else head
    return head.rstrip() + "…"


def _joins(character: str) -> bool:
    return unicodedata.combining(character) > 0 or character in "\u200d\ufe0e\ufe0f"


def encode_url(url: str) -> str:
    """An address with every character outside of ASCII encoded (host: IDNA, rest: UTF-8, RFC 3987).

    >>> encode_url("https://bücher.example/süß?q=ñ#é")
    'https://xn--bcher-kva.example/s%C3%BC%C3%9F?q=%C3%B1#%C3%A9'
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except (ValueError, UnicodeError) as error:
        raise DeliveryError(f"{url!r} is not a web address", "write it as https://…") from error
    return urlunsplit(
        (
            parts.scheme,
            quote(host, safe=_SUB_DELIMS + ":@[]%"),
            quote(parts.path, safe=_PATH),
            quote(parts.query, safe=_PATH + "?"),
            quote(parts.fragment, safe=_PATH + "?"),
        )
    )


def join_url(base: str, *names: str) -> str:
    """Names under a base address, each one encoded; relative where `base` is empty."""
    path = "/".join(quote(name, safe="") for name in names)
    return f"{encode_url(base)}/{path}" if base else path
