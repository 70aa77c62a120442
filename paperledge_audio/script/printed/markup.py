"""A block's source text → the text that readers see, and what is written into it for the voice.

Emphasis, code marks, links and escapes go; line breaks become spaces; formulas between dollar
signs stay as they are. A link whose target is a sound gives a pronunciation instead:
`[Qwen](/kwˈɛn/)` or `[GPU](say: "gee pee you")`, and `[pause 0.4s]` is a pause inside a sentence.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass

from paperledge_audio.errors import ScriptError
from paperledge_audio.script.blocks import formula
from paperledge_audio.script.blocks.directives import NAME, PAUSE, read_pause
from paperledge_audio.script.printed.prose import print_latex
from paperledge_audio.script.printed.typing import tidy_typing


@dataclass(frozen=True, slots=True)
class Override:
    """A pronunciation written into the text: `text[start:end]` is said as `value`.

    `value` is spoken words, or phonemes between slashes.
    """

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """`text[start:end]` is emphasised: 1 for `*word*`, 2 for `**word**`."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A block as readers see it. `breaks` are the offsets where source lines begin, from line."""

    text: str
    line: int = 0
    overrides: tuple[Override, ...] = ()
    breaks: tuple[int, ...] = ()
    emphases: tuple[Emphasis, ...] = ()
    """As marked, one inside another included."""
    pauses: tuple[tuple[int, float], ...] = ()
    """(offset, seconds), ascending: before the character at the offset there is a pause."""
    brackets: tuple[tuple[int, str], ...] = ()
    """(offset, word) of each single word in square brackets that aren't escaped."""
    unclosed: tuple[int, ...] = ()
    """The offsets of stars that begin a word and would emphasise it, but nothing ends that."""

    def line_at(self, offset: int) -> int:
        """The script's line that holds the character at `offset`."""
        return self.line + bisect_right(self.breaks, offset)


FORMULA = formula.FORMULA.pattern
MOST_MARKS = 50
"""The most signs of the same kind inside one span of markup, so that matching stays fast."""
_INNER_PAUSE = re.sub(r"\?P<\w+>", "?:", PAUSE.pattern)
_INLINE = re.compile(
    rf"(?P<formula>{FORMULA})"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    rf"|(?<!`)(?P<ticks>`++)(?P<code>(?:[^`]++|`++){{1,{MOST_MARKS}}}?)(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<address>(?:https?://|mailto:)[^\s<>]+|[^\s<>@]+@[^\s<>@]+)>"
    rf"|(?P<pause>{PAUSE.pattern})(?!\()"
    rf"|\[(?P<label>(?:[^\[\]\\]|\\.|{_INNER_PAUSE})++)\]"
    r"\((?P<target>[^()\s\"]*(?:\([^()\s]*\)[^()\s\"]*)*"
    r"|/[^/)]*/|say:\s*\"[^\"]*\"|say:\s*“[^“”]*”|[^()\s]+\s+\"[^\"]*\")\)"
    rf"|\[(?P<bracket>{NAME})\]"
    # CommonMark's flanking: a star between a letter and a sign opens nothing, as in "M87*, A*".
    # One between figures doesn't, either: 2*3*4 is a product. Nor does one between a letter and a
    # figure, or around a slash: alleles are HLA-B*57:01 and *1/*2.
    r"|(?:(?<!\w)|(?<![\dA-Zs])(?=\*{1,3}\w)|(?=\*{1,3}[^\W\d]))(?:(?P<star>\*)(?=\S)"
    rf"(?P<soft_star>(?:(?:[^*\\]|\\.)++|\*\*[^*]++\*\*){{1,{MOST_MARKS}}}?)(?<=\S)\*(?!\*)(?<!/\*(?=\d))"
    r"|(?P<mark>\*{1,3})(?=\S)(?!\*{3})"
    rf"(?P<strong>(?:(?:[^*\\]|\\.)++|\*){{1,{MOST_MARKS}}}?)(?<=\S)(?P=mark)(?!\*)(?<!/\*(?=\d)))"
    rf"|~~(?=\S)(?!~{{3}})(?P<struck>(?:[^~]++|~){{1,{MOST_MARKS}}}?)(?<=\S)~~(?!\*)"
    # Behind a sign that takes bounds, or a bracket, it begins a subscript.
    r"|(?<![\w\u0300-\u036f∑∏∫∬∮)\]}|‖∥⟩])(?P<under>_{1,3})(?=\S)"
    rf"(?P<soft>(?:[^_]++|_){{1,{MOST_MARKS}}}?)(?<=\S)(?P=under)(?!\w)"
    r"|(?<![\w*])(?P<unclosed>\*{1,3})(?=[^\W\d_])"
    r"|(?P<entity>&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);)"
    r"|(?P<space>\s+)",
    re.DOTALL,
)
_CODE_STARS = re.compile(r"(?<![\w*])\*++(?=\w)|(?<=\w)\*++(?!\w)")
"""Stars at the edges of words of code: these mark nothing there, and are said."""
_SAY = re.compile(r"say:\s*[\"“](?P<words>[^\"”]*)[\"”]")
_DEEPEST = 12
"""The deepest nesting of markup."""
_PHONEMES = re.compile(r"/[^/]+/")


class _TextBuilder:
    """The reader's text while it is built."""

    def __init__(self) -> None:
        self.text = ""
        self.overrides: list[Override] = []
        self.breaks: list[int] = []
        self.emphases: list[Emphasis] = []
        self.pauses: list[tuple[int, float]] = []
        self.brackets: list[tuple[int, str]] = []
        self.unclosed: list[int] = []

    def note(self, kind: str, text: str) -> None:
        """Remember a word in brackets, or a mark that nothing closes, that is written next."""
        if kind == "bracket":
            self.brackets.append((len(self.text), text))
        else:
            self.unclosed.append(len(self.text))

    def write(self, text: str) -> None:
        """Add text; white space becomes one space, and line breaks are remembered."""
        for piece in re.split(r"(\s+)", text):
            if not piece.strip():
                if piece and not self.text.endswith(" "):
                    self.text += " "
                self.breaks += [len(self.text)] * piece.count("\n")
            else:
                self.text += piece


def strip_markup(source: str, line: int = 0) -> PrintedText:
    """The reader's text of `source`, which starts at `line` of its script.

    >>> strip_markup("a **really** *big* [deal](https://example.org)").text
    'a really big deal'
    """
    page = _TextBuilder()
    _read(tidy_typing(print_latex(source.strip())), page)
    text = page.text.rstrip()
    emphases = tuple(sorted(page.emphases, key=lambda one: (one.start, -one.end)))
    return PrintedText(
        text,
        line,
        tuple(page.overrides),
        tuple(page.breaks),
        emphases,
        tuple(page.pauses),
        tuple(page.brackets),
        tuple(page.unclosed),
    )


def _read(source: str, page: _TextBuilder, depth: int = 0) -> None:
    """Write `source` without its markup; markup that is nested too deep stays."""
    if depth > _DEEPEST:
        page.write(source)
        return
    place = 0
    for match in _INLINE.finditer(source):
        page.write(source[place : match.start()])
        place = match.end()
        _strip_match(match, page, depth + 1)
    page.write(source[place:])


def _strip_match(match: re.Match[str], page: _TextBuilder, depth: int) -> None:
    kind = match.lastgroup
    if kind in {"formula", "escaped", "code", "address", "space"}:
        start = len(page.text)
        page.write(match[kind].removeprefix("mailto:") if kind == "address" else match[kind])
        if kind == "code":
            stars = _CODE_STARS.finditer(page.text, start)
            page.overrides += [Override(*star.span(), " star " * len(star[0])) for star in stars]
    elif kind in {"bracket", "unclosed"}:
        page.note(kind, match[kind])
        page.write(match[0])
    elif kind == "entity":
        page.write(html.unescape(match[0]))
    elif kind == "target":
        _read_link(match, page, depth)
    elif kind == "pause":
        _read_pause(match["pause"], page)
    else:
        start = len(page.text)
        groups = ("strong", "soft_star", "struck", "soft")
        _read(next(match[name] for name in groups if match[name]), page, depth)
        if mark := match["mark"] or match["star"] or match["under"]:
            page.emphases.append(Emphasis(start, len(page.text), min(len(mark), 2)))


def _read_link(match: re.Match[str], page: _TextBuilder, depth: int) -> None:
    start, target = len(page.text), match["target"]
    _read(match["label"], page, depth)
    if words := _SAY.fullmatch(target):
        page.overrides.append(Override(start, len(page.text), words["words"].strip()))
    elif _PHONEMES.fullmatch(target):
        page.overrides.append(Override(start, len(page.text), target))


def _read_pause(text: str, page: _TextBuilder) -> None:
    try:
        seconds = read_pause(text)
    except ScriptError:  # too long, as a script that was parsed is not: it stays printed
        page.write(text)
    else:
        page.write(" " if page.text else "")
        page.pauses.append((len(page.text), seconds))
