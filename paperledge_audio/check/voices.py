"""Checks whether voices can speak on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.engines import check_ready, open_engine
from paperledge_audio.errors import PaperledgeError, SpokenError, VoiceError
from paperledge_audio.files.tables import find_toml_place
from paperledge_audio.voices.engines import ENGINES
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
    """None if its profile can't be read."""
    speaks: tuple[str, ...]
    """The qualities (studio, draft) in which it can."""
    problems: tuple[PaperledgeError, ...]


def check_readiness(name: str, show: Show) -> Readiness:
    """Check whether the voice called `name` can speak here, without loading a model."""
    try:
        voice = find_voice(name, show)
    except VoiceError as error:
        return Readiness(name, None, (), error.all)
    problems: dict[str, PaperledgeError] = {}
    for engine in dict.fromkeys(map(voice.engine, QUALITIES)):
        try:
            check_ready(engine, voice)
        except PaperledgeError as error:
            problems[engine] = error
    speaks = tuple(quality for quality in QUALITIES if voice.engine(quality) not in problems)
    return Readiness(name, voice, speaks, tuple(problems.values()))


def check_thoroughly(name: str, show: Show) -> Readiness:
    """The same, and hash the files of weights and try the pronunciations and the sample."""
    found = check_readiness(name, show)
    voice = found.voice
    if voice is None:
        return found
    problems = [*found.problems, *_find_wrong_words(voice, show)]
    for quality in found.speaks:
        try:
            open_engine(voice.engine(quality)).models(voice)
        except PaperledgeError as error:
            problems.append(error)
    return Readiness(name, voice, found.speaks, tuple(problems))


def _find_wrong_words(voice: Voice, show: Show) -> Iterator[PaperledgeError]:
    """Faults in the words of a profile, each with its line."""
    from paperledge_audio.spoken.lexicon.entries import make_entry  # noqa: PLC0415 - the word lists are large

    wrong = False
    for form, said in voice.pronounce:
        try:
            make_entry(form, said)
        except SpokenError as error:
            wrong = True
            yield _locate(error, voice, f"pronounce.{form}")
    if not wrong:
        try:
            _try_sample(voice, show)
        except PaperledgeError as error:
            yield _locate(error, voice, "sample")


def _try_sample(voice: Voice, show: Show) -> None:
    """Turn the sample line into phonemes; raises what speaking it would raise."""
    from paperledge_audio.engines.g2p import pronounce  # noqa: PLC0415
    from paperledge_audio.plan import plan_line  # noqa: PLC0415

    plan = plan_line(voice.sample, show, voice, quality="studio")
    reads = any(ENGINES[voice.engine(quality)].reads for quality in QUALITIES)
    for segment in plan.segments if reads else ():
        pronounce(segment, british=voice.is_british)


def _locate(error: PaperledgeError, voice: Voice, key: str) -> VoiceError:
    line, column = find_toml_place(voice.path, key, VoiceError)
    return VoiceError(
        f"{key}: {error.what}", error.remedy, path=voice.path, line=line, column=column
    )
