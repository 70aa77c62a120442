"""What somebody who begins a show decides: from the options, from a terminal, or by default."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.audition.choosing import sample_line
from paperledge_audio.cli.init.making import NOBODY, WORKFLOWS, Start
from paperledge_audio.cli.support.lines import write_line
from paperledge_audio.cli.support.printing import say, say_lines
from paperledge_audio.cli.support.stores import open_store
from paperledge_audio.errors import MissingError, PaperledgeError, UsageError, escape_controls
from paperledge_audio.files.reading import real_path
from paperledge_audio.files.resources import bundled_folder
from paperledge_audio.files.temporary import make_workspace
from paperledge_audio.plan import plan_line
from paperledge_audio.show.loading import FILE_NAME, load_show
from paperledge_audio.sound.playing import find_player
from paperledge_audio.voices.casting import find_for_role
from paperledge_audio.voices.finding import find_voice, profile_names, stock_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperledge_audio.show.model import Show

LONGEST = 200
"""Characters of a title or a name."""
TITLE, VOICE = "My Show", "ernis"
"""What is taken where nothing is said; the title only where the folder's name gives none."""
QUALITY = "studio"
"""In which voices are heard: as episodes have them."""


def decide(
    folder: Path,
    title: str | None,
    host: str | None,
    voice: str | None,
    ci: str | None,
    *,
    ask: bool,
) -> Start:
    """Take what is given, and ask for the rest, or take the defaults.

    Raises UsageError for a title or a name that can't be one, VoiceError for an unknown voice.
    """
    show = _imagine_show(folder)
    get, usual = (_ask if ask else _take), VOICE
    title = get("Title of the show", title, _guess_title(folder), _check_line)
    if ask and voice is None:
        _list_voices(show)
        usual = _play_voices(show)
    voice = get("Voice of the host", voice, usual, partial(_find_host, show))
    name = find_voice(voice, show).title
    host = get("Name of the host, as captions show it", host, name, _check_line)
    known = (*WORKFLOWS, NOBODY)
    ci = get(f"Previews of changes by CI ({', '.join(known)})", ci, NOBODY, _check_ci)
    return Start(title, host, voice, ci)


def _imagine_show(folder: Path) -> Show:
    """PaperLedge's show in the place of the new one, whose voices/ may have some already."""
    usual = load_show(bundled_folder() / "scripts" / FILE_NAME)
    return replace(usual, path=folder / "scripts" / FILE_NAME)


def _guess_title(folder: Path) -> str:
    words = real_path(folder).name.replace("-", " ").replace("_", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words)[:LONGEST] or TITLE


def _take(_question: str, given: str | None, usual: str, check: Callable[[str], str]) -> str:
    return check(usual if given is None else given)


def _ask(question: str, given: str | None, usual: str, check: Callable[[str], str]) -> str:
    """Ask until the answer is fit."""
    if given is not None:
        return check(given)

    def read(answer: str) -> str:
        try:
            return check(answer)
        except PaperledgeError as error:
            raise click.UsageError(str(error)) from error

    return str(click.prompt(question, default=usual, value_proc=read, err=True))


def _check_line(text: str) -> str:
    """A text for one line that a person can read."""
    text = text.strip()
    if not text or len(text) > LONGEST or escape_controls(text) != text:
        raise UsageError(
            "a title or a name can't be this", f"write one line of 1 to {LONGEST} characters"
        )
    return text


def _check_ci(name: str) -> str:
    if name not in (*WORKFLOWS, NOBODY):
        raise UsageError(f"{name!r} is none of them", f"choose from: {', '.join(WORKFLOWS)}, none")
    return name


def _find_host(show: Show, name: str) -> str:
    return find_for_role(name, "host", show, "").name


def _list_voices(show: Show) -> None:
    say("Voices; `paperledge voices audition` plays them on one page:", err=True)
    for names in (profile_names(show), stock_names()):
        say_lines(click.wrap_text(" ".join(names), 100, "  ", "  "), err=True)


def _play_voices(show: Show) -> str:
    """Play the voices that are asked for, until none is; the last one that was played."""
    heard = VOICE
    try:
        find_player()
        while (name := _ask("Hear a voice", None, NOBODY, partial(_find_heard, show))) != NOBODY:
            try:
                _play_voice(name, show)
                heard = name
            except MissingError:
                raise
            except PaperledgeError as error:
                say(str(error), err=True)
    except MissingError as error:
        say(f"Voices can't be heard here: {error.what}. Choose one by its name.", err=True)
    return heard


def _find_heard(show: Show, name: str) -> str:
    return name if name == NOBODY else _find_host(show, name)


def _play_voice(name: str, show: Show) -> None:
    """Speak the line of auditions in a voice, and play it."""
    store = open_store(None)
    plan = plan_line(sample_line(show), show, find_voice(name, show), quality=QUALITY, store=store)
    with make_workspace() as folder:
        write_line(plan, store, folder / "line.wav", force=False, play=True)
