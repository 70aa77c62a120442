"""A page that follows its script, served to this machine only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from paperledge_audio.cli.support.common import read_source
from paperledge_audio.errors import DeliveryError
from paperledge_audio.preview import PreviewRequest
from paperledge_audio.preview.server import open_server
from paperledge_audio.preview.watch import Watch
from tests.preview.following import ONE, Followed
from tests.tone_show import SCRIPT

Call = Callable[..., Any]


def save(text: str) -> None:
    """As careful editors do: a new file takes the old one's name."""
    part = ONE.with_suffix(".part")
    part.write_text(text)
    part.replace(ONE)


def test_only_what_changed_is_spoken_again(followed: Followed) -> None:
    before = followed.live_page.document
    save(SCRIPT.replace("Second: it stops.", "Second: it ends."))
    document, files = followed.watch.refresh()
    assert len(set(document["clips"]) - set(before["clips"])) == 1
    assert set(files) == set(document["clips"])


def test_a_served_page_plays_music_that_changed(repository: Call, followed: Followed) -> None:
    toml = Path("scripts/show.toml")
    toml.write_text(f'{toml.read_text()}\n[music]\nintro = "intro.wav"\n')
    soundfile.write("scripts/intro.wav", np.random.default_rng(1).normal(0, 0.1, 22050), 44100)
    recorder = followed.watch._recorder
    document, files = Watch(PreviewRequest((ONE,), "HEAD"), recorder, read_source).refresh()
    (change,) = document["around"]
    assert (change["before"], set(files)) == (None, {change["after"]["clip"]})


def test_stamps_tell_a_rename_a_new_voice_and_a_show(followed: Followed) -> None:
    stamps = followed.watch.stamps()
    assert followed.watch.stamps() == stamps
    save(SCRIPT)
    renamed = followed.watch.stamps()
    assert renamed != stamps
    Path("voices/new.toml").write_text(Path("voices/tone.toml").read_text())
    voices = followed.watch.stamps()
    assert voices != renamed
    ONE.unlink()
    assert followed.watch.stamps()[ONE] is None


def test_while_a_script_is_broken_the_last_good_version_stays(followed: Followed) -> None:
    good = followed.live_page.document
    save(SCRIPT.replace("title: The Sound of One Hand", "title:"))
    document, files = followed.watch.refresh()
    assert document["episodes"] == good["episodes"]
    assert set(files) == set(good["clips"])
    assert (document["problem"]["path"], document["problem"]["line"]) == (str(ONE), 2)
    save(SCRIPT)
    assert followed.watch.refresh()[0]["problem"] is None


def test_a_broken_show_is_told_and_survived(followed: Followed) -> None:
    toml = Path("scripts/show.toml")
    good = toml.read_text()
    toml.write_text(good + "[nonsense\n")
    document, _ = followed.watch.refresh()
    assert document["problem"]["path"].endswith("scripts/show.toml")
    assert document["episodes"][0]["segments"]


def test_pages_clips_and_ranges_are_served_with_a_strict_policy(followed: Followed) -> None:
    status, headers, page = followed.get("/")
    assert status == 200
    assert "default-src 'none'; script-src 'self'" in headers["Content-Security-Policy"]
    assert b"The Sound of One Hand" in page
    name, data = next(iter(followed.live_page.files.items()))
    assert followed.get(f"/{name}")[2] == data
    status, headers, part = followed.get(f"/{name}", Range="bytes=100-199")
    assert (status, headers["Content-Range"]) == (206, f"bytes 100-199/{len(data)}")
    assert part == data[100:200]
    assert followed.get(f"/{name}", Range="bytes=100-")[2] == data[100:]
    assert followed.get(f"/{name}", Range=f"bytes={len(data)}-")[0] == 200
    for path in ("/nothing", "/../scripts/one-hand.md", "/__init__.py", "/assets/index.html"):
        assert followed.get(path)[0] == 404


def test_nobody_outside_is_answered(followed: Followed) -> None:
    assert followed.server.server_address[0] == "127.0.0.1"
    for host in ("evil.example", "evil.example:80", "127.0.0.1:1"):
        status, _, body = followed.get("/document.json", Host=host)
        assert (status, body) == (403, b"")


def test_a_change_is_told_at_once_and_one_that_was_missed_too(followed: Followed) -> None:
    with closing(followed.connected()) as connection:
        connection.request("GET", "/events?after=0")  # asked before the first preview was there
        late = connection.getresponse()
        assert [late.readline() for _ in range(3)] == [b"id: 1\n", b"data: 1\n", b"\n"]
        followed.live_page.show({"episodes": [], "clips": {}}, {})
        assert [late.readline() for _ in range(3)] == [b"id: 2\n", b"data: 2\n", b"\n"]
        late.close()


def test_a_port_that_is_taken_is_told(followed: Followed) -> None:
    with pytest.raises(DeliveryError, match=r"can't serve at port \d+: .*; choose another --port"):
        open_server(followed.live_page, followed.server.server_port)


@pytest.mark.browser
def test_the_page_follows_in_place_and_plays_what_was_saved(followed: Followed, tab: Any) -> None:
    stopping = threading.Event()
    run = threading.Thread(target=followed.watch.run, args=(followed.live_page, stopping))
    run.start()
    try:
        tab.page.goto(followed.server.url)
        tab.until("document.querySelectorAll('.sentence').length")
        tab.page.keyboard.press("Space")
        tab.until("document.getElementById('audio').currentTime")
        tab.page.keyboard.press("Space")
        tab.ask("window.here = true")
        save(SCRIPT.replace("Second: it stops.", "Second: it comes to an end."))
        tab.until("document.getElementById('saying').textContent === 'Second: it comes to an end.'")
        tab.until("document.getElementById('audio').currentTime")
        assert tab.page.locator(".current").inner_text() == "Second: it comes to an end."
        save(SCRIPT.replace("date: 2025-10-21", "date: never"))
        tab.until("document.querySelector('[role=alert]')")
        assert "scripts/one-hand.md:3" in tab.page.get_by_role("alert").inner_text()
        assert tab.page.locator(".sentence").count() > 5
        save(SCRIPT)
        tab.until("!document.querySelector('[role=alert]')")
        assert tab.ask("window.here")  # it is the same page, never loaded again
    finally:
        stopping.set()
        run.join()


def test_options_that_do_not_go_together(show_folder: Path, paperledge: Callable[..., Any]) -> None:
    for options, line in (
        (["--watch", "--json"], "--watch goes on until Ctrl-C"),
        (["--watch", "--summary", "x"], "--watch goes on until Ctrl-C"),
        (["--port", "8000"], "--port needs --watch"),
        (["--whole"], "--whole needs --since"),
    ):
        ran = paperledge("preview", ONE, *options)
        assert ran.code == 2
        assert ran.line.startswith(line)
