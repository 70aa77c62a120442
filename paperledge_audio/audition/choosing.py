"""Names and patterns → voices, and what fitted voices came from."""

from __future__ import annotations

from contextlib import suppress
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from paperledge_audio.errors import PaperledgeError, VoiceError, suggest
from paperledge_audio.voices.finding import find_voice, voice_names
from paperledge_audio.voices.origins import find_origins

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.profiles import Voice


def choose_voices(names: Sequence[str], show: Show) -> dict[str, bool]:
    """The voices in the order of `names`, and whether each was given by its own name.

    Patterns are a shell's, such as `af_*`; no names mean all voices, the host's first. Raises
    VoiceError for a name or a pattern without a voice.
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
                raise VoiceError(f"no voice is called like {name!r}", suggest(name, known))
            found = {**found, **{voice: found.get(voice, False) for voice in matching}}
        else:
            find_voice(name, show)  # raises with the known names
    return found


def choose_origins(names: Collection[str], show: Show) -> dict[str, Voice]:
    """The stock voices and blends that fitted voices came from, but for those among `names`.

    A voice that can't be read has none; the audition says why.
    """
    found: dict[str, Voice] = {}
    for name in names:
        with suppress(PaperledgeError):
            found |= {one.name: one for one in find_origins(find_voice(name, show))}
    return {name: voice for name, voice in found.items() if name not in names}


def sample_line(show: Show) -> str:
    """The default line: the host's sample."""
    return find_voice(show.voices.host, show).sample
