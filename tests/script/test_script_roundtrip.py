"""parse and compose are each other's inverse, and escape prints what it is given."""

from __future__ import annotations

import dataclasses
import datetime
import re
import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.errors import ScriptError
from paperledge_audio.script import (
    Block,
    Credit,
    DeliveryChange,
    Directive,
    Episode,
    Heading,
    ListItem,
    Music,
    PaceChange,
    Paper,
    Pause,
    Question,
    Quote,
    Script,
    Speech,
)
from paperledge_audio.script.blocks.escape import escape
from paperledge_audio.script.blocks.kinds import asks, is_credit
from paperledge_audio.script.blocks.notes import leave_out_notes
from paperledge_audio.script.composing import compose
from paperledge_audio.script.model import ChapterLink, Guest, Soundbite, TextBlock
from paperledge_audio.script.parsing import parse
from paperledge_audio.script.printed.markup import strip_markup

MARKUP = (
    *("1. ", "12) ", "# ", "## ", "> ", "- ", "+ ", "* ", "*", "**", "_", "~~", "`", "```", "~~~"),
    *("---", "===", "***", "| a | b |", "|---|", ":-: | -", "    ", "\t", "  ", "\\", "\\\\", "\n"),
    *("[wonder] ", "[delivery: charm]", "[pace 0.9]", "[the] ", "[pause 0.4s]"),
    *("[pause 1s]", "[music: sting]", "[", "]", "(x)", "![", "[x]: y", "[^1]", "<b>", "<!--"),
    *(
        "%%",
        "==",
        "{{",
        "}}",
        "{#a}",
        ":::",
        "//",
        "[[",
        "]]",
        "|",
        "[ ] ",
        "[!NOTE] ",
        " // TODO",
        "{%",
    ),
    *("&amp;", "&", "$", "$x$", "$$", "$\\sigma$", "\\[", "Credit to Paper authors: A", ":", "?"),
    *("**Emma:** ", "__Dr. Lee:__ ", "**A:**", ":**", ":__", "\\:", "&#58;", "**B**: "),
    *("#", "a", "B", "0", ".", '"', "”", "é", "\u00a0", "word", " and ", "http://x.org", "<"),
)
nasty = st.lists(st.sampled_from(MARKUP), max_size=12).map("".join)
prose = st.text(string.ascii_letters + " ,.'’é", min_size=1, max_size=40).map(str.strip)
names = st.text(min_size=1, max_size=20) | nasty | prose

speakers = st.just("") | names
deliveries = st.sampled_from(("", "wonder", "soft-spoken"))
urls = st.sampled_from(("", "https://arxiv.org/abs/2412.08635"))
zones = st.integers(-23 * 60, 23 * 60).map(
    lambda minutes: datetime.timezone(datetime.timedelta(minutes=minutes))
)
times = st.datetimes(timezones=zones).map(
    lambda moment: moment.replace(year=min(max(moment.year, 2), 9998), microsecond=0)
)
blocks = st.one_of(
    st.builds(Speech, prose, st.just(0)),
    st.builds(Speech, nasty.map(escape), st.just(0), speakers, deliveries),
    st.builds(Quote, prose | nasty.map(escape), st.just(0), speakers, deliveries),
    st.builds(ListItem, prose, st.just(0), st.sampled_from(("-", "1.", "23.")), deliveries),
    st.builds(Question, prose.map(lambda text: text + "?"), st.just(0)),
    st.builds(Heading, prose, st.just(0), st.integers(1, 6)),
    st.builds(Credit, prose.map(lambda text: f"Credit to Paper authors: {text}"), st.just(0)),
    st.builds(Pause, st.floats(0, 30, exclude_min=True), st.just(0)),
    st.builds(DeliveryChange, st.sampled_from(("plain", "wonder", "soft-spoken")), st.just(0)),
    st.builds(PaceChange, st.floats(0.5, 2.0), st.just(0)),
    st.builds(Music, st.sampled_from(("intro", "outro", "sting", "bed")), st.just(0)),
)
episodes = st.builds(
    Episode,
    title=names,
    date=st.dates() | times,
    number=st.none() | st.integers(1, 999),
    season=st.none() | st.integers(1, 99),
    authors=st.lists(names, max_size=3).map(tuple),
    paper=st.builds(Paper, names, st.sampled_from(("", "https://arxiv.org/abs/2412.08635"))),
    category=names | st.just(""),
    summary=names | st.just(""),
    explicit=st.booleans(),
    voice=names | st.just(""),
    title_is_guess=st.booleans(),
    pronounce=st.dictionaries(names, names, max_size=3).map(lambda some: tuple(some.items())),
    cast=st.dictionaries(names, names, max_size=3).map(lambda some: tuple(some.items())),
    guid=names | st.just(""),
    kind=st.sampled_from(("full", "trailer", "bonus")),
    keywords=st.lists(names, max_size=3).map(tuple),
    image=urls,
    link=urls,
    guests=st.lists(st.builds(Guest, names, st.just("guest") | names, urls, urls)).map(tuple),
    soundbites=st.lists(
        st.builds(Soundbite, st.floats(0, 86_400), st.floats(1, 600), names | st.just(""))
    ).map(tuple),
    chapters=st.lists(st.builds(ChapterLink, names, urls, urls)).map(tuple),
)
SOME_EPISODE = Episode("A title", datetime.date(2025, 10, 21))


def essence(script: Script) -> tuple[Episode, list[Block]]:
    return script.episode, [dataclasses.replace(block, line=0) for block in script.blocks]


@given(st.lists(blocks, min_size=1, max_size=6))
def test_a_script_comes_back_or_is_refused(some: list[Block]) -> None:
    script = Script(SOME_EPISODE, tuple(some))
    try:
        source = compose(script)
    except ScriptError:
        return
    assert essence(parse(source)) == essence(script)
    assert compose(parse(source)) == source


@given(st.lists(st.builds(Speech, prose.filter(bool), st.just(0)), min_size=1, max_size=5))
def test_prose_is_never_refused(some: list[Block]) -> None:
    script = Script(SOME_EPISODE, tuple(some))
    assert essence(parse(compose(script))) == essence(script)


@given(episodes)
def test_metadata_come_back_or_are_refused(episode: Episode) -> None:
    script = Script(episode, (Speech("Hello.", 0),))
    try:
        source = compose(script)
    except ScriptError:
        return
    assert parse(source.encode()).episode == episode


@given(st.text(string.printable + "é“”—", min_size=1, max_size=30).map(str.strip).filter(bool))
def test_any_printable_line_can_be_a_title(title: str) -> None:
    line = " ".join(title.split())
    episode = dataclasses.replace(SOME_EPISODE, title=line, summary=line, authors=(line,))
    assert parse(compose(Script(episode, (Speech("Hello.", 0),)))).episode == episode


@given(st.lists(nasty | prose, min_size=1, max_size=6).map("\n\n".join))
def test_what_was_read_can_be_written(body: str) -> None:
    try:
        script = parse(f"---\ntitle: A\ndate: 2025-10-21\n---\n{body}\n")
    except ScriptError:
        return
    source = compose(script)
    assert essence(parse(source)) == essence(script)
    assert compose(parse(source)) == source


@given(nasty | names, prose.filter(bool))
def test_escaped_words_name_nobody(words: str, following: str) -> None:
    """What is imported, or was plain text, never becomes a speaker."""
    for text in (escape(f"**{words}:** {following}"), escape(f"{words}\n__A:__ {following}")):
        try:
            found = parse(f"---\ntitle: A\ndate: 2025-10-21\n---\n{text}\n").blocks
        except ScriptError as error:
            assert "nobody speaks" not in error.remedy  # noqa: PT017 - it may be odd otherwise
            continue
        assert {block.speaker for block in found if isinstance(block, Speech | Quote)} <= {""}


@given(nasty | st.text(max_size=30))
def test_escaped_words_direct_nobody(words: str) -> None:
    """What is imported never becomes a delivery, a pause or a directive."""
    for text in (escape(f"[wonder] {words}"), escape(f"A {words}\n[pause 1s] b [pace 0.9]")):
        try:
            found = parse(f"---\ntitle: A\ndate: 2025-10-21\n---\n{text}\n").blocks
        except ScriptError as error:
            assert "[" not in error.what or "footnote" in error.what  # noqa: PT017
            continue
        assert not any(isinstance(block, Directive) for block in found)
        assert {getattr(block, "delivery", "") for block in found} == {""}
        texts = [block.text for block in found if isinstance(block, TextBlock)]
        assert all(strip_markup(text).pauses == () for text in texts)


@given(st.lists(st.tuples(prose.filter(bool), prose.filter(bool)), min_size=1, max_size=4))
def test_plain_names_are_never_refused(turns: list[tuple[str, str]]) -> None:
    script = Script(SOME_EPISODE, tuple(Speech(said, 0, " ".join(n.split())) for n, said in turns))
    assert essence(parse(compose(script))) == essence(script)


@given(nasty | st.text(max_size=30))
def test_escape_prints_the_same_words(printed: Callable[[str], str], words: str) -> None:
    text = escape(words)
    if "\r" not in words and "\0" not in words:
        assert printed(text).split() == words.split()


@given(nasty)
@pytest.mark.parametrize("kind", [Speech, Quote, ListItem])
def test_escaped_words_are_one_block(
    printed: Callable[[str], str], kind: type[Speech | Quote | ListItem], words: str
) -> None:
    text = escape(words).strip()
    if not text:
        return
    script = Script(SOME_EPISODE, (kind(text, 0),))
    if (kind is ListItem and asks(text)) or (kind is Speech and is_credit(text)):
        with pytest.raises(ScriptError, match="something else"):
            compose(script)
        return
    (block,) = parse(compose(script)).blocks
    assert isinstance(block, kind)
    assert printed(block.text).split() == words.split()


KEPT_MARK = re.compile(r"\\(?:%%|<!--|\{[{%#.]|!?\[\[|==|~~|//|:::)")


@given(nasty)
def test_plain_text_prints_every_character(printed: Callable[[str], str], words: str) -> None:
    source = f"---\ntitle: A\ndate: 2025-10-21\n---\nFirst.\n\n{words}\n"
    try:
        script = parse(source, "x.txt")
    except ScriptError:
        assert any(mark in words for mark in ("[", "%%", "{{", "{%", "<!--"))
        return
    kept = leave_out_notes(words)
    said = "".join(printed(b.text) for b in script.blocks if not isinstance(b, Directive))
    bullets = {mark.strip() for mark in MARKUP[:8]}
    marks = (*bullets, "[pause", "[music", "[pace", "[del", "[won")
    if not any(mark in words for mark in marks) and not KEPT_MARK.search(words):
        assert said.split() == ["First.", *kept.split()] or "".join(said.split()) == (
            "First." + "".join(kept.split())
        )
    assert essence(parse(compose(script))) == essence(script)
