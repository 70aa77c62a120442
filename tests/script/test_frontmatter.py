"""Front matter: what each key gives, and the line of each complaint."""

from __future__ import annotations

import datetime

import pytest

from paperledge_audio.errors import ScriptError
from paperledge_audio.script import Episode, Paper, Script, Speech
from paperledge_audio.script.composing import compose
from paperledge_audio.script.model import ChapterLink, Guest, Soundbite
from paperledge_audio.script.parsing import parse

FULL = """\
---
title: 'Attention: the basics'
title_is_guess: true
number: 7
season: 2
date: 2025-10-21
authors:
  - Ashish Vaswani
  - Łukasz Kaiser
paper:
  title: Attention Is All You Need
  url: https://arxiv.org/abs/1706.03762
category: Computation and Language
summary: 'What is kept? # everything'
explicit: true
voice: ernis
cast:
  Dr. Lee: michael
  'Zoë: the critic': af_bella
guid: buzz-4711
type: bonus
keywords:
  - attention
  - '3.10'
image: https://x.example/a.jpg
link: https://x.example/7
guests:
  - Ada Lovelace
  - name: '42'
    role: editor
    link: https://x.example/42
    image: https://x.example/42.jpg
soundbites:
  - start: 73.5
    length: 60.0
    title: The best of it
  - start: 1.0
    length: 15.0
chapters:
  - title: The idea
    link: https://x.example/idea
    image: https://x.example/idea.png
---

Hello.
"""


def test_every_key() -> None:
    assert parse(FULL).episode == Episode(
        title="Attention: the basics",
        date=datetime.date(2025, 10, 21),
        number=7,
        season=2,
        authors=("Ashish Vaswani", "Łukasz Kaiser"),
        paper=Paper("Attention Is All You Need", "https://arxiv.org/abs/1706.03762"),
        category="Computation and Language",
        summary="What is kept? # everything",
        explicit=True,
        voice="ernis",
        title_is_guess=True,
        cast=(("Dr. Lee", "michael"), ("Zoë: the critic", "af_bella")),
        guid="buzz-4711",
        kind="bonus",
        keywords=("attention", "3.10"),
        image="https://x.example/a.jpg",
        link="https://x.example/7",
        guests=(
            Guest("Ada Lovelace"),
            Guest("42", "editor", "https://x.example/42", "https://x.example/42.jpg"),
        ),
        soundbites=(Soundbite(73.5, 60, "The best of it"), Soundbite(1, 15)),
        chapters=(ChapterLink("The idea", "https://x.example/idea", "https://x.example/idea.png"),),
    )
    assert compose(parse(FULL)) == FULL


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("2025-11-03 06:00 +01:00", 5),
        ("2025-11-03 06:00:00 +01:00", 5),
        ("2025-11-03T06:00:00Z", 6),
        ("2025-11-03 06:00-03:00", 9),
    ],
)
def test_a_date_may_have_a_time_with_its_zone(written: str, hours: int) -> None:
    episode = parse(f"---\ntitle: A\ndate: {written}\n---\nHello.\n").episode
    assert episode.date == datetime.datetime(2025, 11, 3, hours, tzinfo=datetime.UTC)
    assert episode.day == datetime.date(2025, 11, 3)
    again = parse(compose(Script(episode, (Speech("Hello.", 1),)))).episode
    assert isinstance(again.date, datetime.datetime)
    assert isinstance(episode.date, datetime.datetime)
    assert (again.date, again.date.utcoffset()) == (episode.date, episode.date.utcoffset())


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("type: single", "4:1: type: 'single' is unknown"),
        ("guid: |\n  a\n  b", "4:1: guid: holds a line break"),
        (
            f"keywords: [{'a' * 129}]",
            "4:1: keywords: an entry has 129 characters; write at most 128",
        ),
        ('keywords: ["a, b"]', "4:1: keywords: 'a, b' holds ','; write it as several entries"),
        ('keywords: [""]', "4:1: keywords: has an empty entry; write something in it, or remove"),
        ('guid: ""', "4:1: guid: is empty; write it, or remove the key"),
        ('type: ""\nnumber: ""', "5:1: number: '' is not a whole number"),
        ("image: ftp://x/a", "4:1: image: 'ftp://x/a' is not a web address"),
        ("image: ../a.jpg", "4:1: image: '../a.jpg' has the part '..'"),
        ("link: [a]", "4:1: link: a list is not a text"),
        ("guests: Ada", "4:1: guests: 'Ada' is not a list"),
        ("guests:\n- 3.10", "5:3: guests: 3.10 is read as a number"),
        ("guests:\n- name: yes", "5:9: guests.0.name: yes is read as true or false"),
        ("guests:\n- role: host", "guests.0.name: is missing"),
        ("guests:\n- name: A\n  url: b", "6:3: guests.0.url: is not a known key"),
        (f"guests:\n- {'a' * 129}", "guests.0.name: has 129 characters; write at most 128"),
        ("guests: [[a]]", "4:1: guests: a list is not a table of settings"),
        (f"guests: [{'a,' * 101}]", "4:1: guests: has 101 entries; write at most 100"),
        ("soundbites:\n- start: -1\n  length: 15", "5:3: soundbites.0.start: -1 is not between"),
        ("soundbites:\n- start: 1\n  length: 900", "6:3: soundbites.0.length: 900 is not between"),
        ("soundbites:\n- start: 1", "soundbites.0.length: is missing"),
        ("soundbites: [a]", "4:1: soundbites: 'a' is not a table of settings"),
        ("chapters:\n- title: A\n- title: A", "6:3: chapters.1.title: is given twice"),
        ("date: 2025-11-03 06:00 +25:00", "is not a date; write it as 2025-11-03, or"),
        ("date: [2025-11-03]", "3:1: date: a list is not a date; write it as 2025"),
        ("date: 0001-01-01 00:00 +01:00", "is not a date; write it as 2025-11-03, or"),
    ],
)
def test_complaints_about_how_it_is_published(lines: str, message: str) -> None:
    date = "" if lines.startswith("date:") else "date: 2025-10-21\n"
    with pytest.raises(ScriptError) as caught:
        parse(f"---\ntitle: A\n{date}{lines}\n---\nHello.\n", "x.md")
    assert message in str(caught.value)
    assert caught.value.line


def test_every_fault_of_a_header_is_told_in_order_and_once() -> None:
    header = """\
titel: A
number: 0
summary: &a text
category: *a
keywords: [a, ""]
paper:
  title: 3.10
  url: [x]
  year: 2025
guests:
  - name: Ada
    role: yes
  - Charles
  - 12
cast:
  a: 1
  b: [c]
number: 3
"""
    with pytest.raises(ScriptError) as caught:
        parse(f"---\n{header}---\n\n| a |\n| - |\n", "x.md")
    assert [str(one).partition("; ")[0] for one in caught.value.all] == [
        "x.md:2:1: titel: is not a known key",
        "x.md:3:1: number: 0 is below 1",
        "x.md:5:1: category: is an alias",
        "x.md:6:1: keywords: has an empty entry",
        "x.md:8:10: paper.title: 3.10 is read as a number",
        "x.md:9:3: paper.url: a list is not a text",
        "x.md:10:3: paper.year: is not a known key",
        "x.md:13:11: guests.0.role: yes is read as true or false",
        "x.md:15:5: guests: 12 is read as a number",
        "x.md:17:3: cast.a: 1 is not a text",
        "x.md:18:3: cast.b: a list is not a text",
        "x.md:19:1: number: is given twice",
        "x.md:1: date: is missing",
        "x.md:22:1: a table can't be read aloud",
    ]


def test_of_very_many_faults_the_last_says_that_there_are_more() -> None:
    header = "".join(f"k{n}: 1\n" for n in range(80))
    with pytest.raises(ScriptError) as caught:
        parse(f"---\n{header}---\n\nHello.\n", "x.md")
    told = [str(one) for one in caught.value.all]
    assert len(told) == 50
    assert told[0].startswith("x.md:2:1: k0: is not a known key")
    assert told[-1] == "x.md:51:1: has more faults; correct these first"


def test_what_may_be_left_out() -> None:
    script = parse("---\ntitle: A\ndate: 2025-10-21\nnumber:\nsummary:\n---\nHello.\n")
    assert script.episode == Episode("A", datetime.date(2025, 10, 21))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("", "1: title: is missing; add 'title'"),
        ("title: A", "1: date: is missing; add 'date'"),
        ("title:", "2:1: title: is missing; add 'title'"),
        ("title: 3.10", '2:8: title: 3.10 is read as a number; put it in quotes: "3.10"'),
        ("title: yes", '2:8: title: yes is read as true or false; put it in quotes: "yes"'),
        ("title: null", '2:8: title: null is read as nothing; put it in quotes: "null"'),
        (
            "title: 2025-01-01",
            '2:8: title: 2025-01-01 is read as a date; put it in quotes: "2025-01-01"',
        ),
        (
            'title: "a\\nb"\ndate: 2025-10-21',
            "2:1: title: holds a line break; write it on one line",
        ),
        (
            'title: "\\ud83d\\ude00"',
            (
                "2:8: title: holds a lone surrogate, which is no character; "
                "write the character itself, not an escape"
            ),
        ),
        ("title: [a]", "2:1: title: a list is not a text"),
        ("titel: A", "2:1: titel: is not a known key; did you mean 'title'?"),
        (
            "title: A: b",
            (
                "2:9: the front matter is not YAML: mapping values are not allowed here; "
                "correct it; a text with : or # in it needs quotes"
            ),
        ),
        (
            "title: A\ndate: Tuesday",
            (
                "3:1: date: 'Tuesday' is not a date; "
                "write it as 2025-11-03, or 2025-11-03 06:00 +01:00"
            ),
        ),
        (
            "title: A\ndate: 2025-02-30",
            "3:7: date: 2025-02-30 is not a date; write a date as 2025-10-21",
        ),
        (
            "title: A\ndate: 2025-10-21 09:30:00",
            (
                "3:1: date: 2025-10-21 09:30:00 holds a time without a zone; "
                "write it as 2025-11-03, or 2025-11-03 06:00 +01:00"
            ),
        ),
        ("title: A\ntitle: B", "3:1: title: is given twice; remove one of them"),
        ("title: &a A\nsummary: *a", "3:1: summary: is an alias; write the value itself"),
        ("- title", "2:1: the front matter is not a table; write lines like title: An Episode"),
        ("? [a]\n: b", "2:3: a key of the front matter is not a word; correct it"),
        (
            "title: !!python/name:os.system A",
            "2:8: title: 'A' has the tag tag:yaml.org,2002:python/name:os.system; remove the tag",
        ),
    ],
)
def test_complaints(lines: str, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse(f"---\n{lines}\n---\nHello.\n".replace("\n\n", "\n"), "x.md")
    assert str(caught.value) == f"x.md:{message}"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("number: 0", "4:1: number: 0 is below 1"),
        ("season: -1", "4:1: season: -1 is below 1"),
        ("number: 1.5", "4:1: number: 1.5 is not a whole number"),
        # YAML 1.1 would read these as 8 and as 90.
        ("number: 010", "4:9: number: 010 is not a plain number; write it as 12"),
        ("number: 1:30", "4:9: number: 1:30 is not a plain number; write it as 12"),
        ("explicit: maybe", "4:1: explicit: 'maybe' is not true or false"),
        ("authors: A, B", '4:1: authors: \'A, B\' is not a list of texts, as ["A", "B"]'),
        ("authors:\n  - A\n  - 7", '6:5: authors: 7 is read as a number; put it in quotes: "7"'),
        (
            "paper: A",
            (
                "4:1: paper: 'A' is not a table of settings; "
                "write its keys below it, each on a line of its own"
            ),
        ),
        ("paper:\n  titel: A", "5:3: paper.titel: is not a known key; did you mean 'title'?"),
        (
            "paper:\n  title: A\n  url: arxiv",
            "6:3: paper.url: 'arxiv' is not a web address; write it as https://…",
        ),
    ],
)
def test_complaints_below_title_and_date(lines: str, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse(f"---\ntitle: A\ndate: 2025-10-21\n{lines}\n---\nHello.\n", "x.md")
    assert str(caught.value) == f"x.md:{message}"


@pytest.mark.parametrize(
    "lines", ["title: Lesson #5", "title: Lesson\n  is # 5", "title: L\nauthors:\n  - A. Bee #1"]
)
def test_a_text_that_yaml_would_cut_is_an_error(lines: str) -> None:
    with pytest.raises(ScriptError, match=r"leaves out #.*put the whole text in quotes"):
        parse(f"---\n{lines}\ndate: 2025-10-21\n---\n\nHello.\n")


def test_a_remark_beside_a_number_is_one() -> None:
    source = "---\ntitle: 'Lesson #5'\nnumber: 5 # five\ndate: 2025-10-21\n---\n\nHello.\n"
    assert parse(source).episode.title == "Lesson #5"


def test_front_matter_that_never_ends() -> None:
    with pytest.raises(ScriptError, match="is not closed") as caught:
        parse("---\ntitle: A\n", "x.md")
    assert caught.value.line == 1


NOT_YAML = "is not YAML"
TRAPS = {
    "x: !!timestamp foo": "x: 'foo' has the tag tag:yaml.org,2002:timestamp; remove the tag",
    "x: !!bool foo": "has the tag",
    "x: !!float foo": "has the tag",
    "x: !!int foo": "has the tag",
    "x: !!null foo": "has the tag",
    "x: !!binary '@@'": "has the tag",
    "x: !!set {a, b}": "x: has the tag",
    "x: !!omap [a: b]": "has the tag",
    "x: !!map [a]": "has the tag",
    "x: !!seq {a: b}": "has the tag",
    "x: !!python/object:os.system {}": "has the tag",
    "paper: !!set {title}": "has the tag",
    'explicit: !!bool "yes"': "has the tag",
    "x: <<": "has the tag",
    "x: =": "has the tag",
    "x: !" + "!" * 900: "has the tag",
    "x: !foo!bar a": NOT_YAML,
    r'x: "\U00110000"': NOT_YAML,
    r'x: "\UFFFFFFFF"': NOT_YAML,
    r'x: "\xZZ"': NOT_YAML,
    r'summary: "\x1b[31m"': "holds control characters",
    r'authors: ["\x1b"]': "holds control characters",
    r'cast: {a: "\x1b"}': "holds control characters",
    r'"\x1b[31m": a': r"4:1: '\x1b[31m': is not a known key",
    "number: 0x10": "is not a plain number",
    "number: 0b11": "is not a plain number",
    "number: 1_000": "is not a plain number",
    f"number: {'9' * 900}": "is not a plain number",
    "number: ²": "is not a whole number",
    "number: ٣": "is not a whole number",
    "x: .inf": "x: .inf is not a number",
    "x: -.INF": "is not a number",
    "x: .nan": "is not a number",
    "x: 1.0e+999": "is not a number",
    "x: 1:30.5": "is not a number",
    "x: 2025-99-99": "is not a date",
    "x: 2025-10-21 99:99:99": "is not a date",
    "x: *a": NOT_YAML,
    "x: &a [*a]": "is an alias",
    "<<: {a: b}": "is not a known key",
    "? [a]\n: b": "is not a word",
    "%YAML 9.9": NOT_YAML,
    "--- x": NOT_YAML,
    f"x: {'[ ' * 5000}": NOT_YAML,
    f"x: {'{a: ' * 4000}": NOT_YAML,
    "x:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 180)): "x: is not a known key",
    f"{'k' * 900}: a": "kk...kk",
}


@pytest.mark.parametrize("lines", TRAPS, ids=range(len(TRAPS)))
def test_a_trap_of_yaml_is_one_line(lines: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse(f"---\ntitle: A\ndate: 2025-10-21\n{lines}\n---\nHello.\n", "x.md")
    line = str(caught.value)
    assert TRAPS[lines] in line
    assert line.startswith("x.md:")
    assert line.isprintable()
    assert len(line) < 400


def test_a_text_may_say_that_it_is_one() -> None:
    assert parse("---\ntitle: !!str 12\ndate: 2025-10-21\n---\nHello.\n").episode.title == "12"


@pytest.mark.parametrize("title", ["", " padded", "two  \n lines", "bell\x07", "\ud800"])
def test_metadata_that_can_not_be_written(title: str) -> None:
    with pytest.raises(ScriptError):
        compose(Script(Episode(title, datetime.date(2025, 10, 21)), (Speech("Hello.", 1),)))
