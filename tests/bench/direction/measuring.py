"""Takes with and without direction → figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from paperledge_audio.engines import Take
from paperledge_audio.sound.clip import Clip, resample
from paperledge_audio.spoken.model import Segment
from paperledge_audio.verify.recogniser import RATE, read_back
from paperledge_audio.verify.wording import count_word_errors
from paperledge_audio.voices.deliveries import DELIVERIES, PLAIN, Delivery
from paperledge_audio.voices.finding import find_voice
from tests.bench.direction import lines
from tests.bench.direction.listening import Floats, HeardTake, Listener, find_bounds, judge, listen
from tests.bench.direction.speaking import (
    Studio,
    find_stressed,
    make_all_plain,
    make_segment,
    read_paragraphs,
)

LEVELS = {1: ("emphasised", 2.0, 1.15), 2: ("strongly emphasised", 4.0, 1.3)}
"""Emphasis → its name, the least rise of its peak in semitones, the least factor of its length."""
STEADY_ST = 1.0
"""How far other words may move."""
MOST = 0.95
"""The share of cases in which that has to hold."""
PICKED = 0.9
MOS_LOSS = 0.03
OFF = 0.15
"""How far a delivery may be from its table, of a factor or of a semitone."""
HALF = 0.5
"""The least part of a delivery's change: small ones are within 15 % of plain speech."""
TOGETHER = 6
"""Sentences that the recogniser hears at once."""
END_S = 0.06
"""Seconds of pitch that count as a sentence's end."""
ENDS_ST = 2.0
"""How far that is above the median where a question rises."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    what: str
    shown: str
    goal: str = ""
    met: bool = True


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence without and with direction."""

    plain: HeardTake
    directed: HeardTake


def measure(studio: Studio, voices: Sequence[str]) -> Iterator[Row]:
    """Every line of the table, for the engines of a quality."""
    yield from measure_stress(studio, voices)
    yield from measure_deliveries(studio, voices)
    yield from measure_paragraphs(studio, voices)
    yield from measure_questions(studio, voices)


def _hear(
    studio: Studio, plain: Sequence[Segment], *others: Sequence[Segment]
) -> list[list[HeardTake]]:
    """Each list of segments, heard within the bounds of the plain takes' pitch."""
    takes = [studio.speak(segments) for segments in (plain, *others)]
    bounds = [find_bounds(take.clip) for take in takes[0]]
    return [
        [
            listen(take, bound, british=_is_british(studio, take))
            for take, bound in zip(row, bounds, strict=True)
        ]
        for row in takes
    ]


def _is_british(studio: Studio, take: Take) -> bool:
    return find_voice(take.segment.voice, studio.show).language == "en-GB"


def _deal(texts: Sequence[str], voices: Sequence[str], emphasis: int = 0) -> list[Segment]:
    return [make_segment(text, voices[n % len(voices)], emphasis) for n, text in enumerate(texts)]


# Stress.


def measure_stress(studio: Studio, voices: Sequence[str]) -> Iterator[Row]:
    """Stressed words against themselves unstressed, and against the words around them."""
    texts = lines.STRESSED
    levels = [_deal(texts, voices, level) for level in LEVELS]
    plain, *heard = _hear(studio, _deal(texts, voices), *levels)
    listener = Listener(plain)
    stressed = [find_stressed(text) for text in texts]
    yield Row("sentences", f"{len(texts)}, by {len(set(voices))} voices")
    for (name, rise_st, longer), takes in zip(LEVELS.values(), heard, strict=True):
        pairs = [Pair(*both) for both in zip(plain, takes, strict=True)]
        rises = np.array(
            [_measure_rise(pair, at) for pair, at in zip(pairs, stressed, strict=True)]
        )
        factors = np.array(
            [_measure_length(pair, at) for pair, at in zip(pairs, stressed, strict=True)]
        )
        moves = np.concatenate(
            [_measure_moves(pair, at) for pair, at in zip(pairs, stressed, strict=True)]
        )
        yield _share(
            f"{name}: peak of F0",
            rises >= rise_st,
            f"≥ {rise_st:+.0f} st",
            f"median {np.median(rises):+.1f} st",
        )
        yield _share(
            f"{name}: length",
            factors >= longer,
            f"≥ × {longer}",
            f"median × {np.median(factors):.2f}",
        )
        yield _share(
            f"{name}: F0 of the other words",
            np.abs(moves) <= STEADY_ST,
            f"within {STEADY_ST:.0f} st",
            f"median {np.median(np.abs(moves)):.2f} st",
        )
        yield _picked(f"{name}: the stand-in picks the word", listener, takes, stressed)
    chance = _picked("", listener, plain, stressed).shown
    yield Row("not emphasised: the stand-in picks the word", chance)
    yield from _measure_words(plain, heard)
    yield from _measure_quality(plain, heard)


def _measure_rise(pair: Pair, at: range) -> float:
    plain, directed = (
        np.nanmax([take.words[n].peak_st for n in at]) for take in (pair.plain, pair.directed)
    )
    return float(directed - plain)


def _measure_length(pair: Pair, at: range) -> float:
    plain, directed = (
        sum(take.words[n].duration_s for n in at) for take in (pair.plain, pair.directed)
    )
    return directed / plain


def _measure_moves(pair: Pair, at: range) -> Floats:
    """How far the median pitch of each other word moved, where it has one."""
    moves = np.array(
        [
            directed.median_st - plain.median_st
            for n, (plain, directed) in enumerate(
                zip(pair.plain.words, pair.directed.words, strict=True)
            )
            if n not in at
        ]
    )
    known: Floats = moves[np.isfinite(moves)]
    return known


def _share(what: str, held: NDArray[np.bool_], goal: str, more: str) -> Row:
    share = float(held.mean())
    return Row(
        what, f"{share:.1%} of {len(held)}, {more}", f"{goal} in ≥ {MOST:.0%}", share >= MOST
    )


def _picked(
    what: str, listener: Listener, takes: Sequence[HeardTake], stressed: Sequence[range]
) -> Row:
    hits = [listener.pick(take) in at for take, at in zip(takes, stressed, strict=True)]
    share = float(np.mean(hits))
    return Row(what, f"{share:.1%} of {len(hits)}", f"≥ {PICKED:.0%}", share >= PICKED)


def _measure_words(
    plain: Sequence[HeardTake], heard: Sequence[Sequence[HeardTake]]
) -> Iterator[Row]:
    before, words = _count_errors(plain)
    yield Row("words misheard, not emphasised", f"{before} of {words}")
    for (name, *_), takes in zip(LEVELS.values(), heard, strict=True):
        errors, _ = _count_errors(takes)
        yield Row(
            f"words misheard, {name}", f"{errors} of {words}", f"≤ {before}", errors <= before
        )


def _count_errors(takes: Sequence[HeardTake]) -> tuple[int, int]:
    errors = words = 0
    for start in range(0, len(takes), TOGETHER):
        group = takes[start : start + TOGETHER]
        rest = np.zeros((RATE // 2, 1), np.float32)
        clips = [part for take in group for part in (resample(take.clip, RATE).samples, rest)]
        said = " ".join(word.text for take in group for word in take.words)
        wrong, count = count_word_errors(said, read_back(Clip(np.concatenate(clips), RATE)))
        errors, words = errors + wrong, words + count
    return errors, words


def _measure_quality(
    plain: Sequence[HeardTake], heard: Sequence[Sequence[HeardTake]]
) -> Iterator[Row]:
    before = np.array([judge(take.clip) for take in plain])
    yield Row("DistillMOS, not emphasised", f"{before.mean():.2f}")
    for (name, *_), takes in zip(LEVELS.values(), heard, strict=True):
        after = np.array([judge(take.clip) for take in takes])
        change = float((after - before).mean())
        yield Row(
            f"DistillMOS, {name}",
            f"{after.mean():.2f}, {change:+.3f}",
            f"≥ −{MOS_LOSS}",
            change >= -MOS_LOSS,
        )


# Deliveries.


def measure_deliveries(studio: Studio, voices: Sequence[str]) -> Iterator[Row]:
    """Pace, pitch and range of each delivery against its table."""
    named = {name: delivery for name, delivery in DELIVERIES.items() if delivery != PLAIN}
    segments = [make_segment(text, voice) for text in lines.DELIVERED for voice in voices]
    directed = [
        [replace(one, delivery=delivery) for one in segments] for delivery in named.values()
    ]
    plain, *heard = _hear(studio, segments, *directed)
    for (name, delivery), takes in zip(named.items(), heard, strict=True):
        found = _measure_delivery(plain, takes)
        for what, unit in (("pace", "× {:.3f}"), ("pitch_st", "{:+.2f} st"), ("range", "× {:.3f}")):
            yield _compare(f"{name}: {what.removesuffix('_st')}", unit, delivery, what, found[what])


def _compare(title: str, unit: str, delivery: Delivery, what: str, got: float) -> Row:
    """A value of a delivery against its table: near it, and nearer to it than to plain speech."""
    wanted, plain = getattr(delivery, what), getattr(PLAIN, what)
    near = abs(got - wanted) <= OFF * max(abs(wanted), 1.0)
    if wanted == plain:
        return Row(title, unit.format(got), f"{unit.format(wanted)} ± {OFF:.0%}", near)
    done = (got - plain) / (wanted - plain)
    return Row(
        title,
        f"{unit.format(got)}, {done:.0%} of the change",
        f"{unit.format(wanted)} ± {OFF:.0%}, ≥ {HALF:.0%}",
        near and done >= HALF,
    )


def _measure_delivery(
    plain: Sequence[HeardTake], takes: Sequence[HeardTake]
) -> Mapping[str, float]:
    """The means over all sentences."""
    paces, pitches, ranges = [], [], []
    for before, after in zip(plain, takes, strict=True):
        paces.append(_measure_speech_s(before) / _measure_speech_s(after))
        pitches.append(np.median(after.melody.pitch_st) - np.median(before.melody.pitch_st))
        ranges.append(_measure_range(after) / _measure_range(before))
    geometric = float(np.exp(np.mean(np.log(ranges))))
    return {"pace": float(np.mean(paces)), "pitch_st": float(np.mean(pitches)), "range": geometric}


def _measure_speech_s(take: HeardTake) -> float:
    return sum(word.duration_s for word in take.words)


def _measure_range(take: HeardTake) -> float:
    """From the tenth to the ninetieth percentile, in semitones: a few wrong octaves don't count."""
    low, high = np.percentile(take.melody.pitch_st, [10, 90])
    return float(high - low)


# Paragraphs and questions.


def measure_paragraphs(studio: Studio, voices: Sequence[str]) -> Iterator[Row]:
    """The median pitch of a paragraph's first, middle and last sentences, before and after."""
    groups = [group for voice in voices for group in read_paragraphs(studio.show, voice)]
    flat = [segment for group in groups for segment in group]
    plain, directed = _hear(studio, make_all_plain(flat), flat)
    for name, takes in (("without direction", plain), ("as directed", directed)):
        heard = iter(takes)
        arcs = np.array([_measure_arc([next(heard) for _ in group]) for group in groups])
        first, middle, last = arcs.mean(axis=0)
        yield Row(
            f"paragraphs {name}: first, middle, last sentence",
            f"{first:+.2f}, {middle:+.2f}, {last:+.2f} st",
        )


def _measure_arc(takes: Sequence[HeardTake]) -> tuple[float, float, float]:
    medians = np.array([np.median(take.melody.pitch_st) for take in takes])
    medians -= medians.mean()
    return medians[0], float(np.mean(medians[1:-1])), medians[-1]


def measure_questions(studio: Studio, voices: Sequence[str]) -> Iterator[Row]:
    """How far the end of a question is above its median, and of the words as a statement."""
    asked = _deal(lines.ANSWERED, voices)
    stated = _deal([text.replace("?", ".") for text in lines.ANSWERED], voices)
    rising = [replace(segment, rises=True) for segment in asked]
    names = ("as a statement", "without direction", "rising")
    ends = [
        np.array([_measure_end(take) for take in row])
        for row in _hear(studio, stated, asked, rising)
    ]
    for name, row in zip(names, ends, strict=True):
        yield Row(f"yes-no questions {name}: the end above the median", f"{row.mean():+.1f} st")
    yield _share(
        "yes-no questions rising: the end",
        ends[-1] >= ENDS_ST,
        f"≥ {ENDS_ST:+.0f} st",
        f"median {np.median(ends[-1]):+.1f} st",
    )
    (explained,) = _hear(studio, _deal(lines.EXPLAINED * 2, voices))
    falls = [_measure_end(take) for take in explained]
    yield Row("wh-questions: the end above the median", f"{np.mean(falls):+.1f} st")


def _measure_end(take: HeardTake) -> float:
    melody = take.melody
    end = melody.within(melody.times[-1] - END_S, np.inf)
    return float(np.median(end) - np.median(melody.pitch_st))
