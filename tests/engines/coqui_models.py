"""Coqui models for tests: tiny untrained ones in a moment, and a real voice from a Piper one."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

from paperledge_audio.engines.coqui import package
from paperledge_audio.voices.profiles import Voice, load_voice
from tests.samples import absent

LETTERS = "abcdefghijklmnopqrstuvwxyz"
IPA = LETTERS + "æðŋɐɑɒɔəɚɛɜɡɪɹɾʃʊʌʒˈˌːθᵻ"


def need_coqui(*more: str) -> None:
    """Skip, or on CI fail, where Coqui TTS or another package is not installed."""
    for name in (*package.NEEDED, *more):
        if importlib.util.find_spec(name) is None:
            absent(f"{name}, of `make coqui`,")


def tiny_vits(folder: Path, **settings: Any) -> Path:
    """An untrained VITS of 1.4 M parameters: its sound is noise, its text takes time.

    `settings` go to its config; those of its network stand under model_args. Returns the
    checkpoint; config.json lies beside it.
    """
    torch = package.import_torch()
    from TTS.config.shared_configs import BaseAudioConfig
    from TTS.tts.configs.shared_configs import CharactersConfig
    from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
    from TTS.tts.models.vits import Vits

    phonemes = settings.get("use_phonemes", False)
    kind = "IPAPhonemes" if phonemes else "Graphemes"
    characters = CharactersConfig(
        characters_class=f"TTS.tts.utils.text.characters.{kind}", pad="_", eos="~", bos="^",
        blank="#", characters=IPA if phonemes else LETTERS, punctuations=" ,.!?'",
        phonemes=None, is_unique=False, is_sorted=False,
    )  # fmt: skip
    args = {
        "hidden_channels": 32,
        "hidden_channels_ffn_text_encoder": 32,
        "num_layers_text_encoder": 1,
        "num_layers_posterior_encoder": 1,
        "num_layers_flow": 1,
        "upsample_initial_channel_decoder": 32,
        "resblock_type_decoder": "2",
        "resblock_kernel_sizes_decoder": [3],
        "resblock_dilation_sizes_decoder": [[1, 2]],
        "init_discriminator": False,
        "length_scale": 8.0,
        **settings.pop("model_args", {}),
    }
    given = {"add_blank": True, "enable_eos_bos_chars": True, "text_cleaner": None, **settings}
    with package.silence_warnings():
        torch.manual_seed(0)
        config = VitsConfig(
            model_args=VitsArgs(**args),
            audio=BaseAudioConfig(sample_rate=16000, hop_length=256),
            characters=characters,
            test_sentences=[],
            **{**given, "use_phonemes": False},
        )
        network = Vits(config)
    folder.mkdir(parents=True, exist_ok=True)
    torch.save({"model": network.state_dict()}, folder / "model.pth")
    plain = config.to_dict() | {"use_phonemes": phonemes}
    (folder / "config.json").write_text(json.dumps(plain))
    return folder / "model.pth"


def tiny_glow(folder: Path) -> None:
    """An untrained Glow-TTS: spectrograms, made sound by Griffin and Lim's method."""
    torch = package.import_torch()
    with package.silence_warnings():
        from TTS.tts.configs.glow_tts_config import GlowTTSConfig
        from TTS.tts.configs.shared_configs import CharactersConfig
        from TTS.tts.models.glow_tts import GlowTTS

        config = GlowTTSConfig(
            characters=CharactersConfig(
                characters_class="TTS.tts.utils.text.characters.Graphemes", pad="_", eos="~",
                bos="^", blank="#", characters=LETTERS, punctuations=" ,.!?'", phonemes=None,
                is_unique=False, is_sorted=False,
            ),
            text_cleaner="english_cleaners",
            hidden_channels_enc=32,
            hidden_channels_dec=32,
            hidden_channels_dp=32,
            num_flow_blocks_dec=1,
            num_block_layers=1,
            encoder_params={
                "kernel_size": 3, "dropout_p": 0.1, "num_layers": 1, "num_heads": 2,
                "hidden_channels_ffn": 32,
            },
            length_scale=24.0,
            test_sentences=[],
        )  # fmt: skip
        config.audio.griffin_lim_iters = 10
        torch.manual_seed(0)
        torch.save({"model": GlowTTS(config).state_dict()}, folder / "model.pth")
    (folder / "config.json").write_text(json.dumps(config.to_dict()))


def tiny_encoder(folder: Path) -> None:
    """A cloning VITS, as YourTTS is: one that takes after vectors, and the encoder of clips."""
    torch = package.import_torch()
    from TTS.encoder.models.lstm import LSTMSpeakerEncoder

    size = 16
    audio = {
        "sample_rate": 16000, "fft_size": 512, "win_length": 400, "hop_length": 160,
        "num_mels": 80, "preemphasis": 0.97,
    }  # fmt: skip
    torch.manual_seed(0)
    encoder = LSTMSpeakerEncoder(80, size, size, 1, use_torch_spec=True, audio_config=audio)
    torch.save({"model": encoder.state_dict()}, folder / "model_se.pth")
    kind = {
        "model_name": "lstm", "input_dim": 80, "proj_dim": size, "lstm_dim": size,
        "num_lstm_layers": 1, "use_torch_spec": True,
    }  # fmt: skip
    described = {"model": "speaker_encoder", "model_params": kind, "audio": audio}
    (folder / "config_se.json").write_text(json.dumps(described))
    vectors = {
        f"{name}.wav": {"name": name, "embedding": [value] * size}
        for name, value in (("anna", 0.1), ("ben", -0.1))
    }
    (folder / "speakers.json").write_text(json.dumps(vectors))
    names = {
        "d_vector_file": "speakers.json",
        "speaker_encoder_model_path": "model_se.pth",
        "speaker_encoder_config_path": "config_se.json",
    }
    whole: dict[str, Any] = {key: str(folder / name) for key, name in names.items()}
    whole["d_vector_file"] = [whole["d_vector_file"]]
    tiny_vits(folder, model_args={"use_d_vector_file": True, "d_vector_dim": size, **whole})
    config = json.loads((folder / "config.json").read_text())
    config["model_args"] |= {**names, "d_vector_file": ["speakers.json"]}  # as trained elsewhere
    (folder / "config.json").write_text(json.dumps(config))


def tiny_xtts(folder: Path) -> None:
    """An untrained XTTS of one small layer; its decoder is whole (90 MB), for it has one size."""
    torch = package.import_torch()
    with package.silence_warnings():
        from tokenizers import Tokenizer, models
        from TTS.tts.configs.xtts_config import XttsArgs, XttsConfig
        from TTS.tts.models.xtts import Xtts

        folder.mkdir()
        marks = ["[STOP]", "[UNK]", "[SPACE]", "[START]", "[en]"]
        symbols = {symbol: n for n, symbol in enumerate([*marks, *LETTERS, *".,!?'"])}
        tokenizer = Tokenizer(models.BPE(symbols, [], unk_token="[UNK]"))  # noqa: S106 - a symbol
        tokenizer.add_special_tokens(marks)
        tokenizer.save(str(folder / "vocab.json"))
        config = XttsConfig(
            languages=["en"],
            model_args=XttsArgs(
                gpt_layers=1,
                gpt_n_model_channels=64,
                gpt_n_heads=2,
                gpt_max_audio_tokens=60,
                gpt_num_audio_tokens=66,
                gpt_start_audio_token=64,
                gpt_stop_audio_token=65,
                gpt_number_text_tokens=len(symbols),
                gpt_start_text_token=symbols["[START]"],
                gpt_stop_text_token=symbols["[STOP]"],
                gpt_use_perceiver_resampler=True,
                decoder_input_dim=64,
            ),
        )
        torch.manual_seed(0)
        network = Xtts(config)
        torch.save({"model": network.state_dict()}, folder / "model.pth")
        config.save_json(str(folder / "config.json"))


def profile(folder: Path, coqui: str, top: str = "") -> Voice:
    """A voice whose [coqui] table is `coqui`, read from a file in `folder`."""
    path = folder / "host.toml"
    path.write_text(
        f'title = "Host"\nlicence = "none"\n{top}\n'
        f'[consent]\nby = "Nobody"\ndate = 2026-11-02\nfor = "A test"\n'
        f'[engines]\nstudio = "coqui"\ndraft = "coqui"\n[coqui]\n{coqui}\n'
    )
    return load_voice(path)
