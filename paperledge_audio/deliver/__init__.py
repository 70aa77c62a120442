"""Deliver: a mixed episode → a finished folder that players, feeds and machines can read."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING

from paperledge_audio import __version__, units
from paperledge_audio.background import Later
from paperledge_audio.deliver.clean import ascii_url, block, line
from paperledge_audio.deliver.encode.to_target import encode_to_target
from paperledge_audio.deliver.feed import item
from paperledge_audio.deliver.folder import manifest
from paperledge_audio.deliver.folder import writing as folder
from paperledge_audio.deliver.formats import FORMATS, format_for
from paperledge_audio.deliver.model import EXTRAS, PARTS, Narrator, Release, ReleaseFile
from paperledge_audio.deliver.pictures import cover, plot
from paperledge_audio.deliver.tags import id3 as tags
from paperledge_audio.deliver.text import chapters, plaintext, srt, transcript, vtt
from paperledge_audio.deliver.text.captions import SRT_LAYOUT, VTT_LAYOUT, captions
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.hashing import file_sha256, sha256
from paperledge_audio.master.targets import target_for
from paperledge_audio.mix.overview import overview
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.sound.measuring.meter import (
    SHORT_TERM_HOPS,
    Meter,
    hop_powers,
    short_term_lufs,
)
from paperledge_audio.sound.scratch import room_needed, spooled, workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from paperledge_audio.mix.model import Timeline
    from paperledge_audio.script.model import Episode, Script
    from paperledge_audio.show.model import Show
    from paperledge_audio.sound.clip import Sound

LONGEST_NOTES_BYTES = item.LONGEST_DESCRIPTION_BYTES // 2
"""Of what show notes must hold whole."""

__all__ = ["FORMATS", "PARTS", "Narrator", "Release", "ReleaseFile", "deliver", "preflight"]


def preflight(episode: Episode, show: Show, out: Path, slug: str) -> None:
    """Everything that can be known to stop a delivery before anything is spoken; writes nothing.

    Raises DeliveryError for a slug, a place, a text or a format that can't be delivered,
    UsageError for an unknown loudness profile or format, ShowError for unfit artwork, MissingError
    where the machine lacks what the format needs.
    """
    folder.check_place(out, slug)
    form = format_for(show.output.format)
    form.check(show.output.bitrate_kbps, show.output.channels)
    form.check_needs()
    kbps = None if form.lossless else show.output.bitrate_kbps
    target_for(show.output.loudness, show.output.channels, kbps)
    for what, text in {
        "the title": episode.title,
        "the category": show.category,
        "the show's title": show.title,
        "the host's name": show.host,
        "the show's author": show.author,
    }.items():
        if not line(text, what):
            raise DeliveryError(f"{what} is empty", "name it")
    for what, text in {
        "the summary": episode.summary,
        "the paper's title": episode.paper.title,
        "the paper's field": episode.category,
        "the authors": " ".join(episode.authors),
        "the copyright notice": show.copyright,
        "the disclosure": show.disclosure.text,
    }.items():
        block(text, what)
    if len(ascii_url(episode.paper.url)) + len(show.disclosure.text.encode()) > LONGEST_NOTES_BYTES:
        raise DeliveryError(
            "the paper's address and the disclosure leave no room for other show notes",
            "shorten them",
        )
    for url in (episode.paper.url, show.website, show.base_url, show.feed_url):
        ascii_url(url)
    cover.check_artwork(show.artwork)


def deliver(  # noqa: PLR0917 - the episode in the order it was made; what can be mixed up is named
    script: Script,
    script_bytes: bytes,
    show: Show,
    timeline: Timeline,
    mix: Sound,
    out: Path,
    slug: str,
    *,
    voices: Mapping[str, Narrator],
    settings: Mapping[str, str],
    take_ids: Sequence[str],
    plotted: bool = False,
    on_stage: Callable[[str], None] = lambda _stage: None,
) -> Release:
    """Master, encode, tag and describe an episode; leave it as the folder `out`/`slug`.

    `script_bytes` is the script's file as read, `mix` the time line's sound at 44.1 kHz, mono or
    stereo: the show says which of them the file is. `voices` says, for each voice profile that a
    cue names, who speaks and with what; `settings` and `take_ids` (one a cue) go into the
    manifest. With `plotted` the release has a plot of the sound. `on_stage` is told what begins,
    and may raise to stop it: "mastering", "writing" when all is made and nothing is changed yet,
    and what is waited for while something else is written into `out`. The same input gives the
    same bytes. The folder appears whole or not at all.

    Raises what `preflight` raises, MasterError where the target can't be met, and DeliveryError
    where the folder can't be written; what was there before is then untouched.
    """
    episode = script.episode
    preflight(episode, show, out, slug)
    _check_parts(timeline, mix, voices, take_ids)
    on_stage("mastering")
    kbps, channels = show.output.bitrate_kbps, show.output.channels
    target = target_for(show.output.loudness, channels)
    form = format_for(show.output.format)
    title = line(episode.title, "the title")
    marks = chapters.marks(timeline, title)
    painting = Later(lambda: cover.cover(episode, show))
    painting.start()  # the mix leaves a processor idle, as it is worked out in order
    writing = Later(lambda: _texts(script, timeline, marks, show))
    with workspace() as made:
        sound = made / (slug + form.suffix)
        meter = Meter(mix.rate, channels)
        with room_needed("the sound"), spooled(mix, channels, tap=meter.add) as whole:
            encoded = encode_to_target(
                whole,
                target,
                form,
                kbps,
                sound,
                marks=marks,
                before=meter.finish(),
                on_encode=writing.start,
            )
        pictures = painting.result()
        build = _build(show, voices, settings, script_bytes, sound, pictures.small)
        tag = tags.Tag(
            episode=episode,
            show=show,
            marks=marks,
            text="\n\n".join(map(plaintext.printed, plaintext.paragraphs(script, timeline))),
            guid=item.guid(show, slug),
            url=item.address(show, slug, form.suffix),
            duration_ms=units.milliseconds(timeline.frames, timeline.rate),
            build=build,
            encoder=form.described(kbps),
            maker=f"{manifest.GENERATOR} {__version__}",
        )
        with room_needed("the sound"):
            form.tag(sound, tag, pictures.small)
        of_sound = ReleaseFile(
            sound.name, sound.stat().st_size, file_sha256(sound), form.media_type
        )
        feed_item = item.Item(
            episode=episode,
            show=show,
            slug=slug,
            marks=marks,
            sound=of_sound,
            duration_s=duration_s(mix),
        )
        parts = {
            ".jpg": pictures.large,
            **writing.result(),
            ".item.xml": item.compose(feed_item).encode(),
        }
        if plotted:
            with form.decoded(sound) as heard:
                powers = hop_powers(heard)
            look = plot.Plot(
                title=title,
                seconds=duration_s(mix),
                chapters=timeline.chapters,
                rate=timeline.rate,
                look=overview(timeline, show.music, plot.COLUMNS),
                gain_db=encoded.master.gain_db,
                short_term_lufs=short_term_lufs(powers)[SHORT_TERM_HOPS - 1 :],  # whole windows
                loudness=encoded.measured,
                target=target,
            )
            parts[".plot.svg"] = plot.compose(look).encode()
        files = (of_sound, *(_described(slug, suffix, data) for suffix, data in parts.items()))
        parts[".manifest.json"] = manifest.compose(
            manifest.Manifest(
                episode=episode,
                show=show,
                slug=slug,
                guid=item.guid(show, slug),
                script_sha256=sha256(script_bytes),
                build=build,
                timeline=timeline,
                target=target,
                encoded=encoded,
                form=form,
                kbps=kbps,
                voices=voices,
                settings=settings,
                take_ids=take_ids,
                files=files,
            )
        ).encode()
        on_stage("writing")
        named = {slug + suffix: data for suffix, data in parts.items()}
        place = folder.write(out, slug, {sound.name: sound, **named}, on_wait=on_stage)
        return Release(
            episode=episode,
            slug=slug,
            folder=place,
            files=(*files, _described(slug, ".manifest.json", parts[".manifest.json"])),
            duration_s=duration_s(mix),
            loudness=encoded.measured,
        )


def _texts(
    script: Script, timeline: Timeline, marks: tuple[chapters.Mark, ...], show: Show
) -> dict[str, bytes]:
    """The parts that say what is spoken and when, by their endings."""
    title = line(script.episode.title, "the title")
    parts = {
        ".vtt": vtt.compose(captions(timeline, VTT_LAYOUT)),
        ".srt": srt.compose(captions(timeline, SRT_LAYOUT)),
        ".txt": plaintext.compose(script, timeline),
        ".transcript.json": transcript.compose(timeline),
        ".chapters.json": chapters.compose(marks, title=title, podcast=show.title),
    }
    return {suffix: text.encode() for suffix, text in parts.items()}


def _check_parts(
    timeline: Timeline, mix: Sound, voices: Mapping[str, Narrator], take_ids: Sequence[str]
) -> None:
    if (mix.frames, mix.rate) != (timeline.frames, timeline.rate):
        raise DeliveryError(
            f"the mix has {mix.frames} frames at {mix.rate} Hz, its time line {timeline.frames} at "
            f"{timeline.rate} Hz"
        )
    nameless = sorted({cue.segment.voice for cue in timeline.cues} - set(voices))
    if nameless:
        raise DeliveryError(f"nobody is named for the voice {nameless[0]!r}")
    for name in {cue.segment.speaker: cue for cue in timeline.cues}:
        if not line(name, "a speaker's name"):
            raise DeliveryError("a speaker has no name", "name them")
    if len(take_ids) != len(timeline.cues):
        raise DeliveryError(f"there are {len(take_ids)} take ids for {len(timeline.cues)} cues")


def _described(slug: str, suffix: str, data: bytes) -> ReleaseFile:
    return ReleaseFile(slug + suffix, len(data), sha256(data), {**PARTS, **EXTRAS}[suffix])


def _build(
    show: Show,
    voices: Mapping[str, Narrator],
    settings: Mapping[str, str],
    *contents: bytes | Path,
) -> str:
    """A hash of all that an episode is made from, wherever its show lies."""
    here = {"path", "artwork", "music"}  # files: what comes of them is in the contents
    of_show = [getattr(show, field.name) for field in fields(show) if field.name not in here]
    facts = repr((__version__, of_show, sorted(voices.items()), sorted(settings.items())))
    digest = hashlib.sha256()
    for data in (facts.encode(), *contents):
        known = sha256(data) if isinstance(data, bytes) else file_sha256(data)
        digest.update(bytes.fromhex(known))
    return digest.hexdigest()[:16]
