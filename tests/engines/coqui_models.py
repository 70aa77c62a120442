"""Coqui models for tests: tiny untrained ones in a moment, and a real voice from a Piper one."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

from paperledge_audio.engines.coqui import package
from paperledge_audio.voices import Voice, load_voice
from tests.samples import absent

LETTERS = "abcdefghijklmnopqrstuvwxyz"
IPA = LETTERS + "æðŋɐɑɒɔəɚɛɜɡɪɹɾʃʊʌʒˈˌːθᵻ"


def need_coqui(*more: str) -> None:
    """Skip, or on CI fail, where Coqui TTS or another package is not installed."""
    for name in (*package.NEEDED, *more):
        if importlib.util.find_spec(name) is None:
            absent(f"{name}, of `make coqui`,")


def tiny_vits(folder: Path, **settings: Any) -> Path:
    """An untrained VITS of 0.2 M parameters: its sound is noise, its text takes time.

    `settings` go to its config; those of its network stand under model_args. Returns the
    checkpoint; config.json lies beside it.
    """
    torch = package.torch()
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
    with package.quiet():
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


def profile(folder: Path, coqui: str, top: str = "") -> Voice:
    """A voice whose [coqui] table is `coqui`, read from a file in `folder`."""
    path = folder / "host.toml"
    path.write_text(
        f'title = "Host"\nlicence = "none"\nconsent = "A test."\n{top}\n'
        f'[engines]\nstudio = "coqui"\ndraft = "coqui"\n[coqui]\n{coqui}\n'
    )
    return load_voice(path)
