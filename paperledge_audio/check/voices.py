"""Whether voices can speak on this machine, and what is wrong with those that can't."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.engines import open_engine, ready
from paperledge_audio.errors import PaperledgeError, SpokenError, VoiceError
from paperledge_audio.files.tables import toml_line
from paperledge_audio.voices.finding import find_voice
from paperledge_audio.voices.profiles import QUALITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.profiles import Voice


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a voice can speak on this machine."""

    name: str
    voice: Voice | None
    """None where its profile can't be read."""
    speaks: tuple[str, ...]
    """The qualities in which it can."""
    problems: tuple[PaperledgeError, ...]


def readiness(name: str, show: Show) -> Readiness:
    """Whether the voice called `name` can speak here, found out without loading a model."""
    try:
        voice = find_voice(name, show)
    except VoiceError as error:
        return Readiness(name, None, (), (error,))
    problems: dict[str, PaperledgeError] = {}
    for engine in dict.fromkeys(map(voice.engine, QUALITIES)):
        try:
            ready(engine, voice)
        except PaperledgeError as error:
            problems[engine] = error
    speaks = tuple(quality for quality in QUALITIES if voice.engine(quality) not in problems)
    return Readiness(name, voice, speaks, tuple(problems.values()))


def checked(name: str, show: Show) -> Readiness:
    """The same, with the files of weights hashed, and the pronunciations and the sample tried."""
    found = readiness(name, show)
    voice = found.voice
    if voice is None:
        return found
    problems = [*found.problems, *_wrong_words(voice, show)]
    for quality in found.speaks:
        try:
            open_engine(voice.engine(quality)).models(voice)
        except PaperledgeError as error:
            problems.append(error)
    return Readiness(name, voice, found.speaks, tuple(problems))


def _wrong_words(voice: Voice, show: Show) -> Iterator[PaperledgeError]:
    """What is wrong with the words of a profile, each with its line."""
    from paperledge_audio.spoken.lexicon.entries import entry  # noqa: PLC0415 - the word lists are large

    wrong = False
    for form, said in voice.pronounce:
        try:
            entry(form, said)
        except SpokenError as error:
            wrong = True
            yield _placed(error, voice, f"pronounce.{form}")
    if not wrong:
        try:
            _try_sample(voice, show)
        except PaperledgeError as error:
            yield _placed(error, voice, "sample")


def _try_sample(voice: Voice, show: Show) -> None:
    """Turn the sample line into phonemes; raises what speaking it would."""
    from paperledge_audio.engines.g2p import read  # noqa: PLC0415
    from paperledge_audio.plan import plan_line  # noqa: PLC0415

    for segment in plan_line(voice.sample, show, voice, quality="studio").segments:
        read(segment, british=voice.language == "en-GB")


def _placed(error: PaperledgeError, voice: Voice, key: str) -> VoiceError:
    line = toml_line(voice.path, key, VoiceError)
    return VoiceError(f"{key}: {error.what}", error.remedy, path=voice.path, line=line)
