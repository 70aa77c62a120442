"""What a sentence means against what a recogniser heard → a verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.words import ordinal
from paperledge_audio.verify.speech.phonemes import measure_distance
from paperledge_audio.verify.speech.verdicts import (
    DOUBTFUL,
    RIGHT,
    VERDICTS,
    WRONG,
    HeardWords,
    KeyWord,
    ReadSentence,
    limit_verdict,
)
from paperledge_audio.verify.speech.words import (
    NAME,
    NUMBER,
    SoundedWord,
    is_number,
    list_meant,
    list_sounds,
)
from paperledge_audio.verify.wording import AlignedWords, align, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.verify.speech.second.opinion import SecondOpinion
    from paperledge_audio.verify.speech.sentences import PlacedSentence

SAME_SOUND = 0.36
"""Words that differ by so much of their sounds are heard right: recognisers write "Earnest" for
"Ernis" and "block steep" for "blocks deep"."""
SAME_NUMBER = 0.1
"""Of numbers, since "fifty" is near "fifteen": only what sounds the same; and so much at most as
is FAINT, since in a long number one digit is little."""
NAME_SOUND = 0.7
"""A name that no recogniser knows may come out as other words, but must be there."""
_DENOMINATORS = {"2": "half", "4": "quarter"}
_MOST_DIGITS = 6
_TIMES_SIGN = re.compile(r"(?<=\d)[:∶](?=\d)")
FAINT = 1.0
"""Sounds that cost no more can't be told apart: "a", "the" and "to", "an" and "in"."""


@dataclass(slots=True)
class _Comparison:
    """A sentence's words, and the tokens that they are compared by."""

    sentence: PlacedSentence
    heard: str
    words: tuple[SoundedWord, ...]
    tokens: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    """The word that each token belongs to."""

    def __post_init__(self) -> None:
        for place, word in enumerate(self.words):
            self.tokens += word.tokens
            self.owners += [place] * len(word.tokens)

    def list_differences(self, got: tuple[str, ...]) -> Iterator[AlignedWords]:
        """Where the words differ: runs of whole words, since a word's sound is not cut."""
        owners = self.owners
        ends = {n for n in range(len(owners) + 1) if owners[n - 1 : n] != owners[n : n + 1]} | {0}
        run: list[AlignedWords] = []
        for step in align(self.tokens, got):
            if not step.errors and step.expected.start in ends:
                yield from _join(run)
                run = []
                if step.expected.stop in ends:
                    continue
            run.append(step)
        yield from _join(run)

    def list_neighbours(self, owners: Sequence[int]) -> tuple[str, str]:
        """The last sound before some words and the first one after them, where there are words."""
        if not owners:
            return "", ""
        before, after = self.words[: owners[0]][-1:], self.words[owners[-1] + 1 :][:1]
        return "".join(word.sound[-1:] for word in before), "".join(w.sound[:1] for w in after)

    def place_s(self, word: int) -> float:
        """About when a word begins: by its share of the sentence's sounds."""
        before = sum(len(one.sound) for one in self.words[:word])
        share = before / max(sum(len(one.sound) for one in self.words), 1)
        sentence = self.sentence
        return round(sentence.start_s + share * (sentence.end_s - sentence.start_s), 2)


def judge(sentence: PlacedSentence, heard: str) -> ReadSentence:
    """Compare what a sentence says with what was heard: words first, then their sounds."""
    both = _Comparison(sentence, heard, list_meant(sentence.said))
    got = tokenize(heard)
    printed = [align(tokens, got) for tokens in _list_written(sentence.printed)]
    found: list[HeardWords] = []
    lost: set[int] = set()
    for difference in both.list_differences(got):
        owners = sorted(set(both.owners[difference.expected]))
        words, beside = [both.words[n] for n in owners], both.list_neighbours(owners)
        verdict = _weigh(words, got[difference.got], *beside)
        if verdict == RIGHT or any(_is_as_printed(difference.got, way) for way in printed):
            continue
        lost.update(owners)
        at_s = both.place_s((*both.owners, len(both.words))[difference.expected.start])
        meant = " ".join(both.words[n].text for n in owners)
        found.append(HeardWords(at_s, meant, " ".join(got[difference.got]), verdict))
    verdict = _sum_up(found, len(both.words))
    return ReadSentence(
        sentence.line,
        sentence.start_s,
        sentence.end_s,
        sentence.printed,
        " ".join(word.text for word in both.words),
        heard,
        verdict,
        tuple(found),
        tuple(
            KeyWord(
                word.text,
                word.kind,
                both.place_s(n),
                heard=n not in lost,
                guessed=word.guessed and set(word.tokens) <= set(tokenize(sentence.printed)),
            )
            for n, word in enumerate(both.words)
            if word.kind
        ),
    )


def _list_written(printed: str) -> set[tuple[str, ...]]:
    """The words as they are printed, and as a recogniser writes times and ratios: "9.15 am"."""
    return {tokenize(printed), tokenize(_TIMES_SIGN.sub(".", printed))}


def _is_as_printed(got: slice, printed: Sequence[AlignedWords]) -> bool:
    """Whether words were heard as they are printed, as "14 March" for "the fourteenth of March".

    `printed`: all words heard beside those printed. Their neighbours have to fit, too.
    """
    touching = (one for one in printed if one.got.start <= got.stop and one.got.stop >= got.start)
    return not any(one.errors for one in touching)


def add_opinion(sentence: ReadSentence, opinion: SecondOpinion) -> ReadSentence:
    """A sentence with a second opinion of it.

    Words that sound otherwise than in the reading are wrong; where none does, names that were heard
    wrong are doubtful, and so are added words that the sound has no place for. What is said twice,
    or is missing, is added, unless the recogniser wrote that, too.
    """
    missing = {token for one in opinion.missing for token in tokenize(one.words)}
    strange = {token for word in opinion.strange for token in tokenize(word)} | missing
    names = {
        token for word in sentence.key_words if word.kind == NAME for token in word.text.split()
    }
    weighed = [
        replace(one, verdict=DOUBTFUL)
        if _has_no_place(one, opinion)
        else _weigh_again(one, strange, names)
        for one in sentence.differences
    ]
    known = {tokenize(one.heard)[-1:] for one in sentence.differences}
    lost = {token for one in sentence.differences for token in tokenize(one.meant)}
    added = [
        (one, f"{one.words} twice")
        for one in opinion.repeated
        if tokenize(one.words)[-1:] not in known
    ]
    added += [(one, "") for one in opinion.missing if lost.isdisjoint(tokenize(one.words))]
    placed = [
        HeardWords(round(sentence.start_s + one.at_s, 2), one.words, heard, WRONG)
        for one, heard in added
    ]
    found = sorted((*weighed, *placed), key=lambda one: one.at_s)
    key_words = [
        replace(one, heard=one.heard and missing.isdisjoint(tokenize(one.text)))
        for one in sentence.key_words
    ]
    verdict = _sum_up(found, len(sentence.meant.split()))
    return replace(
        sentence,
        differences=tuple(found),
        key_words=tuple(key_words),
        verdict=verdict,
        tempo=opinion.tempo,
    )


def _has_no_place(one: HeardWords, opinion: SecondOpinion) -> bool:
    """Whether words were heard that were not meant, and that the sound has no place for."""
    tokens = tokenize(one.heard)
    if one.meant or any(tokenize(other.words)[-1:] == tokens[-1:] for other in opinion.repeated):
        return False
    return not opinion.has_room(min(map(len, list_sounds(tokens)), default=0))


def _weigh_again(one: HeardWords, strange: set[str], names: set[str]) -> HeardWords:
    tokens = tokenize(one.meant)
    if strange.intersection(tokens):
        return replace(one, verdict=WRONG)
    if names.isdisjoint(one.meant.split()) or any(map(is_number, tokens)):
        return one
    return replace(one, verdict=DOUBTFUL)


def _sum_up(found: Sequence[HeardWords], words: int) -> str:
    """The verdict of a sentence of so many words."""
    worst = max((one.verdict for one in found), default=RIGHT, key=VERDICTS.index)
    return limit_verdict(worst, words)


def _join(run: list[AlignedWords]) -> Iterator[AlignedWords]:
    """A run as one, if there is an error in it."""
    if errors := sum(step.errors for step in run):
        expected = slice(run[0].expected.start, run[-1].expected.stop)
        yield AlignedWords(expected, slice(run[0].got.start, run[-1].got.stop), errors)


def _are_written_so(words: list[SoundedWord], got: tuple[str, ...]) -> bool:
    """Whether a recogniser writes "sixth" or "quarters" as the digits that it wrote.

    It does in "10 to the 6" and in "1/6".
    """
    said = " ".join(token for word in words for token in word.tokens)
    (digits,) = got if len(got) == 1 else ("",)
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        return False
    return said.removesuffix("s") in {ordinal(digits), _DENOMINATORS.get(digits)}


def _weigh(words: list[SoundedWord], got: tuple[str, ...], before: str, after: str) -> str:
    """A verdict on some words that are written otherwise than they were heard.

    `before` and `after` are the sounds beside them, which a recogniser may write twice: it hears
    "four Sonnet" as "force Sonnet".
    """
    sound = "".join(word.sound for word in words)
    ways = {
        part
        for way in list_sounds(got)
        for part in (way, way.removeprefix(before), way.removesuffix(after))
    }
    cost, longest = min(
        ((measure_distance(sound, way), max(len(sound), len(way), 1)) for way in ways),
        default=(measure_distance(sound, ""), max(len(sound), 1)),
    )
    share = cost / longest
    has_number = any(word.kind == NUMBER for word in words)
    if has_number or any(map(is_number, got)):
        if (share <= SAME_NUMBER and cost < FAINT) or _are_written_so(words, got):
            return RIGHT
        if share <= SAME_SOUND and not (has_number and any(map(is_number, got))):
            return DOUBTFUL
        return WRONG
    if share <= SAME_SOUND or cost <= FAINT:
        return RIGHT
    if share <= NAME_SOUND and any(word.kind == NAME for word in words):
        return DOUBTFUL
    return WRONG
