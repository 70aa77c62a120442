"""What editors write beside the words: left out and noted, understood, or an error."""

from __future__ import annotations

import pytest

from paperledge_audio.errors import ScriptError
from paperledge_audio.script.blocks.notes import find_notes
from paperledge_audio.script.model import Directive, LeftOut, Script
from paperledge_audio.script.parsing import parse
from paperledge_audio.script.printed.markup import strip_markup

HEADER = "---\ntitle: T\ndate: 2025-01-01\n---\n"


def read(body: str, path: str = "x.md") -> Script:
    return parse(f"{HEADER}{body}\n", path)


def texts(script: Script) -> list[str]:
    return [block.text for block in script.blocks if not isinstance(block, Directive)]


@pytest.mark.parametrize(
    ("body", "heard", "what"),
    [
        ("It runs. %%Is that so?%%", "It runs.", "a comment"),
        ("It %%not\nyet%% runs.", "It\nruns.", "a comment"),
        ("It runs. <!-- Is that -> so? -->", "It runs.", "a comment"),
        ("<!-- one\n\ntwo --->\n\nIt runs.", "It runs.", "a comment"),
        ("// TODO: cut\n\nIt runs.", "It runs.", "a remark"),
        ("It runs. // FIXME say how", "It runs.", "a remark"),
        ("It ~~walks~~runs.", "It runs.", "struck text"),
        ("## It runs {#start}", "It runs", "an attribute"),
        ("It runs.{.aside lang=en}", "It runs.", "an attribute"),
        ("::: aside\n\nIt runs.\n\n:::", "It runs.", "a container's mark"),
        ("> [!NOTE]\n> It runs.", "It runs.", "a callout's kind"),
        ("> [!tip]+ Mind this\n> It runs.", "Mind this:\nIt runs.", "a callout's kind"),
        ("- [ ] It runs.", "It runs.", "a task's box"),
        ("- [x] It runs.", "It runs.", "a task's box"),
    ],
)
def test_what_is_not_meant_to_be_heard_is_left_out_and_noted(
    body: str, heard: str, what: str
) -> None:
    script = read(body)
    assert texts(script) == [heard]
    assert {note.what for note in script.left_out} == {what}


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ("It runs. %%Is that so?%%", "It runs."),
        ("It runs. <!-- Is that so? -->", "It runs."),
        ("It runs. // FIXME say how", "It runs."),
        ("It ~~walks~~runs.", "It runs."),
        ("- [ ] It runs.", "It runs."),
    ],
)
def test_plain_text_has_the_same_notes(body: str, heard: str) -> None:
    script = read(body, "x.txt")
    assert texts(script) == [heard]
    assert script.left_out == read(body).left_out != ()


def test_a_backslash_keeps_a_mark_in_plain_text() -> None:
    script = read(r"It is \%% and \{{ and \<!-- here.", "x.txt")
    assert strip_markup(texts(script)[0]).text == "It is %% and {{ and <!-- here."
    assert script.left_out == ()


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ("See [[Attention|the last one]].", "See the last one."),
        ("See [[Attention]].", "See Attention."),
        ("It ==really== runs.", "It really runs."),
    ],
)
def test_what_is_understood_needs_no_note(body: str, heard: str) -> None:
    script = read(body)
    assert texts(script) == [heard]
    assert script.left_out == ()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("It runs.\n\nHello, {{ name }}!", "template"),
        ("It runs.\n\n{% if late %}", "template"),
        ("It runs.\n\n![[chart.png]]", "embedded file"),
        ("It runs.\n\n%% Is that so?", "comment is not closed"),
        ("It runs.\n\n<!-- Is that so?", "comment is not closed"),
    ],
)
def test_what_can_neither_be_heard_nor_left_out_is_an_error(body: str, what: str) -> None:
    with pytest.raises(ScriptError, match=what) as caught:
        read(body)
    assert caught.value.line == 7


@pytest.mark.parametrize(
    "body",
    [
        "It is 100%% sure.",
        "Use `%%x%%`, `==y==` and `{{ z }}`.",
        r"A \%%sign\%% and \==another\==, \{{ and \[[ too.",
        "If a == b and c == d, see https://x.org/y.",
        "So $a == b$ and n // 2.",
        "A set {0, 1} or {a, b}.",
    ],
)
def test_code_formulas_escapes_and_plain_signs_stay(body: str) -> None:
    script = read(body)
    assert texts(script) == [body]
    assert script.left_out == ()


def test_every_line_stays_where_it_was() -> None:
    body = "One.\n\n%%two\nlines%%\n\n:::\n\nThree. // TODO four\n"
    notes = find_notes(body, above=4)
    assert notes.text.count("\n") == body.count("\n")
    assert notes.left_out == (
        LeftOut("a comment", "%%two lines%%", 7),
        LeftOut("a container's mark", ":::", 10),
        LeftOut("a remark", "// TODO four", 12),
    )
