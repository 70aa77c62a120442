"""Names and patterns → the voices that are to be heard."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from paperledge_audio.errors import VoiceError, near
from paperledge_audio.voices.finding import find_voice, voice_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.show.model import Show


def chosen(names: Sequence[str], show: Show) -> dict[str, bool]:
    """The voices in the order they were asked for, and whether each was by its own name.

    A pattern is a shell's, as `af_*`; no names are all voices that there are, the host's before
    the others. Raises VoiceError for a name, or a pattern, of no voice.
    """
    known = voice_names(show)
    hosts = [name for name in known if name == show.voices.host]
    found = {} if names else dict.fromkeys((*hosts, *known), False)
    for name in names:
        if name in known:
            found[name] = True
        elif any(char in name for char in "*?["):
            matching = [voice for voice in known if fnmatchcase(voice, name)]
            if not matching:
                raise VoiceError(f"no voice is called like {name!r}", near(name, known))
            found = {**found, **{voice: found.get(voice, False) for voice in matching}}
        else:
            find_voice(name, show)  # says what there is
    return found


def sample_line(show: Show) -> str:
    """What voices say when nobody says what: the host's own sample."""
    return find_voice(show.voices.host, show).sample
