"""Spoken text → phonemes, by the grapheme-to-phoneme chain that hibari carries.

Its alphabet (misaki's) is the one Kokoro was trained on, so one reading serves both engines.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.engines.installed import need
from paperledge_audio.errors import EngineError, MissingError, mapped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.spoken.model import Segment

INSTALL = "pip install 'hibari-tts[fast]'"
REWRITE = "write it in other words"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a segment sounds.

    `pieces` pair stretches of the segment's spoken text with stretches of `phonemes`:
    (spoken start, spoken end, phonemes start, phonemes end), ascending.
    """

    phonemes: str
    pieces: tuple[tuple[int, int, int, int], ...]


def read(segment: Segment, *, british: bool = False) -> Reading:
    """Phonemes for everything that `segment` says.

    Raises EngineError for words that yield no phonemes or ones outside the alphabet: nothing
    that a listener should hear is dropped.
    """
    g2p = _g2p(british=british)
    alphabet = vocabulary()
    phonemes, pieces, place = "", [], 0
    where = {"line": segment.line or None, "segment": segment.index}
    with mapped(EngineError, "no phonemes can be found", REWRITE, foreign=(Exception,), **where):
        tokens = list(g2p.phonemize_tokens(g2p.tokenize(marked(segment))))
    for token in tokens:
        sound = token.phonemes or ""
        if any(char.isalnum() for char in token.text) and not sound.strip():
            raise _unsaid(segment, token.text, "no phonemes are known for it")
        if strange := [char for char in sound if char not in alphabet]:
            raise _unsaid(segment, token.text, f"{strange[0]!r} is not in the phoneme alphabet")
        start = segment.spoken.find(token.text, place)
        if start < 0:
            raise _unsaid(segment, token.text, "it lost its place in the text")
        place = start + len(token.text)
        pieces.append((start, place, len(phonemes), len(phonemes) + len(sound)))
        phonemes += sound + (" " if token.whitespace else "")
    if segment.spoken[place:].strip():
        raise _unsaid(segment, segment.spoken[place:].strip(), "it was not read to its end")
    if not any(char.isalpha() for char in phonemes):
        raise _unsaid(segment, segment.text, "there is nothing to say in it")
    return Reading(phonemes.rstrip(), tuple(pieces))


def marked(segment: Segment) -> str:
    """What a segment says, with given sounds beside their words: `[Qwen](/kwˈɛn/)`.

    Everything about the words that an engine may hear, and nothing else.
    """
    return "".join(
        f"[{span.said}](/{span.phonemes}/)" if span.phonemes else span.said
        for span in segment.spans
    )


def knows(word: str) -> bool:
    """Whether a pronouncing dictionary holds `word` in this very form."""
    lexicon = _g2p(british=False).lexicon
    return lexicon.golds.get(word) is not None or lexicon.silvers.get(word) is not None


def guess(word: str) -> str:
    """The phonemes that an engine would guess for a word that no dictionary holds."""
    what = f"no phonemes can be found for {word!r}"
    with mapped(EngineError, what, REWRITE, foreign=(Exception,)):
        return str(_g2p(british=False)(word, normalize_text=False))


@cache
def vocabulary() -> dict[str, int]:
    """The phoneme alphabet with the models' ids."""
    with (need("hibari", INSTALL) / "assets" / "vocab.json").open(encoding="utf-8") as file:
        vocab: dict[str, int] = json.load(file)
    return vocab


def token_ids(reading: Reading, segment: Segment, most: int, engine: str) -> NDArray[np.int64]:
    """The models' ids for a reading, int64 [1, n], with the 0 at both ends they were trained with.

    Raises EngineError for more than `most` phonemes: nothing is cut.
    """
    count = len(reading.phonemes)
    if count > most:
        raise EngineError(
            f"the sentence has {count} phonemes, {engine} takes {most}",
            "split the sentence",
            line=segment.line or None,
            segment=segment.index,
        )
    vocab = vocabulary()
    return np.array([[0, *(vocab[char] for char in reading.phonemes), 0]], np.int64)


def hibari_package() -> Any:
    """The installed hibari.tts module; raises MissingError where there is none."""
    with mapped(MissingError, "hibari can't be loaded", INSTALL, foreign=(ImportError,)):
        from hibari import tts  # noqa: PLC0415
    return tts


def load_dictionaries(*, british: bool = False) -> None:
    """What `read` needs, where it hasn't been loaded yet."""
    _g2p(british=british)


_opening = Lock()


def _g2p(*, british: bool) -> Any:
    with _opening:  # a cache alone would load twice for two that ask at once
        return _opened_g2p(british=british)


@cache
def _opened_g2p(*, british: bool) -> Any:
    return _g2p_package().G2P(british=british)


@cache
def _g2p_package() -> Any:
    """hibari.g2p without the rest of hibari, whose voice needs a library that is slow to load."""
    folder = need("hibari", INSTALL) / "g2p"
    spec = spec_from_file_location("hibari_g2p", folder / "__init__.py")
    if spec is None or spec.loader is None or not folder.is_dir():
        raise MissingError("hibari's dictionaries are missing", INSTALL)
    module = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _unsaid(segment: Segment, piece: str, why: str) -> EngineError:
    return EngineError(
        f"{piece!r} can't be spoken: {why}",
        f"write it as words, or give its sound as [{piece}](/phonemes/)",
        line=segment.line or None,
        segment=segment.index,
    )
