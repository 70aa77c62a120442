"""What a fitted voice came from, as its pack's file tells: a stock voice and a blend."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from paperledge_audio.voices.finding import stock_names, stock_voice
from paperledge_audio.voices.packs import read_about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.voices.profiles import Voice

STOCK, BLEND = "from stock voice", "from blend"
"""The keys in the pack's file."""
BETWEEN = ", "


def describe_blend(blend: Sequence[tuple[str, float]]) -> str:
    """Stock voices with their weights, as people read them."""
    return BETWEEN.join(f"{name} {weight:.2f}" for name, weight in blend)


def find_origins(voice: Voice) -> tuple[Voice, ...]:
    """The nearest stock voice, and the blend, called as the voice with "-blend" after it.

    None for a voice that isn't fitted, or whose pack's file doesn't tell. Raises VoiceError for a
    file that can't be read.
    """
    about = read_about(voice.packs[0][0]) if len(voice.packs) == 1 else {}
    known = stock_names()
    stock, blend = about.get(STOCK, ""), _read_blend(about.get(BLEND, ""))
    found = [stock_voice(stock)] if stock in known else []
    if blend and set(blend) <= set(known):
        found.append(
            replace(
                voice,
                name=f"{voice.name}-blend",
                title=f"{voice.title}, the blend",
                pace=1.0,
                packs=tuple((stock_voice(name).packs[0][0], part) for name, part in blend.items()),
                pack_sha256="",
            )
        )
    return tuple(found)


def _read_blend(text: str) -> dict[str, float]:
    """The names and weights of `describe_blend`, whose sum is 1; empty for anything else."""
    parts = [part.rpartition(" ") for part in text.split(BETWEEN)]
    try:
        blend = {name: float(weight) for name, _, weight in parts}
    except ValueError:
        return {}
    whole = sum(blend.values())
    return blend if abs(whole - 1) < 0.001 and min(blend.values()) > 0 else {}
