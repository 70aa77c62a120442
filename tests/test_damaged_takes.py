"""Whatever has become of a kept take, it is made again; it is never an error or another sound."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from paperledge_audio.engines import open_engine
from paperledge_audio.engines.model import Take
from paperledge_audio.errors import StoreError
from paperledge_audio.show.model import Show
from paperledge_audio.takes import StoreSize, TakeStore, take_id
from paperledge_audio.takes.entries import is_sealed, seal_entry
from paperledge_audio.voices.finding import find_voice
from paperledge_audio.voices.profiles import Voice
from tests.samples import plain_segment

pytestmark = pytest.mark.faults

TONE = open_engine("tone")
SEGMENT = plain_segment("hi")

Damage = Callable[[Path], object]


@dataclass(frozen=True)
class Kept:
    """A store with one take in it."""

    store: TakeStore
    voice: Voice
    take: Take

    @property
    def name(self) -> str:
        return take_id(TONE, SEGMENT, self.voice)

    def file(self, suffix: str) -> Path:
        return self.store.folder / self.name[:2] / (self.name + suffix)

    def find(self) -> Take | None:
        return self.store.find(self.name, SEGMENT, TONE.fingerprint)

    def left(self) -> list[Path]:
        """Whatever lies where the take lay."""
        return list(self.file("").parent.iterdir())


@pytest.fixture
def kept(tmp_path: Path, show: Show) -> Kept:
    voice = replace(find_voice("ernis", show), studio="tone", draft="tone")
    store = TakeStore(tmp_path)
    name = take_id(TONE, SEGMENT, voice)
    return Kept(store, voice, store.keep(name, TONE.speak(SEGMENT, voice)))


def saying(**changes: Any) -> Damage:
    """The JSON says something else."""

    def damage(file: Path) -> None:
        facts = {**json.loads(file.read_text("utf-8")), **changes}
        file.write_text(json.dumps(facts, ensure_ascii=False, separators=(",", ":")), "utf-8")

    return damage


def sealed(body: Callable[[dict[str, Any]], str]) -> Damage:
    """The JSON says something else, and its seal is right: as if a program had kept that."""

    def damage(file: Path) -> None:
        facts = json.loads(file.read_text("utf-8"))
        del facts["sha256"]
        text = body(facts).encode()
        sound = file.with_suffix(".flac").read_bytes()
        file.write_bytes(seal_entry(file.stem, text, sound))

    return damage


def kept_with(**changes: Any) -> Damage:
    """It says so of something, sealed; numbers may be of any length."""
    return sealed(lambda facts: json.dumps(facts | changes).removesuffix("}"))


def without(key: str) -> Damage:
    """The JSON lacks something."""

    def damage(file: Path) -> None:
        facts = json.loads(file.read_text("utf-8"))
        del facts[key]
        file.write_text(json.dumps(facts, ensure_ascii=False, separators=(",", ":")), "utf-8")

    return damage


def holding(data: bytes) -> Damage:
    """The file holds something else."""
    return lambda file: file.write_bytes(data)


def replaced(make: Damage) -> Damage:
    """Something that is no file stands in its place."""

    def damage(file: Path) -> None:
        file.unlink()
        make(file)

    return damage


def folder(path: Path) -> None:
    path.mkdir()
    (path / "notes.txt").write_text("not a take")


INFINITE = float("inf")
EITHER: dict[str, Damage] = {
    "emptied": holding(b""),
    "cut": lambda file: os.truncate(file, file.stat().st_size // 2),
    "longer": lambda file: file.write_bytes(file.read_bytes() + b" "),
    "noise": holding(random.Random(0).randbytes(1000)),
    "a folder": replaced(folder),
    "a pipe": replaced(os.mkfifo),
    "a device": replaced(lambda path: path.symlink_to("/dev/zero")),
    "a link to nothing": replaced(lambda path: path.symlink_to("nowhere")),
    "a link to itself": replaced(lambda path: path.symlink_to(path)),
}
JSON: dict[str, Damage] = {
    "scale 0": saying(scale=0),
    "infinite scale": saying(scale=INFINITE),
    "rate 0": saying(rate=0),
    "infinite rate": saying(rate=INFINITE),
    "a word for the rate": saying(rate="fast"),
    "no frames": saying(frames=0),
    "no marks": saying(marks=[]),
    "infinite marks": saying(marks=[[0, INFINITE]]),
    "another's words": saying(said="bye crew"),
    "another hash": saying(sha256="0" * 64),
    "no hash": without("sha256"),
    "no scale": without("scale"),
    "deep nesting": holding(b"[" * 100_000),
    "a huge number": holding(b'{"scale":' + b"9" * 100_000 + b"}"),
    "a list": holding(b"[]"),
    "a number": holding(b"1"),
    "nothing": holding(b"{}"),
}
STRANGE: list[Any] = [None, "x", [], {}, True, -1, 0, 1.5, INFINITE, float("nan"), 10**17, 10**40]
SEALED: dict[str, Damage] = {
    **{
        f"{key} {value!r}"[:30]: kept_with(**{key: value})
        for key in ("rate", "frames", "scale", "marks")
        for value in STRANGE
    },
    **{
        f"marks {marks!r}"[:30]: kept_with(marks=marks)
        for marks in (
            [[0, []]], [[[], 0]], [0, 1], [[0]], [[0, 0, 0]], [[0, -1]], [[0, 10**9]],
            [[0, 1.5]], [[0, "x"]], [["x", 0]], [[5, 0], [0, 0]], [[True, 0]], {"a": 1},
        )
    },
    "another rate": kept_with(rate=8000),
    "scale 3": kept_with(scale=3),
    "a list": sealed(lambda _facts: "["),
    "deep nesting": sealed(lambda _facts: '{"marks":' + "[" * 100_000),
    "nothing": sealed(lambda _facts: '{"x":1'),
    "no JSON": sealed(lambda _facts: "\0" * 100),
}  # fmt: skip
DAMAGES = [
    *(pytest.param(".flac", damage, id=f"flac: {what}") for what, damage in EITHER.items()),
    *(
        pytest.param(".json", damage, id=f"json: {what}")
        for what, damage in (EITHER | JSON).items()
    ),
    *(pytest.param(".json", damage, id=f"sealed: {what}") for what, damage in SEALED.items()),
]


@pytest.mark.parametrize(("suffix", "damage"), DAMAGES)
def test_a_damaged_take_is_reported_and_made_again(kept: Kept, suffix: str, damage: Damage) -> None:
    damage(kept.file(suffix))
    assert kept.find() is None
    assert kept.store.damaged == {kept.name}
    kept.store.keep(kept.name, TONE.speak(SEGMENT, kept.voice))
    found = kept.find()
    assert found is not None
    assert np.array_equal(found.clip.samples, kept.take.clip.samples)
    assert found.words == kept.take.words
    assert {file.suffix for file in kept.left()} == {".flac", ".json"}


@pytest.mark.parametrize(("suffix", "damage"), DAMAGES)
def test_a_damaged_take_is_counted_and_cleared(kept: Kept, suffix: str, damage: Damage) -> None:
    damage(kept.file(suffix))
    assert kept.store.measure_size().takes == 1
    assert kept.store.prune(0).takes == 1
    assert kept.store.measure_size() == StoreSize(0, 0)
    assert not kept.left()


@pytest.mark.parametrize("suffix", [".json", ".flac"])
def test_half_a_take_is_none_and_is_cleared(kept: Kept, suffix: str) -> None:
    kept.file(suffix).unlink()
    assert kept.find() is None
    assert kept.store.prune(0).takes == 1
    assert not kept.left()


def flip(whole: bytes, bit: int) -> bytes:
    flipped = bytearray(whole)
    flipped[bit // 8] ^= 1 << bit % 8
    return bytes(flipped)


def test_no_bit_of_what_is_said_of_a_take_can_be_another(kept: Kept) -> None:
    text, sound = (kept.file(suffix).read_bytes() for suffix in (".json", ".flac"))
    name = kept.file(".json").stem
    assert is_sealed(name, text, sound)
    for bit in range(len(text) * 8):
        assert not is_sealed(name, flip(text, bit), sound), f"bit {bit}"


@pytest.mark.parametrize("suffix", [".json", ".flac"])
def test_a_flipped_bit_is_noticed(kept: Kept, suffix: str) -> None:
    file = kept.file(suffix)
    whole = file.read_bytes()
    for bit in random.Random(0).sample(range(len(whole) * 8), 500):
        file.write_bytes(flip(whole, bit))
        assert kept.find() is None, f"bit {bit}"
    file.write_bytes(whole)
    assert kept.find() is not None


def test_a_whole_take_under_another_name_is_not_that_one(kept: Kept) -> None:
    other = plain_segment("bye crew")
    name = take_id(TONE, other, kept.voice)
    (kept.store.folder / name[:2]).mkdir(exist_ok=True)
    for suffix in (".json", ".flac"):
        kept.file(suffix).rename(kept.store.folder / name[:2] / (name + suffix))
    assert kept.store.find(name, other, TONE.fingerprint) is None
    assert kept.store.damaged == {name}


def test_a_take_that_was_never_kept_is_not_damaged(kept: Kept) -> None:
    never = plain_segment("never kept")
    name = take_id(TONE, never, kept.voice)
    assert kept.store.find(name, never, TONE.fingerprint) is None
    assert kept.store.damaged == set()


@pytest.mark.parametrize("place", ["takes", "the take's folder"])
def test_a_file_where_the_store_needs_a_folder_is_named(kept: Kept, place: str) -> None:
    kept.store.prune(0)
    inner = kept.file("").parent
    inner.rmdir()
    file = inner
    if place == "takes":
        file = kept.store.folder
        file.rmdir()
    file.write_text("not a store")
    assert kept.find() is None
    if place == "takes":
        with pytest.raises(StoreError, match=r"can't be kept: .*; make it a writable folder"):
            kept.store.check()
    with pytest.raises(StoreError, match=r"can't be kept: .*; make it a writable folder") as error:
        kept.store.keep(kept.name, TONE.speak(SEGMENT, kept.voice))
    assert error.value.path == str(inner)
    assert file.read_text() == "not a store"
