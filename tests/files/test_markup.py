"""XML in and out."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from paperledge_audio.files.markup import compose_xml, parse_xml, qualify

NAMES = {"x": "http://x.example"}


def test_what_is_composed_is_parsed_again() -> None:
    root = ET.Element("a")
    ET.SubElement(root, qualify("x:b", NAMES), {"c": '"<&>"'}).text = "<d> & é"
    text = compose_xml(root, NAMES)
    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<a xmlns:x="http://x.example">\n'
        '  <x:b c="&quot;&lt;&amp;&gt;&quot;">&lt;d&gt; &amp; é</x:b>\n</a>\n'
    )
    (inner,) = parse_xml(text)
    assert (inner.tag, inner.text, inner.attrib) == (
        "{http://x.example}b",
        "<d> & é",
        {"c": '"<&>"'},
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<a>", "no element found"),
        ("", "no element found"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares a document type"),
        ("<!doctype a><a/>", "declares a document type"),
    ],
)
def test_what_is_no_plain_xml_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_xml(text)
