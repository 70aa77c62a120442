"""A Piper voice through the real Coqui package: converted exactly, understood, and well timed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from paperledge_audio.deliver.folder.finished import read_json
from paperledge_audio.engines import make_pool
from paperledge_audio.engines.coqui import from_piper, open_engine
from paperledge_audio.engines.coqui.model import LoadedModel
from paperledge_audio.engines.sessions import open_session
from paperledge_audio.errors import UsageError, VoiceError
from paperledge_audio.orders import Order, ProgressCallbacks
from paperledge_audio.render import render
from paperledge_audio.sound.measuring import cepstra
from paperledge_audio.sound.reading import read_clip
from paperledge_audio.takes import TakeStore
from paperledge_audio.verify.recogniser import read_back
from paperledge_audio.verify.speech import list_spoken_words
from paperledge_audio.verify.wording import count_word_errors
from paperledge_audio.voices.deliveries import Delivery
from paperledge_audio.voices.profiles import Voice
from tests.engines.coqui_models import need_coqui
from tests.samples import ROOT, plain_segment

LINES = (
    "The encoder reads all of the words at once, and each of them asks the others what they know.",
    "Nothing in the network says which word comes first, so the authors add a wave.",
    "Would you trust it with your own notes?",
)


@contextmanager
def silent(model: LoadedModel) -> Iterator[None]:
    """Without noise, as the network's mean would have it."""
    net = model._net
    scales = net.inference_noise_scale, net.inference_noise_scale_dp
    net.inference_noise_scale = net.inference_noise_scale_dp = 0.0
    yield
    net.inference_noise_scale, net.inference_noise_scale_dp = scales


@pytest.mark.model
def test_the_converted_voice_sounds_as_onnxruntime_makes_it(joe: Voice, piper_voice: Path) -> None:
    text = "ɔːlɹˈaɪt, lˈɜːnɪŋ kɹˈuː. hˌaʊ də mɐʃˈiːnz lˈɜːn tə lˈʊk?"
    ids = json.loads(piper_voice.with_name(piper_voice.name + ".json").read_text("utf-8"))[
        "phoneme_id_map"
    ]
    # Piper's own order: begin, then a pad before, between and after all symbols, then the end
    tokens = [ids["^"][0], ids["_"][0]]
    tokens += [n for symbol in text for n in (ids[symbol][0], ids["_"][0])]
    tokens += [ids["$"][0]]
    (expected,) = open_session(piper_voice.read_bytes(), "piper").run(
        {
            "input": np.array([tokens], np.int64),
            "input_lengths": np.array([len(tokens)], np.int64),
            "scales": np.array([0.0, 1.0, 0.0], np.float32),
        },
    )
    model = open_engine()._model(joe)
    with silent(model):
        spoken = model.say(text, joe)
    assert spoken.samples.shape == expected.ravel().shape
    assert np.abs(expected).max() > 0.1
    assert np.abs(spoken.samples - expected.ravel()).max() < 1e-3


@pytest.mark.model
def test_the_conversion_is_the_same_each_time_and_keeps_the_licence_beside_it(
    joe: Voice, piper_voice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from_piper.main([str(piper_voice), str(tmp_path / "joe")])
    assert 'config = "' in capsys.readouterr().out
    for name in ("model.pth", "config.json", "MODEL_CARD"):
        assert (tmp_path / "joe" / name).read_bytes() == (joe.path.parent / name).read_bytes()


@pytest.mark.model
def test_what_is_no_piper_voice_is_refused(piper_voice: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two names are needed"):
        from_piper.main(["one"])
    with pytest.raises(VoiceError, match=r"x\.onnx\.json: can't be read: No such file"):
        from_piper.convert(tmp_path / "x.onnx", tmp_path / "out")
    facts = json.loads(piper_voice.with_name(piper_voice.name + ".json").read_text("utf-8"))
    told = tmp_path / "x.onnx.json"
    told.write_text(json.dumps(facts))
    (tmp_path / "x.onnx").write_bytes(b"not a graph")
    with pytest.raises(VoiceError, match=r"x\.onnx: (can't be read as ONNX|is not a Piper voice)"):
        from_piper.convert(tmp_path / "x.onnx", tmp_path / "out")
    told.write_text(json.dumps({**facts, "num_speakers": 3}))
    with pytest.raises(VoiceError, match="has 3 speakers; only voices of one"):
        from_piper.convert(tmp_path / "x.onnx", tmp_path / "out")
    told.write_text(json.dumps({"audio": {}}))
    with pytest.raises(VoiceError, match="does not describe a Piper voice"):
        from_piper.convert(tmp_path / "x.onnx", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.model
def test_a_weight_that_is_missing_or_left_over_stops_the_conversion(
    piper_voice: Path, tmp_path: Path
) -> None:
    import onnx

    graph = onnx.load(piper_voice)
    shutil.copy(piper_voice.with_name(piper_voice.name + ".json"), tmp_path / "x.onnx.json")
    names = [weight.name for weight in graph.graph.initializer]
    weight = graph.graph.initializer[names.index("dec.conv_pre.bias")]
    weight.name = "dec.conv_pre.odd"
    onnx.save(graph, tmp_path / "x.onnx")
    with pytest.raises(VoiceError, match=r"no weights for waveform_decoder\.conv_pre\.bias"):
        from_piper.convert(tmp_path / "x.onnx", tmp_path / "out")
    extra = graph.graph.initializer.add()
    extra.CopyFrom(weight)
    weight.name = "dec.conv_pre.bias"
    onnx.save(graph, tmp_path / "x.onnx")
    with pytest.raises(
        VoiceError, match=r"without a place in VITS: waveform_decoder\.conv_pre\.od"
    ):
        from_piper.convert(tmp_path / "x.onnx", tmp_path / "out")


@pytest.mark.model
def test_words_are_aligned_about_where_the_models_durations_have_them(
    joe: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine()
    model = engine._model(joe)
    told = [word for line in LINES for word in engine.speak(plain_segment(line), joe).words]
    say = model.say
    monkeypatch.setattr(model, "say", lambda *a: replace(say(*a), durations=None))
    found = [word for line in LINES for word in engine.speak(plain_segment(line), joe).words]
    apart = [abs(a.start - b.start) / model.rate for a, b in zip(told, found, strict=True)]
    assert cepstra.HOP / cepstra.RATE < np.mean(apart) < 0.08  # a short vowel
    assert max(apart) < 0.4


@pytest.mark.model
def test_an_episodes_opening_is_understood(
    joe: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show = tmp_path / "show"
    shutil.copytree(ROOT / "scripts", show / "scripts")
    shutil.copytree(ROOT / "voices", show / "voices")
    shutil.copytree(joe.path.parent, show / "voices" / "joe")
    table = '[engines]\nstudio = "coqui"\ndraft = "coqui"\n[coqui]\nmodel = "joe/model.pth"\n'
    (show / "voices" / "joe.toml").write_text(
        f'title = "Joe"\nlicence = "see NOTICE"\nconsent = "A stock voice."\n{table}'
    )
    script = show / "scripts" / "opening.md"
    script.write_text(opening((ROOT / "scripts" / "attention-is-all-you-need.md").read_text()))
    store = TakeStore(tmp_path / "cache")
    with make_pool() as pool:
        order = Order(script, tmp_path / "out", voice="joe")
        release = render(order, script.read_bytes(), store, ProgressCallbacks(), pool).release
    (mp3,) = (path for path in release.paths if path.suffix == ".mp3")
    said = list_spoken_words(read_json(mp3.with_suffix(".transcript.json")))
    errors, words = count_word_errors(said, read_back(read_clip(mp3)))
    assert words > 80
    assert errors / words < 0.08


def opening(script: str) -> str:
    """A script up to its second heading."""
    first, *rest = script.split("\n## ")
    return "\n## ".join([first, *rest[:1]]) + "\n"


def test_a_voice_that_names_other_files_for_its_weights_is_refused(tmp_path: Path) -> None:
    need_coqui("onnx")
    import onnx

    (tmp_path / "secret").write_bytes(bytes(8))
    weight = onnx.numpy_helper.from_array(np.zeros(2, np.float32), from_piper.EMBEDDING)
    onnx.external_data_helper.set_external_data(weight, "../secret")
    weight.ClearField("raw_data")
    graph = onnx.helper.make_graph([], "x", [], [], [weight])
    (tmp_path / "voice").mkdir()
    (tmp_path / "voice" / "x.onnx").write_bytes(onnx.helper.make_model(graph).SerializeToString())
    with pytest.raises(VoiceError, match=r"x\.onnx: names other files for its weights; name a"):
        from_piper.PiperGraph(tmp_path / "voice" / "x.onnx")


@pytest.mark.model
def test_the_pace_of_a_delivery_is_that_of_a_voice(joe: Voice) -> None:
    engine, plain = open_engine(), plain_segment("It is quick.")
    directed = replace(plain, delivery=Delivery(pace=1.25, pitch_st=1.0))
    ours, expected = (
        engine.speak(directed, joe),
        engine.speak(plain, replace(joe, pace=joe.pace * 1.25)),
    )
    assert np.array_equal(ours.clip.samples, expected.clip.samples)
    assert ours.marks == expected.marks
