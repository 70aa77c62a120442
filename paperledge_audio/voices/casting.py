"""Who speaks a script: the voices of its roles, and of the speakers that it names."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.errors import (
    PaperledgeError,
    ScriptError,
    ShowError,
    VoiceError,
    near,
    raise_first,
)
from paperledge_audio.script.blocks.speakers import NOBODY
from paperledge_audio.script.model import Quote, Speech
from paperledge_audio.voices.finding import find_voice, profile_names, voice_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from paperledge_audio.script.model import Block, Script
    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.profiles import Voice


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody who speaks: the voice, and the name that captions show."""

    voice: Voice
    name: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks what."""

    host: CastMember
    quote: CastMember
    """Speaks quotations that name nobody."""
    speakers: Mapping[str, CastMember]
    """Those whom the script names, by `same_name`."""

    def part(self, block: Block) -> CastMember:
        """Who speaks a block."""
        if isinstance(block, Speech | Quote) and block.speaker:
            return self.speakers[same_name(block.speaker)]
        return self.quote if isinstance(block, Quote) else self.host

    @property
    def voices(self) -> dict[str, Voice]:
        """Every voice by the name of its profile."""
        parts = (self.host, self.quote, *self.speakers.values())
        return {part.voice.name: part.voice for part in parts}


def same_name(name: str) -> str:
    """What is equal for names that count as one: case and white space don't matter."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def part_for(voice: Voice) -> CastMember:
    """Whoever speaks in `voice` and has no other name than its title."""
    return CastMember(voice, _title(voice))


def cast(script: Script, show: Show, *, host: str = "") -> Cast:
    """Find the voice of each role and of each speaker in `script`.

    `host` names a profile that replaces the host's. A speaker's name is looked up in the script's
    `cast`, then in the show's, then it is the host's or a profile's name or title.

    Raises VoiceError for a profile that there isn't or that its roles keep from the part, with
    the path of whoever named it, and ScriptError, with the line, where a speaker's name says
    nothing, or several things; what is wrong with further names are the first error's `others`.
    """
    episode = script.episode
    by = "" if host else script.path if episode.voice else str(show.path)
    lead = _named(host or episode.voice or show.voices.host, "host", show, by)
    finder = _Finder(script, show, lead)
    speakers: dict[str, CastMember] = {}
    called = ""
    errors: list[PaperledgeError] = []
    for block in _introductions(script):
        try:
            voice = finder.voice(block)
        except PaperledgeError as error:
            if error.line != block.line:  # not of this name
                raise
            errors.append(error)
        else:
            speakers.setdefault(same_name(block.speaker), CastMember(voice, block.speaker))
            called = called or (block.speaker if voice is lead else "")
    raise_first(errors)
    first = CastMember(lead, called) if called else part_for(lead)
    quote = first
    if any(isinstance(block, Quote) and not block.speaker for block in script.blocks):
        name = show.voices.quote
        if name and name != lead.name:
            voice = _named(name, "quote", show, str(show.path))
            quote = part_for(voice)
    return Cast(first, quote, speakers)


def _introductions(script: Script) -> Iterator[Speech | Quote]:
    """The blocks in which a name stands for the first time, with words to say or to quote."""
    seen: set[tuple[type[Block], str]] = set()
    for block in script.blocks:
        if isinstance(block, Speech | Quote) and block.speaker:
            if (type(block), block.speaker) not in seen:
                yield block
            seen.add((type(block), block.speaker))


def draft_note(voice: Voice, quality: str) -> str:
    """What is to be said of a draft whose voice has no engine for drafts; else ""."""
    if quality != "draft" or voice.draft:
        return ""
    return f"{voice.name} speaks through {voice.studio} in this draft: it has no draft engine"


class _Finder:
    """Finds the voices of the names that a script prints."""

    def __init__(self, script: Script, show: Show, lead: Voice) -> None:
        self.path, self.show, self.lead = script.path, show, lead
        self.given = {
            **_table(show.voices.cast, show.path, ShowError),
            **_table(script.episode.cast, script.path, ScriptError),
        }
        self.named = [name for name, _ in (*show.voices.cast, *script.episode.cast)]
        self.hosts = {same_name(name) for name in (show.host, lead.title, lead.name)}

    def voice(self, block: Speech | Quote) -> Voice:
        """The voice of a block that names its speaker."""
        role = "quote" if isinstance(block, Quote) else "guest"
        wanted = same_name(block.speaker)
        if wanted not in self.given and wanted in self.hosts:
            return self.lead
        name = self.given.get(wanted) or self._profile(block, wanted)
        try:
            return _named(name, role, self.show, self.path)
        except VoiceError as error:
            if error.path != (self.path or None):
                raise
            what = f"{block.speaker!r} is spoken by {name!r}, but {error.what}"
            raise error.located(line=block.line, what=what) from error

    def _profile(self, block: Speech | Quote, wanted: str) -> str:
        """The one profile of that name, else the one that has it for a title."""
        for names in self._names():
            found = [profile for profile, name in names.items() if same_name(name) == wanted]
            if len(found) > 1:
                raise ScriptError(
                    f"{block.speaker!r} may be {' or '.join(found)}",
                    "say which under cast in the header",
                    path=self.path or None,
                    line=block.line,
                )
            if found:
                return found[0]
        known = {self.show.host, *self.named, *self._titles(profile_names(self.show)).values()}
        raise ScriptError(
            f"no voice is called {block.speaker!r}",
            f"{near(block.speaker, known)} (cast in the header gives voices to more names); "
            f"if nobody speaks here, {NOBODY}",
            path=self.path or None,
            line=block.line,
        )

    def _names(self) -> Iterator[dict[str, str]]:
        """What profiles are called, the surest first: names, own titles, those of stock voices."""
        every = voice_names(self.show)
        yield {name: name for name in every}
        yield self._titles(profile_names(self.show))
        yield self._titles(every)

    def _titles(self, names: Iterable[str]) -> dict[str, str]:
        return {name: _title(find_voice(name, self.show)) for name in names}


def _table(
    pairs: Iterable[tuple[str, str]], path: Path | str, error: type[PaperledgeError]
) -> dict[str, str]:
    """A cast as a table whose names fold; raises `error` where two of them are one."""
    table: dict[str, str] = {}
    for name, voice in pairs:
        if table.setdefault(same_name(name), voice) != voice:
            raise error(f"cast: {name!r} is there twice", "remove one of them", path=path or None)
    return table


def _named(name: str, role: str, show: Show, by: str) -> Voice:
    """The voice called `name`, if it is for `role`; `by` is the file that says so, if one does."""
    try:
        voice = find_voice(name, show)
    except VoiceError as error:
        if error.path is not None:
            raise
        raise error.located(path=by or None) from error  # who named the voice has to correct it
    if role not in voice.roles:
        raise VoiceError(
            f"{name} is no voice for a {role}, only for a {' or '.join(voice.roles) or 'nobody'}",
            f'name another, or add "{role}" to roles in {voice.path.name}',
            path=by or None,
        )
    return voice


def _title(voice: Voice) -> str:
    return " ".join(voice.title.split())
