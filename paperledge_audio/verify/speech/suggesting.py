"""Reports of several episodes → the words that the lexicon should say otherwise."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from paperledge_audio.verify.speech.phonemes import measure_distance
from paperledge_audio.verify.speech.verdicts import DOUBTFUL, WRONG
from paperledge_audio.verify.speech.words import NAME, NUMBER, is_stressed, list_sounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from paperledge_audio.verify.model import Report
    from paperledge_audio.verify.speech.verdicts import ReadSentence

LEAST_EPISODES = 3
"""In fewer it may be the recogniser's fault, or one sentence's."""
MOST_SHARED = 12
"""Words of a run that are told apart, which takes as long as the cube of their number."""


@dataclass(frozen=True, slots=True)
class MisheardWord:
    """A word that was heard otherwise in several episodes."""

    word: str
    episodes: tuple[str, ...]
    heard: tuple[str, ...]
    """What was heard in its place, each once; empty texts where it was nothing."""


def find_misheard(reports: Iterable[Report]) -> tuple[MisheardWord, ...]:
    """The words that were misheard in `LEAST_EPISODES` of these or more, in order of the alphabet.

    What somebody accepted is not misheard.
    """
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        for word, heard in _list_misheard(report.sentences):
            found[word][report.path.stem].append(heard)
    return tuple(
        MisheardWord(
            word,
            tuple(episodes),
            tuple(dict.fromkeys(one for heard in episodes.values() for one in heard)),
        )
        for word, episodes in sorted(found.items())
        if len(episodes) >= LEAST_EPISODES
    )


def _list_misheard(sentences: Sequence[ReadSentence]) -> Iterator[tuple[str, str]]:
    """Each word that was heard otherwise, and as what: names, and other words on their own."""
    for sentence in sentences:
        if sentence.verdict not in (DOUBTFUL, WRONG):
            continue
        kinds = {word.text: word.kind for word in sentence.key_words}
        lost = {word.text for word in sentence.key_words if word.kind == NAME and not word.heard}
        for one in sentence.differences:
            if one.heard == f"{one.meant} twice":
                continue
            names = [name for name in lost if f" {name} " in f" {one.meant} "]
            alone = [one.meant.lower()] if len(one.meant.split()) == 1 else []
            heard = share_out(one.meant.split(), one.heard.split())
            yield from (
                (word, heard.get(word, one.heard))
                for word in names or alone
                if kinds.get(word) != NUMBER and is_stressed(word)
            )


def share_out(meant: Sequence[str], heard: Sequence[str]) -> dict[str, str]:
    """Which of the words heard stand for which word: the way in which they sound most alike.

    Of more than `MOST_SHARED` words there is none.
    """
    if not meant or max(len(meant), len(heard)) > MOST_SHARED:
        return {}
    sounds = [list_sounds([word])[0] for word in heard]
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for word in meant:
        sound = list_sounds([word])[0]
        best = {
            end: min(
                (cost + measure_distance(sound, "".join(sounds[start:end])), (*ends, end))
                for start, (cost, ends) in best.items()
                if start <= end
            )
            for end in range(len(heard) + 1)
        }
    _, ends = best[len(heard)]
    return {
        word: " ".join(heard[slice(*cut)]) for word, cut in zip(meant, pairwise(ends), strict=True)
    }
