"""What was spoken once is found again, the same; what was not wanted for longest goes first."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from paperledge_audio.engines import make_pool, open_engine
from paperledge_audio.engines.model import Take
from paperledge_audio.engines.tone import Tone
from paperledge_audio.engines.words import make_take
from paperledge_audio.errors import TakeError
from paperledge_audio.plan import plan_script
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from paperledge_audio.sound.clip import Clip
from paperledge_audio.spoken.model import Span
from paperledge_audio.synthesis import synthesize
from paperledge_audio.takes import StoreSize, TakeStore, take_id
from paperledge_audio.voices.finding import find_voice
from paperledge_audio.voices.profiles import Voice
from tests.samples import plain_segment

TONE = open_engine("tone")
NAME, OTHER = "ab" * 32, "cd" * 32
ANOTHER = Tone()
ANOTHER.fingerprint = "tone/another"


@pytest.fixture
def voice(show: Show) -> Voice:
    return replace(find_voice("ernis", show), studio="tone", draft="tone")


def take_of(samples: np.ndarray, text: str = "hello") -> Take:
    marks = tuple((i, i * len(samples) // len(text)) for i in range(len(text) + 1))
    return make_take(plain_segment(text), Clip(samples, 24000), marks, "tone/1")


def spoken(voice: Voice, text: str = "hello crew") -> Take:
    return TONE.speak(plain_segment(text), voice)


def test_a_kept_take_is_found_as_it_was_returned(tmp_path: Path, voice: Voice) -> None:
    store = TakeStore(tmp_path)
    made = spoken(voice)
    kept = store.keep(NAME, made)
    found = store.find(NAME, made.segment, "tone/1")
    assert found is not None
    assert (made.id, kept.id, found.id) == ("", NAME, NAME)
    assert np.array_equal(found.clip.samples, kept.clip.samples)
    assert found.words == kept.words == made.words
    # 24 bits: half a step of 2^-23 at most
    assert np.abs(kept.clip.samples - made.clip.samples).max() <= 2.0**-24 + 1e-9


def test_samples_beyond_full_scale_are_not_clipped(tmp_path: Path) -> None:
    samples = np.linspace(-2.7, 2.7, 5000, dtype=np.float32)
    kept = TakeStore(tmp_path).keep(NAME, take_of(samples))
    assert np.abs(kept.clip.samples[:, 0] - samples).max() <= 4 * 2.0**-24 + 1e-7


def test_any_part_of_a_kept_take_is_that_part(tmp_path: Path) -> None:
    samples = np.random.default_rng(0).normal(0.0, 0.2, 30000).astype(np.float32)
    sound = TakeStore(tmp_path).keep(NAME, take_of(samples)).sound
    whole = sound.read(0, 30000)
    assert np.array_equal(sound.read(12345, 20001), whole[12345:20001])


def test_a_take_that_vanishes_after_it_was_found_is_named(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    take = store.keep(NAME, take_of(np.zeros(1000, np.float32)))
    store.prune(0)
    with pytest.raises(TakeError, match=r"vanished from the store.*render again"):
        take.sound.read(0, 1000)


def test_only_what_changes_the_sound_changes_the_name(voice: Voice) -> None:
    segment = plain_segment("hello crew")
    name = take_id(TONE, segment, voice)
    same = [
        replace(segment, index=7, line=99, chapter=3, pause_after=2.0, role="quote"),
        replace(segment, spans=(Span("HELLO", "hello"), Span(" [1]", ""), Span(" crew", " crew"))),
    ]
    assert take_id(TONE, same[0], voice) == name
    assert take_id(TONE, segment, replace(voice, title="Another", licence="MIT")) == name
    assert take_id(TONE, same[1], voice) == name
    others = [
        take_id(ANOTHER, segment, voice),
        take_id(TONE, plain_segment("hello crews"), voice),
        take_id(TONE, replace(segment, spans=(Span("a", "hello crew", "", "hɛ"),)), voice),
        take_id(TONE, segment, replace(voice, pace=1.1)),
    ]
    assert len({name, *others}) == 5


@pytest.mark.model
def test_of_a_voice_only_what_an_engine_uses_counts(show: Show) -> None:
    ernis = find_voice("ernis", show)
    emma_s_pack = replace(ernis, packs=find_voice("emma", show).packs)
    british = replace(ernis, language="en-GB")
    segment = plain_segment("hello crew")
    names = {
        name: [take_id(open_engine(name), segment, v) for v in (ernis, emma_s_pack, british)]
        for name in ("kokoro", "hibari")
    }
    assert len(set(names["kokoro"])) == 3
    assert len(set(names["hibari"])) == 1  # it has one voice and one accent


def test_nothing_half_written_is_left_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(TakeError, match="No space left on device; free some space there"):
        TakeStore(tmp_path).keep(NAME, take_of(np.zeros(100, np.float32)))
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


def test_many_threads_may_keep_and_find_the_same_take(tmp_path: Path, voice: Voice) -> None:
    store = TakeStore(tmp_path)
    segment = plain_segment("hello crew")

    def race(_: int) -> bytes:
        found = store.find(NAME, segment, "tone/1") or store.keep(NAME, spoken(voice))
        return found.clip.samples.tobytes()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(race, range(64)))) == 1
    assert len(list(tmp_path.rglob("*.flac"))) == len(list(tmp_path.rglob("*.json"))) == 1


def test_a_second_render_speaks_only_what_is_new(tmp_path: Path, show_folder: Path) -> None:
    show, store = load_show(show_folder / "scripts" / "show.toml"), TakeStore(tmp_path)

    def speak(*words: str) -> set[tuple[str, bool]]:
        seen: set[tuple[str, bool]] = set()

        def note(take: Take, reused: bool) -> None:
            seen.add((take.segment.spoken, reused))

        text = "\n\n".join(words)
        source = f"---\ntitle: T\ndate: 2025-10-21\n---\n\n{text}\n".encode()
        plan = plan_script(source, "x.md", show, quality="draft", store=store)
        with make_pool(2) as pool:
            takes = synthesize(plan, store, lambda take: take, note, pool=pool)
        assert [take.segment for take in takes] == list(plan.segments)
        assert tuple(take.id for take in takes) == plan.take_ids
        return seen

    assert speak("One.", "Two.", "Six.") == {("One.", False), ("Two.", False), ("Six.", False)}
    assert speak("New.", "One.", "Two.", "Six.") == {
        ("New.", False),
        ("One.", True),
        ("Two.", True),
        ("Six.", True),
    }


def test_what_is_kept_says_what_it_is(tmp_path: Path) -> None:
    TakeStore(tmp_path).keep(NAME, take_of(np.zeros(100, np.float32)))
    facts = json.loads(next(tmp_path.rglob("*.json")).read_text())
    assert (facts["said"], facts["voice"], facts["engine"]) == ("hello", "ernis", "tone/1")


def test_pruning_removes_what_was_not_wanted_for_longest(tmp_path: Path, voice: Voice) -> None:
    store = TakeStore(tmp_path)
    takes = [
        store.keep(digit * 64, spoken(voice, f"take {word}"))
        for digit, word in (("1", "one"), ("2", "two"), ("6", "six"), ("a", "ten"))
    ]
    for age, take in enumerate(takes):
        os.utime(store._file(take.id, ".json"), (10_000 + age, 10_000 + age))

    def there(take: Take) -> bool:
        return store.find(take.id, take.segment, "tone/1") is not None

    assert there(takes[0])  # the oldest is wanted again
    stock = store.measure_size()
    assert stock.takes == 4
    removed = store.prune(stock.bytes // 2 + 100)
    assert removed.takes == 2
    assert list(map(there, takes)) == [True, False, False, True]
    assert store.damaged == set()
    assert store.prune(stock.bytes) == StoreSize(0, 0)
    assert store.prune(0).takes == 2
    assert store.measure_size() == StoreSize(0, 0)


def test_parts_of_killed_writers_go_when_they_are_old(tmp_path: Path, voice: Voice) -> None:
    store = TakeStore(tmp_path)
    store.keep(NAME, take_of(np.zeros(100, np.float32)))
    folder = next((tmp_path / "takes").iterdir())
    name = folder.name + "0" * 62
    old, new = (folder / f".{name}.{end}.part" for end in ("flac.0123abcd", "json.0123abcd"))
    for part in (old, new):
        part.write_bytes(b"x")
    os.utime(old, (10_000, 10_000))
    assert store.prune() == StoreSize(0, 0)
    assert (old.exists(), new.exists()) == (False, True)
