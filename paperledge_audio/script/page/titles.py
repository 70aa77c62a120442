"""Guesses an episode's title from its text: the name it introduces, and what that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_NAME = r"[A-Za-z0-9][A-Za-z0-9]*(?:[-+.][A-Za-z0-9]+)*"
_NOT_NAMES = re.compile(
    r"(?:ai|m?llm|[vls]lm|gpt|rag|vae|ml|api|[gct]pu|nlp|rl|sota|cnn|rnn|gan|qa|kv|cot|ocr|asr|tts"
    r"|dna|rna|mri|ct|eeg|iot|url|usa?|uk|eu|ok|tv|dj|pdf|arxiv|openai|deepmind|chatgpt|youtube"
    r"|github|paperledge|ernis|phd|iq|id)s?",
    re.IGNORECASE,
)
_KNOWN_MODELS = re.compile(
    r"(?:gpt|gemini|claude|llama|qwen|bert|mistral|clip|deepseek|alexa|siri|o[1-9])\b[-\d.]*",
    re.IGNORECASE,
)
_SIZE = re.compile(r"-(?:\d+(?:\.\d+)?[bBmMkK]?|v\d+|base|large|small|mini|tiny)$")
_INTRODUCING = (
    r"(?:call(?:ed|s|ing)?|nam(?:ed|es|ing)|dubbed|introduc(?:es?|ed|ing)|propos(?:es?|ed|ing)"
    r"|present(?:s|ed|ing)?|unveil(?:s|ed|ing)?|develop(?:s|ed)?|built|created?|solution)"
)
_LINK = r"(?:\s+(?:it|this|that|them|their|the|a|an|new|something|called|system|method|model|"
_LINK += r"solution|approach|framework|dubbed|named)\b,?){0,5}\s+[\"“'‘(]*"
_EXPANDED = re.compile(rf"(?<![\w-])((?:[A-Z][\w-]++\s++){{1,6}})\(({_NAME})\)")
_WORD = re.compile(_NAME)
_INTRODUCED = re.compile(rf"\b{_INTRODUCING}{_LINK}\Z")
_LONGEST_INTRODUCTION = 100
"""Characters."""
_TOPIC = re.compile(
    r"(?:about|unpacking|exploring|tackling|looking at|diving into|talking about)\s+"
    r"((?:how|why|what|making|teaching|getting|using|building|finding|helping)\b[^,.;:!?–—]{4,80})",
    re.IGNORECASE,
)
_LIKENESS = r"\bthink of {} as (?:being )?((?:a|an|the)\s[^,.;:!?–—]{{4,80}})"
_CUT = re.compile(
    r"(?<!\s)\s++(?:that|who|whom|which|where|when|specifically|designed|but|because)\b.*"
)
_GREETING = re.compile(
    r"\b(?:crew|ernis|welcome|hey|hello|hi|alright|everyone|folks|dive|diving)\b", re.IGNORECASE
)
_MOST_WORDS = 9


def guess_title(paragraphs: Sequence[str]) -> str:
    """A title from the episode's own words; not empty if the text has a word."""
    text = "\n".join(paragraphs)
    name, expansion = _find_name(text)
    topic = _find_topic(text)
    if not name:
        return topic or _take_first_words(paragraphs)
    said = expansion or _find_comparison(name, text)
    if not said and topic and not re.search(rf"\b{re.escape(name)}\b|something", topic):
        said = topic[0].lower() + topic[1:]
    return f"{name}: {said}" if said else name


def greets(text: str) -> bool:
    """Whether a sentence greets the listeners."""
    return _GREETING.search(text) is not None


def _find_name(text: str) -> tuple[str, str]:
    """The name that the text introduces and repeats most, and its long form, if given."""
    words = [(match[0], match.start()) for match in _WORD.finditer(text)]
    plain = {word for word, _ in words if word.islower()}
    first = {_strip_version(word): place for word, place in reversed(words)}
    counts = Counter(_strip_version(word) for word, _ in words if _is_name(word, plain))
    introduced = {
        _strip_version(match[1])
        for match in re.finditer(rf"\b{_INTRODUCING}{_LINK}({_NAME})", text)
        if _is_name(match[1], plain) or match[1].istitle()
    }
    expansions = {}
    for match in _EXPANDED.finditer(text):
        name = match[2]
        expansions[name] = match[1].strip()
        before = text[max(match.start() - _LONGEST_INTRODUCTION, 0) : match.start()]
        if _is_name(name, plain) and _INTRODUCED.search(before):
            introduced.add(_strip_version(name))
    every = Counter(word for word, _ in words)
    counts.update({word: every[word] for word in introduced - counts.keys()})
    scores = {
        word: count + 3 * (word in introduced)
        for word, count in counts.items()
        if count > 2 or (word in introduced and count > 1)
    }
    if not scores:
        return "", ""
    # Among equals the first in the text.
    best = max(scores, key=lambda word: (scores[word], -first[word]))
    return best, expansions.get(best, "")


def _strip_version(word: str) -> str:
    """AgenTracer for AgenTracer-8B."""
    return _SIZE.sub("", word)


def _is_name(word: str, plain: set[str]) -> bool:
    """Whether a word looks like a system's name: LatentLM, REFRAG, VERA-V, but not HUGE or LLMs."""
    if word.lower() in plain or _NOT_NAMES.fullmatch(word) or _KNOWN_MODELS.fullmatch(word):
        return False
    capitals = sum(char.isupper() for char in word)
    return word[0].isalpha() and capitals > 1 and not _is_compound(word)


def _is_compound(word: str) -> bool:
    """Vision-Language: capitalised words in a row, no name."""
    parts = word.split("-")
    return len(parts) > 1 and all(part.istitle() or part.islower() for part in parts)


def _find_comparison(name: str, text: str) -> str:
    """The likeness in "Think of NAME as a super-smart librarian"."""
    found = re.search(_LIKENESS.format(re.escape(name)), text, re.IGNORECASE) or re.search(
        rf"\b{re.escape(name)}[.!?]\s+" + _LIKENESS.format("it"), text, re.IGNORECASE
    )
    return _trim(found[1]) if found else ""


def _find_topic(text: str) -> str:
    found = _TOPIC.search(text)
    topic = _trim(found[1]) if found else ""
    return topic[:1].upper() + topic[1:]


def _take_first_words(paragraphs: Sequence[str]) -> str:
    """The beginning of the first sentence that is no greeting."""
    sentences = [
        sentence
        for paragraph in paragraphs
        for sentence in re.split(r"(?<=[.!?…])\s+", paragraph)
        if re.search(r"\w", sentence)
    ]
    chosen = next((s for s in sentences if not greets(s)), (sentences or [""])[0])
    words = " ".join(chosen.split()[:_MOST_WORDS]).strip(" .,;:!?…–—-\"“”'‘’")
    return words[:1].upper() + words[1:] or "Untitled"


def _trim(phrase: str) -> str:
    """At most nine words, without the clause that explains them."""
    words = _CUT.sub("", " ".join(phrase.split())).split()
    return " ".join(words[:_MOST_WORDS]).strip(" \"“”'‘’")
