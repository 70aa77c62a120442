"""A line on its own, as the show's render would have it: no opening, no disclosure, no music."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from paperledge_audio.mix.strip import Strip
from paperledge_audio.mix.timeline import arrange
from paperledge_audio.script import Episode, Script, Speech
from paperledge_audio.show.model import Words
from paperledge_audio.spoken import segments
from paperledge_audio.voices.casting import alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.engines import Take
    from paperledge_audio.mix.model import Timeline
    from paperledge_audio.show.model import Show
    from paperledge_audio.spoken import Segment
    from paperledge_audio.voices.profiles import Voice

TITLE = "A line"


def told(text: str, show: Show, voice: Voice) -> tuple[Segment, ...]:
    """What `voice` says for `text`, with its own pronunciations and the show's.

    `text` may hold the inline markup of scripts. Raises SpokenError for what can't be said.
    """
    bare = replace(show, words=Words("", "", 99), disclosure=replace(show.disclosure, spoken=""))
    episode = Episode(title=TITLE, date=dt.date(2000, 1, 1))
    return segments(Script(episode, (Speech(text, 0),)), bare, alone(voice))


def arranged(takes: Sequence[Take], show: Show) -> Timeline:
    """The line's takes on a time line, through the show's voice chain."""
    return arrange(takes, (TITLE,), {}, show.music, strip=Strip(show.voice_chain))
