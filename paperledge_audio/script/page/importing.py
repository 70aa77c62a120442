"""A saved show page → the scripts in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paperledge_audio.errors import ScriptError
from paperledge_audio.files.reading import in_units
from paperledge_audio.script.limits import PAGE, SCRIPT, read_bounded
from paperledge_audio.script.model import Credit, Episode, Script
from paperledge_audio.script.page.categories import split_title
from paperledge_audio.script.page.credits import list_authors
from paperledge_audio.script.page.recognising import PageLine, recognise
from paperledge_audio.script.page.splitting import PagePart, split_page
from paperledge_audio.script.page.titles import guess_title

MOST_EPISODES = 1000
"""Of a page."""


@dataclass(frozen=True, slots=True)
class Import:
    """The result of importing a page: one script per episode, in order, and the lines of none.

    Every line of the page that is not blank is in a script's blocks (with its line), is an
    episode's date or title, or is in `left_out`: the page's head, buttons, counts and footers.
    """

    scripts: tuple[Script, ...]
    left_out: tuple[PageLine, ...]


def import_page(source: bytes | str, path: str = "") -> Import:
    """Read a show page that was saved as text: dates, titles, paragraphs, credits.

    A title that the page lacks is guessed from the text and marked so. Raises ScriptError, with
    the line, where the page can't be read as episodes, or an episode is too long for a script.
    """
    parts, left_out = split_page(read_bounded(source, PAGE, path), path)
    _refuse_many(parts, path)
    return Import(tuple(_make_script(part, path) for part in parts), tuple(left_out))


def _refuse_many(parts: Sequence[PagePart], path: str) -> None:
    """Raise ScriptError for more episodes, or a longer one, than are read."""
    if len(parts) > MOST_EPISODES:
        raise ScriptError(
            f"holds more than {MOST_EPISODES} episodes",
            "divide it into several files",
            path=path,
            line=parts[MOST_EPISODES].line,
        )
    for part in parts:
        size = sum(len(row.text) for row in part.rows)
        if size > SCRIPT.largest or 2 * len(part.rows) > SCRIPT.most_lines:
            raise ScriptError(
                f"the episode of {part.date} is longer than {in_units(SCRIPT.largest)} or"
                f" {SCRIPT.most_lines // 2} paragraphs",
                "divide it by a date, or remove what is not of it",
                path=path,
                line=part.line,
            )


def _make_script(part: PagePart, path: str) -> Script:
    blocks = tuple(recognise(part.rows))
    printed = [" ".join(block.text.split()) for block in blocks if isinstance(block, Credit)]
    category, title = split_title(part.title)
    episode = Episode(
        title=title or guess_title([row.text for row in part.rows]),
        date=part.date,
        authors=tuple(author for credit in printed for author in list_authors(credit)),
        category=category,
        title_is_guess=not title,
    )
    return Script(episode, blocks, path)
