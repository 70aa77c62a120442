"""Printed text → spans: the scanner that applies the rules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from paperledge_audio.errors import SpokenError, locate_errors
from paperledge_audio.script.printed.markup import PrintedText
from paperledge_audio.spoken.lexicon.entries import make_entry
from paperledge_audio.spoken.lexicon.fold import letters_only
from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.lexicon.phonemes import respell
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.names.words import inflect
from paperledge_audio.spoken.rules.rule import classify, join_spans
from paperledge_audio.spoken.rules.table import BY_START
from paperledge_audio.spoken.rules.tidy import STRENGTH, tidy
from paperledge_audio.spoken.sentences import is_full_stop

if TYPE_CHECKING:
    from paperledge_audio.script.printed.markup import Override
    from paperledge_audio.spoken.rules.rule import Context

_OWNS = re.compile(r"(?:(?<=[^\W_])|(?<=[%*☉]))['’]s(?!\w)")
"""The ending of a name that a rule has read without it, as "CuO's"."""
_LAST_DOT = re.compile(r"\w\.$")
_BETWEEN = re.compile(r"\b(?:[Bb]etween|b/w)\s[~≈]?$")
_DASHED = re.compile(r"[–—-]\s?\S")
_TO = re.compile(r" to (?!the\b)")
_PARTED = re.compile(r"\band\s[~≈$€£]?\d")
_GOES_ON = re.compile(r"[)\]]?\s+(?:[\"“'‘]?[a-z]|[(\[][^\s()\[\]]{1,6}[)\]])")
_SPEAKABLE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'- ,;:—….!?")


def scan(printed: PrintedText, context: Context, path: str = "") -> tuple[Span, ...]:
    """Spans whose texts, joined, are `printed.text`; none goes over a pause.

    Raises SpokenError, with the line, for text that no rule covers.
    """
    spans: list[Span] = []
    place = 0
    rest = iter([offset for offset, _ in printed.pauses])
    pause = next(rest, None)
    for override in (*printed.overrides, None):
        end = override.start if override else len(printed.text)
        while pause is not None and pause < end:
            if pause > place:
                spans += _scan(printed, place, pause, context, path)
                place = pause
            pause = next(rest, None)
        if end >= place:
            spans += _scan(printed, place, end, context, path)
            place = end
            if override:
                spans += _apply_override(printed, override, context, path)
                place = override.end
    return join_spans(spans)


def _scan(printed: PrintedText, start: int, end: int, context: Context, path: str) -> list[Span]:
    text = printed.text
    spans: list[Span] = []
    place = start
    while place < end:
        new: tuple[Span, ...]
        for rule in BY_START[classify(text[place])]:
            match = rule.pattern.match(text, place, end)
            saying = rule.say(match, context) if match else None
            if saying is None or not match:
                continue
            new = _make_spans(match[0], saying, rule.name) if isinstance(saying, str) else saying
            if _BETWEEN.search(text, max(place - 9, 0), place) and _DASHED.search(match[0]):
                new = _part_ends(new, text[place + len(match[0]) :][:24])
            length = sum(len(span.text) for span in new)
            if length and all(_SPEAKABLE.issuperset(span.said) for span in new):
                spans += new
                place += length
                if owns := _OWNS.match(text, place, end if new[-1].said.strip() else place):
                    spans[-1] = inflect(new[-1], owns[0])
                    place = owns.end()
                spans += _keep_full_stop(text, place, new)
                break
        else:
            raise _cannot_say(printed, place, path)
    return spans


def _part_ends(spans: tuple[Span, ...], after: str) -> tuple[Span, ...]:
    """The spans of a range behind "between", whose ends "and" joins.

    A range before another one, as in "between 2–3 and 5–6", stays; `after` is what follows.
    """
    at = next((at for at, span in enumerate(spans) if _TO.search(span.said)), None)
    if at is None or _PARTED.search(after):
        return spans
    said = _TO.sub(" and ", spans[at].said, count=1)
    return (*spans[:at], replace(spans[at], said=said), *spans[at + 1 :])


def _keep_full_stop(text: str, place: int, said: tuple[Span, ...]) -> tuple[Span, ...]:
    """The full stop that an abbreviation's last dot is as well: "in the U.S."."""
    words = "".join(span.said for span in said)
    swallowed = _LAST_DOT.search(text, max(place - 2, 0), place)
    if not swallowed or words[-1:] in {"", "."} or _GOES_ON.match(text, place):
        return ()
    return (Span("", ".", "full stop"),) if is_full_stop(text, place - 1) else ()


def _make_spans(text: str, said: str, name: str) -> tuple[Span, ...]:
    """Spans for the words of a rule; without its name if it changes nothing."""
    spans = name_letters(text, said, name)
    if len(spans) == 1 and text == said and not spans[0].phonemes:
        return (Span(text, said),)
    return spans


def _apply_override(
    printed: PrintedText, override: Override, context: Context, path: str
) -> tuple[Span, ...]:
    """Spans for a pronunciation in the script itself."""
    text = printed.text[override.start : override.end]
    name = "pronunciation in the script"
    line = printed.line_at(override.start)
    if not override.value.startswith("/"):
        words = tidy(
            _scan(PrintedText(override.value, line), 0, len(override.value), context, path)
        )
        spans = [Span("", span.said, name, span.phonemes) for span in words if span.said]
        if not spans:
            raise SpokenError(
                f"{text!r} is to be said as {override.value!r}, which is not words",
                "write words between the quotes",
                path=path,
                line=line,
            )
        return (Span(text, spans[0].said, name, spans[0].phonemes), *spans[1:])
    with locate_errors(path=path, line=line):
        found = make_entry(text, override.value)
    try:
        words = tidy(_scan(printed, override.start, override.end, context, path))
        said = "".join(span.said for span in words).strip(STRENGTH)
    except SpokenError:  # the sound is given, so the letters need no rule
        said = ""
    return (
        Span(text, said or letters_only(text) or respell(found.phonemes), name, found.phonemes),
    )


def _cannot_say(printed: PrintedText, place: int, path: str) -> SpokenError:
    end = place + 1
    while end < len(printed.text) and not printed.text[end].isspace() and end < place + 40:
        end += 1
    piece = printed.text[place:end]
    return SpokenError(
        f"no rule says how to speak {piece!r}",
        f'write it in words, or as [{piece}](say: "…")',
        path=path,
        line=printed.line_at(place),
    )
