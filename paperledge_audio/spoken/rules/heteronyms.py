"""Words that sound one way as a verb and another as a noun or adjective."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.lexicon.phonemes import pluralize
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_BEFORE_VERB = re.compile(
    r"(?:\b(?:to|can|could|will|would|may|might|must|should|shall|I|we|you|they|let's|cannot|not|"
    r"do|does|did|who|that|which|help|helps|and then)|n['’]t|['’]ll|['’]d)\s(?:\w+ly\s)?$",
    re.IGNORECASE,
)
_BEFORE_NOUN = re.compile(
    r"\b(?:a|an|the|this|these|those|its|their|our|your|my|his|her|each|every|one|no|of|an?other|"
    r"some|any|more|new|first|final|single|in|by|with|per|from|for|on|two|three)\s(?:\w+(?:al|ive|"
    r"ic|ous|ed|er|ing|ar|ent)\s)?$",
    re.IGNORECASE,
)


def _say_heteronym(match: re.Match[str], context: Context) -> Saying:
    """The sound that the words before suggest; None if they don't."""
    word = match[0]
    stem = word.lower()
    sounds = context.lexicon.heteronyms.get(stem)
    ending = ""
    if not sounds and stem.endswith("s"):
        sounds, ending = context.lexicon.heteronyms.get(stem[:-1]), "s"
    if not sounds:
        return None
    before = match.string[max(match.start() - 40, 0) : match.start()]
    if _BEFORE_VERB.search(before):
        sound, name = sounds[1], "verb"
    elif _BEFORE_NOUN.search(before):
        sound, name = sounds[0], "noun"
    else:
        return None
    return (Span(word, word, name, pluralize(sound) if ending else sound),)


RULES: tuple[Rule, ...] = (rule("heteronym", "Ul", r"[A-Za-z]{4,20}+(?![\w'’-])", _say_heteronym),)
