"""A Piper voice (ONNX and its JSON) → a Coqui VITS checkpoint and its config.

    python -m paperledge_audio.engines.coqui.from_piper VOICE.onnx FOLDER [--force]

Both programs train the same network, VITS (Kim, Kong & Son 2021, https://arxiv.org/abs/2106.06103),
and name its parts differently. Piper's ONNX file keeps the names of PyTorch's parameters but for
three things that its export folded: weight-normed convolutions lost the name of their weight, the
embedding table may have any name, and the affine flow's log scale became the constant exp(-logs).
What only training uses is not in the file; it becomes zeros. Everything else about the network is
read off the graph, so that every quality of voice is converted by the same few rules.
"""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.engines.coqui import package
from paperledge_audio.errors import PaperledgeError, UsageError, VoiceError, map_errors
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.ownership import check_file
from paperledge_audio.files.reading import is_there, read_bytes
from paperledge_audio.files.writing import deliver_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

ROOMS = {
    "enc_p": "text_encoder",
    "dec": "waveform_decoder",
    "flow": "flow",
    "dp": "duration_predictor",
}
"""Piper's names of the network's parts → Coqui's."""
TRAINING_ONLY = re.compile(r"posterior_encoder\.|duration_predictor\.(post_|flows\.1\.)")
"""Parts that only training uses: the posterior encoder and the duration predictor's own posterior;
its flow 1 is left out of speaking by the paper's code too."""
EMBEDDING = "enc_p.emb.weight"
FOLDED = "/dp/flows.0/Exp_output_0"
LARGEST_BYTES, LARGEST_TEXT = 1_000_000_000, 10_000_000
"""Of a voice, and of the files beside it."""
HEADS = 2
"""Attention heads of the text encoder; not visible in the graph, the same in every Piper voice."""
PAD, BEGIN, END = "_", "^", "$"
"""Piper's marks; the padding also stands between all phonemes."""


class PiperGraph:
    """A Piper voice's ONNX graph: its weights by Piper's names, its convolutions' attributes."""

    def __init__(self, path: Path) -> None:
        import onnx  # noqa: PLC0415 - large
        from google.protobuf import message  # noqa: PLC0415 - whose errors onnx raises

        data = read_bytes(path, LARGEST_BYTES, "a voice", error=VoiceError)
        what, foreign = "can't be read as ONNX", (message.DecodeError,)
        with map_errors(VoiceError, what, "name a voice", foreign=foreign, path=path):
            graph = onnx.load_model_from_string(data).graph
        if any(map(onnx.external_data_helper.uses_external_data, graph.initializer)):
            raise VoiceError("names other files for its weights", "name a whole voice", path=path)
        stored = {i.name: onnx.numpy_helper.to_array(i) for i in graph.initializer}
        names = {name: name for name in stored if name.partition(".")[0] in ROOMS}
        self.attributes: dict[str, dict[str, int]] = {}
        """Layer → the attributes of its convolution, each the first of its integers."""
        for node in graph.node:
            layer, is_bias, _ = (node.input[-1] if node.input else "").rpartition(".bias")
            if node.op_type in {"Conv", "ConvTranspose"} and is_bias:
                names.setdefault(f"{layer}.weight", node.input[1])
                self.attributes[layer] = {a.name: a.ints[0] for a in node.attribute if a.ints}
            elif node.name == "/enc_p/emb/Gather":
                names[EMBEDDING] = node.input[0]
        self.weights = {name: stored[kept] for name, kept in names.items() if kept in stored}
        if FOLDED in stored:
            self.weights["dp.flows.0.logs"] = -np.log(stored[FOLDED])
        if EMBEDDING not in self.weights:
            raise VoiceError("is not a Piper voice: it has no phonemes", "name a voice", path=path)

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of a weight."""
        return tuple(self.weights[name].shape)

    def count(self, prefix: str) -> int:
        """How many numbered layers follow `prefix`."""
        found = {
            name.removeprefix(prefix).partition(".")[0]
            for name in self.weights
            if name.startswith(prefix)
        }
        return len(found)


def convert(onnx_path: Path, folder: Path, *, force: bool = False) -> tuple[Path, Path]:
    """Write `folder`/model.pth and config.json; returns both paths.

    The voice's JSON is expected beside it, named like it with .json added; its MODEL_CARD, which
    says what may be done with the voice, is copied along. Raises VoiceError for what is no
    single-speaker Piper voice or has a weight without a place, MissingError without Coqui TTS, and
    DeliveryError where a file is there already, unless `force` replaces it.
    """
    model_file, config_file = folder / "model.pth", folder / "config.json"
    card = onnx_path.with_name("MODEL_CARD")
    extra = {}
    if is_there(card):
        extra[folder / card.name] = read_bytes(card, LARGEST_TEXT, "a card", error=VoiceError)
    for path in (model_file, config_file, *extra):
        check_file(path, force=force)
    torch = package.import_torch()
    from TTS.tts.models.vits import Vits  # noqa: PLC0415 - large

    facts = _read_json(onnx_path)
    graph = PiperGraph(onnx_path)
    config = _make_config(graph, facts)
    with package.silence_warnings():
        model = Vits(replace(config, use_phonemes=False))  # so it asks for no phonemizer
        ids = {symbol: ids[0] for symbol, ids in facts["phoneme_id_map"].items()}
        rows = [ids[symbol] for symbol in model.tokenizer.characters.vocab]
        graph.weights[EMBEDDING] = graph.weights[EMBEDDING][rows]
        state = _convert_weights(graph.weights, model.state_dict(), torch, onnx_path)
        model.load_state_dict(state, strict=True)
    checkpoint = io.BytesIO()
    torch.save({"model": state}, checkpoint)
    files = {
        model_file: checkpoint.getvalue(),
        config_file: (json.dumps(config.to_dict(), indent=2) + "\n").encode(),
    }
    deliver_files({**files, **extra}, force=force)
    return model_file, config_file


def _read_json(onnx_path: Path) -> dict[str, Any]:
    path = onnx_path.with_name(onnx_path.name + ".json")
    data = read_bytes(path, LARGEST_TEXT, "a voice with its JSON beside it", error=VoiceError)
    foreign = (ValueError, KeyError, TypeError, AttributeError)
    with map_errors(VoiceError, "does not describe a Piper voice", foreign=foreign, path=path):
        facts: dict[str, Any] = parse_json(data)
        speakers = facts.get("num_speakers", 1)
        facts["audio"]["sample_rate"], facts["phoneme_id_map"], facts["inference"]
    if speakers != 1:
        raise VoiceError(
            f"has {speakers} speakers", "only voices of one speaker are converted", path=path
        )
    return facts


def _make_config(graph: PiperGraph, facts: dict[str, Any]) -> Any:
    """Coqui's config of the network that the graph shows."""
    from TTS.config.shared_configs import BaseAudioConfig  # noqa: PLC0415 - large
    from TTS.tts.configs.shared_configs import CharactersConfig  # noqa: PLC0415
    from TTS.tts.configs.vits_config import VitsArgs, VitsConfig  # noqa: PLC0415

    symbols = [s for s in facts["phoneme_id_map"] if len(s) == 1 and s not in {PAD, BEGIN, END}]
    ups = [f"dec.ups.{i}" for i in range(graph.count("dec.ups."))]
    rates = [graph.attributes[up]["strides"] for up in ups]
    blocks = range(graph.count("dec.resblocks.") // len(ups))
    plain = "dec.resblocks.0.convs.0.weight" in graph.weights
    convs = "convs" if plain else "convs1"
    dilations = [
        [
            graph.attributes[f"dec.resblocks.{block}.{convs}.{i}"]["dilations"]
            for i in range(graph.count(f"dec.resblocks.{block}.{convs}."))
        ]
        for block in blocks
    ]
    embedding = graph.shape(EMBEDDING)
    inference = facts["inference"]
    args = VitsArgs(
        num_chars=len(symbols) + 4,
        hidden_channels=embedding[1],
        hidden_channels_ffn_text_encoder=graph.shape("enc_p.encoder.ffn_layers.0.conv_1.weight")[0],
        num_heads_text_encoder=HEADS,
        num_layers_text_encoder=graph.count("enc_p.encoder.attn_layers."),
        num_layers_posterior_encoder=1,  # training only: as small as can be
        resblock_type_decoder="2" if plain else "1",
        resblock_kernel_sizes_decoder=[
            graph.shape(f"dec.resblocks.{block}.{convs}.0.weight")[-1] for block in blocks
        ],
        resblock_dilation_sizes_decoder=dilations,
        upsample_rates_decoder=rates,
        upsample_kernel_sizes_decoder=[graph.attributes[up]["kernel_shape"] for up in ups],
        upsample_initial_channel_decoder=graph.shape("dec.conv_pre.weight")[0],
        init_discriminator=False,
        length_scale=float(inference["length_scale"]),
        inference_noise_scale=float(inference["noise_scale"]),
        inference_noise_scale_dp=float(inference["noise_w"]),
    )
    return VitsConfig(
        model_args=args,
        audio=BaseAudioConfig(
            sample_rate=facts["audio"]["sample_rate"],
            hop_length=int(np.prod(rates)),
            fft_size=1024,
            win_length=1024,
        ),
        use_phonemes=True,
        phonemizer="espeak",
        phoneme_language=facts.get("espeak", {}).get("voice", "en-us"),
        text_cleaner=None,
        add_blank=True,
        enable_eos_bos_chars=True,
        characters=CharactersConfig(
            characters_class="TTS.tts.utils.text.characters.IPAPhonemes",
            pad=PAD,
            eos=END,
            bos=BEGIN,
            blank=PAD,
            characters="".join(symbols),
            punctuations="",
            phonemes=None,
            is_unique=False,
            is_sorted=False,
        ),
        test_sentences=[],
    )


def to_coqui_name(name: str) -> str:
    """Coqui's name of a Piper weight.

    Between its flows Piper counts the modules that swap the halves; Coqui doesn't. The duration
    predictor begins with an affine flow that has no swap after it.

    >>> to_coqui_name("flow.flows.4.enc.cond.bias"), to_coqui_name("dp.flows.0.logs")
    ('flow.flows.2.enc.cond.bias', 'duration_predictor.flows.0.log_scale')
    """
    room, _, rest = name.partition(".")
    first = 1 if room == "dp" else 0
    rest = re.sub(r"^flows\.(\d+)", lambda m: f"flows.{(int(m[1]) + first) // 2}", rest)
    if room == "dp":
        affine = {"flows.0.m": "flows.0.translation", "flows.0.logs": "flows.0.log_scale"}
        rest = affine.get(rest, rest)
    return f"{ROOMS[room]}.{rest}"


def _convert_weights(
    weights: Mapping[str, NDArray[Any]], empty: Mapping[str, Any], torch: Any, path: Path
) -> dict[str, Any]:
    """Coqui's parameters: `empty` says which there are and what shape they have.

    Weight norm (Salimans & Kingma 2016, https://arxiv.org/abs/1602.07868) is undone by ONNX's
    export, w = g·v/‖v‖, and made again with v = w and g = ‖w‖ over all but the first dimension.
    """
    given: dict[str, Any] = {}
    for name, array in weights.items():
        key, value = to_coqui_name(name), torch.from_numpy(np.array(array, np.float32))
        normed = key.removesuffix("weight") + "parametrizations.weight.original"
        if normed + "1" in empty:
            axes = tuple(range(1, value.dim()))
            given[normed + "1"] = value
            given[normed + "0"] = torch.linalg.vector_norm(value, dim=axes, keepdim=True)
        else:
            given[key] = value
    for key, value in empty.items():
        if key not in given and TRAINING_ONLY.match(key):
            given[key] = torch.zeros_like(value)
        if key not in given or given[key].shape != value.shape:
            raise VoiceError(f"holds no weights for {key} of the right shape", path=path)
    if homeless := sorted(set(given) - set(empty)):
        raise VoiceError(f"holds weights without a place in VITS: {homeless[0]}", path=path)
    return {key: given[key] for key in empty}


def main(arguments: list[str]) -> None:
    """Convert, and print the lines for a voice profile."""
    names = [argument for argument in arguments if argument != "--force"]
    if len(names) != 2:
        raise UsageError("two names are needed", "run: python -m … from_piper VOICE.onnx FOLDER")
    model, config = convert(Path(names[0]), Path(names[1]), force=names != arguments)
    print(f'[coqui]\nmodel = "{model}"\nconfig = "{config}"')  # noqa: T201 - a program's output


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except PaperledgeError as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(error.exit_code)
