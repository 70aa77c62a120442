"""Casting: the voices of a script's roles and of the speakers that it names."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.errors import (
    PaperledgeError,
    ScriptError,
    ShowError,
    VoiceError,
    raise_first,
    suggest,
)
from paperledge_audio.script.blocks.speakers import NOBODY
from paperledge_audio.script.model import Quote, Speech
from paperledge_audio.voices.blends import choose_draft_engine
from paperledge_audio.voices.finding import find_voice, profile_names, voice_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from paperledge_audio.script.model import Block, Script
    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.profiles import Voice


@dataclass(frozen=True, slots=True)
class CastMember:
    """A speaker: the voice, and the name that captions show."""

    voice: Voice
    name: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The speakers of a script."""

    host: CastMember
    quote: CastMember
    """The speaker of quotations without a name."""
    speakers: Mapping[str, CastMember]
    """The speakers that the script names, by `fold_name`."""

    def member_for(self, block: Block) -> CastMember:
        """The speaker of a block."""
        if isinstance(block, Speech | Quote) and block.speaker:
            return self.speakers[fold_name(block.speaker)]
        return self.quote if isinstance(block, Quote) else self.host

    @property
    def voices(self) -> dict[str, Voice]:
        """Every voice by the name of its profile."""
        parts = (self.host, self.quote, *self.speakers.values())
        return {part.voice.name: part.voice for part in parts}


def fold_name(name: str) -> str:
    """The name in lower case and with single spaces, for comparing names."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def make_member(voice: Voice) -> CastMember:
    """A speaker with the voice's title for a name."""
    return CastMember(voice, _fold_spaces(voice.title))


def cast(script: Script, show: Show, *, host: str = "") -> Cast:
    """Find the voice of each role and of each speaker in `script`.

    The host is called as the script calls them, else as the show does, whatever their voice.
    `host` names a profile that replaces the host's. A speaker's name is looked up in the script's
    `cast`, then in the show's, then it is the host's or a profile's name or title.

    Raises VoiceError, with the path of the file that names it, for a profile that doesn't exist or
    hasn't the role, and ScriptError, with the line, for a speaker's name that is unknown or
    ambiguous; errors of further names are the first error's `others`.
    """
    episode = script.episode
    by = "" if host else script.path if episode.voice else str(show.path)
    lead = find_for_role(host or episode.voice or show.voices.host, "host", show, by)
    finder = _Finder(script, show, lead)
    speakers: dict[str, CastMember] = {}
    called = ""
    errors: list[PaperledgeError] = []
    for block in _list_introductions(script):
        try:
            voice = finder.voice(block)
        except PaperledgeError as error:
            if error.line != block.line:  # not of this name
                raise
            errors.append(error)
        else:
            speakers.setdefault(fold_name(block.speaker), CastMember(voice, block.speaker))
            called = called or (block.speaker if voice is lead else "")
    raise_first(errors)
    first = CastMember(lead, called or _fold_spaces(show.host))
    quote = first
    if any(isinstance(block, Quote) and not block.speaker for block in script.blocks):
        name = show.voices.quote
        if name and name != lead.name:
            voice = find_for_role(name, "quote", show, str(show.path))
            quote = make_member(voice)
    return Cast(first, quote, speakers)


def _list_introductions(script: Script) -> Iterator[Speech | Quote]:
    """The first block of each name, for speech and for quotations."""
    seen: set[tuple[type[Block], str]] = set()
    for block in script.blocks:
        if isinstance(block, Speech | Quote) and block.speaker:
            if (type(block), block.speaker) not in seen:
                yield block
            seen.add((type(block), block.speaker))


def note_draft(voice: Voice, quality: str) -> str:
    """A note for a draft in which the profile lets another engine's voice speak; else ""."""
    if quality != "draft" or voice.draft == choose_draft_engine(voice.studio, voice.packs):
        return ""
    return (
        f"{voice.name} speaks through {voice.draft} in this draft, as its profile asks, "
        f"and will sound different through {voice.studio}"
    )


class _Finder:
    """Finds the voices of the names that a script prints."""

    def __init__(self, script: Script, show: Show, lead: Voice) -> None:
        self.path, self.show, self.lead = script.path, show, lead
        self.given = {
            **_fold_table(show.voices.cast, show.path, ShowError),
            **_fold_table(script.episode.cast, script.path, ScriptError),
        }
        self.named = [name for name, _ in (*show.voices.cast, *script.episode.cast)]
        self.hosts = {fold_name(name) for name in (show.host, lead.title, lead.name)}

    def voice(self, block: Speech | Quote) -> Voice:
        """The voice of a block that names its speaker."""
        role = "quote" if isinstance(block, Quote) else "guest"
        key = fold_name(block.speaker)
        if key not in self.given and key in self.hosts:
            return self.lead
        name = self.given.get(key) or self._profile(block, key)
        try:
            return find_for_role(name, role, self.show, self.path)
        except VoiceError as error:
            if (error.path or "") != self.path:
                raise
            what = f"{block.speaker!r} is spoken by {name!r}, but {error.what}"
            raise error.located(line=block.line, what=what) from error

    def _profile(self, block: Speech | Quote, key: str) -> str:
        """The profile of that name, else the only one with that title."""
        for names in self._names():
            found = [profile for profile, name in names.items() if fold_name(name) == key]
            if len(found) > 1:
                raise ScriptError(
                    f"{block.speaker!r} may be {' or '.join(found)}",
                    "choose one under cast in the header",
                    path=self.path,
                    line=block.line,
                )
            if found:
                return found[0]
        known = {self.show.host, *self.named, *self._titles(profile_names(self.show)).values()}
        raise ScriptError(
            f"no voice is called {block.speaker!r}",
            f"{suggest(block.speaker, known)} (cast in the header gives voices to more names); "
            f"if nobody speaks here, {NOBODY}",
            path=self.path,
            line=block.line,
        )

    def _names(self) -> Iterator[dict[str, str]]:
        """Names of profiles, by priority: names, titles of profiles, titles of stock voices."""
        every = voice_names(self.show)
        yield {name: name for name in every}
        yield self._titles(profile_names(self.show))
        yield self._titles(every)

    def _titles(self, names: Iterable[str]) -> dict[str, str]:
        return {name: _fold_spaces(find_voice(name, self.show).title) for name in names}


def _fold_table(
    pairs: Iterable[tuple[str, str]], path: Path | str, error: type[PaperledgeError]
) -> dict[str, str]:
    """A cast by folded names; raises `error` if two of them are the same."""
    table: dict[str, str] = {}
    for name, voice in pairs:
        if table.setdefault(fold_name(name), voice) != voice:
            raise error(f"cast: {name!r} is given twice", "remove one of them", path=path)
    return table


def find_for_role(name: str, role: str, show: Show, by: str) -> Voice:
    """The voice called `name`; raises VoiceError if there is none, or it may not have `role`.

    `by` is the file that names it, if any.
    """
    try:
        voice = find_voice(name, show)
    except VoiceError as error:
        if error.path is not None:
            raise
        raise error.located(path=by) from error  # the file that names the voice needs correcting
    if role not in voice.roles:
        raise VoiceError(
            f"{name} can't speak as {role}, only as {' or '.join(voice.roles) or 'nobody'}",
            f'name another, or add "{role}" to roles in {voice.path.name}',
            path=by,
        )
    return voice


def _fold_spaces(name: str) -> str:
    return " ".join(name.split())
