"""Texts, addresses and languages on their way out."""

from __future__ import annotations

import doctest
import unicodedata
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.deliver import clean as text
from paperledge_audio.deliver.pictures import lettering
from paperledge_audio.deliver.tags import languages
from paperledge_audio.errors import DeliveryError


@pytest.mark.parametrize("module", [text, languages, lettering])
def test_the_docstrings_examples_hold(module: ModuleType) -> None:
    tried = doctest.testmod(module)
    assert (tried.failed, tried.attempted > 0) == (0, True)


@given(st.text(max_size=60), st.integers(4, 80))
def test_a_clipped_text_fits_and_is_the_beginning(whole: str, most: int) -> None:
    whole = "".join(c for c in whole if unicodedata.category(c) != "Cs")
    cut = text.clip_text(whole, most)
    assert len(cut.encode()) <= most
    assert cut == whole or (cut.endswith("…") and whole.startswith(cut[:-1]))


def test_a_text_is_clipped_at_a_word_and_never_inside_a_letter() -> None:
    assert text.clip_text("alpha beta gamma", 15) == "alpha beta…"
    assert text.clip_text("alpha beta gamma", 16) == "alpha beta gamma"
    # 10 bytes leave 7 before the ellipsis: "naive" with its accent on its own is one byte too long.
    assert text.clip_text("xxxxxxe\u0301 and more", 10) == "xxxxxx…"


@pytest.mark.parametrize("unfit", ["\0", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
def test_control_characters_are_refused_with_their_code(unfit: str) -> None:
    with pytest.raises(DeliveryError, match=f"the title holds .* U\\+{ord(unfit):04X}"):
        text.clean_block(f"a{unfit}b", "the title")


def test_a_line_has_no_breaks_and_a_block_keeps_them() -> None:
    assert text.clean_line(" a\tb \r\n c ", "x") == "a b c"
    assert text.clean_block(" a  \r\n\n b ", "x") == "a\n\n b"


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://a.example/x?y=1&z=2#k", "https://a.example/x?y=1&z=2#k"),
        ("https://a.example/100%25", "https://a.example/100%25"),
        ("https://a.example/<b>\"'", "https://a.example/%3Cb%3E%22'"),
        ("", ""),
    ],
)
def test_addresses_become_plain_ascii_once(url: str, plain: str) -> None:
    assert text.encode_url(url) == plain
    assert text.encode_url(plain) == plain


def test_names_in_an_address_are_encoded_one_by_one() -> None:
    assert text.join_url("https://a.example/p", "ä b", "c/d") == (
        "https://a.example/p/%C3%A4%20b/c%2Fd"
    )
    assert text.join_url("", "x", "x.mp3") == "x/x.mp3"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "eng"),
        ("de-AT", "deu"),
        ("zh_Hant", "zho"),
        ("EN-gb", "eng"),
        ("q", "und"),
        ("", "und"),
    ],
)
def test_languages_are_counted_in_iso_639_2(tag: str, code: str) -> None:
    assert languages.to_iso639_2(tag) == code
