"""paperledge voices fit beyond the blends: a pack beside its profile, which tells of its making."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from paperledge_audio import engines, likeness
from paperledge_audio.cli.voices import fit
from paperledge_audio.engines.kokoro import hash_voice
from paperledge_audio.errors import VoiceError
from paperledge_audio.likeness import predicting
from paperledge_audio.likeness.lines import PROOF
from paperledge_audio.likeness.manner import measure_manner
from paperledge_audio.likeness.predicting import CHOSEN_FROM
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.reading import read_clip
from paperledge_audio.verify import encoder
from paperledge_audio.voices import finding as voices
from paperledge_audio.voices.packs import blend, compose_pack, read_about, read_pack
from paperledge_audio.voices.profiles import load_voice
from tests.conftest import Ran
from tests.likeness.babble import babble
from tests.likeness.voices_that_add_up import NAMES
from tests.likeness.voices_that_move import (
    RATE,
    Moving,
    PlaceReader,
    Strict,
    embed_place,
    find_pitch_hz,
    open_space,
)

Call = Callable[..., Ran]
CONSENT = ("--consent-by", "Ada Example", "--consent-date", "2026-03-01", "--consent-for", "a test")
HOST = np.array([2.0, -1.5, 1.0, 1.5, -2.0])
FIT = ("voices", "fit", "host.wav", "-o", "voices/me.toml", "--effort", "quick", *CONSENT)


class Host(PlaceReader):
    """Hears recordings, which have more frames than what the engine speaks, as the host."""

    def embed(self, clip: Clip) -> Any:
        return embed_place(HOST) if clip.frames > 3 * RATE else super().embed(clip)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what one test tried is kept for the others."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def recording(show_folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight seconds of a host, in the folder of a show whose voices move."""
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(cache))
    monkeypatch.setattr(predicting, "GUESSES", 300)  # there are few axes
    monkeypatch.setattr(engines, "open_engine", lambda _name: Moving())
    monkeypatch.setattr(encoder, "open_encoder", Host)
    monkeypatch.setattr(likeness, "open_quality_net", Strict)
    monkeypatch.setattr(likeness, "read_back", lambda _clip: "nothing")
    monkeypatch.setattr(voices, "stock_names", lambda: NAMES)
    monkeypatch.setattr(fit, "TRIALS", {"quick": 60})
    soundfile.write(show_folder / "host.wav", babble(8), 16000)


def test_the_pack_lies_beside_the_profile_and_tells_of_its_making(paperledge: Call) -> None:
    ran = paperledge(*FIT)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[-3:-1] == ["voices/me.safetensors", "voices/me.toml"]
    assert "beyond the blends, after " in ran.out
    voice = load_voice(Path("voices/me.toml"))
    assert voice.packs == ((Path("voices/me.safetensors"), 1.0),)
    assert (voice.studio, voice.draft, voice.fitted_to) == ("kokoro", "kokoro", "host.wav")
    assert voice.origin.startswith(
        "Kokoro-82M (hexgrad), fitted to a recording; the search began at a blend, "
    )
    about = read_about(Path("voices/me.safetensors"))
    assert about["consent"] == "Ada Example, 2026-03-01, for a test"
    assert about["licence"] == voice.licence
    assert about["fitted voice"] in ran.out
    stock = [read_pack(voices.stock_voice(name).packs[0][0]) for name in NAMES]
    rows = blend(voice.packs)[0]
    assert not any(np.allclose(rows, one, atol=0.01) for one in stock)
    shown = paperledge("voices", "show", "me").out
    assert about["fitted voice"] in shown


def test_another_pack_than_the_fitted_one_is_refused(paperledge: Call) -> None:
    assert paperledge(*FIT).code == 0
    voice, pack = load_voice(Path("voices/me.toml")), Path("voices/me.safetensors")
    assert hash_voice(voice) == voice.pack_sha256
    other = read_pack(pack).copy()
    other[7, 0, 3] += 0.25
    pack.write_bytes(compose_pack(other, read_about(pack)))
    with pytest.raises(VoiceError, match=r"is not the pack that was fitted to host\.wav"):
        hash_voice(voice)
    assert paperledge(*FIT, "--force", "--like", "0").err.splitlines()[-1] == (
        "voices/me.safetensors is of an earlier fit, and me.toml no longer names it; remove it"
    )


def test_machines_get_the_proofs_and_the_front(paperledge: Call) -> None:
    told = json.loads(paperledge(*FIT, "--json").out)
    assert told["pack"] == "voices/me.safetensors"
    proofs = told["beyond"]["proofs"]
    assert proofs["fitted_voice"]["likeness"] > proofs["blend"]["likeness"]
    assert told["beyond"]["front"][0]["likeness"] >= told["beyond"]["front"][-1]["likeness"]
    assert told["beyond"]["tried"] <= 60 + CHOSEN_FROM


def test_where_the_voice_is_not_understood_the_blend_stays(
    paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter([*PROOF, *PROOF])  # the stock voice and the blend, word for word
    monkeypatch.setattr(likeness, "read_back", lambda _clip: next(said, "nothing"))
    ran = paperledge(*FIT)
    assert ran.code == 0, ran.err
    assert ran.err.splitlines()[-1] == (
        "no voice beyond the blends was more like it and as well understood"
    )
    assert not Path("voices/me.safetensors").exists()
    assert {path.stem for path, _ in load_voice(Path("voices/me.toml")).packs} <= set(NAMES)


def test_the_search_begins_at_a_given_pack(paperledge: Call, tmp_path: Path) -> None:
    """A tuner's pack, which no blend is: the search finds the host from there."""
    start = tmp_path / "tuned.safetensors"
    space = open_space()
    stock = read_pack(voices.stock_voice(NAMES[0]).packs[0][0])
    way = np.zeros(len(space.timbre.axes))
    way[: len(HOST)] = HOST
    tuned = space.move(stock, way - space.timbre.place(stock), np.zeros(len(space.manner.axes)))
    start.write_bytes(compose_pack(tuned, {}))
    proofs = [
        json.loads(paperledge(*FIT, *more, "--json", "--force").out)["beyond"]["proofs"]
        for more in ((), ("--from", str(start)))
    ]
    likeness = [one["fitted_voice"]["likeness"] for one in proofs]
    assert min(likeness) > 0.98
    assert likeness[0] != likeness[1]  # another start is another search
    assert likeness[1] > 0.98
    origin = load_voice(Path("voices/me.toml")).origin
    assert (
        origin
        == "Kokoro-82M (hexgrad), fitted to a recording; the search began at tuned.safetensors"
    )


@pytest.mark.parametrize(
    ("content", "more", "code", "says"),
    [
        (b"no pack", (), 1, "start.bin: is not a Kokoro voice pack: it has 7 bytes "),
        (bytes(522240), ("--like", "0"), 2, "--like 0 only blends stock voices; "),
    ],
    ids=["damaged", "useless"],
)
def test_a_pack_that_is_no_start_stops_it_first(
    paperledge: Call, content: bytes, more: tuple[str, ...], code: int, says: str
) -> None:
    Path("start.bin").write_bytes(content)
    ran = paperledge(*FIT, "--from", "start.bin", *more)
    assert (ran.code, ran.line[: len(says)]) == (code, says)
    assert not Path("voices/me.toml").exists()


def test_a_pack_that_is_there_stays(paperledge: Call) -> None:
    Path("voices/me.safetensors").write_bytes(b"mine")
    ran = paperledge(*FIT)
    assert (ran.code, ran.line) == (
        1,
        "voices/me.safetensors: is there already; name another file or add --force",
    )
    assert Path("voices/me.safetensors").read_bytes() == b"mine"
    assert paperledge(*FIT, "--force").code == 0
    assert read_pack(Path("voices/me.safetensors")).shape == (510, 1, 256)


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("cmaes", "cmaes is not installed; run: pip install "),
        ("distillmos", "the quality net is not installed; run: pip install --no-deps distillmos=="),
    ],
)
def test_what_is_not_installed_is_said_before_anything_is_heard(
    paperledge: Call, monkeypatch: pytest.MonkeyPatch, module: str, said: str
) -> None:
    import importlib.util

    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == module else found(name)
    )
    ran = paperledge(*FIT)
    assert ran.code == 3
    assert ran.line.startswith(said)
    assert not Path("voices/me.toml").exists()


def test_from_a_recording_to_an_episode_in_two_commands(paperledge: Call) -> None:
    assert paperledge(*FIT).code == 0
    ran = paperledge("render", "scripts/one-hand.md", "--voice", "me", "-o", "out")
    assert ran.code == 0, ran.err
    manifest = json.loads(Path("out/one-hand/one-hand.manifest.json").read_text("utf-8"))
    assert manifest["voices"]["me"]["consent"]["by"] == "Ada Example"
    rows = read_pack(Path("voices/me.safetensors"))
    pitch = measure_manner([read_clip(Path("out/one-hand/one-hand.mp3"))]).pitch_hz
    assert pitch == pytest.approx(find_pitch_hz(rows), rel=0.05)
