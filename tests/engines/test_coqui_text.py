"""What text reaches a Coqui model, and where its words lie in the sound. No model is needed."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio.engines.coqui import alignment
from paperledge_audio.engines.coqui.from_piper import to_coqui_name
from paperledge_audio.engines.coqui.ipa import to_ipa
from paperledge_audio.engines.coqui.letters import PLAIN, to_letters
from paperledge_audio.engines.g2p import Pronunciation
from paperledge_audio.errors import EngineError
from paperledge_audio.sound.clip import Clip
from paperledge_audio.spoken.lexicon.phonemes import ALPHABET
from paperledge_audio.spoken.model import Segment, Span
from tests.samples import plain_segment

PIPER = set(
    " !'(),-.:;?abcdefhijklmnopqrstuvwxyzæçðøħŋœɐɑɒɓɔɕɖɗəɚɛɜɟɡɣɤɥɨɪɯɰɲɳɴɸɹɻɽɾʁʂʃʈʊʋʌʎʑʒʔʝ"
) | set('ʲˈˌːβθχᵻʰ̃↓"')
"""The symbols of Piper's English voices that English text can come to, and then some."""
SEGMENT = plain_segment("x")


def ipa(phonemes: str, symbols: set[str] = PIPER) -> str:
    return to_ipa(Pronunciation(phonemes, ()), symbols, SEGMENT).phonemes


@pytest.mark.parametrize(
    ("misaki", "espeak"),
    [
        # what espeak-ng 1.51, voice en-us, writes for: day, eye, go, now, boy
        ("dˈA", "dˈeɪ"), ("ˈI", "ˈaɪ"), ("ɡˈO", "ɡˈoʊ"), ("nˈW", "nˈaʊ"), ("bˈY", "bˈɔɪ"),
        # judge, church, water, button
        ("ʤˈʌʤ", "dʒˈʌdʒ"), ("ʧˈɜɹʧ", "tʃˈɜːtʃ"), ("wˈɔTəɹ", "wˈɔːɾɚ"),
        # see and happy; you; father; thought, long, off
        ("sˈi", "sˈiː"), ("hˈæpi", "hˈæpi"), ("jˈu", "jˈuː"), ("fˈɑðəɹ", "fˈɑːðɚ"),
        ("θˈɔt", "θˈɔːt"), ("lˈɔŋ", "lˈɔŋ"), ("ˈɔf", "ˈɔf"),
        # bird, hurry, around
        ("bˈɜɹd", "bˈɜːd"), ("hˈɜɹi", "hˈɜːɹi"), ("əɹˈWnd", "əɹˈaʊnd"),
    ],
)  # fmt: skip
def test_misakis_letters_become_espeaks_symbols(misaki: str, espeak: str) -> None:
    assert ipa(misaki) == espeak


def test_pieces_still_pair_words_with_their_sounds() -> None:
    read = Pronunciation("ʧˈI nˈW", ((0, 3, 0, 3), (4, 7, 4, 7)))
    moved = to_ipa(read, PIPER, SEGMENT)
    assert [moved.phonemes[a:b] for _, _, a, b in moved.alignment] == ["tʃˈaɪ", "nˈaʊ"]


def test_a_symbol_that_a_model_lacks_gives_way_to_the_nearest_or_is_refused() -> None:
    assert ipa("wˈɔTəɹ—", PIPER - set("ɾɚ")) == "wˈɔːtəɹ,"
    assert ipa("ɡɹ", set("gr")) == "gr"
    with pytest.raises(EngineError, match="no symbol for the sound 'ŋ'"):
        ipa("sˈɪŋ", PIPER - {"ŋ"})


@given(st.text(alphabet=sorted(ALPHABET), max_size=30))
@settings(max_examples=50)
def test_nothing_but_known_symbols_comes_out(phonemes: str) -> None:
    with suppress(EngineError):  # what has no symbol is refused
        assert set(ipa(phonemes)) <= PIPER


@given(st.text(alphabet="abc xyz'-.,", max_size=40))
@settings(max_examples=50)
def test_letters_keep_every_word_in_its_place(said: str) -> None:
    segment = Segment(0, "speech", (Span(said, said),), "", 1, 0, 0.0)
    try:
        read = to_letters(segment, PLAIN, lower=False)
    except EngineError:
        assert not any(char.isalpha() for char in said)
        return
    assert [said[a:b] for a, b, _, _ in read.alignment] == said.split()
    assert [read.phonemes[a:b] for _, _, a, b in read.alignment] == read.phonemes.split()


def test_piper_weights_have_coqui_names() -> None:
    assert to_coqui_name("enc_p.emb.weight") == "text_encoder.emb.weight"
    assert to_coqui_name("dec.ups.1.bias") == "waveform_decoder.ups.1.bias"
    assert [to_coqui_name(f"flow.flows.{n}.pre.bias") for n in (0, 2, 4, 6)] == [
        f"flow.flows.{n}.pre.bias" for n in (0, 1, 2, 3)
    ]
    assert [to_coqui_name(f"dp.flows.{n}.pre.bias") for n in (3, 5, 7)] == [
        f"duration_predictor.flows.{n}.pre.bias" for n in (2, 3, 4)
    ]


def test_the_way_through_a_thing_and_itself_is_the_diagonal() -> None:
    frames = np.random.default_rng(0).normal(size=(50, 5))
    assert alignment.find_warp(frames, frames).tolist() == [[n, n] for n in range(50)]


def test_what_is_said_twice_as_slowly_is_found_at_twice_the_time() -> None:
    frames = np.random.default_rng(0).normal(size=(50, 5))
    path = alignment.find_warp(frames, np.repeat(frames, 2, axis=0))
    assert set(path[:, 1] // 2 - path[:, 0]) == {0}


def test_a_pause_moves_what_comes_after_it_and_nothing_else() -> None:
    # two bursts, of low and of high noise; the second rendition waits 300 ms between them
    rng = np.random.default_rng(0)
    low = np.convolve(rng.normal(size=8000), np.ones(20) / 20, "same")
    high = np.diff(rng.normal(size=8001)) / 4
    rest = rng.normal(size=4800) * 1e-4
    here = Clip(np.concatenate((low, high)).astype(np.float32), 16000)
    there = Clip(np.concatenate((low, rest, high)).astype(np.float32), 16000)
    marks = ((0, 0), (1, 4000), (2, 12000), (3, 16000))
    carried = alignment.transfer_marks(marks, here, there)
    assert [said for said, _ in carried] == [0, 1, 2, 3]
    assert [at for _, at in carried] == pytest.approx([0, 4000, 16800, 20800], abs=320)


def test_durations_add_up_to_the_clip() -> None:
    rng = np.random.default_rng(0)
    clip = Clip(rng.normal(0, 0.1, 24000).astype(np.float32), 24000)
    read = Pronunciation("ab cd", ((0, 2, 0, 2), (3, 5, 3, 5)))
    marks = ((0, 2400), (2, 9600), (3, 12000), (5, 21600))
    found = alignment.align_durations(clip, read, clip, marks)
    assert sum(found) == clip.frames
    assert found == (2400, 3600, 3600, 2400, 4800, 4800, 2400)
    with pytest.raises(EngineError, match=r"spoke for 1\.0 s where the words take about 3\.0 s"):
        alignment.align_durations(clip, read, Clip(np.zeros(72000, np.float32), 24000), marks)
