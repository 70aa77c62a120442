"""What the tests of formats are made of: a sound, a tag and an episode in each of them."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from paperledge_audio.deliver import Release
from paperledge_audio.deliver.encode.settings import EncoderSettings
from paperledge_audio.deliver.formats import Format
from paperledge_audio.deliver.tags.fields import Tag
from paperledge_audio.deliver.text.chapters import FileChapter, make_chapters
from paperledge_audio.errors import MissingError
from paperledge_audio.render import make_release
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from paperledge_audio.sound.clip import Clip, load
from paperledge_audio.sound.resampling import convert_rate
from tests.deliver.making import (
    EPISODE,
    RATE,
    SCRIPT,
    jpeg,
    made_edition,
    short_timeline,
    spoken,
    with_output,
)
from tests.samples import ROOT, absent

COVER = jpeg()
SHOW = load_show(ROOT / "scripts" / "show.toml")
LINE = short_timeline()
ODD = 44100 + 1234
"""Frames: no whole number of any codec's blocks."""


def usable(form: Format) -> Format:
    try:
        form.check_needs()
    except MissingError as error:
        absent(error.what)
    return form


def encoded(form: Format, clip: Clip, file: Path, kbps: int = 128) -> Clip:
    """The clip, encoded and decoded again."""
    whole = FileChapter("x", 0, 1000 * clip.frames // RATE)
    form.encode(convert_rate(clip, form.rate), file, EncoderSettings(kbps, (whole,)))
    with form.open_sound(file) as sound:
        return load(sound)


def tag(**changes: Any) -> Tag:
    made = Tag(
        episode=EPISODE,
        show=SHOW,
        chapters=make_chapters(LINE, "x"),
        text="First paragraph.\n\nSecond one.",
        guid="0b0c",
        url="https://cdn.example/look/look.x",
        duration_ms=5000,
        build="abc123",
        encoder="an encoder",
        maker="paperledge-audio 0",
    )
    return dataclasses.replace(made, **changes)


def delivered(show: Show, out: Path, form: str, **changes: Any) -> Release:
    script = dataclasses.replace(SCRIPT, episode=dataclasses.replace(EPISODE, **changes))
    last = LINE.cues[-1].segment.text  # stands for the words that disclose
    show = dataclasses.replace(show, disclosure=dataclasses.replace(show.disclosure, spoken=last))
    edition = made_edition(with_output(show, format=form), script=script, line=LINE)
    return make_release(edition, spoken(LINE), out)
