"""What `verify --speech` finds of words that are said wrongly: drafts, spoken anew and heard.

Arguments: how many a kind, and the kinds, by default all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from paperledge_audio.engines import open_engine
from paperledge_audio.engines.g2p import spell_sounds
from paperledge_audio.plan import plan_script
from paperledge_audio.show.loading import load_show
from paperledge_audio.sound.clip import pad
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.verify.recogniser import Recogniser
from paperledge_audio.verify.speech import PlacedSentence, read_sentence
from paperledge_audio.verify.speech.judging import WRONG
from paperledge_audio.verify.speech.opinion import SecondReader
from tests.samples import ROOT

LEAST_WORDS = 6
MARGIN_S = 0.25
DIGITS = {"two": "five", "three": "nine", "four": "seven", "eight": "two", "one": "six"}


def drop(words: Sequence[str]) -> list[str]:
    """Without the word of most letters: small words are often not heard."""
    place = max(range(len(words)), key=lambda n: len(words[n]))
    return [*words[:place], *words[place + 1 :]]


def repeat(words: Sequence[str]) -> list[str]:
    """With the middle word twice."""
    place = len(words) // 2
    return [*words[:place], words[place], *words[place:]]


def change_digit(words: Sequence[str]) -> list[str]:
    """With another digit, if there is one."""
    for place, word in enumerate(words):
        if word in DIGITS:
            return [*words[:place], DIGITS[word], *words[place + 1 :]]
    return []


PLANTS: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "word dropped": drop,
    "word repeated": repeat,
    "digit changed": change_digit,
}


def list_segments() -> Iterator[Segment]:
    """Plain sentences of the host, whose words may be changed one by one."""
    show = load_show(ROOT / "scripts" / "show.toml")
    for file in sorted((ROOT / "scripts").glob("*.md")):
        plan = plan_script(file.read_bytes(), str(file), show, quality="draft")
        for one in plan.segments:
            if one.voice == plan.host and len(one.spoken.split()) >= LEAST_WORDS:
                yield one


def main(most: int, kinds: Sequence[str]) -> None:
    """Print a table of `most` sentences a kind, spread over the episodes."""
    engine, recogniser, reader = open_engine("hibari"), Recogniser(), SecondReader()
    show = load_show(ROOT / "scripts" / "show.toml")
    plan = plan_script(
        (ROOT / "scripts/quickstart.md").read_bytes(), "quickstart.md", show, quality="draft"
    )
    voice = plan.voices[plan.host]

    def is_wrong(meant: Segment, said: Segment) -> bool:
        take = engine.speak(said, voice)
        margin = round(MARGIN_S * take.sound.rate)
        sound = pad(take.clip, margin, margin)
        end_s = MARGIN_S + take.sound.frames / take.sound.rate
        sentence = PlacedSentence(0, MARGIN_S, end_s, meant.text, spell_sounds(meant))
        return read_sentence(sound, sentence, recogniser, reader).verdict == WRONG

    segments = list(list_segments())
    print("| planted | found | of |\n|---|---|---|")
    for name in kinds or PLANTS:
        plant = PLANTS[name]
        pairs = [
            (one, " ".join(changed))
            for one in segments
            if "](/" not in spell_sounds(one)
            and (changed := plant(re.sub(r"[.!?,]$", "", one.spoken).split()))
        ]
        chosen = pairs[:: max(len(pairs) // most, 1)][:most]
        found = [is_wrong(one, replace(one, spans=(Span(s, s),))) for one, s in chosen]
        print(f"| {name} | {sum(found)} | {len(found)} |", flush=True)
    if not kinds:
        swapped = segments[:: max(len(segments) // most, 1)][:most]
        found = [is_wrong(one, two) for one, two in pairwise(swapped)]
        print(f"| another sentence instead | {sum(found)} | {len(found)} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40, sys.argv[2:])
