"""The whole room: a finished folder, the same every time."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from mutagen import id3

from paperledge_audio.deliver import FILE_TYPES, FORMATS, Narrator, Release, preflight
from paperledge_audio.deliver.build import hash_build
from paperledge_audio.deliver.clean import clean_block
from paperledge_audio.deliver.encode import mp3
from paperledge_audio.deliver.folder.manifest import describe_music
from paperledge_audio.deliver.model import OPTIONAL
from paperledge_audio.errors import DeliveryError, ShowError, UsageError
from paperledge_audio.mix.model import Placed
from paperledge_audio.render import make_release
from paperledge_audio.show.model import Show
from paperledge_audio.sound.clip import Clip, cut
from paperledge_audio.sound.measuring.meter import measure_loudness
from tests.deliver.making import (
    EPISODE,
    HOSTILE,
    SCRIPT,
    VOICES,
    made_edition,
    short_timeline,
    speechlike,
    tiny_timeline,
    tone,
    with_episode,
    with_output,
)

LINE = short_timeline()
MIX = speechlike(LINE.frames)


def delivered(show: Show, out: Path, *, mix: Clip = MIX, **changes: Any) -> Release:
    episode = dataclasses.replace(EPISODE, **changes)
    script = dataclasses.replace(SCRIPT, episode=episode)
    return make_release(made_edition(show, script=script, line=LINE), mix, out)


@pytest.fixture(scope="module")
def release(show: Show, tmp_path_factory: pytest.TempPathFactory) -> Release:
    return delivered(show, tmp_path_factory.mktemp("out"))


def test_the_folder_holds_every_part_and_the_release_says_so(release: Release) -> None:
    assert release.folder.name == "look"
    needed = [suffix for suffix in FILE_TYPES if suffix not in OPTIONAL]
    names = ["look" + suffix for suffix in (".mp3", *needed)]
    assert sorted(path.name for path in release.folder.iterdir()) == sorted(names)
    assert [file.name for file in release.files] == names
    for path, file in zip(release.paths, release.files, strict=True):
        data = path.read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file.bytes, file.sha256)


def test_the_sound_is_as_long_as_the_time_line_and_as_loud_as_asked(release: Release) -> None:
    heard = mp3.decode((release.folder / "look.mp3").read_bytes())
    assert (heard.frames, heard.rate, heard.channels) == (LINE.frames, 44100, 2)
    assert release.duration_s == 12.0
    assert release.loudness == measure_loudness(heard)
    assert release.loudness.integrated_lufs == pytest.approx(-16, abs=0.1)
    assert release.loudness.true_peak_dbtp <= -1


def test_the_same_input_gives_the_same_bytes(show: Show, release: Release, tmp_path: Path) -> None:
    again = delivered(show, tmp_path)
    assert again.files == release.files


def test_the_build_is_another_when_anything_is(show: Show, tmp_path: Path) -> None:
    art = tmp_path / "art.png"
    art.write_bytes(plain_png())
    quick = dataclasses.replace(show, artwork=art)

    def build(show: Show, **changes: Any) -> str:
        made = delivered(show, tmp_path / "out", **changes)
        return str(json.loads(made.paths[-1].read_text("utf-8"))["build"])

    first = build(quick)
    moved = tmp_path / "elsewhere.png"
    moved.write_bytes(plain_png())
    assert build(dataclasses.replace(quick, artwork=moved, path=tmp_path / "show.toml")) == first
    assert build(dataclasses.replace(quick, host="Someone")) != first
    assert build(quick, mix=speechlike(LINE.frames, seed=2)) != first


def test_the_build_does_not_hang_on_the_order_of_anything(show: Show, tmp_path: Path) -> None:
    sound = tmp_path / "x.mp3"
    sound.write_bytes(b"the sound")

    def build(narrators: dict[str, Narrator], pronounce: dict[str, str]) -> str:
        other = dataclasses.replace(show, pronounce=pronounce)
        return hash_build(made_edition(other, narrators=narrators), sound, b"the cover")

    backwards = dict(reversed(VOICES.items()))
    first = build(VOICES, {"a": "b", "c": "d"})
    assert build(backwards, {"c": "d", "a": "b"}) == first
    assert build(VOICES, {"a": "b", "c": "e"}) != first
    # The paths of the show's files stay out, whatever holds them.
    elsewhere = dataclasses.replace(
        show,
        path=tmp_path / "show.toml",
        music=dataclasses.replace(show.music, intro=tmp_path / "intro.ogg"),
    )
    assert hash_build(made_edition(elsewhere), sound, b"the cover") == hash_build(
        made_edition(show), sound, b"the cover"
    )


def test_a_plot_takes_no_decoding_of_its_own(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    wav = FORMATS["wav"]

    def noted(name: str) -> Any:
        def call(*given: Any) -> Any:
            calls.append(name)
            return getattr(wav, name)(*given)

        return call

    counted = dataclasses.replace(wav, encode=noted("encode"), open_sound=noted("open_sound"))
    monkeypatch.setitem(FORMATS, "wav", counted)
    line = dataclasses.replace(LINE, placed=(Placed(MIX, 0),))
    edition = made_edition(with_output(show, format="wav"), line=line, plotted=True)
    release = make_release(edition, MIX, tmp_path)
    assert "look.plot.svg" in {file.name for file in release.files}
    assert calls == ["encode", "open_sound"]


def test_the_manifest_names_the_music_as_it_was_read(show: Show, tmp_path: Path) -> None:
    intro = show.folder / "music" / "intro.ogg"
    found = describe_music(show, {})
    assert found["intro"] == {
        "file": "intro.ogg", "sha256": hashlib.sha256(intro.read_bytes()).hexdigest()
    }  # fmt: skip
    edition = made_edition(show, line=tiny_timeline(), music_files=found)
    folder = make_release(edition, tone(), tmp_path).folder
    manifest = json.loads((folder / "look.manifest.json").read_text("utf-8"))
    assert manifest["settings"]["music"]["pieces"] == found


def test_the_manifest_says_what_went_in_and_what_came_out(show: Show, release: Release) -> None:
    text = (release.folder / "look.manifest.json").read_text("utf-8")
    found = json.loads(text)
    assert text == json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert str(release.folder.parent) not in text
    assert found["script_sha256"] == hashlib.sha256(b"the script").hexdigest()
    assert found["episode"]["date"] == "2025-10-21"
    assert (found["frames"], found["rate"], found["duration_s"]) == (LINE.frames, 44100, 12.0)
    assert found["loudness"]["target"]["integrated_lufs"] == -16.0
    assert found["loudness"]["measured"]["integrated_lufs"] == pytest.approx(-16, abs=0.1)
    assert found["settings"]["quality"] == "studio"
    assert found["settings"]["output"] == {
        "loudness": "apple", "channels": 2, "bitrate_kbps": 128, "format": "mp3"
    }  # fmt: skip
    assert found["voices"]["emma"] == {
        "name": "Emma", "licence": "Apache-2.0", "engine": "kokoro/2",
        "consent": {"statement": "A stock voice.", "by": "", "date": None, "purpose": ""},
        "models": {"emma.bin": "e" * 64}, "note": "", "pronounce": {}, "timbre_sha256": "2" * 64,
    }  # fmt: skip
    assert found["show"]["title"] == "PaperLedge"
    assert found["versions"]["python"] == platform.python_version()
    assert found["versions"]["mutagen"] == metadata.version("mutagen")
    first = LINE.cues[0].segment.text.encode()
    assert found["segments"][0] == {
        "index": 0,
        "line": 3,
        "role": "speech",
        "speaker": "Ernis",
        "voice": "ernis",
        "text_sha256": hashlib.sha256(first).hexdigest(),
        "said": first.decode(),  # as printed, no sound given
        "reading": "plain",
        "chosen": False,
        "pace": 1.0,
        "said_sha256": hashlib.sha256(first).hexdigest(),
        "take": "take0",
        "start_s": 1.0,
        "end_s": 3.0,
    }
    assert [file["name"] for file in found["files"]] == [f.name for f in release.files[:-1]]


def test_the_transcript_has_every_segment_and_word(release: Release) -> None:
    found = json.loads((release.folder / "look.transcript.json").read_text("utf-8"))
    assert found["version"] == "1.0.0"
    assert [(s["speaker"], s["startTime"], s["endTime"], s["body"]) for s in found["segments"]] == [
        (VOICES[c.segment.voice].name, c.start / 44100, c.end / 44100, c.segment.text.strip())
        for c in LINE.cues
    ]
    words = [word["word"] for s in found["segments"] for word in s["words"]]
    assert words == [word.text for c in LINE.cues for word in c.words]


def test_the_lyrics_are_the_printed_text_in_its_paragraphs_with_the_speakers(
    release: Release,
) -> None:
    frames: Any = id3.ID3(release.folder / "look.mp3")  # type: ignore[no-untyped-call]
    assert str(frames["USLT::eng"]) == (
        "Ernis: Hello crew, we look at looking today. It is a short story, told twice.\n\n"
        "The idea\n\n"
        "A network, they say, sees what it must; no more.\n\n"
        "Why it matters\n\n"
        "Emma: Because less can be enough."
    )
    assert frames.size <= 300_000


@pytest.mark.parametrize("name", ["mark-up", "path", "very long"])
def test_hostile_metadata_stays_data(show: Show, tmp_path: Path, name: str) -> None:
    text = HOSTILE[name]
    art = tmp_path / "art.png"
    art.write_bytes(plain_png())
    quick = dataclasses.replace(show, artwork=art)
    made = delivered(quick, tmp_path / "out", title=text, summary=text, authors=(text,))
    frames: Any = id3.ID3(io.BytesIO(made.paths[0].read_bytes()))  # type: ignore[no-untyped-call]
    assert str(frames["TIT2"]) == " ".join(text.split())
    assert str(frames["COMM::eng"]) == clean_block(text, "x")
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["look"]


def plain_png() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (1400, 1400), "navy").save(out, "PNG")
    return out.getvalue()


def test_a_mono_show_gets_a_mono_file_three_decibels_lower(show: Show, tmp_path: Path) -> None:
    mono = with_output(show, channels=1, bitrate_kbps=64)
    made = delivered(mono, tmp_path)  # from a stereo mix
    assert mp3.decode(made.paths[0].read_bytes()).channels == 1
    assert made.loudness.integrated_lufs == pytest.approx(-19, abs=0.1)


def test_a_mix_of_another_length_is_refused(show: Show, tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="the mix has 100 frames"):
        delivered(show, tmp_path, mix=cut(MIX, 0, 100))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"narrators": {"ernis": VOICES["ernis"]}}, "no narrator is given for the voice 'emma'"),
        ({"take_ids": ("one",)}, "1 take ids for 6 cues"),
    ],
)
def test_parts_that_do_not_belong_together_are_refused(
    show: Show, changes: dict[str, Any], what: str
) -> None:
    with pytest.raises(DeliveryError, match=what):
        made_edition(show, **changes)


@pytest.mark.parametrize(
    ("changes", "error", "what"),
    [
        ({"bitrate_kbps": 100}, DeliveryError, "100 kb/s"),
        ({"channels": 6}, DeliveryError, "6 channels"),
        ({"loudness": "aple"}, UsageError, "did you mean 'apple'"),
    ],
)
def test_unfit_output_settings_are_known_before_anything_is_spoken(
    show: Show, tmp_path: Path, changes: dict[str, Any], error: type[Exception], what: str
) -> None:
    with pytest.raises(error, match=what):
        preflight(SCRIPT, with_output(show, **changes), tmp_path, "look")


def test_unfit_texts_and_artwork_are_known_before_anything_is_spoken(
    show: Show, tmp_path: Path
) -> None:
    with pytest.raises(DeliveryError, match="the summary holds the control character U\\+0007"):
        preflight(with_episode(summary="\a"), show, tmp_path, "look")
    with pytest.raises(DeliveryError, match="the title is empty"):
        preflight(with_episode(title=" "), show, tmp_path, "look")
    art = tmp_path / "art.png"
    art.write_bytes(b"no picture")
    with pytest.raises(ShowError, match="not a JPEG or PNG"):
        preflight(SCRIPT, dataclasses.replace(show, artwork=art), tmp_path, "look")
    preflight(SCRIPT, show, tmp_path / "new", "look")
    assert [p.name for p in tmp_path.iterdir()] == ["art.png"]
