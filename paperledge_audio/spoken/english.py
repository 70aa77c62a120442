"""English: the pronouncing dictionary and the part-of-speech tagger in hibari.

Both are misaki's: the dictionary is the one Kokoro was trained on, the tags are Penn Treebank's
(Marcus and others, "Building a Large Annotated Corpus of English", 1993).
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from threading import Lock
from typing import TYPE_CHECKING, Any

from paperledge_audio.errors import MissingError
from paperledge_audio.files.resources import require_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INSTALL = "pip install 'hibari-tts[fast]'"
_NAME = "hibari_g2p"
_OTHERWISE = "DEFAULT"
"""The tag of the sound that a word has where none of its other tags fits."""

_STEMS = (
    # (an ending, its replacement in the dictionary's form)
    ("'s", ""), ("'", ""), ("s", ""), ("es", ""), ("ies", "y"), ("d", ""), ("ed", ""),
    ("ied", "y"), ("ing", ""), ("ing", "e"), ("er", ""), ("r", ""), ("est", ""), ("st", ""),
    ("ly", ""), ("ily", "y"), ("ness", ""), ("less", ""), ("ers", ""), ("rs", ""),
)  # fmt: skip
PREFIXES = (
    "un",
    "re",
    "non",
    "out",
    "over",
    "under",
    "multi",
    "pre",
    "mis",
    "super",
    "sub",
    "grand",
)
LEAST_STEM = 3
"""Letters that a stem must have."""


def is_known(word: str) -> bool:
    """Whether the pronouncing dictionary has `word` in this form."""
    return _open_part("gold").get(word) is not None or _open_part("silver").get(word) is not None


def is_name(word: str) -> bool:
    """Whether the dictionary has `word` with its capital letter, as it has names and places."""
    return word[:1].isupper() and any(word in _open_part(part).d for part in ("gold", "silver"))


def is_common(word: str) -> bool:
    """Whether `word`, in small letters, is an ordinary word of the checked part of the dictionary.

    Its rare words and names stand in another part, or begin with a capital.
    """
    return word.islower() and word in _open_part("gold").d


def list_forms(word: str) -> Iterator[str]:
    """The word as dictionaries may have it: in any case, without endings and prefixes."""
    yield from (word, word.lower(), word.capitalize())
    low = word.lower()
    for ending, instead in _STEMS:
        stem = low.removesuffix(ending) + instead if low.endswith(ending) else ""
        if len(stem) >= LEAST_STEM:
            yield from (stem, stem.capitalize())
            if stem[-1] == stem[-2]:  # "planned" comes from "plan"
                yield stem[:-1]
    for prefix in PREFIXES:
        if low.startswith(prefix) and len(low) > len(prefix) + LEAST_STEM:
            yield from list_forms(low.removeprefix(prefix))


def find_sound(word: str, tag: str = _OTHERWISE) -> str:
    """The phonemes of `word` with a part of speech; empty where the dictionary has none."""
    found = _open_part("gold").get(word) or _open_part("silver").get(word) or ""
    if isinstance(found, dict):
        found = found.get(tag) or found.get(_PARENTS.get(tag[:2], tag)) or found[_OTHERWISE]
    return str(found)


_UNSTRESSED = "None"
_PARENTS = {"VB": "VERB", "NN": "NOUN", "JJ": "ADJ", "RB": "ADV"}


def list_sounds(word: str) -> frozenset[str]:
    """Every sound of `word`; more than one where it depends on the part of speech.

    Where it depends on stress alone ("there", "have") the word counts as having one.
    """
    found = _open_part("gold").get(word)
    if not isinstance(found, dict):
        return frozenset(filter(None, [found]))
    return frozenset(found.values() if _UNSTRESSED not in found else [found[_OTHERWISE]])


def tag(words: Sequence[str]) -> tuple[str, ...]:
    """The parts of speech of a sentence's words and punctuation marks."""
    return tuple(_open_tagger()(list(words)))


@cache
def _open_part(name: str) -> Any:
    """One of the dictionary's two parts: "gold", which was checked, or "silver"."""
    found = _load_json(f"lexicon_us_{name}.json.gz")
    return sys.modules[f"{_NAME}.lexicon"].Dict(found)


@cache
def _open_tagger() -> Any:
    """A tagger that looks at the neighbours of every word whose sound depends on its tag.

    hibari's own takes "project", among others, for a noun wherever it stands.
    """
    tagger = _import_g2p().Tagger(_load_json("tagger.json.gz"))
    varying = {word for word, sound in _open_part("gold").d.items() if isinstance(sound, dict)}
    tagger.tagdict = {word: t for word, t in tagger.tagdict.items() if word.lower() not in varying}
    return tagger


_opening = Lock()


def load_g2p(*, british: bool = False) -> Any:
    """Hibari's G2P with its dictionaries; raises MissingError where it isn't installed."""
    with _opening:  # a cache alone would load twice for two threads
        return _open_g2p(british=british)


@cache
def _open_g2p(*, british: bool) -> Any:
    return _import_g2p().G2P(british=british)


@cache
def _import_g2p() -> Any:
    """hibari.g2p without the rest of hibari, which is slow to load."""
    folder = require_package("hibari", INSTALL) / "g2p"
    spec = spec_from_file_location(_NAME, folder / "__init__.py")
    if spec is None or spec.loader is None or not folder.is_dir():
        raise MissingError("hibari's dictionaries are missing", INSTALL)
    module: Any = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module._load_json = cache(module._load_json)  # noqa: SLF001 - each part is read once
    return module


def _load_json(name: str) -> Any:
    return _import_g2p()._load_json(name)  # noqa: SLF001 - hibari has no other door to its parts
