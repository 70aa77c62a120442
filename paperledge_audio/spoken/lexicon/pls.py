"""Lexicon ↔ W3C Pronunciation Lexicon Specification (PLS) 1.0, 14 October 2008."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from paperledge_audio import GENERATOR_NOTE
from paperledge_audio.errors import SpokenError, locate_errors
from paperledge_audio.files.markup import parse_xml
from paperledge_audio.spoken.lexicon.entries import Entry, Lexicon, make_entry
from paperledge_audio.spoken.lexicon.ipa import from_ipa, to_ipa

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
LARGEST_BYTES = 1_000_000
"""Of a file: some ten thousand words."""


def compose_pls(lexicon: Lexicon, language: str = "en-US") -> str:
    """The lexicon as PLS: a lexeme an entry, its sound in IPA, its words as an alias.

    Entries that are said as printed are left out.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {GENERATOR_NOTE} -->",
        f'<lexicon version="1.0" xmlns="{NAMESPACE}" alphabet="ipa" xml:lang="{language}">',
    ]
    for item in lexicon.entries.values():
        said = (f"<alias>{escape(item.said)}</alias>",) if item.said else ()
        sound = (f"<phoneme>{escape(to_ipa(item.phonemes))}</phoneme>",) if item.phonemes else ()
        if said or sound:
            parts = (f"<grapheme>{escape(item.grapheme)}</grapheme>", *sound, *said)
            lines.append(f"  <lexeme>{''.join(parts)}</lexeme>")
    return "\n".join((*lines, "</lexicon>", ""))


def parse_pls(text: str, path: str = "") -> Lexicon:
    """A PLS file's entries: every grapheme with the first sound and the first alias given it.

    Phonemes are IPA unless `alphabet` is "x-misaki". Raises SpokenError, with the path, for what
    is not PLS, holds a document type or has sounds outside the engines' alphabet.
    """
    try:
        root = parse_xml(text)
    except ValueError as error:
        raise _fault(f"is not XML: {error}", "correct it", path) from error
    if root.tag != f"{{{NAMESPACE}}}lexicon":
        raise _fault(
            "is not a pronunciation lexicon", f'begin it with <lexicon xmlns="{NAMESPACE}">', path
        )
    alphabet = root.get("alphabet", "ipa")
    return Lexicon(
        item
        for lexeme in root.iter(_qualify("lexeme"))
        for item in _read_entries(lexeme, alphabet, path)
    )


def _read_entries(lexeme: ET.Element, alphabet: str, path: str) -> Iterator[Entry]:
    forms = [" ".join((node.text or "").split()) for node in lexeme.iter(_qualify("grapheme"))]
    sound, words = _read_text(lexeme, "phoneme"), _read_text(lexeme, "alias")
    if not any(forms) or not (sound or words):
        raise _fault("has a lexeme without a grapheme, a phoneme or an alias", "complete it", path)
    own = (
        next((node.get("alphabet") for node in lexeme.iter(_qualify("phoneme"))), None) or alphabet
    )
    if own not in {"ipa", "x-misaki"}:
        raise _fault(f"has the phoneme alphabet {own!r}", "use ipa or x-misaki", path)
    for form in filter(None, forms):
        with locate_errors(path=path):
            phonemes = sound if own == "x-misaki" else from_ipa(sound)
            said = make_entry(form, words).said if words else ""
            phonemes = make_entry(form, f"/{phonemes}/").phonemes if phonemes else ""
        yield Entry(form, said, phonemes)


def _read_text(lexeme: ET.Element, name: str) -> str:
    node = lexeme.find(_qualify(name))
    return "" if node is None else " ".join((node.text or "").split())


def _qualify(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _fault(what: str, remedy: str, path: str) -> SpokenError:
    return SpokenError(what, remedy, path=path)
