"""The flow, from a finished script to a finished folder. The only module that knows the order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.background import Later
from paperledge_audio.deliver import Narrator, deliver, preflight
from paperledge_audio.deliver.folder.outbox import hand_over
from paperledge_audio.deliver.folder.remade import Remade, remade
from paperledge_audio.deliver.folder.writing import check_place
from paperledge_audio.engines import kept_takes, open_engine, synthesize
from paperledge_audio.errors import EngineError
from paperledge_audio.mix.mixing import mixdown
from paperledge_audio.mix.strip import Strip
from paperledge_audio.mix.timeline import arrange
from paperledge_audio.script import parse
from paperledge_audio.show.loading import find_show, load_show
from paperledge_audio.show.model import PIECES, Show
from paperledge_audio.sound.reading import read_clip
from paperledge_audio.sound.scratch import shelf
from paperledge_audio.spoken import Segment, chapter_titles, segments
from paperledge_audio.takes import TakeStore, take_id
from paperledge_audio.verify.beside import read_manifest
from paperledge_audio.voices.casting import cast, draft_note

if TYPE_CHECKING:
    from paperledge_audio.deliver import Release
    from paperledge_audio.engines import Engine, Take
    from paperledge_audio.sound.clip import Clip
    from paperledge_audio.voices.casting import Cast
    from paperledge_audio.voices.profiles import Voice


@dataclass(frozen=True, slots=True)
class Order:
    """What to render, and how."""

    script: Path
    out: Path
    quality: str = "studio"
    """studio or draft."""
    voice: str = ""
    """Name of a voice profile that replaces the host's."""
    outbox: Path | None = None
    """Where the finished folder is handed over, if anywhere."""
    format: str = ""
    """Name of a format that replaces the show's."""
    plot: bool = False
    """Whether a picture of the sound is wanted."""

    @property
    def slug(self) -> str:
        """Name of the finished folder and of the files in it: the script's own."""
        return self.script.stem


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told how a render comes along; called from several threads."""

    on_segments: Callable[[int], None] = lambda _count: None
    on_take: Callable[[Take, bool], None] = lambda _take, _reused: None
    on_stage: Callable[[str], None] = lambda _stage: None


@dataclass(frozen=True, slots=True)
class Rendered:
    """What came of an order."""

    release: Release
    remade: tuple[Remade, ...]
    """The takes that had to be spoken, each with its reason."""
    reused: int
    """How many takes the store had."""
    notes: tuple[str, ...] = ()
    """What a listener to this render should know of its voices."""


def render(
    order: Order, source: bytes, store: TakeStore, listener: Listener, pool: Executor
) -> Rendered:
    """Render the script `source`, read from `order.script`, to a folder below `order.out`.

    Its segments are spoken in `pool`, which several renders may share (see `engines.speakers`).
    """
    script = parse(source, str(order.script))
    if order.voice:
        script = replace(script, episode=replace(script.episode, voice=order.voice))
    show = load_show(find_show(order.script))
    if order.format:
        show = replace(show, output=replace(show.output, format=order.format))
    preflight(script.episode, show, order.out, order.slug)
    if order.outbox:
        check_place(order.outbox, order.slug)
    company = cast(script, show, host=order.voice)
    told = segments(script, show, company)
    playing = Later(lambda: read_music(show, played(told, show)))
    playing.start()
    voices = speaking(told, company)
    engines = {name: open_engine(voice.engine(order.quality)) for name, voice in voices.items()}
    narrators = {
        name: narrator(voice, engines[name], order.quality) for name, voice in voices.items()
    }
    before = read_manifest(order.out / order.slug / f"{order.slug}.mp3")
    listener.on_segments(len(told))
    kept = kept_takes(told, voices, order.quality, store)
    music = playing.result()
    with shelf() as aside:
        strip = Strip(show.voice_chain, aside)

        def on_take(take: Take, reused: bool) -> None:  # noqa: FBT001 - the listener's signature
            strip.hear(take)
            listener.on_take(take, reused)

        heard = replace(listener, on_take=on_take)
        takes, made = speak(told, voices, order, store, heard, pool=pool, kept=kept)

        listener.on_stage("mixing")
        timeline = arrange(takes, chapter_titles(script), music, show.music, strip=strip)
        mix = mixdown(timeline, show.music)

        release = deliver(
            script,
            source,
            show,
            timeline,
            mix,
            order.out,
            order.slug,
            voices=narrators,
            settings={"quality": order.quality},
            take_ids=[take_id(engines[s.voice], s, voices[s.voice]) for s in told],
            plotted=order.plot,
            on_stage=listener.on_stage,
        )
    if order.outbox:
        hand_over(release.folder, order.outbox, listener.on_stage)
    notes = tuple(one.note for one in narrators.values() if one.note)
    return Rendered(release, remade(made, before, narrators), len(takes) - len(made), notes)


def played(told: Iterable[Segment], show: Show) -> set[str]:
    """Names of the pieces of music that an episode may need."""
    stings = {"sting"} if show.music.stings_at_chapters else set()
    return {"intro", "outro", *stings, *(segment.music_after for segment in told)}


def read_music(show: Show, names: Collection[str] = PIECES) -> dict[str, Clip]:
    """The show's music of these names, as far as it has them."""
    files = {name: show.music.piece(name) for name in PIECES if name in names}
    return {name: read_clip(file) for name, file in files.items() if file}


def speaking(told: Iterable[Segment], company: Cast) -> dict[str, Voice]:
    """The voices that segments need, by name."""
    return {name: company.voices[name] for name in sorted({segment.voice for segment in told})}


def narrator(voice: Voice, engine: Engine, quality: str) -> Narrator:
    """What the release says of a voice."""
    return Narrator(
        name=voice.title,
        licence=voice.licence,
        engine=engine.fingerprint,
        consent=voice.consent,
        models=engine.models(voice),
        note=draft_note(voice, quality),
    )


def speak(
    told: tuple[Segment, ...],
    voices: dict[str, Voice],
    order: Order,
    store: TakeStore,
    listener: Listener,
    *,
    pool: Executor,
    kept: Sequence[Take | None] = (),
) -> tuple[tuple[Take, ...], list[Take]]:
    """Takes of all segments, and those of them that the store did not have.

    `kept`: what it has, where that has been looked up. An engine's complaint gets the script's
    path.
    """
    made: list[Take] = []

    def on_take(take: Take, reused: bool) -> None:  # noqa: FBT001 - the room's own signature
        if not reused:
            made.append(take)
        listener.on_take(take, reused)

    try:
        takes = synthesize(told, voices, order.quality, store, on_take, pool=pool, kept=kept)
        return takes, made
    except EngineError as error:
        if error.path is None and error.line is not None:
            error.path = str(order.script)
        raise
