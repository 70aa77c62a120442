"""A word of a served page: heard, tried, kept, and by nobody but the page itself."""

from __future__ import annotations

import json
import threading
import tomllib
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.preview.server import LARGEST_REQUEST, TOKEN
from tests.preview.following import ONE, Followed
from tests.tone_show import SCRIPT

TOML = Path("scripts/show.toml")


def ask(**more: Any) -> bytes:
    """What the page sends for a word of its first sentence."""
    place = {"path": str(ONE), "segment": 0, "word": "tone", "said": ""}
    return json.dumps(place | more).encode()


def pronounced() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads(TOML.read_text("utf-8")).get("pronounce", {})
    return found


def test_a_word_is_heard_alone_as_now_and_as_written(followed: Followed) -> None:
    status, now = followed.post("/words/try", ask())
    assert (status, now["ways"][0]["entry"]) == (200, "/tˈOn/")
    status, headers, data = followed.get(f"/{now['clip']}")
    assert (status, headers["Content-Type"]) == (200, "audio/mpeg")
    assert 0 < mp3.decode(data).frames < 44100
    status, tried = followed.post("/words/try", ask(said="toe nay"))
    assert status == 200
    assert tried["clip"] != now["clip"]
    assert "toe nay" in [way["entry"] for way in tried["ways"]]
    assert pronounced() == {}  # to try keeps nothing


def test_what_is_kept_is_how_it_is_said_from_then_on(followed: Followed) -> None:
    before = TOML.read_text("utf-8")
    status, kept = followed.post("/words/keep", ask(said="toe nay"))
    assert (status, Path(kept["path"]).resolve()) == (200, TOML.resolve())
    assert TOML.read_text("utf-8").startswith(before)  # what was there stays
    assert pronounced() == {"tone": "toe nay"}
    document, _ = followed.watch.refresh()
    said = [row["said"] for row in document["episodes"][0]["pronunciations"]]
    assert said == ["toe nay"]
    _, now = followed.post("/words/try", ask())
    _, tried = followed.post("/words/try", ask(said="toe nay"))
    assert now["ways"][0]["phonemes"] == tried["ways"][0]["phonemes"]


def test_an_entry_for_one_script_is_stronger_and_is_replaced_there(followed: Followed) -> None:
    status, kept = followed.post("/words/keep", ask(said="toe nay", script_only=True))
    assert (status, kept["path"]) == (200, str(ONE))
    status, kept = followed.post("/words/keep", ask(said="tan"))
    assert (status, kept["path"], pronounced()) == (200, str(ONE), {})
    assert "tone: tan" in ONE.read_text("utf-8")


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"said": "/t/"}, "the sound of 'tone' has no vowel"),
        ({"said": "42"}, "'tone' is to be said as '42', which is not words"),
        ({"said": "a" * 201}, "'tone' and how it is said take more than 200 characters"),
        ({"said": 7}, "said is not a text"),
        ({"word": "elephant"}, "'elephant' is not there any more"),
        ({"segment": 99}, "'tone' is not there any more"),
        ({"segment": -1}, "'tone' is not there any more"),
        ({"segment": "1"}, "the page doesn't show that script"),
        ({"path": "scripts/show.toml"}, "the page doesn't show that script"),
        ({"path": "../scripts/one-hand.md"}, "the page doesn't show that script"),
    ],
)
def test_what_can_not_be_is_told_and_nothing_is_written(
    followed: Followed, more: dict[str, Any], what: str
) -> None:
    before = TOML.read_bytes(), ONE.read_bytes()
    for action in ("try", "keep"):
        status, answer = followed.post(f"/words/{action}", ask(**more))
        assert (status, answer["what"]) == (400, what)
    assert (TOML.read_bytes(), ONE.read_bytes()) == before


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 4000, b"null"])
def test_what_is_no_request_is_told(followed: Followed, body: bytes) -> None:
    status, answer = followed.post("/words/keep", body)
    assert status == 400
    assert "unexpected" not in answer["what"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({TOKEN: "x"}, 403),
        ({TOKEN: ""}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Length": str(LARGEST_REQUEST + 1)}, 413),
        ({"Content-Length": "-1"}, 411),
        ({"Transfer-Encoding": "chunked"}, 411),
    ],
)
def test_another_page_can_not_write(
    followed: Followed, headers: dict[str, str], status: int
) -> None:
    before = TOML.read_bytes(), ONE.read_bytes()
    assert followed.post("/words/keep", ask(said="toe nay"), **headers) == (status, {})
    assert (TOML.read_bytes(), ONE.read_bytes()) == before


def test_the_token_is_in_the_served_page_only(followed: Followed) -> None:
    token = followed.server.token.encode()
    for path in ("/", "/document.json"):
        assert token in followed.get(path)[2]
    assert followed.post("/elsewhere", ask())[0] == 404
    document, _ = followed.watch.refresh()
    assert "token" not in document


@pytest.mark.browser
def test_a_click_on_a_word_lets_one_hear_it_try_it_and_keep_it(
    followed: Followed, tab: Any
) -> None:
    stopping = threading.Event()
    run = threading.Thread(target=followed.watch.run, args=(followed.live_page, stopping))
    run.start()
    try:
        tab.page.goto(followed.server.url)
        tab.until("document.querySelectorAll('.sentence').length")
        tab.page.locator(".sentence").nth(0).get_by_text("tone,").click()
        assert tab.page.locator("#word-text").input_value() == "tone"
        tab.page.get_by_role("button", name="As now").click()
        tab.until("document.querySelector('.message').textContent === 'Now /tˈOn/'")
        tab.until("document.getElementById('audio').currentTime")
        said = tab.page.get_by_label("said as")
        said.fill("42")
        tab.page.get_by_role("button", name="Save").click()
        tab.until("document.querySelector('.message.wrong')")
        tab.complaints.clear()  # the browser's note of the refusal
        said.fill("toe nay")
        said.press("Enter")
        tab.until("document.getElementById('saying').textContent === 'tone'")
        assert pronounced() == {}
        tab.page.get_by_role("button", name="Save").click()
        tab.until("document.querySelector('.message').textContent.endsWith('tone is said toe nay')")
        assert pronounced() == {"tone": "toe nay"}
        tab.until("document.querySelector('.pronunciations td')?.textContent === 'toe nay'")
        said.press("Escape")
        said.wait_for(state="hidden")
        tab.page.keyboard.press("e")
        said.wait_for(state="visible")
    finally:
        stopping.set()
        run.join()


def test_each_version_is_also_written_where_it_is_asked_for(
    show_folder: Path, followed: Followed
) -> None:
    from paperledge_audio.preview.watch import Watch

    written: list[int] = []
    stopping = threading.Event()

    def keep(document: dict[str, Any], sounds: dict[str, bytes]) -> None:
        written.append(len(document["episodes"][0]["segments"]))
        assert set(document["clips"]) == set(sounds)
        if len(written) == 1:
            ONE.write_text(SCRIPT.replace("Second: it stops.\n", "Second: it stops.\n- Third.\n"))
        else:
            stopping.set()

    watch = Watch(
        followed.watch._request, followed.watch._recorder, followed.watch._read, on_page=keep
    )
    watch.run(followed.live_page, stopping)
    assert written[1] == written[0] + 1
