"""What a rule is: a pattern, and how what it matches is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.spoken.model import Span

if TYPE_CHECKING:
    from paperledge_audio.spoken.lexicon import Lexicon

Saying = str | tuple[Span, ...] | None
"""Spoken words, or spans that cover the match exactly, or None where the rule does not apply."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at besides the text around it."""

    lexicon: Lexicon
    role: str = "speech"
    """The role of the block that is being read."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say one kind of thing.

    `starts` are the kinds of character that a match can begin with: "d" digit, "U" upper-case
    letter, "l" other letter, "s" space, "p" anything else. It only saves time.
    """

    name: str
    starts: str
    pattern: re.Pattern[str]
    say: Callable[[re.Match[str], Context], Saying]


def rule(
    name: str,
    starts: str,
    pattern: str,
    say: str | Callable[[re.Match[str], Context], Saying],
) -> Rule:
    """A rule; `say` may be the words themselves."""
    if isinstance(say, str):
        words = say
        return Rule(name, starts, re.compile(pattern), lambda _match, _context: words)
    return Rule(name, starts, re.compile(pattern), say)


def kind(char: str) -> str:
    """The kind of a character, as `Rule.starts` names it."""
    if char.isdigit():
        return "d"
    if char.isalpha():
        return "U" if char.isupper() else "l"
    return "s" if char.isspace() else "p"


def together(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans of one printed token, with a space wherever two said pieces would run together.

    A span with phonemes is a word or words from edge to edge, so the space goes to its
    neighbour; two such spans become one.
    """
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.said and span.said and last.said[-1] != " " and span.said[0] != " ":
            if not last.phonemes:
                joined[-1] = Span(last.text, last.said + " ", last.rule)
            elif not span.phonemes:
                span = Span(span.text, " " + span.said, span.rule)  # noqa: PLW2901
            else:
                joined[-1] = Span(
                    last.text + span.text,
                    f"{last.said} {span.said}",
                    last.rule,
                    f"{last.phonemes} {span.phonemes}",
                )
                continue
        joined.append(span)
    return tuple(joined)
