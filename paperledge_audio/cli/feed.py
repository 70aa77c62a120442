"""paperledge feed: finished folders in, the show's feed out."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import (
    PATH,
    force_option,
    json_option,
    load_local_show,
)
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.errors import UsageError
from paperledge_audio.units import count_of

if TYPE_CHECKING:
    from paperledge_audio.deliver.feed.rss import Collected
    from paperledge_audio.errors import DeliveryError

SUFFIXES = ("", ".xml", ".rss")
"""What a feed's file may end in."""
PICTURE = ".jpg"
"""The ending of the show's picture beside the feed."""


@make_command(
    epilog="""\b
Examples:
  paperledge feed out -o feed.xml
  paperledge feed outbox --show scripts/show.toml -o public/feed.xml --json"""
)
@click.argument("out", metavar="OUT", type=PATH)
@click.option(
    "-o",
    "--output",
    default="feed.xml",
    show_default=True,
    metavar="FILE",
    type=PATH,
    help="Where the feed goes; the show's picture goes beside it, as .jpg.",
)
@click.option(
    "--show",
    "show_file",
    metavar="SHOW.TOML",
    type=PATH,
    help="The show.toml.  [default: the one in this folder]",
)
@click.option("--allow-draft", is_flag=True, help="Take drafts, too.")
@click.option(
    "--until",
    metavar="WHEN",
    help="Leave out episodes that are dated later, as 2025-11-03 06:00 +01:00.  [default: now]",
)
@click.option("--allow-loss", is_flag=True, help="Leave out episodes that the feed had before.")
@force_option
@json_option
def command(  # noqa: PLR0917 - click passes them all by name
    out: Path,
    output: Path,
    show_file: Path | None,
    allow_draft: bool,
    until: str | None,
    allow_loss: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Build the show's whole Podcasting 2.0 feed from the finished folders in OUT.

    Newest episodes come first; the same folders give the same bytes. If a folder is broken,
    incomplete or from another show, it is named, nothing is written and the exit code is 1. Drafts,
    folders that are no release and episodes that are dated in the future are passed over, and
    named. A feed that would lose an episode is not written.
    """
    from paperledge_audio.deliver.feed import rss as feed
    from paperledge_audio.deliver.feed.channel import make_feed_guid
    from paperledge_audio.deliver.feed.losses import check_losses
    from paperledge_audio.deliver.pictures import cover
    from paperledge_audio.files.ownership import check_file
    from paperledge_audio.files.writing import deliver_files
    from paperledge_audio.show.loading import load_show

    if output.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{output}: is not a feed's name", "name an .xml file")
    if not output.name.strip("."):
        raise UsageError(f"{output}: is not a feed's name", "name a file, as feed.xml")
    show = load_show(show_file) if show_file else load_local_show()
    found = feed.collect(out, show, allow_draft=allow_draft, until=_read_until(until))
    feed.check(show)  # an empty folder may have no show, and is told first
    entries, wrong = found.entries, found.wrong
    if not wrong:
        check_file(output, force=force)
        if not allow_loss:
            check_losses(output, {entry.guid for entry in entries}, force=force)
        picture = output.with_suffix(PICTURE)
        text = feed.compose(entries, show, picture.name)
        deliver_files({picture: cover.draw_show_cover(show), output: text.encode()}, force=force)
    if as_json:
        print_json(
            {
                "feed": None if wrong else str(output),
                "guid": make_feed_guid(show),
                "episodes": [{"slug": entry.slug, "guid": entry.guid} for entry in entries],
                "waiting": [
                    {"slug": entry.slug, "guid": entry.guid, "date": entry.date.isoformat()}
                    for entry in found.waiting
                ],
                "passed_over": [_describe(error) for error in found.passed_over],
                "errors": [_describe(error) for error in wrong],
            }
        )
    else:
        _print(found, out, output)
    if wrong:
        sys.exit(1)


def _read_until(text: str | None) -> datetime.datetime:
    """The moment of --until, by default now: no other clock is read."""
    from paperledge_audio.script.moments import HOW, find_instant, parse_moment

    if text is None:
        return datetime.datetime.now(datetime.UTC)
    try:
        return find_instant(parse_moment(text))
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--until {text!r} is not a moment", f"write it as {HOW}") from error


def _print(found: Collected, out: Path, output: Path) -> None:
    for error in found.passed_over:
        say(f"passed over: {error}", err=True)
    for entry in found.waiting:
        say(f"{out / entry.slug}: waits until {entry.date:%Y-%m-%d %H:%M} GMT", err=True)
    for error in found.wrong:
        say(str(error), err=True)
    if not found.wrong:
        count = count_of(len(found.entries), "episode")
        newest = f", the newest {found.entries[0].slug}" if found.entries else ""
        say(f"{output}: {count}{newest}")


def _describe(error: DeliveryError) -> dict[str, str | None]:
    return {"path": error.path, "what": error.what, "remedy": error.remedy}
