"""A word in its sentence, with the parts of speech of all words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from paperledge_audio.spoken import english
from paperledge_audio.spoken.heteronyms.words import BEFORE_VERB, FINAL, MANY

_TOKEN = re.compile(
    r"[^\W_]+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|"
    r"(?!e\.g|i\.e)[a-z](?:\.[a-z]){1,3}\.(?=\s[a-z])|[^\W_]+(?:\.[^\W_]+)*|[^\w\s]"
)
"""The tagger's words and marks: "don't" is two, "lead-free" three, "s.d." one."""
REACH = 4
"""Words on either side that may tell something."""
LONGEST = 80
"""Words of a sentence; what goes on longer is cut, so that judging stays fast."""
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
"""Tags of verbs that may be a predicate."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word in its sentence: the words in small letters, their tags, and which one it is.

    `follows` is the tag of the next sentence's first word; empty where none does.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...]
    at: int
    follows: str = ""

    def word(self, offset: int = 0) -> str:
        """The word that stands `offset` words further; empty outside the sentence."""
        at = self.at + offset
        return self.words[at] if 0 <= at < len(self.words) else ""

    def tag(self, offset: int = 0) -> str:
        """Its tag."""
        at = self.at + offset
        return self.tags[at] if 0 <= at < len(self.tags) else ""

    @property
    def before(self) -> int:
        """The offset of the word before it that is no adverb."""
        offset = -1
        while self.tag(offset) == "RB" and self.word(offset) not in BEFORE_VERB:
            offset -= 1
        return offset

    @property
    def is_only_verb(self) -> bool:
        """Whether its whole sentence or clause has no other verb that could be the predicate."""
        start, end = 0, len(self.words)
        for at, (word, tag) in enumerate(zip(self.words, (*self.tags[1:], ""), strict=True)):
            if word == "," and tag == "CC":
                start, end = (at + 2, end) if at < self.at else (start, min(end, at))
        within = (tag for at, tag in enumerate(self.tags[start:end], start) if at != self.at)
        is_whole = self.words[-1] in FINAL and (not start or self._opens_clause(start))
        return is_whole and self.tags[0] != "VB" and not FINITE.intersection(within)

    def _opens_clause(self, start: int) -> bool:
        """Whether a clause, not the last item of a list, begins at `start`."""
        return self.tags[start] in {"DT", "PRP$", "PRP"} and self.word(1) not in FINAL

    @property
    def is_s(self) -> bool:
        """Whether it ends as a plural and a third person do."""
        return self.word().endswith("s") and not self.word().endswith("ss")

    def is_plural(self, offset: int) -> bool:
        """Whether a noun is plural; "LLMs" is, whatever its tag."""
        word, tag = self.word(offset), self.tag(offset)
        ends = word.endswith("s") and not word.endswith(("ss", "us", "is"))
        return tag in {"NNS", "NNPS"} or word in MANY or (tag[:2] == "NN" and ends)


@lru_cache(maxsize=4)
def _parse(text: str) -> tuple[dict[int, tuple[int, int]], tuple[tuple[str, ...], ...]]:
    """Where each word begins → its sentence and its place there; the sentences' words."""
    sentences: list[list[str]] = [[]]
    places: dict[int, tuple[int, int]] = {}
    for match in _TOKEN.finditer(text):
        places[match.start()] = len(sentences) - 1, len(sentences[-1])
        is_letter = match[0] == "A" and sentences[-1]  # no article inside a sentence
        sentences[-1].append("B" if is_letter else match[0].replace("’", "'"))
        if match[0] in FINAL or len(sentences[-1]) == LONGEST:
            sentences.append([])
    return places, tuple(map(tuple, sentences))


@lru_cache(maxsize=64)
def _tag(words: tuple[str, ...]) -> tuple[str, ...]:
    return english.tag(words)


def find_place(text: str, start: int) -> Place | None:
    """The place of the word that begins at `start`; None where none does."""
    places, sentences = _parse(text)
    if start not in places:
        return None
    sentence, at = places[start]
    words = sentences[sentence]
    following = sentences[sentence + 1] if sentence + 1 < len(sentences) else ()
    follows = _tag(following)[0] if following and words[-1] == ":" else ""
    return Place(tuple(map(str.lower, words)), _tag(words), at, follows)
