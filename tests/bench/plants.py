"""Faults to plant in a good take: a row a kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from paperledge_audio.engines import make_pool
from paperledge_audio.engines.figures import measure_take
from paperledge_audio.engines.g2p import spell_sounds
from paperledge_audio.engines.model import Take
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.plan import ScriptPlan
from paperledge_audio.sound.clip import Clip
from paperledge_audio.spoken.model import Segment
from paperledge_audio.synthesis.mending import speak_again
from paperledge_audio.takes import TakeStore
from paperledge_audio.verify.speech.second.opinion import list_spans
from paperledge_audio.verify.speech.words import NAME, list_meant
from paperledge_audio.voices.finding import stock_voice

Samples = NDArray[np.float32]
LEAST_WORDS = 6
"""Of a sentence whose words are changed: shorter ones are doubtful at most."""
DIGITS = {"zero": "eight", "one": "six", "two": "five", "three": "nine", "four": "seven"}
DIGITS |= {other: digit for digit, other in DIGITS.items()}
VOICES = ("af_bella", "am_michael", "af_sarah", "bm_george")
PACE = 1.3
SNR_DB = 20.0
_TOKEN = re.compile(r"(?:\[[^\]]*\]\(/[^/]*/\)|[^\s\[])+")
"""A word of a spoken text, whose given phonemes stand as `[word](/phonemes/)`."""
_END = re.compile(r"[.!?,]$")


@dataclass(frozen=True, slots=True)
class Booth:
    """What plants are made with; what is spoken for them is kept in the store."""

    plans: Sequence[ScriptPlan]
    rng: np.random.Generator
    store: TakeStore = field(default_factory=lambda: TakeStore(cache_folder()))
    pool: ThreadPoolExecutor = field(default_factory=make_pool)

    def speak(self, plan: ScriptPlan, segment: Segment) -> Take:
        return speak_again(plan, segment, self.store, self.pool)

    def list_names(self) -> list[str]:
        """The names in all scripts, as their spoken texts have them."""
        tokens = (
            _END.sub("", token)
            for plan in self.plans
            for segment in plan.segments
            for token in _TOKEN.findall(spell_sounds(segment))
            if is_name(token)
        )
        return list(dict.fromkeys(tokens))


Plant = Callable[[Take, ScriptPlan, Booth], Take | None]
"""A take of its segment with a fault; None where its sentence can't have that one."""


def put_in_place(heard: Take, meant: Take) -> Take:
    """What is heard, as the take of what was meant."""
    made = replace(heard, segment=meant.segment, engine=meant.engine, id="")
    return replace(made, figures=measure_take(made))


def of_sound(spoil: Callable[[Samples, int, np.random.Generator], Samples]) -> Plant:
    """A plant in the samples."""

    def plant(take: Take, _plan: ScriptPlan, booth: Booth) -> Take:
        spoilt = spoil(take.clip.samples[:, 0], take.sound.rate, booth.rng)
        return put_in_place(replace(take, sound=Clip(spoilt, take.sound.rate)), take)

    return plant


def of_words(change: Callable[[list[str], Booth], list[str]]) -> Plant:
    """A plant in the words, which the voice's engine speaks anew."""

    def plant(take: Take, plan: ScriptPlan, booth: Booth) -> Take | None:
        words = _TOKEN.findall(_END.sub("", spell_sounds(take.segment)))
        changed = change(words, booth) if len(words) >= LEAST_WORDS else []
        if not changed:
            return None
        spans = tuple(list_spans(" ".join(changed)))
        return put_in_place(booth.speak(plan, replace(take.segment, spans=spans)), take)

    return plant


def drop(words: list[str], _booth: Booth) -> list[str]:
    """Without the word of most letters: small words are often not heard."""
    place = max(range(len(words)), key=lambda n: len(words[n]))
    return [*words[:place], *words[place + 1 :]]


def repeat(words: list[str], _booth: Booth) -> list[str]:
    """With the middle word twice."""
    place = len(words) // 2
    return [*words[:place], words[place], *words[place:]]


def change_digit(words: list[str], _booth: Booth) -> list[str]:
    """With another digit, if there is one."""
    for place, word in enumerate(words):
        for part in re.findall(r"[a-z]+", "" if word.startswith("[") else word):
            if part in DIGITS:
                changed = re.sub(rf"\b{part}\b", DIGITS[part], word, count=1)
                return [*words[:place], changed, *words[place + 1 :]]
    return []


def is_name(token: str) -> bool:
    """Whether reading back takes it for a name, wherever it stands."""
    return any(word.kind == NAME for word in list_meant(f"so {token}")[1:])


def swap_name(words: list[str], booth: Booth) -> list[str]:
    """With another name of the scripts, if there is one."""
    names = booth.list_names()
    for place, word in enumerate(words):
        if place and (name := _END.sub("", word)) in names:
            other = names[(names.index(name) + len(names) // 2) % len(names)]
            return [*words[:place], other, *words[place + 1 :]]
    return []


def swap_sentences(take: Take, plan: ScriptPlan, _booth: Booth) -> Take | None:
    """The next sentence of the voice instead, or at the end the one before."""
    beside = [one for one in plan.kept if len(one.segment.spoken.split()) >= LEAST_WORDS]
    if take not in beside or len(beside) == 1:
        return None
    place = beside.index(take)
    return put_in_place(beside[place + 1 if place + 1 < len(beside) else place - 1], take)


def change_voice(take: Take, plan: ScriptPlan, booth: Booth) -> Take:
    """The same words by Kokoro with another pack: hibari has one voice."""
    name = VOICES[take.segment.index % len(VOICES)]
    cast = replace(plan, quality="studio", voices={take.segment.voice: stock_voice(name)})
    return put_in_place(booth.speak(cast, take.segment), take)


def hurry(take: Take, plan: ScriptPlan, booth: Booth) -> Take:
    delivery = replace(take.segment.delivery, pace=take.segment.delivery.pace * PACE)
    return put_in_place(booth.speak(plan, replace(take.segment, delivery=delivery)), take)


def choose_place(samples: Samples, rng: np.random.Generator) -> int:
    """A place inside where there is speech."""
    loud = np.flatnonzero(np.abs(samples) > 0.1 * np.abs(samples).max())
    return int(rng.choice(loud[len(loud) // 10 : -len(loud) // 10]))


def click(samples: Samples, _rate: int, rng: np.random.Generator) -> Samples:
    out = samples.copy()
    out[choose_place(samples, rng)] += 0.5
    return out


def silence(samples: Samples, rate: int, rng: np.random.Generator) -> Samples:
    return np.insert(samples, choose_place(samples, rng), np.zeros(rate * 3 // 10, np.float32))


def add_noise(samples: Samples, _rate: int, rng: np.random.Generator) -> Samples:
    """White noise, against the RMS of the take."""
    size = np.sqrt(np.square(samples).mean()) * 10 ** (-SNR_DB / 20)
    return (samples + rng.normal(0, size, len(samples))).astype(np.float32)


PLANTS: dict[str, Plant] = {
    "word dropped": of_words(drop),
    "word repeated": of_words(repeat),
    "sentence missing": of_sound(lambda samples, _rate, _rng: np.zeros_like(samples)),
    "sentences swapped": swap_sentences,
    "digit changed": of_words(change_digit),
    "name swapped": of_words(swap_name),
    "first 200 ms cut": of_sound(lambda samples, rate, _: samples[rate // 5 :]),
    "last 200 ms cut": of_sound(lambda samples, rate, _: samples[: -rate // 5]),
    "300 ms of silence": of_sound(silence),
    "click of half full scale": of_sound(click),
    "noise at 20 dB": of_sound(add_noise),
    "-9 dB": of_sound(lambda samples, _rate, _rng: samples * np.float32(10 ** (-9 / 20))),
    "clipped at half the peak": of_sound(
        lambda s, _rate, _rng: np.clip(s, -abs(s).max() / 2, s.max() / 2)
    ),
    "another voice": change_voice,
    "1.3 times the pace": hurry,
}
