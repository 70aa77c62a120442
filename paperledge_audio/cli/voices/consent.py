"""Ask who agrees to a voice that is like theirs, when, and to what."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import LINE
from paperledge_audio.errors import UsageError

if TYPE_CHECKING:
    from paperledge_audio.voices.profiles import Consent


OLDEST_YEAR = 1900
"""Nobody who agreed before it can be asked."""


def ask_consent(by: str | None, given: str | None, purpose: str | None) -> Consent:
    """The consent, from the options or asked for; raises UsageError if nobody agrees."""
    from paperledge_audio.voices.profiles import Consent

    options = {"--consent-by": by, "--consent-date": given, "--consent-for": purpose}
    if missing := [option for option, text in options.items() if not text]:
        if not sys.stdin.isatty():
            raise UsageError(
                "the person whose voice it is must agree", f"give {', '.join(missing)}"
            )
        if not click.confirm(
            "Does the person with this voice agree to a synthetic voice that sounds like theirs?",
            err=True,
        ):
            raise UsageError("without consent no voice is fitted; nothing was written")
    by = by or click.prompt("Who agrees", value_proc=_read_line, err=True)
    if given:
        day = _read_day(given)
    else:
        day = click.prompt("When they agreed, as 2026-03-01", value_proc=_read_answer, err=True)
    purpose = purpose or click.prompt("What they agreed to", value_proc=_read_line, err=True)
    return Consent(by=str(by), date=day, purpose=str(purpose))


def _read_line(text: str) -> str:
    """What was answered; a prompt asks again after an error of click's."""
    try:
        line = LINE.convert(text, None, None)
    except UsageError as error:
        raise click.UsageError(str(error)) from error
    if not line:
        raise click.UsageError("the answer is empty; write something")
    return line


def _read_day(text: str) -> date:
    """A day that has come; raises UsageError for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a date", "write it as 2026-03-01") from error
    if day > datetime.now(UTC).date() + timedelta(days=1):  # it may be tomorrow elsewhere
        raise UsageError(f"{day} lies in the future", "give the day on which they agreed")
    if day.year < OLDEST_YEAR:
        raise UsageError(f"{day} is too long ago", "give the day on which they agreed")
    return day


def _read_answer(text: str) -> date:
    """The same of what was answered: a prompt asks again after an error of click's."""
    try:
        return _read_day(text)
    except UsageError as error:
        raise click.UsageError(str(error)) from error
