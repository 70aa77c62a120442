"""A loaded Coqui model: text in its own symbols → samples, with durations where it has them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.engines.coqui import letters, package
from paperledge_audio.engines.coqui.files import ModelFiles, hash_file, require_model, resolve_paths
from paperledge_audio.engines.coqui.noise import SEED, seed_noise
from paperledge_audio.errors import EngineError, VoiceError, map_errors, suggest
from paperledge_audio.files.temporary import make_workspace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.voices.profiles import Voice

PHONEMES = "IPAPhonemes"
"""Coqui's class of symbols for models that take phonemes as text."""
MOST = 600
"""The most symbols in a text: twice our longest segment, and beyond the 20 s of training clips."""
MOST_XTTS = 250
"""XTTS's limit for letters in an English text; it may drop the end of longer ones."""

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class CoquiSpeech:
    """A model's output for a text.

    `durations`: frames of the samples for each symbol of the text, with the silence before the
    first and after the last one around them; None where the model has none to tell.
    """

    samples: NDArray[np.float32]
    durations: tuple[int, ...] | None


class LoadedModel:
    """A model in memory, for all voices that it can speak."""

    def __init__(self, files: ModelFiles) -> None:
        self._torch = package.import_torch()
        self._files = files
        config = resolve_paths(files)
        characters = config.get("characters") or {}
        self.phonemes = bool(config.get("use_phonemes")) or str(
            characters.get("characters_class")
        ).endswith(PHONEMES)
        """Whether its input is IPA."""
        self.lower = bool(config.get("text_cleaner")) and not self.phonemes
        """Whether it learned from small letters: all of Coqui's cleaners of letters make them."""
        config |= {
            "use_phonemes": False,
            "text_cleaner": None,
        }  # our text is clean, and may be phonemes
        self._synthesizer = self._loaded(config)
        self._net = self._synthesizer.tts_model
        self.rate = int(self._synthesizer.output_sample_rate)
        """Hz."""
        kind = type(self._net).__name__
        self.timed = kind == "Vits"
        """Whether it gives durations of symbols."""
        self.most = MOST_XTTS if kind == "Xtts" else MOST
        """The most symbols that it speaks reliably."""
        self.paced = kind == "Xtts" or hasattr(self._net, "length_scale")
        """Whether it can change its pace."""
        if hasattr(self._net, "_clone_voice"):
            self._net._clone_voice = _cache_clone(self._net._clone_voice)  # noqa: SLF001

    def _loaded(self, config: dict[str, Any]) -> Any:
        from TTS.utils.synthesizer import Synthesizer  # noqa: PLC0415 - large

        files, remedy = self._files, "name a model and its own config"
        with (
            map_errors(
                VoiceError, "can't be loaded", remedy, foreign=(Exception,), path=files.model
            ),
            package.silence_warnings(),
            make_workspace() as folder,
        ):
            path = folder / "config.json"
            path.write_text(json.dumps(config), "utf-8")
            made = Synthesizer(
                tts_checkpoint=files.model,
                tts_config_path=path,
                vocoder_checkpoint=files.vocoder,
                vocoder_config=files.vocoder_config,
            )
            return made.eval()

    @property
    def symbols(self) -> Collection[str]:
        """The characters that the model knows, without its own special ones."""
        known = getattr(getattr(self._net, "tokenizer", None), "characters", None)
        if known is None or not hasattr(known, "vocab"):
            return letters.PLAIN
        own = {known.pad, known.eos, known.bos, known.blank}
        return {symbol for symbol in known.vocab if symbol not in own}

    def check(self, voice: Voice) -> None:
        """Raise VoiceError if the profile needs what the model doesn't have."""
        asked = require_model(voice)
        speakers, languages = self._speakers(), self._languages()
        if asked.speaker and asked.speaker not in speakers:
            raise self._unfit(
                voice, f"has no speaker {asked.speaker!r}", suggest(asked.speaker, speakers)
            )
        clones = bool(self._net.config.supports_cloning) or (
            getattr(getattr(self._net, "speaker_manager", None), "encoder", None) is not None
        )
        if asked.reference and (not clones or len(speakers) == 1):
            raise self._unfit(voice, "can't clone from clips", "remove [coqui] reference")
        if asked.reference and asked.speaker:
            raise self._unfit(voice, "is given a speaker and clips", "name one of them")
        if (clones or len(speakers) > 1) and not (asked.speaker or asked.reference):
            raise self._unfit(
                voice,
                "has several voices, and none is chosen",
                f"set [coqui] speaker or reference; {suggest('', speakers)}",
            )
        if len(languages) > 1 and asked.language not in languages:
            asks = (
                f"does not speak {asked.language!r}" if asked.language else "has several languages"
            )
            raise self._unfit(
                voice,
                asks,
                f"set [coqui] language; {suggest(asked.language, languages)}",
            )
        if len(languages) <= 1 and asked.language and asked.language not in languages:
            raise self._unfit(voice, "speaks one language", "remove [coqui] language")

    def say(self, text: str, voice: Voice) -> CoquiSpeech:
        """Speak `text`, which has only the model's symbols.

        It runs on one thread, like all our models: sentences are spoken side by side, and with
        two threads a sentence took longer and its samples were others.

        Raises EngineError where the model fails or leaves something out.
        """
        asked = require_model(voice)
        chosen = {
            "language": asked.language or None,
            "speaker": asked.speaker or None,
            "speaker_wav": [str(path) for path in asked.reference] or None,
        }
        say = self._timed if self.timed else self._untimed
        self._torch.set_num_threads(1)  # each time, since a recogniser sets it, too
        failed = f"the model of the voice {voice.name!r} failed"
        with map_errors(EngineError, failed, foreign=(Exception,)), self._torch.inference_mode():
            return say(text, chosen, voice)

    def _timed(self, text: str, chosen: Mapping[str, Any], voice: Voice) -> CoquiSpeech:
        """VITS (Kim, Kong & Son 2021): any number of threads at once.

        A copy that shares the weights has its own pace. Around the symbols stand the marks of the
        ends, between them blanks; a blank's time goes to the symbol before it.
        """
        net = copy.copy(self._net)
        net.length_scale = self._net.length_scale / voice.pace
        with seed_noise(self._torch):
            made = net.synthesize(text, **chosen)
        frames = made["outputs"]["durations"].reshape(-1).numpy().astype(int)
        blank, ends = int(net.tokenizer.add_blank), int(net.tokenizer.use_eos_bos)
        first, step = blank + ends, 1 + blank
        last = first + step * len(text)
        samples = np.asarray(made["wav"], np.float32).reshape(-1)
        hop, rest = divmod(len(samples), int(frames.sum()))
        if (
            len(frames) != last + ends
            or rest
            or (net.max_inference_len or len(samples)) < sum(frames)
        ):
            raise EngineError(f"the model of the voice {voice.name!r} left something out")
        inner = frames[first:last].reshape(-1, step).sum(axis=1)
        whole = (frames[:first].sum(), *inner, frames[last:].sum())
        return CoquiSpeech(samples, tuple(int(count) * hop for count in whole))

    def _untimed(self, text: str, chosen: Mapping[str, Any], voice: Voice) -> CoquiSpeech:
        """Any other model, one sentence at a time, since its noise uses the process's seeds."""
        from TTS.utils.synthesizer import PAD_SILENCE_SAMPLES  # noqa: PLC0415

        paced: dict[str, float] = {}
        with _one_at_a_time, package.silence_warnings():
            scale = getattr(self._net, "length_scale", None)
            if voice.pace != 1.0 and self.most == MOST_XTTS:
                paced["speed"] = voice.pace
            elif voice.pace != 1.0 and not self.paced:
                raise self._unfit(voice, "can't change its pace", "remove pace")
            self._torch.manual_seed(SEED)
            np.random.seed(SEED)  # noqa: NPY002 - it is what Griffin and Lim's phases come from
            try:
                if scale is not None:
                    self._net.length_scale = scale / voice.pace
                made = self._synthesizer.tts(
                    text,
                    speaker_name=chosen["speaker"],
                    language_name=chosen["language"],
                    speaker_wav=chosen["speaker_wav"],
                    split_sentences=False,
                    **paced,
                )
            finally:
                if scale is not None:
                    self._net.length_scale = scale
        return CoquiSpeech(np.asarray(made, np.float32)[:-PAD_SILENCE_SAMPLES], None)

    def _speakers(self) -> list[str]:
        manager = getattr(self._net, "speaker_manager", None)
        return list(manager.speaker_names) if manager is not None else []

    def _languages(self) -> list[str]:
        listed = list(getattr(self._net.config, "languages", None) or [])
        manager = getattr(self._net, "language_manager", None)
        return listed or (list(manager.language_names) if manager is not None else [])

    def _unfit(self, voice: Voice, what: str, remedy: str) -> VoiceError:
        return VoiceError(f"the model {self._files.model.name} {what}", remedy, path=voice.path)


def _cache_clone(clone: Callable[..., Any]) -> Callable[..., Any]:
    """Compute a voice from its clips only once per process: it takes seconds."""
    known: dict[str, Any] = {}
    first = Lock()

    def remembering(clips: Any, **settings: Any) -> Any:
        key = repr(([hash_file(Path(clip)) for clip in clips], sorted(settings.items())))
        with first, package.silence_warnings():
            if key not in known:
                known[key] = clone(clips, **settings)
        return known[key]

    return remembering
