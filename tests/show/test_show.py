"""show.toml: what ships is read whole, and what is wrong is placed."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest

from paperledge_audio.errors import ShowError
from paperledge_audio.files.resources import bundled_folder
from paperledge_audio.show.keys import SPOKEN
from paperledge_audio.show.keys import WRITTEN as TEXT
from paperledge_audio.show.loading import find_show, load_show
from paperledge_audio.show.model import Show, Trailer
from tests.samples import ROOT

LEAST = 'title = "T"\nhost = "H"\nauthor = "A"\n'
TRAILER = f'{LEAST}[feed]\n[feed.trailer]\nurl = "https://x.example/t.mp3"\ntitle = "Hear"\n'


def test_the_shows_own_file_is_read(show: Show) -> None:
    assert (show.title, show.host, show.voices.host, show.voices.quote) == (
        "PaperLedge",
        "Ernis",
        "ernis",
        "emma",
    )
    assert show.music.duck_db < 0
    assert all(show.music.files[name] for name in ("intro", "outro", "sting", "bed"))
    assert show.disclosure.spoken
    assert show.disclosure.text


def test_the_voice_chain_of_the_show_is_the_default(show: Show, tmp_path: Path) -> None:
    file = tmp_path / "show.toml"
    file.write_text(LEAST)
    assert load_show(file).voice_chain == show.voice_chain


def test_a_script_belongs_to_the_nearest_show(tmp_path: Path) -> None:
    inner = tmp_path / "scripts" / "2025"
    inner.mkdir(parents=True)
    (tmp_path / "scripts" / "show.toml").write_text(LEAST)
    assert find_show(inner / "x.md") == tmp_path / "scripts" / "show.toml"
    assert find_show(tmp_path / "lone.md") == bundled_folder() / "scripts" / "show.toml"


def test_only_the_identity_is_required(tmp_path: Path) -> None:
    file = tmp_path / "show.toml"
    file.write_text(LEAST)
    show = load_show(file)
    assert (show.voices.host, show.voices.quote, show.music.intro) == ("ernis", "", None)
    assert (show.output.loudness, show.output.channels, show.output.bitrate_kbps) == (
        "apple",
        2,
        128,
    )


@pytest.mark.parametrize(
    ("text", "spoken", "written"),
    [
        ("", SPOKEN, TEXT),  # every voice here is synthetic, so silence means yes
        ("[disclosure]\nai = true\n", SPOKEN, TEXT),
        ('[disclosure]\nspoken = "A machine reads."\n', "A machine reads.", TEXT),
        ("[disclosure]\nai = false\n", "", ""),
    ],
)
def test_one_switch_discloses(tmp_path: Path, text: str, spoken: str, written: str) -> None:
    file = tmp_path / "show.toml"
    file.write_text(LEAST + text)
    disclosure = load_show(file).disclosure
    assert (disclosure.spoken, disclosure.text) == (spoken, written)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (LEAST + '[disclosure]\nspoken = ""\n', 5, "disclosure.spoken: is empty, but listeners"),
        (LEAST + '[disclosure]\nai = false\ntext = "AI"\n', 6, "disclosure.text: contradicts ai"),
        (LEAST + '[feed]\ntype = "daily"\n', 5, "feed.type: 'daily' is unknown; choose from: epis"),
        (LEAST + '[feed]\nenclosure = "v2"\n', 5, "feed.enclosure: 'v2' is unknown; choose from"),
        (LEAST + '[feed]\nfunding_text = "Pay"\n', 5, "feed.funding_text: needs funding; add"),
        (LEAST + '[feed]\nlicense_url = "https://x.example"\n', 5, "license_url: needs license"),
        (LEAST + f'[feed]\nlicense = "{"x" * 129}"\n', 5, "has 129 characters; write at most 128"),
        (LEAST + '[feed]\nlicense = "CC0-1.0"\n', 5, "'CC0-1.0' is not an SPDX identifier in sm"),
        (LEAST + '[feed]\nlicense = "my own"\n', 5, "'my own' is not an SPDX identifier in sma"),
        (LEAST + 'base_url = "https://x.example/a?b=1"\n', 4, "is not a folder's; leave out what"),
        (LEAST + 'language = "english"\n', 4, "language: 'english' is not a language tag"),
        (LEAST + '[feed.trailer]\ntitle = "T"\n', 4, "feed.trailer.url: is missing"),
        (
            TRAILER + "date = 2025-01-01T06:00:00Z\n",
            8,
            "trailer.date: 2025-01-01 06:00:00+00:00 ho",
        ),
        (
            TRAILER + 'date = 2025-01-01\ntype = "mp3"\n',
            9,
            "trailer.type: 'mp3' is not a media typ",
        ),
        (TRAILER + "date = 2025-01-01\nbytes = 0\n", 9, "feed.trailer.bytes: 0 is below 1"),
        (TRAILER + "date = 2025-01-01\nlength = 1\n", 9, "trailer.length: is not a known key"),
        (LEAST + '[seasons]\none = "A"\n', 5, "seasons.one: is not the number of a season; write"),
        (LEAST + "[seasons]\n1 = 2\n", 5, "seasons.1: 2 is not a text"),
        (LEAST + "colour = 1\n", 4, "colour: is not a known key"),
        (LEAST + '[voices]\nhots = "x"\n', 5, "voices.hots: is not a known key; did you mean"),
        (LEAST + '[music]\nintro = "none.ogg"\n', 5, "music.intro: there is no file none.ogg"),
        (LEAST + "[music]\nduck_db = 3\n", 5, "music.duck_db: 3 is not between -60 and 0"),
        (
            LEAST + "[voice_chain]\nhigh_pass_hz = 900\n",
            5,
            "voice_chain.high_pass_hz: 900 is not between 0 and 200",
        ),
        (
            LEAST + "[voice_chain]\neven_peaks = 1\n",
            5,
            "voice_chain.even_peaks: 1 is not true or false",
        ),
        (
            LEAST + "[voice_chain]\ncompression_ratio = 0.5\n",
            5,
            "voice_chain.compression_ratio: 0.5 is not between 1 and 10",
        ),
        (
            LEAST + "[voice_chain]\ndeess = 3\n",
            5,
            "voice_chain.deess: is not a known key; did you mean 'deess_db'",
        ),
        (LEAST + "[pauses]\nitem = 6\n", 5, "pauses.item: 6 is not between 0 and 5"),
        (
            LEAST + "[pauses]\nitems = 1\n",
            5,
            "pauses.items: is not a known key",
        ),
        (LEAST + '[speech]\nheadings = "no"\n', 5, "speech.headings: 'no' is unknown"),
        (LEAST + '[speech]\ndelivery = "no"\n', 5, "speech.delivery: 'no' is unknown"),
        (LEAST + 'website = "javascript:x"\n', 4, "website: 'javascript:x' is not a web address"),
        (LEAST + 'language = "en_US"\n', 4, "language: 'en_US' is not a language tag; write it as"),
        (LEAST.replace("host", "hots"), 2, "hots: is not a known key; did you mean 'host'?"),
        ("title = \n", 1, "is not valid TOML: Invalid value; put the text in quotes"),
        ("host = bm_george\n", 1, "is not valid TOML: Invalid value; put the text in quotes"),
    ],
)
def test_a_wrong_show_is_placed(tmp_path: Path, text: str, line: int | None, what: str) -> None:
    file = tmp_path / "show.toml"
    file.write_text(text)
    with pytest.raises(ShowError) as caught:
        load_show(file)
    assert what in str(caught.value)
    assert caught.value.line == line
    assert caught.value.path == str(file)


@pytest.mark.parametrize("key", ["artwork", "[music]\nintro"])
@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("x" * 256, "xxx can't be read: File name too long; correct the path"),
        ("circle", "circle can't be read: Too many levels of symbolic links; correct the path"),
        ("a\\nb", r"the name 'a\nb' holds the character '\n'; rename the file"),
        (
            ".",
            ". is a folder, not a file; correct the path, seen from that file, or remove the key",
        ),
        (
            "show.toml/x",
            (
                "there is no file show.toml/x; "
                "correct the path, seen from that file, or remove the key"
            ),
        ),
    ],
)
def test_a_name_that_is_no_files_is_placed(tmp_path: Path, key: str, name: str, what: str) -> None:
    (tmp_path / "circle").symlink_to("circle")
    file = tmp_path / "show.toml"
    file.write_text(f'{LEAST}{key} = "{name}"\n')
    with pytest.raises(ShowError) as caught:
        load_show(file)
    assert what in str(caught.value)
    assert caught.value.line == LEAST.count("\n") + key.count("\n") + 1


def test_a_show_may_keep_its_files_anywhere_on_its_own_disk(tmp_path: Path) -> None:
    (tmp_path / "show" / "scripts").mkdir(parents=True)
    (tmp_path / "music.ogg").touch()
    file = tmp_path / "show" / "scripts" / "show.toml"
    for name in ("../../music.ogg", str(tmp_path / "music.ogg")):
        file.write_text(f'{LEAST}[music]\nintro = "{name}"\n')
        intro = load_show(file).music.intro
        assert intro is not None
        assert intro.samefile(tmp_path / "music.ogg")


def test_a_show_is_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "show.toml"
    file.write_bytes(LEAST.encode() + b'category = "Caf\xe9"\n')
    with pytest.raises(ShowError, match=r"is not UTF-8 \(byte \d+\); save it as UTF-8"):
        load_show(file)
    assert (ROOT / "scripts" / "show.toml").is_file()


def test_a_show_says_how_it_is_published(tmp_path: Path) -> None:
    file = tmp_path / "show.toml"
    file.write_text(
        f'{LEAST}explicit = true\n[seasons]\n10 = "Ten"\n2 = "Two"\n[feed]\nenclosure = "hash"\n'
        'funding = "https://x.example"\nfunding_text = "Pay"\nlicense = "cc0-1.0"\n'
    )
    show = load_show(file)
    assert (show.explicit, show.seasons) == (True, ((2, "Two"), (10, "Ten")))
    assert (show.feed.enclosure, show.feed.license, show.feed.license_url) == (
        "hash",
        "cc0-1.0",
        "",
    )
    assert (show.feed.funding, show.feed.funding_text) == ("https://x.example", "Pay")


def test_a_misspelt_key_does_not_count_as_missing(tmp_path: Path) -> None:
    path = tmp_path / "show.toml"
    path.write_text('host = "A"\ntitel = "T"\nauthor = "B"\n')
    with pytest.raises(ShowError) as caught:
        load_show(path)
    assert str(caught.value) == f"{path}:2:1: titel: is not a known key; did you mean 'title'?"


def test_a_key_of_its_own_is_no_slip_of_a_missing_one(tmp_path: Path) -> None:
    path = tmp_path / "show.toml"
    path.write_text('title = "T"\nhost = "A"\nartwork = "a.jpg"\n')
    with pytest.raises(ShowError) as caught:
        load_show(path)
    assert [str(one) for one in (caught.value, *caught.value.others)] == [
        (
            f"{path}:3:1: artwork: there is no file a.jpg; "
            "correct the path, seen from that file, or remove the key"
        ),
        f"{path}: author: is missing; add 'author'",
    ]


def test_a_show_names_a_trailer_that_is_hosted_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "show.toml"
    least = Trailer("https://x.example/t.mp3", "Hear", datetime.date(2025, 1, 2))
    file.write_text(f"{TRAILER}date = 2025-01-02\n")
    assert load_show(file).trailer == least
    file.write_text(f'{TRAILER}date = "2025-01-02"\nbytes = 9\ntype = "audio/mpeg"\nseason = 2\n')
    assert load_show(file).trailer == dataclasses.replace(
        least, bytes=9, type="audio/mpeg", season=2
    )
    file.write_text(f"{LEAST}[feed]\n")
    assert load_show(file).trailer is None
