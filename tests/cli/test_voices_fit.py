"""paperledge voices fit: consent first, then a profile that speaks, and what it tells."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from paperledge_audio import engines
from paperledge_audio.engines import open_engine
from paperledge_audio.likeness import lines
from paperledge_audio.sound.clip import Clip, duration_s
from paperledge_audio.verify import encoder
from paperledge_audio.voices import finding as voices
from paperledge_audio.voices.finding import stock_voice
from paperledge_audio.voices.profiles import load_voice
from tests.conftest import Ran
from tests.likeness.babble import babble
from tests.likeness.voices_that_add_up import NAMES, Adding, Reading
from tests.samples import plain_segment

Call = Callable[..., Ran]
BLEND = ("--like", "0")
"""Nothing beyond the blends."""
CONSENT = ("--consent-by", "Ada Example", "--consent-date", "2026-03-01", "--consent-for", "a test")


class Host(Reading):
    """Hears recordings, which are longer than what the engine speaks, as one certain blend."""

    def embed(self, clip: Clip) -> Any:
        if clip.frames > 8000:
            return self.at(af_nova=0.6, bf_emma=0.4)
        return super().embed(clip)


@pytest.fixture
def recording(show_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eight seconds of a host, in the folder of a show where voices add up."""
    monkeypatch.setattr(engines, "open_engine", lambda _name: Adding())
    monkeypatch.setattr(encoder, "open_encoder", Host)
    monkeypatch.setattr(voices, "stock_names", lambda: NAMES)
    path = show_folder / "host.wav"
    soundfile.write(path, babble(8), 16000)
    return path


class Keyboard(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def test_the_profile_names_the_blend_the_recording_and_the_consent(
    recording: Path, paperledge: Call
) -> None:
    ran = paperledge("voices", "fit", recording, "-o", "voices/my-host.toml", *BLEND, *CONSENT)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[-2:] == [
        "voices/my-host.toml", "to use it: paperledge render SCRIPT --voice my-host"
    ]  # fmt: skip
    assert "stock voices: speaking 30 takes" in ran.err  # six voices, five lines
    assert "blends: speaking 51 takes" in ran.err  # 24 of two lines at most, three to prove
    voice = load_voice(Path("voices/my-host.toml"))
    assert voice.title == "My Host"
    assert {path.stem for path, _ in voice.packs[:2]} == {"af_nova", "bf_emma"}
    assert voice.fitted_to == "host.wav"
    assert voice.consent.by == "Ada Example"
    assert voice.consent.date == datetime.date(2026, 3, 1)
    assert voice.consent.purpose == "a test"
    assert (voice.studio, voice.draft, voice.language) == ("kokoro", "kokoro", "en-US")
    assert "af_nova" in voice.origin


def test_a_show_with_a_fault_takes_nothing_from_a_fit(recording: Path, paperledge: Call) -> None:
    Path("scripts/show.toml").write_text("title = ")
    ran = paperledge("voices", "fit", recording, "-o", "voices/me.toml", *BLEND, *CONSENT)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[-1] == "to use it: paperledge render SCRIPT --voice me"


def test_machines_get_one_document(recording: Path, paperledge: Call) -> None:
    ran = paperledge(
        "voices",
        "fit",
        recording,
        "-o",
        "voices/me.toml",
        "--json",
        "--effort",
        "quick",
        *BLEND,
        *CONSENT,
    )
    assert ran.err == "8 s of speech are little; the voice is nearer with half a minute\n"
    told = json.loads(ran.out)
    assert told["profile"] == "voices/me.toml"
    assert sum(told["blend"].values()) == pytest.approx(1)
    assert told["likeness"]["after"] > told["likeness"]["before"]
    assert told["likeness"]["itself"] == pytest.approx(1)
    assert told["tried"] <= 8
    assert told["speech_s"] == pytest.approx(8)


def test_without_consent_nothing_is_heard_or_written(
    recording: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit = ("voices", "fit", recording, "-o", "voices/me.toml", *BLEND)
    ran = paperledge(*fit, *CONSENT[:4])  # nobody is there to be asked
    assert ran.code == 2
    assert ran.line == "the person whose voice it is must agree; give --consent-for"
    monkeypatch.setattr("sys.stdin", Keyboard("n\n"))
    ran = paperledge(*fit)
    assert ran.code == 2
    assert ran.err.endswith("without consent no voice is fitted; nothing was written\n")
    ran = paperledge(*fit, *CONSENT[:2], "--consent-date", "last week", *CONSENT[4:])
    assert ran.code == 2
    assert ran.line == "'last week' is not a date; write it as 2026-03-01"
    assert not Path("voices/me.toml").exists()


def test_what_can_not_stand_in_a_profile_is_refused_before_anything_is_heard(
    recording: Path, paperledge: Call
) -> None:
    fit = ("voices", "fit", recording, "-o", "voices/me.toml", *BLEND)
    for empty in ("", "  "):
        ran = paperledge(*fit, "--consent-by", empty, *CONSENT[2:])
        assert (ran.code, ran.line) == (
            2, "the person whose voice it is must agree; give --consent-by"
        )  # fmt: skip
    for by, why in (
        ("A\x1bB", "holds the character '\\x1b'"),
        ("A\udcff", "is not UTF-8"),
        ("A\nB", "holds the character '\\n'"),
    ):
        ran = paperledge(*fit, "--consent-by", by, *CONSENT[2:])
        assert (ran.code, ran.line) == (2, f"--consent-by {why}; write plain text on one line")
    ran = paperledge(*fit, *CONSENT, "--title", "a\x07")
    assert ran.code == 2
    ran = paperledge(*fit, *CONSENT[:2], "--consent-date", "0001-01-01", *CONSENT[4:])
    assert ran.line == "0001-01-01 is too long ago; give the day on which they agreed"
    assert not Path("voices/me.toml").exists()


@pytest.mark.parametrize(
    "call",
    [
        ("voices", "fit", "host.wav"),
        ("voices", "blend", "af_heart=1"),
        ("import", "page.html"),
        ("lexicon", "export"),
    ],
    ids=" ".join,
)
def test_a_place_that_is_needed_is_asked_for(
    show_folder: Path, paperledge: Call, call: tuple[str, ...]
) -> None:
    ran = paperledge(*call)
    assert ran.code == 2
    assert "Missing option '-o' / '--out'" in ran.err


def test_a_folder_that_keeps_nothing_is_told_first(
    recording: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("file").write_text("no folder")
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(Path("file/below").resolve()))
    ran = paperledge("voices", "fit", recording, "-o", "voices/me.toml", *BLEND, *CONSENT)
    assert ran.code == 0, ran.err
    assert "can't be written: if you stop this command, it begins anew" in ran.err


def test_whoever_is_asked_and_agrees_is_in_the_profile(
    recording: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sys.stdin", Keyboard("y\n  \nBob\nin May\n2126-04-01\n2026-04-01\nthe show\n")
    )
    ran = paperledge(
        "voices", "fit", recording, "-o", "voices/me.toml", "--effort", "quick", *BLEND
    )
    assert ran.code == 0, ran.err
    assert "Error: the answer is empty" in ran.err
    assert "Error: 'in May' is not a date" in ran.err
    assert "Error: 2126-04-01 lies in the future" in ran.err
    consent = load_voice(Path("voices/me.toml")).consent
    assert str(consent) == "Bob, 2026-04-01, for the show"


@pytest.mark.parametrize("name", ["caf\udce9.wav", "a\x1bb.wav", "a\x7fb.wav"])
def test_a_recording_whose_name_can_not_stand_in_a_profile_is_refused_first(
    show_folder: Path, paperledge: Call, name: str
) -> None:
    ran = paperledge("voices", "fit", name, "-o", "voices/me.toml", *CONSENT)
    assert ran.code == 1
    assert ran.line.startswith(f"the name {name!r} ")
    assert ran.line.endswith("; rename it, or name another")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="this system has no /proc")
def test_a_place_where_nothing_can_be_written_is_told_first(paperledge: Call) -> None:
    """Also to root, whom the system allows to write there, and then doesn't let."""
    ran = paperledge("voices", "fit", "no.wav", "-o", "/proc/me.toml", *CONSENT)
    assert ran.code == 1
    assert ran.line.startswith("/proc/me.toml: can't be written: ")
    assert ran.line.endswith("; name another place")


def test_a_profile_that_is_there_stays(recording: Path, paperledge: Call) -> None:
    before = Path("voices/tone.toml").read_bytes()
    fit = (
        "voices",
        "fit",
        recording,
        "-o",
        "voices/tone.toml",
        *CONSENT,
        *BLEND,
        "--effort",
        "quick",
    )
    ran = paperledge(*fit)
    assert (ran.code, ran.line) == (
        1,
        "voices/tone.toml: is there already; name another file or add --force",
    )
    assert Path("voices/tone.toml").read_bytes() == before
    assert paperledge(*fit, "--force").code == 0
    assert load_voice(Path("voices/tone.toml")).fitted_to == "host.wav"
    ran = paperledge("voices", "fit", recording, "-o", "me.txt", *CONSENT)
    assert ran.line == "me.txt: is not a profile's name; use letters, digits, - and _, and .toml"


def test_two_people_in_a_recording_are_remarked_on(
    recording: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Two(Reading):
        """Hears two people in turn."""

        turn = 0

        def embed(self, clip: Clip) -> Any:
            if clip.frames <= 8000:
                return super().embed(clip)
            self.turn += 1
            return self.at(af_nova=1.0) if self.turn % 2 else -self.at(bm_lewis=1.0)

    monkeypatch.setattr(encoder, "open_encoder", Two)
    fit = (
        "voices",
        "fit",
        recording,
        "-o",
        "voices/me.toml",
        *CONSENT,
        *BLEND,
        "--effort",
        "quick",
    )
    ran = paperledge(*fit)
    assert ran.code == 0
    assert "the recording does not sound like one person throughout\n" in ran.err


def test_a_recording_too_short_to_be_halved_is_not(recording: Path, paperledge: Call) -> None:
    soundfile.write("short.wav", soundfile.read(recording)[0][: 6 * 16000], 16000)
    fit = (
        "voices",
        "fit",
        "short.wav",
        "-o",
        "voices/me.toml",
        "--effort",
        "quick",
        *BLEND,
        *CONSENT,
    )
    ran = paperledge(*fit)
    assert ran.code == 0, ran.err
    assert "one half" not in ran.out
    assert json.loads(paperledge(*fit, "--json", "--force").out)["likeness"]["itself"] is None


def test_a_recording_that_will_not_do_is_one_line(recording: Path, paperledge: Call) -> None:
    soundfile.write("short.wav", soundfile.read(recording)[0][:32000], 16000)
    ran = paperledge("voices", "fit", "short.wav", "-o", "voices/me.toml", *CONSENT)
    assert ran.code == 1
    assert ran.line.startswith("short.wav: holds 2.0 s of speech; record at least 5 s")
    ran = paperledge("voices", "fit", "none.wav", "-o", "voices/me.toml", *CONSENT)
    assert ran.line == "none.wav: can't be read: No such file or directory; name a sound file"


@pytest.mark.model
def test_a_real_recording_is_fitted_and_the_fitted_voice_speaks(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("af_bella", "af_nova", "am_puck")
    monkeypatch.setattr(voices, "stock_names", lambda: names)
    for where, said in (("SEARCH", ("Which of us would know?",)), ("PROOF", ("It was open.",))):
        monkeypatch.setattr(lines, where, said)
        monkeypatch.setattr(f"paperledge_audio.likeness.{where}", said)
    text = "The boiler was loud, and the jury of five could not hear what either of them said."
    take = open_engine("kokoro").speak(plain_segment(text), stock_voice("af_heart"))
    samples = take.clip.samples
    soundfile.write("host.wav", np.concatenate([samples, samples]), take.clip.rate)
    ran = paperledge(
        "voices",
        "fit",
        "host.wav",
        "-o",
        "voices/me.toml",
        "--effort",
        "quick",
        "--json",
        *BLEND,
        *CONSENT,
    )
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert set([*told["blend"]][:2]) == {"af_bella", "af_nova"}  # am_puck is nothing like her
    assert told["likeness"]["after"] > 0.5 > told["likeness"]["other_voice"]
    voice = load_voice(Path("voices/me.toml"))
    take = open_engine("kokoro").speak(plain_segment("I am here."), voice)
    assert duration_s(take.sound) > 0.5


def test_a_recording_in_which_nobody_speaks_is_refused(recording: Path, paperledge: Call) -> None:
    soundfile.write(recording, np.sin(np.arange(8 * 16000) / 10), 16000)
    ran = paperledge("voices", "fit", recording, "-o", "voices/me.toml", *CONSENT)
    assert ran.code == 1
    assert ran.line.endswith(
        "host.wav: does not sound like speech; name a recording of one person who speaks, "
        "without music"
    )
    assert not Path("voices/me.toml").exists()


@pytest.mark.parametrize(("options", "told"), [
    (("--consent-date", "2999-01-01"), "2999-01-01 lies in the future; give the day"),
    (("--like", "nan"), "nan is not a number"),
])  # fmt: skip
def test_a_date_to_come_and_no_number_are_refused(
    recording: Path, paperledge: Call, options: tuple[str, ...], told: str
) -> None:
    ran = paperledge("voices", "fit", recording, "-o", "voices/me.toml", *CONSENT, *options)
    assert ran.code == 2
    assert told in ran.err
