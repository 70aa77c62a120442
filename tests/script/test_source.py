"""Files that are no scripts get one line that says why; odd line ends are accepted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.errors import ScriptError
from paperledge_audio.script import Speech
from paperledge_audio.script.parsing import parse

HEAD = "---\ntitle: A\ndate: 2025-10-21\n---\n"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"", "x.md:1: is empty; write an episode into it"),
        (b"\xef\xbb\xbf \r\n\t\n", "x.md:1: is empty; write an episode into it"),
        (b"ID3\0\0\0", "x.md: is a binary file, not a text (at offset 3); name a script"),
        (
            b"\x89PNG\r\n\x1a\n\x01",
            "x.md: is a binary file, not a text (at offset 8); name a script",
        ),
        ("a".encode("utf-16"), "x.md: is UTF-16; save the file as UTF-8"),
        # "café" in Latin-1: its é is the byte 0xE9, after the 7 bytes of "ab", CRLF and "caf".
        (
            b"ab\r\ncaf\xe9\n",
            "x.md:2: byte 0xE9 at offset 7, line 2, is not UTF-8; save the file as UTF-8",
        ),
        (b"a\n\nb\x07", "x.md:3: holds the invisible character U+0007; remove it"),
        ("a\u2028b".encode(), "x.md:1: holds the invisible character U+2028; remove it"),
        # "naïve" in UTF-8, read as Windows-1252 and saved again.
        (
            "a\nnaïve".encode().decode("cp1252").encode(),
            "x.md:2: holds 'naÃ¯ve', which is UTF-8 read in another encoding; write 'naïve'",
        ),
        (
            "it’s 37°C".encode().decode("cp1252").encode(),
            "x.md:1: holds 'itâ€™s', which is UTF-8 read in another encoding; write 'it’s'",
        ),
        (
            b"Hello.\n",
            (
                'x.md:1: has no front matter; begin the file with the lines "---", '
                '"title: An Episode", "date: 2025-10-21" and "---"'
            ),
        ),
    ],
)
def test_what_is_no_script(source: bytes, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse(source, "x.md")
    assert str(caught.value) == message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("path", ["x.md", "x.txt", ""])
def test_marks_and_line_ends_change_nothing(end: str, mark: str, path: str) -> None:
    source = mark + f"{HEAD}\nOne\ntwo.\n\nThree.\n".replace("\n", end)
    script = parse(source.encode(), path)
    assert script.blocks == (Speech("One\ntwo.", 6), Speech("Three.", 9))
    assert parse(source, path) == script


def complaint(source: bytes | str, path: str) -> ScriptError | None:
    try:
        parse(source, path)
    except ScriptError as error:
        return error
    return None


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: (HEAD + text).encode()))
def test_any_bytes_are_read_or_refused_in_one_line(source: bytes) -> None:
    for path in ("x.md", "x.txt"):
        error = complaint(source, path)
        assert error is None or (error.path == path and "\n" not in str(error))


@given(st.text(alphabet="ab:-#'\"[]{}&*!|>%@`,?~\n \\0123456789", max_size=40))
def test_any_front_matter_is_read_or_refused(yaml: str) -> None:
    error = complaint(f"---\n{yaml}\n---\nHello.\n", "x.md")
    assert error is None or error.line is not None


@pytest.mark.parametrize("word", ["café", "Mäntylä", "“so”", "37°", "±3", "😀", "Gödel’s"])
def test_every_misread_word_is_named_whole(word: str) -> None:
    misread = word.encode().decode("cp1252", "replace").replace("\ufffd", "")
    error = complaint(f"{HEAD}\nA\n{misread} b", "x.md")
    assert error
    assert (error.line, misread in error.what) == (7, True)


def test_letters_that_only_look_misread_are_kept() -> None:
    words = "São Paulo, Âge, 10 Å³, Ångström, Ã, â la carte, à “côté” – É"
    assert parse(f"{HEAD}\n{words}", "x.md").blocks == (Speech(words, 6),)
