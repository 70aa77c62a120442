"""Nesting and numbers without end get one line, in whatever language a file is written.

Numbers and brackets inside a script's sentences are the matter of tests/spoken.
"""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.hostile.making import make_show
from tests.limits import Ended, limited_each
from tests.tone_show import SHOW, VOICE

pytestmark = pytest.mark.fuzz

HEADER = "---\ntitle: A\ndate: 2025-10-21\n---\n\n"
CHECK = ("check", "scripts/one-hand.md")
IDENTITY = 'title = "T"\nhost = "H"\nauthor = "A"\n'
"""What a show needs, so that it is not missing, too."""
TOML = {
    "arrays": "x = " + "[" * 100_000,
    "closed arrays": "x = " + "[" * 5000 + "]" * 5000,
    "tables": "x = " + "{a = " * 100_000,
    "a dotted key": "a." * 400_000 + "b = 1",
    "a dotted header": "[a" + ".b" * 100_000 + "]",
    "a long number": "x = " + "9" * 100_000,
    "a long number in another base": "x = 0x" + "f" * 100_000,
    "a superscript": "x = ²",
    "many tables": IDENTITY + "[[x]]\n" * 100_000,
    "a long key": "a" * 900_000 + " = 1",
    "an open string": 'x = """' + '\\"""' * 100_000,
}
VOICES = TOML | {"many tables": VOICE.partition("[")[0] + "[[x]]\n" * 100_000}
LEXICON = (
    '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"'
    ' alphabet="ipa" xml:lang="en">'
)
XML = {
    "elements": LEXICON + "<lexeme>" * 100_000,
    "closed elements": LEXICON + "<lexeme>" * 5000 + "</lexeme>" * 5000 + "</lexicon>",
    "entities": f'<!DOCTYPE lexicon [<!ENTITY a "aa">]>{LEXICON}&a;</lexicon>',
    "a long number": f"{LEXICON}&#{'9' * 100_000};</lexicon>",
    "attributes": "<lexicon " + " ".join(f"a{n}=''" for n in range(50_000)) + "/>",
}
SCRIPTS = {
    "quotations": "> " * 4000 + "a",
    "lists": "- " * 4000 + "a",
    "lists in quotations": "> - " * 2000 + "a",
    "links": "[a " * 2000 + "](x) " * 2000,
    "images": "![ " * 3000,
    "HTML": "<a " * 4000,
    "braces": f"${'{ ' * 2000}a{' }' * 2000}$",
    "deep fractions": "$" + r"\frac{ " * 1500 + "a" + " }{b}" * 1500 + "$",
    "powers": "$x" + "^{ x" * 1500 + " }" * 1500 + "$",
    "a pause": f"[pause {'9' * 900}s]",
    "an infinite pause": "[pause infs]",
    "a superscript pause": "[pause ²s]",
}


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG (W3C PNG, 5.3)."""
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


def png(side: int, extra: bytes = b"") -> bytes:
    """A picture that is cut off."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    start = b"\x89PNG\r\n\x1a\n"
    return start + head + extra + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


BOMB = zlib.compress(bytes(200_000_000), 9)
PICTURES = {
    "too large": png(2**31 - 1),
    "cut off": png(8000),
    "text": png(2000, chunk(b"zTXt", b"a\0\0" + BOMB)),
    "text of Unicode": png(2000, chunk(b"iTXt", b"a\0\1\0\0\0" + BOMB)),
    "a colour profile": png(2000, chunk(b"iCCP", b"a\0\0" + BOMB)),
    "facts": png(2000, chunk(b"eXIf", b"MM\0*\0\0\0\x08" + b"\xff" * 1000)),
    "many chunks": png(2000, chunk(b"tEXt", b"a\0b") * 100_000),
    "a side of 0": png(0),
    "none": b"<svg/>",
}
GROUPS: tuple[tuple[str, str, Mapping[str, str], str, tuple[str, ...]], ...] = (
    ("show", "scripts/show.toml", TOML, "{}\n" + SHOW, CHECK),
    ("voice", "voices/tone.toml", VOICES, "{}\n" + VOICE, CHECK),
    ("lexicon", "x.pls", XML, "{}", ("lexicon", "import", "x.pls")),
    ("script", "x.md", SCRIPTS, HEADER + "{}\n", ("spoken", "x.md")),
)
CASES: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    f"{group}: {name}": (file, form.format(text).encode(), call)
    for group, file, texts, form, call in GROUPS
    for name, text in texts.items()
} | {f"artwork: {name}": ("scripts/x.png", data, CHECK) for name, data in PICTURES.items()}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    top = tmp_path_factory.mktemp("nested")
    show = make_show(top / "show")
    folders = []
    for name, (file, data, _) in CASES.items():
        here = shutil.copytree(show, top / name.replace("/", "-"))
        if file == "scripts/x.png":
            toml = here / "scripts" / "show.toml"
            toml.write_text(f'artwork = "x.png"\n{toml.read_text()}')
        (here / file).write_bytes(data)
        folders.append(here)
    env = {"PAPERLEDGE_CACHE": str(top / "cache")}
    ended = limited_each(top, [call for *_, call in CASES.values()], env=env, each_in=folders)
    return dict(zip(CASES, ended, strict=True))


@pytest.mark.parametrize("name", CASES)
def test_nesting_and_numbers_without_end_are_one_line(
    name: str, outcomes: dict[str, Ended]
) -> None:
    line = outcomes[name].refusal()
    assert Path(CASES[name][0]).name in line
    assert len(line) < 1000
