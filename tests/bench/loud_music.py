"""Parts of the example episodes over a bed, with music as it should be and too loud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from unittest.mock import patch

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.mix import levels
from paperledge_audio.mix.mixing import mixdown
from paperledge_audio.mix.model import ProcessedTake
from paperledge_audio.mix.pieces import read_music
from paperledge_audio.mix.processing import process
from paperledge_audio.mix.timeline import arrange
from paperledge_audio.plan import ScriptPlan
from paperledge_audio.sound.clip import Sound, amplify, load, lower_to_full_scale
from paperledge_audio.sound.measuring.meter import measure_powers
from paperledge_audio.sound.scratch import open_scratch_file
from paperledge_audio.verify.music import check_music
from paperledge_audio.verify.speech.listening import place_cue
from paperledge_audio.verify.speech.measuring import check_sentences

TOO_LOUD_DB = 12.0
SENTENCES = 5
"""In a part, of which a bed runs under all but the first."""
HEADROOM_DB = -12.0
"""The mix is not mastered, and music so loud would be cut off."""


@dataclass(slots=True)
class LoudMusicCount:
    """What is found in parts of episodes."""

    parts: int = 0
    found: int = 0
    """With music too loud."""
    by_words: int = 0
    """Of these, those that are found by what sounds under a long sentence, too."""
    alarms: int = 0
    """Without it, also of the sound of sentences."""


def count_loud_music(plans: Sequence[ScriptPlan], most: int) -> LoudMusicCount:
    """What is found of music too loud, and falsely without, in so many parts at most."""
    count = LoudMusicCount()
    with open_scratch_file() as scratch:
        music = read_music(plans[0].show, scratch, {"bed"})
        for plan, takes in list_parts(plans, most):
            count.parts += 1
            count.alarms += bool(find_faults(plan, takes, music))
            with patch.object(levels, "MUSIC_LU", levels.MUSIC_LU + TOO_LOUD_DB):
                faults = find_faults(plan, takes, music)
            count.found += any(fault.startswith("music") for fault in faults)
            count.by_words += "music under the words" in faults
    return count


def list_parts(
    plans: Sequence[ScriptPlan], most: int
) -> Iterator[tuple[ScriptPlan, list[ProcessedTake]]]:
    """Neighbouring sentences of an episode, with a bed after the first."""
    parts = [
        (plan, start)
        for plan in plans
        for start in range(0, len(plan.kept) - SENTENCES + 1, SENTENCES)
    ]
    for plan, start in parts[:most] if most else parts:
        takes = [process(one, plan.show.voice_chain) for one in plan.kept[start:][:SENTENCES]]
        for place, one in enumerate(takes):
            asked = replace(one.take.segment, music_after="" if place else "bed")
            takes[place] = replace(one, take=replace(one.take, segment=asked))
        yield plan, takes


def find_faults(
    plan: ScriptPlan, takes: Sequence[ProcessedTake], music: dict[str, Sound]
) -> tuple[str, ...]:
    """What is wrong with the music of its MP3, and with the sound of its sentences."""
    settings = plan.show.music
    timeline = arrange(takes, plan.chapter_titles, music, settings, host=plan.host)
    mix = amplify(load(mixdown(timeline, settings)), HEADROOM_DB)
    heard = mp3.decode(
        mp3.encode_bytes(lower_to_full_scale(mix), plan.show.output.bitrate_kbps, fast=True)
    )
    sentences = [place_cue(cue, timeline.rate) for cue in timeline.cues]
    manifest = {
        "segments": [
            {"start_s": one.start_s, "end_s": one.end_s, "voice": plan.host} for one in sentences
        ],
        "voices": {plan.host: {"engine": takes[0].take.engine}},
        "settings": {"music": asdict(settings)},
    }
    return (
        *(line.name for line in check_music(measure_powers(heard), manifest) if not line.ok),
        *(fault.what for faults in check_sentences(heard, sentences) for fault in faults),
    )
