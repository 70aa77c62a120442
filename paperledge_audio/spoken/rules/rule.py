"""A rule of speech: a pattern, and how its match is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.spoken.model import Span

if TYPE_CHECKING:
    from paperledge_audio.spoken.lexicon.entries import Lexicon

Saying = str | tuple[Span, ...] | None
"""Spoken words, or spans that cover the match exactly, or None if the rule does not apply.

Single capital letters in words are names of letters: "G P T four".
"""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may use besides the text around it."""

    lexicon: Lexicon
    role: str = "speech"
    """The role of the block that is being read."""


Sayer = Callable[[re.Match[str], Context], Saying]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say one kind of thing.

    `starts` are the kinds of character that a match can begin with: "d" digit, "U" upper-case
    letter, "l" other letter, "s" space, "p" anything else. It only saves time.
    """

    name: str
    starts: str
    pattern: re.Pattern[str]
    say: Sayer


def rule(name: str, starts: str, pattern: str, say: str | Sayer) -> Rule:
    """A rule; `say` may be the words themselves."""
    if isinstance(say, str):
        words = say
        return Rule(name, starts, re.compile(pattern), lambda _match, _context: words)
    return Rule(name, starts, re.compile(pattern), say)


def classify(char: str) -> str:
    """The kind of a character, as `Rule.starts` names it."""
    if char.isdecimal():
        return "d"
    if char.isalpha():
        return "U" if char.isupper() else "l"
    return "s" if char.isspace() else "p"


_TURN = re.compile(r";|\band\sso\b")
"""Where a sentence turns to something else."""


def text_around(match: re.Match[str], reach: int) -> str:
    """The text around a match, at most `reach` characters each way, that is on the same matter."""
    text, start, end = match.string, match.start(), match.end()
    before = _TURN.split(text[max(start - reach, 0) : start])[-1]
    return before + match[0] + _TURN.split(text[end : end + reach])[0]


SPACES = r"(?:(?<!\s)\s++)?"
"""White space before something, if any."""


def join_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans, with a space wherever the words of two would run together.

    A span with phonemes begins and ends with a word, so the space goes to a neighbour or to unsaid
    text between the two; two such spans side by side become one.
    """
    joined: list[Span] = []
    spoke = -1  # the last span that says something
    for span in spans:
        now = span
        if spoke >= 0 and now.said and _meet(joined[spoke].said, now.said):
            last = joined[spoke]
            if not last.phonemes:
                joined[spoke] = Span(last.text, last.said + " ", last.rule)
            elif not now.phonemes:
                now = Span(now.text, " " + now.said, now.rule)
            elif spoke < len(joined) - 1:
                joined[-1] = Span(joined[-1].text, " ", joined[-1].rule)
            else:
                joined[spoke] = Span(
                    last.text + now.text,
                    f"{last.said} {now.said}",
                    last.rule,
                    f"{last.phonemes} {now.phonemes}",
                )
                continue
        joined.append(now)
        if now.said:
            spoke = len(joined) - 1
    return tuple(joined)


def _meet(left: str, right: str) -> bool:
    return (left[-1].isalpha() or left[-1] in "'-") and (right[0].isalpha() or right[0] in "'-")
