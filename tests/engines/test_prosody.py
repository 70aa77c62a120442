"""Directions become prosody: durations, F0 and energy curves, on curves that are made up."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from paperledge_audio.engines.g2p import Pronunciation
from paperledge_audio.engines.prosody.direction import (
    VERSION,
    Direction,
    find_direction,
    spell_direction,
)
from paperledge_audio.engines.prosody.energy import (
    AFTER_DB,
    ASIDE_DB,
    LOUDER_DB,
    emphasise_level,
    strain,
)
from paperledge_audio.engines.prosody.lengths import (
    ASIDE_PACE,
    STRETCH,
    change_pace,
    lengthen,
    share_out,
)
from paperledge_audio.engines.prosody.melody import (
    ASIDE_ST,
    HIGHEST_HZ,
    LOWEST_HZ,
    MOST_ST,
    PEAK_ST,
    VOICED_HZ,
    find_edges,
    shape,
    stretch,
)
from paperledge_audio.engines.prosody.phonemes import find_nucleus
from paperledge_audio.engines.prosody.rising import (
    ABOVE_ST,
    LASTING,
    RISE_ST,
    SHORTEST,
    give_strength,
    give_time,
    give_voice,
)
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.voices.deliveries import Delivery
from paperledge_audio.voices.engines import DIRECTIONS, ENGINES
from tests.samples import plain_segment

SAID = "a really big problem."
PHONEMES = "ɐ ɹˈiᵊli bˈɪɡ pɹˈɑbləm."
PRONUNCIATION = Pronunciation(
    PHONEMES, ((0, 1, 0, 1), (2, 8, 2, 8), (9, 12, 9, 13), (13, 20, 14, 22), (20, 21, 22, 23))
)
BIG = (10, 14)
"""Its tokens, and those of its vowel with the mark."""
VOWEL = (11, 13)
REALLY = (3, 9)
DURATIONS = np.array([14, *[2] * len(PHONEMES), 1], np.float32)
EDGES = find_edges(DURATIONS)
Curve = NDArray[np.float32]


def emphasise(*places: tuple[int, int, int], rises: bool = False) -> Segment:
    """The sentence with these ranges of it emphasised."""
    spans, done = [], 0
    for start, end, emphasis in places:
        spans += [Span(SAID[done:start], SAID[done:start])]
        spans += [Span(SAID[start:end], SAID[start:end], emphasis=emphasis)]
        done = end
    spans.append(Span(SAID[done:], SAID[done:]))
    return Segment(0, "speech", tuple(spans), "ernis", 1, 0, 0.0, rises=rises)


def direct(segment: Segment) -> Direction:
    return find_direction(segment, PRONUNCIATION)


def deliver(**values: float) -> Direction:
    return direct(replace(plain_segment(SAID), delivery=Delivery(**values)))


def falling() -> Curve:
    """A voice that falls evenly from 220 to 130 Hz, silent before and after."""
    curve = np.geomspace(220, 130, EDGES[-1]).astype(np.float32)
    curve[: EDGES[1]] = curve[EDGES[-3] :] = 5.0
    return curve


def semitones(directed: Curve, plain: Curve) -> NDArray[np.float64]:
    return np.asarray(12 * np.log2(directed.astype(np.float64) / plain))


def inside(tokens: tuple[int, int]) -> slice:
    return slice(int(EDGES[tokens[0]]), int(EDGES[tokens[1]]))


def test_a_plain_direction_changes_no_bit() -> None:
    plain, curve = direct(plain_segment(SAID)), falling()
    energy = np.random.default_rng(1).normal(size=len(curve)).astype(np.float32)
    assert np.array_equal(lengthen(DURATIONS, plain), DURATIONS)
    assert np.array_equal(shape(curve, EDGES, plain), curve)
    assert np.array_equal(strain(energy, EDGES, plain), energy)


@pytest.mark.parametrize("st", [-6.0, -1.0, 0.8, 2.0, 6.0])
def test_pitch_moves_every_voiced_value_alike(st: float) -> None:
    plain = falling()
    moved = shape(plain, EDGES, deliver(pitch_st=st))
    voiced = plain > 40
    assert moved[voiced] == pytest.approx(plain[voiced] * 2 ** (st / 12), rel=1e-5)
    assert np.array_equal(moved[~voiced], plain[~voiced])


def test_range_stretches_the_melody_around_its_middle() -> None:
    plain = falling()
    voiced = plain > 40
    middle = np.median(plain[voiced])
    level = shape(plain, EDGES, deliver(range=0.0))
    assert level[voiced] == pytest.approx(middle, rel=1e-5)
    wide = shape(plain, EDGES, deliver(range=1.3))
    distance = semitones(wide, np.full_like(plain, middle))[voiced]
    assert distance == pytest.approx(
        1.3 * semitones(plain, np.full_like(plain, middle))[voiced], abs=1e-3
    )


def test_a_directed_voice_stays_within_what_a_voice_can_do() -> None:
    plain = falling()
    for factor, steps in ((0.3, -6.0), (2.5, 6.0)):
        curve = plain * np.float32(factor)
        voiced = curve > 40
        directed = shape(curve, EDGES, deliver(pitch_st=steps))[voiced]
        assert directed.min() >= min(LOWEST_HZ, curve[voiced].min()) * (1 - 1e-6)
        assert directed.max() <= max(HIGHEST_HZ, curve[voiced].max()) * (1 + 1e-6)


def test_silence_has_no_melody() -> None:
    silent = np.full(EDGES[-1], 5.0, np.float32)
    directed = direct(replace(emphasise((9, 12, 2), rises=True), delivery=Delivery(pitch_st=2)))
    assert np.array_equal(shape(silent, EDGES, directed), silent)
    assert np.array_equal(give_voice(silent, EDGES, directed), silent)
    assert np.array_equal(give_strength(silent - 9, EDGES, directed), silent - 9)


@pytest.mark.parametrize("emphasis", [1, 2])
def test_an_emphasised_word_has_a_higher_peak_and_the_others_keep_their_pitch(
    emphasis: int,
) -> None:
    plain = falling()
    directed = shape(plain, EDGES, direct(emphasise((9, 12, emphasis))))
    peak = semitones(directed[inside(BIG)].max(), plain[inside(BIG)].max())
    assert peak == pytest.approx(PEAK_ST[emphasis], abs=0.01)
    highest = int(np.argmax(directed[inside(BIG)])) + EDGES[BIG[0]]
    assert EDGES[VOWEL[0]] <= highest < EDGES[VOWEL[1]]
    change = semitones(directed, plain)
    assert abs(np.median(change[inside(REALLY)])) < 0.1
    assert -1 < change[EDGES[BIG[1] + 1] :].min() < 0
    assert np.array_equal(directed[: EDGES[REALLY[0]]], plain[: EDGES[REALLY[0]]])


def test_where_the_vowel_has_no_voice_the_rest_of_the_word_carries_the_accent() -> None:
    plain = falling()
    plain[inside(VOWEL)] = 5.0
    directed = shape(plain, EDGES, direct(emphasise((9, 12, 1))))
    assert 0 < semitones(directed, plain)[inside(BIG)].max() <= MOST_ST
    assert np.array_equal(directed[inside(VOWEL)], plain[inside(VOWEL)])


@pytest.mark.parametrize("emphasis", [1, 2])
@pytest.mark.parametrize("frames", [1, 2, 3, 5, 9])
def test_an_emphasised_word_is_longer_by_whole_frames(emphasis: int, frames: int) -> None:
    plain = DURATIONS.copy()
    plain[slice(*BIG)] = frames
    longer = lengthen(plain, direct(emphasise((9, 12, emphasis))))
    word = slice(*BIG)
    assert plain[word].sum() * STRETCH[emphasis] <= longer[word].sum()
    assert longer[word].sum() < plain[word].sum() * STRETCH[emphasis] + 1
    assert np.array_equal(longer, np.rint(longer))
    assert (longer >= plain).all()
    added = longer - plain
    assert added[slice(*VOWEL)].sum() >= added[word].sum() / 2
    added[word] = 0
    assert not added.any()


def test_stops_take_less_of_the_length_than_what_can_be_sung() -> None:
    problem = slice(15, 23)
    plain = DURATIONS.copy()
    plain[problem] = 8
    added = (lengthen(plain, direct(emphasise((13, 20, 2)))) - plain)[problem]
    assert max(added[[0, 4]]) < min(added[[1, 2, 3, 5, 6]])


def test_the_silence_after_a_last_word_does_not_lengthen_it() -> None:
    plain = DURATIONS.copy()
    last = PHONEMES.index("m") + 1
    plain[last] = 30
    longer = lengthen(plain, direct(emphasise((13, 20, 2))))
    assert (longer - plain).sum() < 0.6 * plain[15:last].sum() + 3
    assert longer[last] - plain[last] <= 2


def test_shares_are_whole_and_add_up() -> None:
    assert share_out(7, np.array([1.0, 1.0, 5.0])).tolist() == [1, 1, 5]
    assert share_out(2, np.array([1.0, 1.0, 1.0])).tolist() == [1, 1, 0]


def test_energy_grows_in_the_word_alone() -> None:
    plain = np.zeros(EDGES[-1], np.float32)
    added = strain(plain, EDGES, direct(emphasise((9, 12, 1))))
    assert added[inside(BIG)].max() > 0.9
    added[inside(BIG)] = 0
    assert not added.any()


def test_in_a_phrase_content_words_are_emphasised_and_of_function_words_lone_ones() -> None:
    phrase = direct(emphasise((0, 12, 1)))  # "a really big"
    assert [accent.word for accent in phrase.accents] == [REALLY, BIG]
    assert [accent.nucleus for accent in direct(emphasise((0, 1, 1))).accents] == [(1, 2)]
    assert direct(emphasise((9, 12, 1))).accents[0].nucleus == VOWEL
    part = direct(emphasise((9, 10, 1)))  # a part of a word stands for it
    assert [accent.word for accent in part.accents] == [BIG]
    assert not direct(emphasise((20, 21, 2))).accents  # a full stop


RISING = direct(emphasise(rises=True))
LAST_VOWEL = 17
"""Its stress mark; "problem" are the tokens 15 to 22."""


@pytest.mark.parametrize("final", [0.8, 1.0, 1.1, 1.5])
def test_a_question_rises_above_its_middle_and_above_its_last_stress(final: float) -> None:
    plain = falling()
    problem = inside((15, 23))
    plain[problem] = np.geomspace(150, 150 * final, problem.stop - problem.start)
    directed = give_voice(plain, EDGES, RISING)
    vowel = int(EDGES[LAST_VOWEL])
    middle = np.median(plain[plain > VOICED_HZ])
    above = 12 * np.log2(directed[problem.stop - 1] / [middle, directed[vowel]])
    assert above[0] >= ABOVE_ST - 0.01
    assert above[1] >= RISE_ST - 0.01
    assert np.array_equal(directed[:vowel], plain[:vowel])


def test_a_voice_that_is_lost_before_the_end_of_a_question_is_given_back() -> None:
    plain = falling()
    creaking = slice(int(EDGES[LAST_VOWEL]) + 1, int(EDGES[23]))
    plain[creaking] = 20.0
    directed = give_voice(plain, EDGES, RISING)
    for at in range(LAST_VOWEL, 23):
        voiced = directed[inside((at, at + 1))] > VOICED_HZ
        assert voiced[: 2 * LASTING].all(), PHONEMES[at - 1]
    assert np.array_equal(directed[EDGES[23] :], plain[EDGES[23] :])


def test_what_rises_by_itself_is_left_alone() -> None:
    high, strong = falling(), np.full(EDGES[-1], 5.0, np.float32)
    stretch = inside((LAST_VOWEL, 23))
    high[stretch], strong[stretch] = HIGHEST_HZ, 9.0
    assert np.array_equal(give_voice(high, EDGES, RISING), high)
    inner = slice(stretch.start, int(EDGES[22]))
    assert np.array_equal(give_strength(strong, EDGES, RISING)[inner], strong[inner])
    assert np.array_equal(give_time(2 * DURATIONS, RISING), 2 * DURATIONS)


def test_the_end_of_a_question_is_strong_and_has_time() -> None:
    weak = np.full(EDGES[-1], 6.0, np.float32)
    weak[EDGES[LAST_VOWEL] :] = np.linspace(6.0, -9.0, EDGES[-1] - EDGES[LAST_VOWEL])
    vowel = inside((LAST_VOWEL, LAST_VOWEL + 2))
    strong = give_strength(weak, EDGES, RISING)
    assert strong[vowel].min() > 6.0
    assert np.array_equal(strong[: vowel.start - 6], weak[: vowel.start - 6])
    short = np.ones_like(DURATIONS)
    longer = give_time(short, RISING)
    assert longer[LAST_VOWEL:23].sum() == max(SHORTEST, 23 - LAST_VOWEL)
    assert np.array_equal(longer[:LAST_VOWEL], short[:LAST_VOWEL])


@pytest.mark.parametrize("change", [give_time, give_voice, give_strength])
def test_a_sentence_that_does_not_rise_keeps_its_end(change: Any) -> None:
    curve = falling()
    places = () if change is give_time else (EDGES,)
    assert change(curve, *places, direct(plain_segment(SAID))) is curve


def test_a_curve_goes_with_its_tokens() -> None:
    before = find_edges(np.array([2, 3, 1], np.float32))
    after = find_edges(np.array([2, 6, 1], np.float32))
    curve = np.array([10, 10, 10, 10, 20, 20, 20, 20, 20, 20, 30, 30], np.float32)
    longer = stretch(curve, before, after)
    assert np.array_equal(stretch(curve, before, before), curve)
    assert longer[:4].tolist() == [10] * 4
    assert longer[5:15].tolist() == [20] * 10
    assert longer[-2:].tolist() == [30] * 2


def test_stress_stands_on_the_vowel_after_its_mark() -> None:
    cases = {
        "pɹˈɑbləm": "ˈɑ",
        "ˌɛlˌɛlˈɛm": "ˈɛ",
        "ˌɪz": "ˌɪ",
        "ɐ": "ɐ",
        "kənvˌɑluːʃən": "ˌɑ",
        "bˈɜːd": "ˈɜː",
        "ɹˈiᵊli": "ˈiᵊ",
        "ts": "",
    }
    for phonemes, nucleus in cases.items():
        start, end = find_nucleus(phonemes)
        assert phonemes[start:end] == nucleus


def test_a_direction_is_spelled_as_far_as_the_engine_follows() -> None:
    plain = emphasise((9, 12, 2), rises=True)
    directed = replace(
        plain,
        spans=(*plain.spans, Span(" ok", " ok", is_aside=True)),
        delivery=Delivery(pace=0.9, pitch_st=-1.0, range=0.0, energy_db=-2.0, pauses=2.0),
    )
    told = json.loads(spell_direction(directed, DIRECTIONS))
    assert told == {
        "v": VERSION,
        "pace": 0.9,
        "pitch": -1.0,
        "range": 0.0,
        "emphasis": [[9, 12, 2]],
        "aside": [[21, 24]],
        "rise": True,
    }
    for name, entry in ENGINES.items():
        assert entry.follows <= DIRECTIONS, name
        told = json.loads(spell_direction(directed, entry.follows))
        assert told.keys() == {"v"} | entry.follows
    assert not spell_direction(directed, frozenset())
    of_the_mix = Delivery(energy_db=-2.0, pauses=2.0)
    assert not spell_direction(replace(plain_segment(SAID), delivery=of_the_mix), DIRECTIONS)


def test_an_aside_is_lower_quicker_and_softer_and_the_rest_as_it_was() -> None:
    spans = (Span(SAID[:2], SAID[:2]), Span(SAID[2:12], SAID[2:12], is_aside=True))
    segment = Segment(0, "speech", (*spans, Span(SAID[12:], SAID[12:])), "ernis", 1, 0, 0.0)
    directed = direct(segment)
    assert directed.asides == ((REALLY[0], BIG[1]),)
    change = semitones(shape(falling(), EDGES, directed), falling())
    assert np.median(change[EDGES[REALLY[0]] : EDGES[BIG[1]]]) == pytest.approx(ASIDE_ST, abs=0.01)
    assert not change[: EDGES[REALLY[0]]].any()
    assert not change[EDGES[BIG[1]] :].any()
    tens = np.full(len(DURATIONS), 10, np.float32)
    shorter = lengthen(tens, directed)
    before = tens[REALLY[0] : BIG[1]].sum()
    assert shorter[REALLY[0] : BIG[1]].sum() == round(before / ASIDE_PACE)
    assert shorter.sum() == tens.sum() - before + round(before / ASIDE_PACE)
    level = emphasise_level(np.ones(int(DURATIONS.sum()) * 600, np.float32), DURATIONS, directed)
    assert 20 * np.log10(level.min()) == pytest.approx(ASIDE_DB, abs=0.05)
    assert level.max() == 1


def test_an_emphasised_word_is_louder_and_what_follows_softer() -> None:
    level = emphasise_level(
        np.ones(int(DURATIONS.sum()) * 600, np.float32), DURATIONS, direct(emphasise((9, 12, 2)))
    )
    assert 20 * np.log10(level.max()) == pytest.approx(LOUDER_DB[2], abs=0.3)
    assert 20 * np.log10(level.min()) == pytest.approx(AFTER_DB, abs=0.05)
    assert (level[: EDGES[REALLY[0]] * 300] == 1).all()


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30), st.floats(0.5, 2.0))
def test_another_pace_is_met_as_a_whole(lengths: list[int], pace: float) -> None:
    durations = np.array(lengths, np.float32)
    changed = change_pace(durations, pace)
    assert (changed >= 1).all()
    assert np.array_equal(change_pace(durations, 1.0), durations)
    if durations.min() >= 2:  # below, tokens may already be as short as they can be
        assert abs(changed.sum() - durations.sum() / pace) <= 0.5
