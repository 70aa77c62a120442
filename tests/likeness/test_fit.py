"""Fitting from end to end, with an engine and an encoder that add up."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from paperledge_audio import likeness
from paperledge_audio.engines import open_engine
from paperledge_audio.likeness import (
    Proof,
    Reference,
    VoiceEmbedder,
    _choose,
    embed_reference,
    fit,
)
from paperledge_audio.likeness.embedding import make_blend
from paperledge_audio.likeness.lines import PROOF, SEARCH
from paperledge_audio.likeness.shaping import Shape
from paperledge_audio.sound.clip import Clip
from paperledge_audio.verify.encoder import open_encoder
from paperledge_audio.voices.finding import stock_names, stock_voice
from tests.hostile.making import NO_FILES, put
from tests.likeness.voices_that_add_up import NAMES, Adding, Reading, stock


@pytest.fixture
def embedder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VoiceEmbedder]:
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(tmp_path))
    with ThreadPoolExecutor(2) as pool:
        yield VoiceEmbedder(Adding(), Reading(), pool)


def lines_spoken(embedder: VoiceEmbedder) -> list[tuple[str, str]]:
    assert isinstance(embedder.engine, Adding)
    return embedder.engine.spoken


VOICES = {"a": Reading().at(af_nova=1.0), "b": Reading().at(bm_lewis=1.0)}


class Hearing(Reading):
    """Hears who speaks by what the samples are."""

    def embed(self, clip: Clip) -> Any:
        return VOICES[chr(round(float(clip.samples[0, 0])))]


@pytest.mark.parametrize(
    ("who", "two"),
    [
        ("aaaaaaaa", False),
        ("aaaabbbb", True),
        ("abababab", True),
        ("aaaaabaa", True),
        ("ab", False),  # too little to tell
    ],
)
def test_two_people_are_two_groups_whoever_speaks_when(who: str, *, two: bool) -> None:
    clips = tuple(Clip(np.full((2 * 16000, 1), ord(one), np.float32), 16000) for one in who)

    heard = embed_reference(Reference(clips, 9.0, 0.0, ()), Hearing())
    expected = float(VOICES["a"] @ VOICES["b"]) if two else 1.0
    assert heard.groups == pytest.approx(expected)
    assert heard.itself is not None


def test_one_clip_has_no_halves() -> None:
    clip = Clip(np.full((16000, 1), ord("a"), np.float32), 16000)
    heard = embed_reference(Reference((clip,), 9.0, 0.0, ()), Hearing())
    assert (heard.itself, heard.groups) == (None, 1.0)


@pytest.mark.parametrize(
    ("qualities", "best"),
    [((4.0, 4.0), 0), ((3.0, 4.0), 1), ((3.0, 3.1), 0)],
    ids=["the first", "the one that keeps quality", "none keeps it"],
)
def test_a_voice_that_keeps_its_quality_on_other_lines_comes_first(
    monkeypatch: pytest.MonkeyPatch, qualities: tuple[float, ...], best: int
) -> None:
    """The stock voice has 4, and 0.1 may be lost."""
    before, blended, *voices = stock()[:4]
    proofs = {
        before.name: Proof(0.3, 4.0, 100.0, 1),
        blended.name: Proof(0.4, 4.0, 100.0, 1),
        **{
            voice.name: Proof(0.8 - n / 10, quality, 100.0, 0)
            for n, (voice, quality) in enumerate(zip(voices, qualities, strict=True))
        },
    }
    monkeypatch.setattr(likeness, "_prove", lambda _shaper, voice: proofs[voice.name])
    shaped = Shape(tuple(voices), (), 2)
    shaper, fitted = SimpleNamespace(recorded=None), SimpleNamespace(voice=blended)
    found = _choose(cast("Any", shaper), shaped, cast("Any", fitted), before, 0.1)
    assert found.found == proofs[voices[best].name]


def test_the_lines_that_search_and_proof_use_are_different() -> None:
    assert not set(SEARCH) & set(PROOF)


def test_a_host_who_is_a_blend_is_found(embedder: VoiceEmbedder) -> None:
    target = Reading().at(af_nova=0.6, bf_emma=0.4)
    found = fit(target, embedder, stock(), 40)
    assert found.nearest in {"af_nova", "bf_emma"}
    assert found.after > 0.99 > found.before
    assert {name for name, _ in found.blend[:2]} == {"af_nova", "bf_emma"}
    assert sum(weight for _, weight in found.blend) == pytest.approx(1)
    assert sorted((-weight for _, weight in found.blend)) == [-w for _, w in found.blend]
    assert found.same_voice > 0.95 > found.other_voice
    assert fit(target, embedder, stock(), 40) == found  # and the same again


def test_what_is_measured_is_what_a_listener_would_hear(embedder: VoiceEmbedder) -> None:
    target = Reading().at(af_bella=0.5, bm_lewis=0.5)
    found = fit(target, embedder, stock(), 8)
    (heard,) = embedder.embed([found.voice], PROOF)
    assert found.after == pytest.approx(np.mean(heard, axis=0) @ target, abs=1e-3)
    # the search has never heard these lines in a blend
    blends = lines_spoken(embedder)[len(NAMES) * len((*SEARCH, *PROOF)) :]
    assert {text for _, text in blends[: found.tried * len(SEARCH)]} == set(SEARCH)


def test_stock_voices_are_heard_once_a_machine(embedder: VoiceEmbedder, tmp_path: Path) -> None:
    assert embedder.count_missing(stock(), SEARCH) == len(NAMES) * len(SEARCH)
    first = embedder.embed_stock(stock(), SEARCH)
    count = len(lines_spoken(embedder))
    assert count == len(NAMES) * len(SEARCH)
    assert np.array_equal(embedder.embed_stock(stock(), SEARCH), first)
    assert len(lines_spoken(embedder)) == count
    assert embedder.count_missing(stock(), SEARCH) == 0
    damaged = min((tmp_path / "likeness").iterdir())
    whole = damaged.read_bytes()
    sealed = [
        hashlib.sha256(values).digest() + values
        for values in (b"", bytes(7), np.full(len(SEARCH), np.nan).tobytes())
    ]
    things: list[Callable[[Path], object]] = [make for make, _ in NO_FILES.values()]
    things += [functools.partial(Path.write_bytes, data=data) for data in (whole[:-1], *sealed)]
    for times, make in enumerate(things, 1):
        put(make, damaged)
        assert np.array_equal(embedder.embed_stock(stock(), SEARCH), first)
        assert len(lines_spoken(embedder)) == count + times * len(SEARCH)
        assert damaged.read_bytes() == whole


@pytest.mark.model
def test_what_ships_of_the_stock_voices_is_what_they_say_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of theirs has to be spoken before a fit; of one voice a line is, for comparison."""
    engine, lines = open_engine("kokoro"), (*SEARCH, *PROOF)
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(tmp_path))
    with ThreadPoolExecutor(2) as pool:
        embedder = VoiceEmbedder(engine, open_encoder(), pool)
        voices = [stock_voice(name) for name in stock_names()]
        assert embedder.count_missing(voices, lines) == 0
        shipped = embedder.embed(voices, lines)
        ((spoken,),) = embedder.embed(voices[-1:], lines[:1])
    assert embedder.count_missing(voices[:1], lines[:1]) == 1
    assert float(spoken @ shipped[-1, 0]) == pytest.approx(1, abs=1e-3)
    assert np.argmax(shipped[:, 0] @ spoken) == len(voices) - 1


def test_a_search_that_was_stopped_speaks_nothing_twice(embedder: VoiceEmbedder) -> None:
    target = Reading().at(af_bella=0.5, bm_lewis=0.5)
    found = fit(target, embedder, stock(), 8)
    spoken = lines_spoken(embedder)
    assert len(set(spoken)) < len(spoken)  # blends are called alike
    assert fit(target, embedder, stock(), 8) == found
    assert lines_spoken(embedder) == spoken


def test_a_cache_that_can_t_be_written_costs_only_time(
    embedder: VoiceEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(tmp_path / "file"))
    assert embedder.embed_stock(stock()[:1], SEARCH).shape[:2] == (1, len(SEARCH))


def test_the_accent_is_that_of_most_of_the_blend() -> None:
    voices = stock()
    half = make_blend((10, 0, 40, 30, 20, 0), voices)
    assert half.language == "en-US"  # 50 to 50: that of the heaviest
    assert make_blend((10, 0, 39, 31, 20, 0), voices).language == "en-GB"
    assert make_blend((0, 0, 0, 100, 0, 0), voices, "en-US").language == "en-US"
    names = [path.stem for path, _ in half.packs]
    assert names == ["am_puck", "bf_emma", "bf_lily", "af_bella"]
    assert [weight for _, weight in half.packs] == [0.4, 0.3, 0.2, 0.1]


def test_an_accent_that_is_asked_for_is_spoken_from_the_start(embedder: VoiceEmbedder) -> None:
    found = fit(Reading().at(af_nova=1.0), embedder, stock(), 8, language="en-GB")
    assert found.voice.language == "en-GB"
    blends = lines_spoken(embedder)[len(NAMES) * len((*SEARCH, *PROOF)) :]
    assert {language for language, _ in blends} == {"en-GB"}
