"""What is wrong with a finished file is found, and nothing else."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mutagen import id3

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.deliver.tags.fields import USER_TEXT
from paperledge_audio.deliver.text.captions import Caption
from paperledge_audio.errors import SoundError
from paperledge_audio.render import make_release
from paperledge_audio.show.model import Show
from paperledge_audio.sound.clip import Clip, JoinedSound, amplify, load, silence
from paperledge_audio.verify import verify
from paperledge_audio.verify.sidecars import check_caption_times
from paperledge_audio.verify.sound import measure_silences_s, measure_windows
from paperledge_audio.verify.tag import check_chapters
from tests.deliver.making import made_edition, short_timeline, speechlike, spoken

RATE = 44100


@pytest.fixture(scope="module")
def finished(show: Show, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last words of `short_timeline` stand for those that disclose."""
    line = short_timeline()
    last = line.cues[-1].segment.text
    show = dataclasses.replace(show, disclosure=dataclasses.replace(show.disclosure, spoken=last))
    edition = made_edition(show, line=line)
    return make_release(edition, spoken(line), tmp_path_factory.mktemp("out")).folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A release of its own, to be spoilt."""
    return shutil.copytree(finished, tmp_path / "look")


def problems(folder: Path) -> list[str]:
    return [finding.name for finding in verify(folder / "look.mp3").problems]


def test_a_delivered_episode_has_no_problems(finished: Path) -> None:
    report = verify(finished / "look.mp3")
    assert report.ok
    assert report.problems == ()
    assert report.duration_s == 12.0
    assert report.loudness.integrated_lufs == pytest.approx(-16, abs=0.1)
    names = [finding.name for finding in report.findings]
    assert len(names) == len(set(names)) == 21


def replace_sound(folder: Path, clip: Clip) -> None:
    """The same tag before another sound."""
    file = folder / "look.mp3"
    data = file.read_bytes()
    tag: Any = id3.ID3(file)  # type: ignore[no-untyped-call]
    file.write_bytes(data[: tag.size] + mp3.encode_bytes(clip, 128))


def test_a_file_that_is_too_loud_or_too_quiet_is_found(folder: Path) -> None:
    heard = mp3.decode((folder / "look.mp3").read_bytes())
    replace_sound(folder, amplify(heard, -3.0))
    assert problems(folder) == ["loudness", "manifest"]
    replace_sound(folder, Clip(np.clip(amplify(heard, 20.0).samples, -1, 1), RATE))
    assert {"loudness", "true peak", "clipping"} <= set(problems(folder))


def test_another_length_is_found(folder: Path) -> None:
    replace_sound(folder, speechlike(11 * RATE, level=0.16))
    expected = {"tagged length", "chapters", "length", "manifest", "captions.vtt", "captions.srt"}
    assert expected <= set(problems(folder))


@pytest.mark.parametrize("suffix", [".vtt", ".item.xml", ".jpg"])
def test_a_changed_or_missing_file_is_found(folder: Path, suffix: str) -> None:
    file = folder / f"look{suffix}"
    file.write_bytes(file.read_bytes() + b"\n")
    report = verify(folder / "look.mp3")
    assert [(f.name, f.detail) for f in report.problems] == [
        ("manifest", f"look{suffix} was changed")
    ]
    file.unlink()
    assert f"look{suffix} is missing" in [f.detail for f in verify(folder / "look.mp3").problems]


def test_captions_that_the_manifest_does_not_list_are_not_missed(folder: Path) -> None:
    file = folder / "look.manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    manifest["files"] = [row for row in manifest["files"] if row["name"] != "look.srt"]
    file.write_text(json.dumps(manifest), "utf-8")
    (folder / "look.srt").unlink()
    assert problems(folder) == []


def test_a_manifest_can_not_point_outside(folder: Path) -> None:
    file = folder / "look.manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    manifest["files"][1]["name"] = "../secret"
    (folder.parent / "secret").write_text("x")
    file.write_text(json.dumps(manifest))
    found = {finding.name: finding.detail for finding in verify(folder / "look.mp3").problems}
    assert set(found) == {"schemas", "manifest"}
    assert found["schemas"].startswith(".manifest.json: files.1.name: '../secret' does not match")


def test_a_disclosure_that_is_missing_somewhere_is_found(folder: Path) -> None:
    item = folder / "look.item.xml"
    text = "This episode is narrated by a synthetic (AI) voice."
    assert text in item.read_text("utf-8")
    item.write_text(item.read_text("utf-8").replace(text, "Nothing to see."), "utf-8")
    tag: Any = id3.ID3(folder / "look.mp3")  # type: ignore[no-untyped-call]
    tag.delall(f"{USER_TEXT}:AI disclosure")
    tag.save(v2_version=3)
    found = {finding.name: finding.detail for finding in verify(folder / "look.mp3").problems}
    assert found["disclosure"] == "missing from the tag, the show notes"


@pytest.mark.parametrize("name", ["notes.txt", "look.wav", ".hidden"])
def test_a_foreign_file_is_found(folder: Path, name: str) -> None:
    (folder / name).write_text("x")
    report = verify(folder / "look.mp3")
    assert [(f.name, f.detail) for f in report.problems] == [
        ("manifest", f"{name} is not part of the release")
    ]


@pytest.mark.parametrize(
    ("suffix", "old", "new", "what"),
    [
        (".transcript.json", '"1.0.0"', '"2.0.0"', "version: '1.0.0' was expected"),
        (".chapters.json", '"startTime": 5.6', '"startTime": 9.6', "chapters.1: 9.6 to 9.2 s goes"),
        (".transcript.json", '"endTime": 3.0,', '"endTime": 0.5,', "segments.0: 1.0 to 0.5 s goes"),
        (".chapters.json", "}", "", "can't be read: "),
    ],
)
def test_a_json_file_that_breaks_its_rules_is_found(
    folder: Path, suffix: str, old: str, new: str, what: str
) -> None:
    file = folder / f"look{suffix}"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1))
    found = {finding.name: finding.detail for finding in verify(folder / "look.mp3").problems}
    assert found["schemas"].startswith(f"{suffix}: {what}")
    assert found["manifest"] == f"look{suffix} was changed"


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", '{"files": [1], "loudness": []}'])
def test_a_broken_manifest_is_a_finding(folder: Path, text: str) -> None:
    (folder / "look.manifest.json").write_text(text)
    assert "manifest" in problems(folder)


def test_a_bare_mp3_is_measured_and_its_lacks_are_named(tmp_path: Path) -> None:
    file = tmp_path / "bare.mp3"
    file.write_bytes(mp3.encode_bytes(speechlike(RATE * 2), 128))
    report = verify(file)
    names = {finding.name for finding in report.problems}
    assert {"tag", "manifest", "captions.vtt", "captions.srt"} <= names
    assert report.duration_s == 2.0


def test_a_tag_rewritten_by_another_program_is_found(folder: Path) -> None:
    tag: Any = id3.ID3(folder / "look.mp3")  # type: ignore[no-untyped-call]
    tag.delall("APIC")
    tag.save()  # mutagen's own default is version 2.4
    report = verify(folder / "look.mp3")
    found = {finding.name: finding.detail for finding in report.problems}
    assert found["tag"].startswith("ID3v2.4")
    assert "cover" in found["tag fields"]


@pytest.mark.parametrize("data", [b"", b"no sound", b"RIFF" + bytes(100)])
def test_what_is_not_an_mp3_is_an_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.mp3").write_bytes(data)
    with pytest.raises(SoundError, match=r"x\.mp3: is not MP3"):
        verify(tmp_path / "x.mp3")


def test_a_missing_file_and_a_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match="can't be read: No such file"):
        verify(tmp_path / "x.mp3")
    with pytest.raises(SoundError, match="is a folder, not a file"):
        verify(tmp_path)


def test_silences_are_measured_to_ten_milliseconds() -> None:
    tone = Clip(np.full((RATE, 1), 0.1, np.float32), RATE)

    def quiet(seconds: float) -> Clip:
        return silence(round(seconds * RATE), RATE)

    clip = load(JoinedSound([quiet(0.5), tone, quiet(0.3), tone, quiet(0.7), tone, quiet(1.2)]))
    assert measure_silences_s(measure_windows(clip)) == pytest.approx((0.5, 0.7, 1.2), abs=0.0101)
    assert measure_silences_s(measure_windows(tone)) == (0, 0, 0)
    assert measure_silences_s(measure_windows(quiet(2.0))) == (2.0, 0, 0)
    assert measure_silences_s(measure_windows(amplify(tone, -60))) == pytest.approx(
        (1.0, 0, 0)
    )  # -80 dBFS


def test_a_long_sound_is_looked_at_piece_by_piece() -> None:
    """Runs and windows that lie across two pieces are the same as those within one."""
    samples = speechlike(RATE * 9, level=0.05).samples.copy()
    edge = 441 * 400  # pieces are whole windows of 10 ms
    samples[edge - 2 : edge + 1, 0] = 1.0
    samples[edge * 2 - 1 : edge * 2 + 4, 1] = -1.0
    samples[edge - 44100 : edge - 22050] = 0.0
    found = measure_windows(Clip(samples, RATE))
    assert found.clipped == 2
    assert len(found.peaks) == 900
    assert found.peaks == pytest.approx(np.abs(samples).max(axis=1).reshape(900, -1).max(axis=1))
    powers = np.square(samples, dtype=np.float64).reshape(900, -1).mean(axis=1)
    assert found.powers == pytest.approx(powers)
    assert measure_silences_s(found) == pytest.approx((0, 0.5, 0), abs=0.011)


def test_clipping_is_three_samples_at_full_scale() -> None:
    samples = np.zeros((100, 2), np.float32)
    samples[10:12, 0] = 1.0  # two: a peak that just reaches it
    samples[20:23, 0] = 1.0
    samples[40:60, 1] = -1.0
    samples[70:73, 1] = (1.0, -1.0, 1.0)  # not one side
    assert measure_windows(Clip(samples, RATE)).clipped == 2


@pytest.mark.parametrize(
    ("spans", "ok"),
    [
        ([(0, 500), (500, 1000)], True),
        ([(500, 1000), (0, 500)], False),
        ([(0, 600), (500, 1000)], False),
        ([(0, 1200)], False),
        ([(5, 5)], False),
        ([], False),
    ],
)
def test_chapters_must_be_in_order_and_inside(spans: list[tuple[int, int]], ok: bool) -> None:
    assert check_chapters(spans, 1.0).ok is ok


@pytest.mark.parametrize(
    ("spans", "ok"),
    [
        ([(0, 500), (500, 1000)], True),
        ([(0, 501), (500, 1000)], False),
        ([(500, 600), (0, 100)], False),
        ([(0, 1100)], False),
        ([], False),
    ],
)
def test_captions_must_be_in_order_and_inside(spans: list[tuple[int, int]], ok: bool) -> None:
    found = tuple(Caption(start, end, ("x",)) for start, end in spans)
    assert check_caption_times("captions", found, 1.0).ok is ok


def test_a_report_is_ok_when_every_finding_is(finished: Path) -> None:
    report = verify(finished / "look.mp3")
    bad = dataclasses.replace(report.findings[0], ok=False)
    spoilt = dataclasses.replace(report, findings=(bad, *report.findings[1:]))
    assert (report.ok, spoilt.ok, spoilt.problems) == (True, False, (bad,))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("é" * 128, "has a part of more than 255 bytes"),
        ("a\0b", "holds the character '\\x00'"),
        ("a\x1b[31m", "holds the character '\\x1b'"),
        ("\ud800", "is not UTF-8"),
    ],
)
def test_a_name_in_a_manifest_that_no_file_can_have_is_a_finding(
    folder: Path, name: str, why: str
) -> None:
    file = folder / "look.manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    manifest["files"].append({**manifest["files"][1], "name": name})
    file.write_text(json.dumps(manifest))
    (found,) = verify(folder / "look.mp3").problems
    assert (found.name, found.detail) == ("manifest", f"the name {name!r} {why}")
