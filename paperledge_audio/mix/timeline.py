"""Takes and music → Timeline: what sounds when, to the frame."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.engines.model import Word
from paperledge_audio.errors import ScriptError, ShowError
from paperledge_audio.mix.levels import match_music, match_speech
from paperledge_audio.mix.model import Chapter, Cue, Placed, Timeline
from paperledge_audio.mix.music import MusicTrack
from paperledge_audio.show.model import SOUND, STOP
from paperledge_audio.sound.measuring.edges import measure_edges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperledge_audio.engines.model import Take
    from paperledge_audio.mix.model import ProcessedTake
    from paperledge_audio.show.model import MusicSettings
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.spoken import Segment

HEAD_S = 0.3
"""Silence before the first word where there is no intro."""
TAIL_S = 0.5
"""Silence after the last word where no outro is longer."""
SPEECH_FADE_S = 0.004
"""A short fade at the edges of takes, against clicks."""
STING_MARGIN_S = 0.3
"""The least silence on both sides of a piece of music between two segments."""


def arrange(
    takes: Sequence[ProcessedTake],
    chapter_titles: Sequence[str],
    music: Mapping[str, Sound],
    settings: MusicSettings,
    *,
    host: str,
    leveling_db: float = 0.0,
) -> Timeline:
    """Place the takes and the music of an episode on one time line, at the rate of the takes.

    `music` holds the pieces called intro, outro, sting and bed that there are, in stereo at that
    rate; `chapter_titles` the titles that the segments' chapters count in; `host` is the voice that
    the others are made as loud as; `leveling_db` is the most that a take is moved to be as loud as
    the rest of its voice. Without an intro the voice enters after 0.3 s; with one,
    `voice_over_intro_s` before its end, but not before its middle. Takes follow one another after
    their segment's pause; one that the script asks for counts the silence at the takes' edges. A
    piece or a sound that a segment asks for (`music_after`, `sounds_after`) stands in the middle of
    that pause, which grows by its length; a sound that the speech goes on over begins with the
    pause. A bed runs under the speech up to `[music: stop]` or the end, and is silent while another
    piece plays. The outro begins `outro_under_voice_s` before the last word ends, but after any
    piece before it. Takes, voices and music are level-matched
    (see `levels`). Chapters follow one another without a gap from frame 0 to the end; each but the
    first starts with its first segment.

    Raises ScriptError for no takes, for a piece that the show does not have and for a bed under
    no speech, ShowError where stings_at_chapters is set and there is none.
    """
    if not takes:
        raise ScriptError("there is nothing to say", "write a paragraph")
    rate = takes[0].sound.rate
    levels = match_speech(takes, host, leveling_db)
    gains = match_music(levels.speech_lufs, music)
    for name, sound in settings.sounds:
        if SOUND + name in gains:
            gains[SOUND + name] += sound.level_db
    track = MusicTrack(music, gains, rate)
    head, fade = _place_intro(track, settings, rate), units.frames(SPEECH_FADE_S, rate)
    speech: list[Placed] = []
    cues: list[Cue] = []
    cursor = head
    followings = [*takes[1:], None]
    for one, gain_db, following in zip(takes, levels.gains_db, followings, strict=True):
        speech.append(Placed(one.sound, cursor, gain_db, fade, fade))
        cues.append(_make_cue(one.take, speech[-1]))
        pause = _measure_pause(one, following, rate)
        cursor = _place_next(cues[-1], pause, following, track, settings)
    end = cues[-1].end
    if "outro" in music:
        last_word = cues[-1].words[-1].end if cues[-1].words else end
        start = last_word - units.frames(settings.outro_under_voice_s, rate)
        track.play("outro", max(start, head), role="outro")
    track.end_bed(end, fade_after=True)
    frames = max([end + units.frames(TAIL_S, rate), *(piece.end for piece in track.placed)])
    placed = sorted([*speech, *track.placed], key=lambda item: item.start)
    chapters = _make_chapters(chapter_titles, cues, frames)
    return Timeline(rate, frames, tuple(placed), tuple(cues), chapters, host)


def estimate_added_s(
    segments: Sequence[Segment], pieces_s: Mapping[str, float], settings: MusicSettings
) -> float:
    """The seconds that `arrange` adds to the takes and the pauses between them.

    `pieces_s`: how long each piece and each sound is that plays; a bed counts for nothing. The
    first words and the last ones are taken to be longer than the music that they are over.
    """
    head_s, tail_s = HEAD_S, TAIL_S
    if intro_s := pieces_s.get("intro"):
        head_s = intro_s - min(settings.voice_over_intro_s, intro_s / 2)
    if outro_s := pieces_s.get("outro"):
        tail_s = max(tail_s, outro_s - settings.outro_under_voice_s)
    between_s = 0.0
    for one, following in pairwise(segments):
        names = [SOUND + name for name in one.sounds_after if not dict(settings.sounds)[name].over]
        stings = settings.stings_at_chapters and one.chapter != following.chapter
        names.append(one.music_after or ("sting" if stings else ""))
        if played := [pieces_s[name] for name in names if name in pieces_s]:
            margin_s = max(one.pause_after / 2, STING_MARGIN_S)
            between_s += sum(played) + (len(played) + 1) * margin_s - one.pause_after
    return head_s + between_s + tail_s


def _place_intro(track: MusicTrack, settings: MusicSettings, rate: int) -> int:
    """The frame where the first take starts; places the intro."""
    if "intro" not in track.pieces:
        return units.frames(HEAD_S, rate)
    intro = track.play("intro", 0, role="intro")
    overlap = units.frames(settings.voice_over_intro_s, rate)
    return intro.end - min(overlap, intro.sound.frames // 2)


def _make_cue(take: Take, placed: Placed) -> Cue:
    """The take's words on the time line: in order, none over the next, none outside the take."""
    words = []
    reached = placed.start
    for word in take.words:
        start, end = (
            placed.start + units.rescale(frame, take.sound.rate, placed.sound.rate)
            for frame in (word.start, word.end)
        )
        start = min(max(start, reached), placed.end)
        reached = min(max(end, start), placed.end)
        words.append(Word(word.text, start, reached))
    return Cue(take.segment, placed.start, placed.end, tuple(words))


def _measure_pause(one: ProcessedTake, following: ProcessedTake | None, rate: int) -> int:
    """Frames between two takes: with the silence that they have, the pause that a script asks for.

    Beside music or a sound the pause is measured from the takes, as all others are.
    """
    segment = one.take.segment
    pause = units.frames(segment.pause_after, rate)
    if not segment.asks_pause or not following or segment.music_after or segment.sounds_after:
        return pause
    own = measure_edges(one.sound)[1] + measure_edges(following.sound)[0]
    return max(pause - own, 0)


def _place_next(
    cue: Cue,
    pause: int,
    following: ProcessedTake | None,
    track: MusicTrack,
    settings: MusicSettings,
) -> int:
    """Where the next take starts, after `pause` frames; places what plays before it."""
    segment, end, rate = cue.segment, cue.end, track.rate
    margin = max(pause // 2, units.frames(STING_MARGIN_S, rate))
    sounds = dict(settings.sounds)
    for name in segment.sounds_after:
        if sounds[name].over:
            track.overlay(SOUND + name, end)
        else:
            end, pause = track.play(SOUND + name, end + margin, role="sound").end, margin
    name = segment.music_after
    if name == STOP:
        track.end_bed(end, fade_after=True)
        return end + pause
    if name and name not in track.pieces:
        raise ScriptError(
            f"[music: {name}] after this, but the show has no {name}",
            f"set music.{name} in show.toml, or remove the directive",
            line=segment.line,
            segment=segment.index,
        )
    if name == "bed":
        if following is None:
            raise ScriptError(
                "[music: bed] after the last words has nothing to run under",
                "move it before some text",
                line=segment.line,
                segment=segment.index,
            )
        track.start_bed(end)
        return end + pause
    chapter_ends = following is not None and following.take.segment.chapter != segment.chapter
    if not name and settings.stings_at_chapters and chapter_ends:
        name = "sting"
        if name not in track.pieces:
            raise ShowError("music.stings_at_chapters: there is no sting", "set music.sting")
    if not name:
        return end + pause
    return track.play(name, end + margin, role="sting").end + margin


def _make_chapters(titles: Sequence[str], cues: Sequence[Cue], frames: int) -> tuple[Chapter, ...]:
    """The chapters that have segments, end to end over the whole time line."""
    starts: dict[int, int] = {}
    for cue in cues:
        starts.setdefault(cue.segment.chapter, cue.start if starts else 0)
    ends = [*list(starts.values())[1:], frames]
    return tuple(
        Chapter(titles[index], start, end)
        for (index, start), end in zip(starts.items(), ends, strict=True)
    )
