"""A loaded Coqui model: text in its own symbols → samples, with durations where it has them."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.engines.coqui import letters, package
from paperledge_audio.engines.coqui.files import Files, asked, digest, with_paths
from paperledge_audio.engines.coqui.noise import SEED, seeded
from paperledge_audio.errors import EngineError, VoiceError, mapped, near

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.voices.profiles import Voice

PHONEMES = "IPAPhonemes"
"""Name of Coqui's class of symbols for models that are given phonemes as text."""
MOST = 600
"""Symbols in a text: twice our longest segment, and beyond the 20 s that models are trained on."""
MOST_XTTS = 250
"""Letters in an English text, by XTTS's own tables: from longer ones it may leave the end out."""

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class CoquiSpeech:
    """What a model made of a text.

    `durations`: frames of the samples for each symbol of the text, with the silence before the
    first and after the last one around them; None where the model has none to tell.
    """

    samples: NDArray[np.float32]
    durations: tuple[int, ...] | None


class Model:
    """One model in memory, for every voice that it can speak in."""

    def __init__(self, files: Files) -> None:
        self._torch = package.torch()
        self._files = files
        config = with_paths(files)
        characters = config.get("characters") or {}
        self.phonemes = bool(config.get("use_phonemes")) or str(
            characters.get("characters_class")
        ).endswith(PHONEMES)
        """Whether it is given IPA."""
        self.lower = bool(config.get("text_cleaner")) and not self.phonemes
        """Whether it learned from small letters: all of Coqui's cleaners of letters make them."""
        config |= {"use_phonemes": False, "text_cleaner": None}  # our text is clean, and has sounds
        self._synthesizer = self._loaded(config)
        self._net = self._synthesizer.tts_model
        self.rate = int(self._synthesizer.output_sample_rate)
        """Hz."""
        kind = type(self._net).__name__
        self.timed = kind == "Vits"
        """Whether it tells how long each symbol lasts."""
        self.most = MOST_XTTS if kind == "Xtts" else MOST
        """Symbols in a text that it speaks reliably."""
        if hasattr(self._net, "_clone_voice"):
            self._net._clone_voice = _remembered(self._net._clone_voice)  # noqa: SLF001

    def _loaded(self, config: dict[str, Any]) -> Any:
        from TTS.utils.synthesizer import Synthesizer  # noqa: PLC0415 - large

        files, remedy = self._files, "name a model and its own config"
        with (
            mapped(VoiceError, "can't be loaded", remedy, foreign=(Exception,), path=files.model),
            package.quiet(),
            tempfile.TemporaryDirectory() as folder,
        ):
            path = Path(folder) / "config.json"
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
        """The characters that the model knows, those that it keeps for itself left out."""
        known = getattr(getattr(self._net, "tokenizer", None), "characters", None)
        if known is None or not hasattr(known, "vocab"):
            return letters.PLAIN
        own = {known.pad, known.eos, known.bos, known.blank}
        return {symbol for symbol in known.vocab if symbol not in own}

    def check(self, voice: Voice) -> None:
        """Raise VoiceError where the profile asks for what the model hasn't got."""
        wanted = asked(voice)
        speakers, languages = self._speakers(), self._languages()
        if wanted.speaker and wanted.speaker not in speakers:
            raise self._unfit(
                voice, f"has no speaker {wanted.speaker!r}", near(wanted.speaker, speakers)
            )
        clones = bool(self._net.config.supports_cloning) or (
            getattr(getattr(self._net, "speaker_manager", None), "encoder", None) is not None
        )
        if wanted.reference and (not clones or len(speakers) == 1):
            raise self._unfit(voice, "takes after no clips", "remove [coqui] reference")
        if wanted.reference and wanted.speaker:
            raise self._unfit(voice, "is asked for a speaker and for clips", "name one of them")
        if (clones or len(speakers) > 1) and not (wanted.speaker or wanted.reference):
            raise self._unfit(
                voice,
                "has several voices, and none is chosen",
                f"set [coqui] speaker or reference; {near('', speakers)}",
            )
        if len(languages) > 1 and wanted.language not in languages:
            asks = (
                f"does not speak {wanted.language!r}"
                if wanted.language
                else "has several languages"
            )
            raise self._unfit(
                voice,
                asks,
                f"set [coqui] language; {near(wanted.language, languages)}",
            )
        if len(languages) <= 1 and wanted.language and wanted.language not in languages:
            raise self._unfit(voice, "speaks one language", "remove [coqui] language")

    def say(self, text: str, voice: Voice) -> CoquiSpeech:
        """Speak `text`, which holds nothing but the model's symbols.

        It runs on one thread, like all our models: sentences are spoken side by side, and with
        two threads a sentence took longer and its samples were others.

        Raises EngineError where the model fails or leaves something out.
        """
        wanted = asked(voice)
        chosen = {
            "language": wanted.language or None,
            "speaker": wanted.speaker or None,
            "speaker_wav": [str(path) for path in wanted.reference] or None,
        }
        say = self._timed if self.timed else self._untimed
        self._torch.set_num_threads(1)  # again each time: a recogniser sets it too
        failed = f"the model of the voice {voice.name!r} failed"
        with mapped(EngineError, failed, foreign=(Exception,)), self._torch.inference_mode():
            return say(text, chosen, voice)

    def _timed(self, text: str, chosen: Mapping[str, Any], voice: Voice) -> CoquiSpeech:
        """VITS (Kim, Kong & Son 2021): any number of threads at once.

        A copy that shares the weights has its own pace. Around the symbols stand the marks of the
        ends, between them blanks; a blank's time goes to the symbol before it.
        """
        net = copy.copy(self._net)
        net.length_scale = self._net.length_scale / voice.pace
        with seeded(self._torch):
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
        """Any other model, one sentence at a time: chance has the process's seeds."""
        from TTS.utils.synthesizer import PAD_SILENCE_SAMPLES  # noqa: PLC0415

        paced: dict[str, float] = {}
        with _one_at_a_time, package.quiet():
            scale = getattr(self._net, "length_scale", None)
            if voice.pace != 1.0 and self.most == MOST_XTTS:
                paced["speed"] = voice.pace
            elif voice.pace != 1.0 and scale is None:
                raise self._unfit(voice, "has but one pace", "remove pace")
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


def _remembered(clone: Callable[..., Any]) -> Callable[..., Any]:
    """Working out a voice from its clips takes seconds: once a process is enough."""
    known: dict[str, Any] = {}
    first = Lock()

    def remembering(clips: Any, **settings: Any) -> Any:
        key = repr(([digest(Path(clip)) for clip in clips], sorted(settings.items())))
        with first, package.quiet():
            if key not in known:
                known[key] = clone(clips, **settings)
        return known[key]

    return remembering
