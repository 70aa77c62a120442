"""Spoken text → phonemes, by the grapheme-to-phoneme code in hibari.

Its alphabet (misaki's) is the one Kokoro was trained on, so both engines use it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.errors import EngineError, MissingError, map_errors
from paperledge_audio.files.resources import require_package
from paperledge_audio.spoken.english import INSTALL, load_g2p

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.spoken.model import Segment

REWRITE = "write it in other words"


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How a segment sounds.

    `alignment` pairs ranges of the segment's spoken text with ranges of `phonemes`: (spoken start,
    spoken end, phonemes start, phonemes end), ascending.
    """

    phonemes: str
    alignment: tuple[tuple[int, int, int, int], ...]


def pronounce(segment: Segment, *, british: bool = False) -> Pronunciation:
    """Phonemes for everything that `segment` says.

    Raises EngineError for words without phonemes or with phonemes outside the alphabet, so that no
    word is lost.
    """
    g2p = load_g2p(british=british)
    alphabet = load_vocabulary()
    phonemes, alignment, place = "", [], 0
    what = "no phonemes can be found"
    with map_errors(EngineError, what, REWRITE, foreign=(Exception,), **segment.place):
        tokens = list(g2p.phonemize_tokens(g2p.tokenize(spell_sounds(segment))))
    for token in tokens:
        sound = token.phonemes or ""
        if any(char.isalnum() for char in token.text) and not sound.strip():
            raise _cannot_speak(segment, token.text, "no phonemes are known for it")
        if strange := [char for char in sound if char not in alphabet]:
            raise _cannot_speak(
                segment, token.text, f"{strange[0]!r} is not in the phoneme alphabet"
            )
        start = segment.spoken.find(token.text, place)
        if start < 0:
            raise _cannot_speak(segment, token.text, "its phonemes don't match the text")
        place = start + len(token.text)
        alignment.append((start, place, len(phonemes), len(phonemes) + len(sound)))
        phonemes += sound + (" " if token.whitespace else "")
    if segment.spoken[place:].strip():
        raise _cannot_speak(
            segment, segment.spoken[place:].strip(), "it was not converted to its end"
        )
    if not any(char.isalpha() for char in phonemes):
        raise _cannot_speak(segment, segment.text, "there is nothing to say in it")
    return Pronunciation(phonemes.rstrip(), tuple(alignment))


def spell_sounds(segment: Segment) -> str:
    """A segment's words with their given phonemes, such as `[Qwen](/kwˈɛn/)`.

    It has everything about the words that changes their sound, and nothing else.
    """
    return "".join(
        f"[{span.said}](/{span.phonemes}/)" if span.phonemes else span.said
        for span in segment.spans
    )


def guess_phonemes(word: str, *, british: bool = False) -> str:
    """The phonemes that an engine would guess for a word that no dictionary holds."""
    what = f"no phonemes can be found for {word!r}"
    with map_errors(EngineError, what, REWRITE, foreign=(Exception,)):
        return str(load_g2p(british=british)(word, normalize_text=False))


def sound_out(text: str) -> tuple[tuple[str, str], ...]:
    """Each word and sign of `text` with its phonemes, given ones as `spell_sounds` writes them.

    The phonemes of what can't be said are empty.
    """
    g2p = load_g2p()
    with map_errors(EngineError, "no phonemes can be found", REWRITE, foreign=(Exception,)):
        tokens = list(g2p.phonemize_tokens(g2p.tokenize(text)))
    return tuple((token.text, token.phonemes or "") for token in tokens)


@cache
def load_vocabulary() -> dict[str, int]:
    """The phoneme alphabet with the models' ids."""
    with (require_package("hibari", INSTALL) / "assets" / "vocab.json").open(
        encoding="utf-8"
    ) as file:
        vocab: dict[str, int] = json.load(file)
    return vocab


def encode_tokens(
    pronunciation: Pronunciation, segment: Segment, most: int, engine: str
) -> NDArray[np.int64]:
    """The models' ids for a pronunciation, int64 [1, n], with a 0 at both ends.

    Raises EngineError for more than `most` phonemes: nothing is cut.
    """
    count = len(pronunciation.phonemes)
    if count > most:
        raise EngineError(
            f"the sentence has {count} phonemes, {engine} takes {most}",
            "split the sentence",
            **segment.place,
        )
    vocab = load_vocabulary()
    return np.array([[0, *(vocab[char] for char in pronunciation.phonemes), 0]], np.int64)


def import_hibari() -> Any:
    """The installed hibari.tts module; raises MissingError where there is none."""
    with map_errors(MissingError, "hibari can't be loaded", INSTALL, foreign=(ImportError,)):
        from hibari import tts  # noqa: PLC0415
    return tts


def load_dictionaries(*, british: bool = False) -> None:
    """Load what `pronounce` needs."""
    load_g2p(british=british)


def _cannot_speak(segment: Segment, piece: str, why: str) -> EngineError:
    return EngineError(
        f"{piece!r} can't be spoken: {why}",
        f"write it as words, or give its sound as [{piece}](/phonemes/)",
        **segment.place,
    )
