"""XML ↔ text.

The standard library's parser is enough, since documents with a DTD are refused before it reads.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
"""Declares a DTD, which may name other files or expand without limit."""


DEEPEST = 32
"""Elements within elements; feeds and lexicons have four."""


class _Flat(ET.TreeBuilder):
    """Builds a tree that no walk through it can exhaust the stack with."""

    depth = 0

    def start(self, tag: str, attrs: dict[Any, Any], /) -> ET.Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ValueError(f"it is nested more than {DEEPEST} deep")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        self.depth -= 1
        return super().end(tag)


def parse_xml(text: str) -> ET.Element:
    """The root element.

    Raises ValueError for what is not XML, declares a document type or is nested too deep. Text has
    no encoding: what it declares of one is passed over.
    """
    if _DECLARES.search(text):
        raise ValueError("it declares a document type, which is not supported")
    try:  # without a document type there is nothing to expand
        return ET.fromstring(text, ET.XMLParser(target=_Flat()))  # noqa: S314
    except (ET.ParseError, LookupError) as error:
        raise ValueError(str(error)) from error


def compose_xml(root: ET.Element, namespaces: Mapping[str, str], remark: str = "") -> str:
    """A document, indented; `namespaces`: prefix → name; `remark`: a comment on top."""
    for prefix, name in namespaces.items():
        ET.register_namespace(prefix, name)
    ET.indent(root)
    data: str = ET.tostring(root, encoding="unicode")
    above = f"<!-- {remark} -->\n" if remark else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{above}{data}\n'


def qualify(name: str, namespaces: Mapping[str, str]) -> str:
    """A name with a prefix as elements carry it.

    >>> qualify("itunes:title", {"itunes": "http://x.example"}), qualify("title", {})
    ('{http://x.example}title', 'title')
    """
    prefix, _, local = name.rpartition(":")
    return f"{{{namespaces[prefix]}}}{local}" if prefix else local
