"""A time line → its stems: what each voice, the music and the effects are in the mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.mix.mixing import Mix
from paperledge_audio.mix.model import EFFECT_ROLES

if TYPE_CHECKING:
    from paperledge_audio.mix.model import Placed, Timeline
    from paperledge_audio.show.model import MusicSettings

MUSIC, EFFECTS = "Music", "Effects"


def split_stems(timeline: Timeline, settings: MusicSettings) -> tuple[tuple[str, Mix], ...]:
    """The name and the sound of each stem, each as long as the mix: together they are the mix.

    Speakers come first, in the order of their first words and by the name that captions show; then
    the music, then the show's sounds. Music is ducked as in the mix.
    """
    speakers = iter([cue.segment.speaker for cue in timeline.cues])
    stems: dict[tuple[bool, bool, str], list[Placed]] = {}
    for placed in timeline.placed:
        speaks, effect = placed.role == "speech", placed.role in EFFECT_ROLES
        name = next(speakers) if speaks else EFFECTS if effect else MUSIC
        stems.setdefault((not speaks, effect, name), []).append(placed)
    ranked = sorted(stems, key=lambda key: key[:2])  # stable: speakers keep their order
    return tuple((key[2], Mix(timeline, settings, placed=stems[key])) for key in ranked)
