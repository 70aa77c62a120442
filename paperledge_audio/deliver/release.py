"""The steps from an encoded sound to a finished folder: tag, describe, write."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio import GENERATOR, __version__, units
from paperledge_audio.deliver.build import hash_build
from paperledge_audio.deliver.feed import item
from paperledge_audio.deliver.feed.enclosure import make_enclosure
from paperledge_audio.deliver.folder import manifest, writing
from paperledge_audio.deliver.model import FILE_TYPES, Release, ReleaseFile
from paperledge_audio.deliver.pictures import cover, plot
from paperledge_audio.deliver.provenance import sign_sound
from paperledge_audio.deliver.reading import book, page
from paperledge_audio.deliver.tags.fields import Tag
from paperledge_audio.deliver.text import chapters, plaintext, transcript
from paperledge_audio.deliver.text.captions import make_captions
from paperledge_audio.deliver.text.formats import CAPTION_FORMATS
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.hashing import file_sha256, sha256
from paperledge_audio.mix.overview import make_overview
from paperledge_audio.sound.measuring.meter import SHORT_TERM_HOPS, short_term_lufs
from paperledge_audio.sound.scratch import map_full_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from paperledge_audio.deliver.edition import Edition
    from paperledge_audio.deliver.encode.to_target import Encoded


Parts = dict[str, bytes | Path]
"""By their endings, the contents of a release's files, or files that have them."""


@dataclass(frozen=True, slots=True)
class PreparedParts:
    """Parts of a release that don't depend on its sound."""

    cover: cover.Cover
    texts: Mapping[str, bytes]
    """Captions, transcripts and chapters, by their endings."""


@dataclass(frozen=True, slots=True)
class TaggedSound:
    """A sound with its tag, as it will be delivered."""

    encoded: Encoded
    build: str
    """See `hash_build`."""
    file: ReleaseFile
    provenance: Mapping[str, str] = field(default_factory=dict)
    """How it is signed, and the hash of the file before; empty if it is not."""


def prepare(edition: Edition) -> PreparedParts:
    """Draw the cover, and compose captions, transcripts and chapters."""
    timeline = edition.timeline
    texts = {
        **{
            suffix: form.compose(make_captions(timeline, form.layout))
            for suffix, form in CAPTION_FORMATS.items()
        },
        ".txt": plaintext.compose(edition.script, timeline),
        ".transcript.json": transcript.compose(timeline),
        ".chapters.json": chapters.compose(
            edition.chapters, title=edition.title, podcast=edition.show.title
        ),
    }
    artwork = cover.find_artwork(edition.script, edition.show)
    picture = cover.draw_cover(edition.episode, edition.show, artwork)
    return PreparedParts(picture, {suffix: text.encode() for suffix, text in texts.items()})


def tag_sound(edition: Edition, encoded: Encoded, picture: bytes) -> TaggedSound:
    """Tag the encoded file in place, and sign it if the show does; `picture` is a JPEG.

    Raises DeliveryError for control characters, for a tag that is too large, for a full disk and
    for a signature that fails.
    """
    show, form, path = edition.show, edition.form, encoded.path
    build = hash_build(edition, path, picture)
    tag = Tag(
        episode=edition.episode,
        show=show,
        chapters=edition.chapters,
        text=plaintext.compose_lyrics(edition.script, edition.timeline),
        guid=edition.guid,
        url=item.make_url(show, edition.slug, form.suffix),
        duration_ms=units.milliseconds(edition.timeline.frames, edition.timeline.rate),
        build=build,
        encoder=form.describe_encoder(show.output.bitrate_kbps),
        maker=f"{GENERATOR} {__version__}",
    )
    with map_full_disk("the sound"):
        form.tag(path, tag, picture)
        provenance = _sign(edition, encoded)
    return TaggedSound(
        encoded,
        build,
        _list_file(path.name, path, form.media_type),
        provenance,
    )


def _sign(edition: Edition, encoded: Encoded) -> dict[str, str]:
    """Sign the tagged file; it is then decoded once more."""
    if edition.show.provenance is None:
        return {}
    unsigned = file_sha256(encoded.path, DeliveryError)
    algorithm = sign_sound(encoded.path, edition)
    with edition.form.open_sound(encoded.path) as decoded:
        if decoded.frames != encoded.frames:
            raise DeliveryError("the signature damaged the sound", "run: paperledge doctor")
    return {"algorithm": algorithm, "unsigned_sha256": unsigned}


def describe(edition: Edition, tagged: TaggedSound, prepared: PreparedParts) -> Parts:
    """The files beside the sound, the manifest last.

    A book, which is as large as the sound, is written beside the encoded one.
    """
    enclosure = make_enclosure(edition.show, edition.slug, tagged.file, edition.before)
    feed_item = item.FeedItem(
        episode=edition.episode,
        show=edition.show,
        slug=edition.slug,
        chapters=edition.chapters,
        guid=edition.guid,
        sound=tagged.file,
        sound_url=enclosure.url,
        duration_s=edition.duration_s,
    )
    parts: Parts = {
        ".jpg": prepared.cover.large,
        **edition.pictures,
        **prepared.texts,
        ".item.xml": item.compose(feed_item).encode(),
    }
    if edition.plotted:
        parts[".plot.svg"] = _draw_plot(edition, tagged.encoded).encode()
    if edition.paged:
        parts[".html"] = page.compose_page(edition, enclosure.url, prepared.cover.small)
    if edition.with_book:
        parts[".epub"] = path = tagged.encoded.path.with_name(edition.name(".epub"))
        with map_full_disk("the book"):
            book.write_book(edition, tagged.encoded.path, prepared.cover.small, path)
    files = (tagged.file, *_list_files(edition, parts))
    document = manifest.compose(
        edition, tagged.encoded, tagged.build, enclosure, files, provenance=tagged.provenance
    )
    return {**parts, ".manifest.json": document.encode()}


def write_release(
    edition: Edition,
    tagged: TaggedSound,
    parts: Parts,
    out: Path,
    *,
    force: bool = False,
    on_wait: Callable[[str], None] = lambda _what: None,
) -> Release:
    """Write it all as the folder `out`/SLUG, whole or not at all.

    `force` is that of `preflight`, `on_wait` that of `writing.write`.

    Raises DeliveryError if that fails; then the old folder is untouched.
    """
    contents = {edition.name(suffix): data for suffix, data in parts.items()}
    path = tagged.encoded.path
    return Release(
        episode=edition.episode,
        slug=edition.slug,
        folder=writing.write(
            out,
            edition.slug,
            {path.name: path, **contents},
            writing.release_kind(edition.slug, edition.quality),
            force=force,
            on_wait=on_wait,
        ),
        files=(tagged.file, *_list_files(edition, parts)),
        duration_s=edition.duration_s,
        loudness=tagged.encoded.loudness,
    )


def _list_files(edition: Edition, parts: Parts) -> list[ReleaseFile]:
    return [
        _list_file(edition.name(suffix), parts[suffix], media_type)
        for suffix, media_type in FILE_TYPES.items()
        if suffix in parts
    ]


def _list_file(name: str, data: bytes | Path, media_type: str) -> ReleaseFile:
    if isinstance(data, bytes):
        return ReleaseFile(name, len(data), sha256(data), media_type)
    return ReleaseFile(name, data.stat().st_size, file_sha256(data, DeliveryError), media_type)


def _draw_plot(edition: Edition, encoded: Encoded) -> str:
    timeline = edition.timeline
    whole_windows = short_term_lufs(encoded.measurement.powers)[SHORT_TERM_HOPS - 1 :]
    return plot.compose(
        plot.Plot(
            title=edition.title,
            seconds=edition.duration_s,
            chapters=timeline.chapters,
            rate=timeline.rate,
            overview=make_overview(timeline, edition.show.music, plot.COLUMNS),
            gain_db=encoded.master.gain_db,
            short_term_lufs=whole_windows,
            loudness=encoded.loudness,
            target=edition.target,
        )
    )
