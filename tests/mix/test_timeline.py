"""Arranging: everything is where the timeline says, to the frame."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio import units
from paperledge_audio.engines.model import Take, Word
from paperledge_audio.errors import ScriptError, ShowError, SoundError
from paperledge_audio.mix.mixing import mixdown
from paperledge_audio.mix.model import Placed, Timeline
from paperledge_audio.mix.pieces import convert_music
from paperledge_audio.mix.timeline import estimate_added_s
from paperledge_audio.show.model import MusicSettings, ShowSound
from paperledge_audio.sound.clip import Clip, duration_s, load, silence
from paperledge_audio.sound.scratch import open_scratch_file
from tests.sounds import arranged

RATE = 44100
MakeTake = Callable[..., Take]
MakeTone = Callable[..., Clip]
MakeBox = Callable[..., MusicSettings]


def pulses(length: int, places: tuple[int, ...]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Silence at 24 kHz with a short bump (a raised cosine of 16 samples) centred on each place."""
    out = np.zeros(length)
    for place in places:
        out[place - 8 : place + 9] += np.hanning(17)
    return out


def by_role(timeline: Timeline, role: str) -> list[Placed]:
    return [placed for placed in timeline.placed if placed.role == role]


def test_one_segment_without_music(make_take: MakeTake, make_box: MakeBox) -> None:
    # 1 s at 24 kHz is 44100 frames; 0.3 s of head are 13230, 0.5 s of tail 22050.
    timeline = arranged([make_take(np.zeros(24000))], ["Start"], {}, make_box())
    assert timeline.frames == 13230 + 44100 + 22050
    assert [(c.start, c.end) for c in timeline.cues] == [(13230, 57330)]
    assert [(c.title, c.start, c.end) for c in timeline.chapters] == [("Start", 0, timeline.frames)]


def test_words_are_where_their_sound_is(make_take: MakeTake, make_box: MakeBox) -> None:
    places = (3000, 11111, 17003)
    words = tuple(Word(f"w{place}", place, place + 500) for place in places)
    takes = [make_take(pulses(20000, places), i, words=words, pause_after=0.77) for i in range(4)]
    timeline = arranged(takes, ["Start"], {}, make_box())
    mix = load(mixdown(timeline, make_box()))
    assert mix.frames == timeline.frames
    for cue in timeline.cues:
        for word in cue.words:
            near = mix.samples[word.start - 200 : word.start + 200, 0]
            assert abs(int(np.argmax(np.abs(near))) - 200) <= 1


def test_pauses_are_exact(make_take: MakeTake, make_box: MakeBox) -> None:
    pauses = (0.25, 1.5, 0.1)
    takes = [make_take(np.zeros(1001 * (i + 1)), i, pause_after=p) for i, p in enumerate(pauses)]
    cues = arranged(takes, ["Start"], {}, make_box()).cues
    assert cues[1].start - cues[0].end == units.frames(0.25, RATE)
    assert cues[2].start - cues[1].end == units.frames(1.5, RATE)


@pytest.mark.parametrize(
    ("asked_s", "heard_s"), [(0.5, 0.5), (1.0, 1.0), (0.25, 0.25), (0.1, 0.15), (0.0, 0.15)]
)
def test_a_pause_that_is_asked_for_is_all_of_the_silence_between_the_sounds(
    make_take: MakeTake, make_box: MakeBox, asked_s: float, heard_s: float
) -> None:
    # Each take is 50 ms of silence, 500 ms of sound and 100 ms of a murmur of -60 dB.
    sound = np.concatenate([np.zeros(1200), np.full(12000, 0.5), np.full(2400, 0.0005)])
    takes = [make_take(sound, n, pause_after=asked_s, asks_pause=True) for n in range(2)]
    one, two = arranged(takes, ["Start"], {}, make_box()).cues
    heard = two.start + units.frames(0.05, RATE) - (one.end - units.frames(0.1, RATE))
    assert heard / RATE == pytest.approx(heard_s, abs=0.02)
    plain = [make_take(sound, n, pause_after=asked_s) for n in range(2)]
    one, two = arranged(plain, ["Start"], {}, make_box()).cues
    assert two.start - one.end == units.frames(asked_s, RATE)


@settings(max_examples=40)
@given(
    marks=st.lists(st.integers(0, 5000), min_size=2, max_size=12),
    rate=st.sampled_from([16000, 22050, 24000, 48000]),
)
def test_words_stay_in_order_and_inside_their_cue(
    marks: list[int], rate: int, make_take: MakeTake, make_box: MakeBox
) -> None:
    ordered = sorted(marks)
    words = tuple(Word("w", a, b) for a, b in pairwise(ordered))
    take = make_take(np.zeros(5000), words=words, rate=rate)
    (cue,) = arranged([take], ["Start"], {}, make_box()).cues
    edges = [frame for word in cue.words for frame in (word.start, word.end)]
    assert edges == sorted(edges)
    assert all(cue.start <= frame <= cue.end for frame in edges)
    assert len(cue.words) == len(words)


def test_the_voice_enters_over_the_intro(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    music = {"intro": make_tone(440.0, 10.0)}
    timeline = arranged([make_take(np.zeros(24000))], ["Start"], music, make_box())
    (intro,) = by_role(timeline, "intro")
    assert (intro.start, intro.end) == (0, 441000)
    assert timeline.cues[0].start == 441000 - units.frames(3.0, RATE)
    assert timeline.frames == 441000  # it outlasts the one word and its tail


def test_a_short_intro_is_half_over_before_the_voice_enters(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    music = {"intro": make_tone(440.0, 2.0)}
    timeline = arranged([make_take(np.zeros(24000))], ["Start"], music, make_box())
    assert timeline.cues[0].start == 44100


def test_the_outro_begins_before_the_last_word_ends(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    words = (Word("a", 0, 24000), Word("b", 24000, 5 * 24000))
    take = make_take(np.zeros(6 * 24000), words=words)
    timeline = arranged([take], ["Start"], {"outro": make_tone(440.0, 12.0)}, make_box())
    (outro,) = by_role(timeline, "outro")
    assert outro.start == timeline.cues[0].words[-1].end - units.frames(2.0, RATE)
    assert timeline.frames == outro.end


def test_the_outro_waits_for_the_intro(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    music = {"intro": make_tone(440.0, 10.0), "outro": make_tone(220.0, 5.0)}
    timeline = arranged([make_take(np.zeros(12000))], ["Start"], music, make_box())
    assert by_role(timeline, "outro")[0].start == by_role(timeline, "intro")[0].end


def test_a_sting_lengthens_the_pause_by_itself(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    takes = [
        make_take(np.zeros(24000), 0, pause_after=1.0, music_after="sting"),
        make_take(np.zeros(24000), 1),
    ]
    timeline = arranged(takes, ["Start"], {"sting": make_tone(440.0, 2.0)}, make_box())
    (sting,) = by_role(timeline, "sting")
    first, second = timeline.cues
    assert sting.start - first.end == second.start - sting.end == 22050
    assert second.start - first.end == units.frames(3.0, RATE)


def test_a_short_pause_still_leaves_room_around_a_sting(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    takes = [
        make_take(np.zeros(24000), 0, pause_after=0.1, music_after="sting"),
        make_take(np.zeros(24000), 1),
    ]
    timeline = arranged(takes, ["Start"], {"sting": make_tone(440.0, 2.0)}, make_box())
    (sting,) = by_role(timeline, "sting")
    assert sting.start - timeline.cues[0].end == units.frames(0.3, RATE)


def test_stings_at_chapters_where_the_show_wants_them(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    takes = [make_take(np.zeros(12000), i, chapter=i // 2) for i in range(6)]
    music = {"sting": make_tone(440.0, 2.0)}
    without = arranged(takes, ["A", "B", "C"], music, make_box())
    with_them = arranged(takes, ["A", "B", "C"], music, make_box(stings_at_chapters=True))
    assert by_role(without, "sting") == []
    assert len(by_role(with_them, "sting")) == 2
    for sting, chapter in zip(by_role(with_them, "sting"), with_them.chapters[1:], strict=True):
        assert sting.end < chapter.start


def test_chapters_cover_everything(make_take: MakeTake, make_box: MakeBox) -> None:
    takes = [make_take(np.zeros(9999), i, chapter=c) for i, c in enumerate([0, 0, 1, 2, 2])]
    timeline = arranged(takes, ["A", "B", "C"], {}, make_box())
    assert [chapter.title for chapter in timeline.chapters] == ["A", "B", "C"]
    assert timeline.chapters[0].start == 0
    assert timeline.chapters[-1].end == timeline.frames
    for before, after in pairwise(timeline.chapters):
        assert before.end == after.start
    assert timeline.chapters[1].start == timeline.cues[2].start
    assert timeline.chapters[2].start == timeline.cues[3].start


def test_a_bed_is_silent_under_another_piece_and_goes_on_after_it(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    music = {"bed": make_tone(100.0, 5.0), "sting": make_tone(440.0, 2.0)}
    asks = ["", "bed", "", "", "sting", ""]
    takes = [make_take(np.zeros(4 * 24000), i, music_after=ask) for i, ask in enumerate(asks)]
    timeline = arranged(takes, ["Start"], music, make_box())
    beds, (sting,) = by_role(timeline, "bed"), by_role(timeline, "sting")
    before = [bed for bed in beds if bed.start < sting.start]
    after = beds[len(before) :]
    assert before[0].start == timeline.cues[1].end
    assert before[-1].end == sting.start
    assert after[0].start == sting.end
    for run in (before, after):
        for one, two in pairwise(run):
            assert one.end == two.start
        assert run[0].fade_in > 0
        assert run[-1].fade_out > 0


def test_a_bed_stops_where_the_script_says(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    asks = ["bed", "", "stop", ""]
    takes = [make_take(np.zeros(4 * 24000), i, music_after=ask) for i, ask in enumerate(asks)]
    timeline = arranged(takes, ["Start"], {"bed": make_tone(100.0, 5.0)}, make_box())
    last = by_role(timeline, "bed")[-1]
    assert last.end == timeline.cues[2].end + units.frames(2.0, RATE)


def test_a_sting_after_the_last_words_leaves_no_bed_behind(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    music = {"bed": make_tone(100.0, 5.0), "sting": make_tone(440.0, 2.0)}
    asks = ["bed", "sting"]
    takes = [make_take(np.zeros(4 * 24000), i, music_after=ask) for i, ask in enumerate(asks)]
    timeline = arranged(takes, ["Start"], music, make_box())
    (sting,) = by_role(timeline, "sting")
    assert by_role(timeline, "bed")[-1].end == sting.start


CHIME = ShowSound(Path("chime.wav"), level_db=-3.0)
RAIN = ShowSound(Path("rain.wav"), over=True)
SOUNDS = (("chime", CHIME), ("rain", RAIN))


def test_a_sound_between_two_segments_lengthens_the_pause_by_itself(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    takes = [
        make_take(np.zeros(24000), 0, pause_after=1.0, sounds_after=("chime", "chime")),
        make_take(np.zeros(24000), 1),
    ]
    music = {"sound: chime": make_tone(440.0, 2.0)}
    timeline = arranged(takes, ["Start"], music, make_box(sounds=SOUNDS))
    first, second = by_role(timeline, "sound")
    before, after = timeline.cues
    assert [first.start - before.end, second.start - first.end, after.start - second.end] == [
        22050
    ] * 3


def test_speech_goes_on_over_a_sound_that_is_under_it(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    takes = [
        make_take(np.zeros(24000), 0, pause_after=1.0, sounds_after=("rain",)),
        make_take(np.zeros(24000), 1),
    ]
    music = {"sound: rain": make_tone(440.0, 20.0)}
    box = make_box(sounds=SOUNDS, duck_db=-14.0)
    timeline = arranged(takes, ["Start"], music, box)
    (rain,) = by_role(timeline, "effect")
    before, after = timeline.cues
    assert (rain.start, after.start - before.end) == (before.end, 44100)
    assert timeline.frames == rain.end  # nothing is cut off
    mix = load(mixdown(timeline, box)).samples[:, 0]
    under, alone = (
        float(np.abs(mix[at : at + 4410]).max()) for at in (after.start + 20000, rain.end - 99999)
    )
    assert 20 * np.log10(under / alone) == pytest.approx(-14.0, abs=0.1)


def test_a_sounds_level_is_relative_to_that_of_music(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    speech = np.sin(np.arange(48000) / 10.0) / 4
    takes = [
        make_take(speech, 0, music_after="sting", sounds_after=("chime",)),
        make_take(speech, 1),
    ]
    tone = make_tone(440.0, 2.0)
    timeline = arranged(
        takes, ["A"], {"sting": tone, "sound: chime": tone}, make_box(sounds=SOUNDS)
    )
    (chime,), (sting,) = by_role(timeline, "sound"), by_role(timeline, "sting")
    assert chime.gain_db - sting.gain_db == pytest.approx(-3.0)
    assert chime.end < sting.start


def test_a_bed_goes_on_under_a_sound(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    asks = [("bed", ()), ("", ("rain",)), ("", ())]
    takes = [
        make_take(np.zeros(4 * 24000), i, music_after=music, sounds_after=sounds)
        for i, (music, sounds) in enumerate(asks)
    ]
    pieces = {"bed": make_tone(100.0, 5.0), "sound: rain": make_tone(440.0, 2.0)}
    beds = by_role(arranged(takes, ["A"], pieces, make_box(sounds=SOUNDS)), "bed")
    assert all(one.end == two.start for one, two in pairwise(beds))


def test_a_bed_without_anything_after_it_fades_after_the_last_word(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    takes = [make_take(np.zeros(48000), i, music_after=a) for i, a in enumerate(["bed", ""])]
    timeline = arranged(takes, ["Start"], {"bed": make_tone(100.0, 5.0)}, make_box())
    last = by_role(timeline, "bed")[-1]
    assert last.end == timeline.frames == timeline.cues[-1].end + units.frames(2.0, RATE)


@pytest.mark.parametrize("rate", [22050, 32000, 48000, 96000])
@pytest.mark.parametrize("channels", [1, 2])
def test_music_of_any_rate(rate: int, channels: int, make_tone: MakeTone) -> None:
    given = make_tone(440.0, 8.0, rate=rate, channels=channels)
    with open_scratch_file() as scratch:
        music = convert_music(given, RATE, scratch)
        assert (music.frames, music.channels, music.rate) == (8 * RATE, 2, RATE)
        with pytest.raises(SoundError, match="has 6 channels"):
            convert_music(silence(99, rate, 6), RATE, scratch)


def test_what_can_not_be_arranged(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    box, zeros = make_box(), np.zeros(2400)
    take, on_bed = make_take(zeros, music_after="sting"), make_take(zeros, music_after="bed")
    two = [make_take(zeros, i, chapter=i) for i in range(2)]
    with pytest.raises(ScriptError, match="nothing to say"):
        arranged([], ["Start"], {}, box)
    with pytest.raises(ScriptError, match=r"line 10: .*the show has no sting; set music\.sting"):
        arranged([take], ["Start"], {}, box)
    with pytest.raises(ScriptError, match="nothing to run under"):
        arranged([on_bed], ["Start"], {"bed": make_tone(100.0, 5.0)}, box)
    with pytest.raises(ShowError, match=r"there is no sting; set music\.sting"):
        arranged(two, ["A", "B"], {}, make_box(stings_at_chapters=True))


ADDED_TO: tuple[dict[str, Any], ...] = (
    {"chapter": 0, "pause_after": 0.7},
    {"chapter": 1, "music_after": "sting"},
    {"chapter": 2, "music_after": "bed"},
    {"chapter": 2, "sounds_after": ("chime", "rain", "chime")},
    {"chapter": 2, "music_after": "stop"},
    {"chapter": 2, "music_after": "sting", "sounds_after": ("chime",)},
    {"chapter": 3, "pause_after": 0.0},
)


@pytest.mark.parametrize("around", [{}, {"intro": 5.0}, {"outro": 4.0}, {"intro": 2.0, "outro": 1}])
@pytest.mark.parametrize("stings", [True, False])
def test_what_is_added_to_takes_and_pauses_is_known_before_they_are_spoken(
    make_take: MakeTake,
    make_tone: MakeTone,
    make_box: MakeBox,
    around: dict[str, float],
    stings: bool,
) -> None:
    takes = [make_take(np.zeros(3 * 8000), rate=8000, **one) for one in ADDED_TO]
    pieces_s = {"sting": 0.7, "sound: chime": 0.3, "sound: rain": 0.4, **around}
    box = make_box(sounds=SOUNDS, stings_at_chapters=stings)
    music = {name: make_tone(440.0, one_s) for name, one_s in (pieces_s | {"bed": 5.0}).items()}
    timeline = arranged(takes, "ABCD", music, box)
    spoken_s = sum(duration_s(take.sound) + take.segment.pause_after for take in takes)
    added_s = estimate_added_s([take.segment for take in takes], pieces_s, box)
    assert units.seconds(timeline.frames, RATE) == pytest.approx(spoken_s + added_s, abs=1e-3)
