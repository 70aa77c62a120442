"""The page in a real browser, opened from a disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from paperledge_audio.files.pages.shell import embed_json
from tests.tone_show import SCRIPT, VOICE

pytestmark = pytest.mark.browser

Call = Callable[..., Any]
ONE = Path("scripts/one-hand.md")
PLAYING = "!document.getElementById('audio').paused && document.getElementById('audio').currentTime"
LIT = """
window.lit = [];
new MutationObserver((records) => {
  for (const { target } of records) {
    if (!target.classList.contains("on")) continue;
    const sentence = target.closest(".sentence, .side");
    window.lit.push([Number(sentence.dataset.segment || 0),
                     [...sentence.querySelectorAll(".word")].indexOf(target)]);
  }
}).observe(document.getElementById("main"), { subtree: true, attributeFilter: ["class"] });
document.getElementById("audio").addEventListener("playing", (event) => {
  window.started = [event.target.getAttribute("src"), event.target.currentTime];
});
"""


@pytest.fixture
def opened(show_folder: Path, once: Call, paperledge: Call, tab: Any) -> Any:
    """The whole draft of one script, in a tab that notes what lights up."""

    def preview() -> None:
        assert paperledge("preview", ONE).code == 0

    once(preview)
    tab.page.goto((show_folder / "preview/index.html").as_uri())
    tab.until("document.querySelectorAll('.sentence').length")
    tab.ask(LIT)
    return tab


def assert_in_order(lit: list[int], words: int) -> None:
    """Each word once, in order; a busy machine's browser may leave a frame out, and its word."""
    assert lit == sorted(set(lit))
    assert len(lit) > words / 2


def test_the_third_sentence_plays_from_its_start(opened: Any) -> None:
    (episode,) = opened.document()["episodes"]
    third = episode["segments"][2]
    opened.page.locator(".sentence").nth(2).click()
    opened.until("window.started")
    clip, at = opened.ask("window.started")
    assert clip == third["clip"]
    assert at == pytest.approx(0.0, abs=0.05)
    opened.page.keyboard.press("Space")  # so that nothing moves while we ask
    opened.until("document.getElementById('audio').paused")
    shown = float(opened.page.locator("[role=slider]").get_attribute("aria-valuenow"))
    within = opened.ask("document.getElementById('audio').currentTime")
    assert shown == pytest.approx(third["start"] + within, abs=0.051)  # it shows tenths
    assert opened.page.locator("[aria-current]").inner_text() == third["text"]


def test_words_light_up_in_order_and_sentences_follow(opened: Any) -> None:
    opened.page.locator(".sentence").nth(2).click()
    opened.until("window.lit.some(([sentence]) => sentence === 3)")
    lit = opened.ask("window.lit")
    words = len(opened.document()["episodes"][0]["segments"][2]["words"])
    assert_in_order([word for sentence, word in lit if sentence == 2], words)
    assert lit == sorted(lit)
    assert opened.ask("document.querySelectorAll('.word.on').length") <= 1


def test_keys_play_pause_step_and_change_the_speed(opened: Any) -> None:
    keyboard = opened.page.keyboard
    keyboard.press("Space")
    opened.until(PLAYING)
    assert opened.page.get_by_role("button", name="Pause", exact=True).count() == 1
    keyboard.press("Space")
    opened.until("document.getElementById('audio').paused")
    segments = opened.document()["episodes"][0]["segments"]
    for key, sentence in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)):
        keyboard.press(key)
        clip = segments[sentence]["clip"]
        opened.until(f"document.getElementById('audio').getAttribute('src') === '{clip}'")
    for speed in (1.25, 1.5, 1.75, 2, 2):
        keyboard.press("+")
        state = opened.ask(
            "(({playbackRate, preservesPitch}) => [playbackRate, preservesPitch])"
            "(document.getElementById('audio'))"
        )
        assert state == [speed, True]
    keyboard.press("ArrowRight")
    opened.until(PLAYING)
    assert opened.ask("document.getElementById('audio').playbackRate") == 2  # for the next, too
    keyboard.press("-")
    assert opened.page.get_by_label("1.75×").is_checked()


def test_hasty_steps_end_where_they_lead_and_play_on(opened: Any) -> None:
    third = opened.document()["episodes"][0]["segments"][3]["clip"]
    opened.page.keyboard.press("Space")
    for _ in range(3):
        opened.page.keyboard.press("ArrowRight")
    opened.until(f"window.started && window.started[0] === '{third}'")
    opened.until("document.querySelector('.sentence.current .word.on')")
    assert opened.page.get_by_role("button", name="Pause", exact=True).count() == 1


def test_the_waveform_is_a_slider_for_mouse_and_keys(opened: Any) -> None:
    (episode,) = opened.document()["episodes"]
    slider = opened.page.get_by_role("slider")
    last = episode["segments"][-1]
    box = slider.bounding_box()
    place = box["width"] * (last["start"] + 0.3) / episode["duration_s"]
    slider.click(position={"x": place, "y": 20})
    opened.until("window.started")
    clip, at = opened.ask("window.started")
    assert clip == last["clip"]
    assert at == pytest.approx(0.3, abs=0.1)  # a pixel of the waveform is 0.02 s
    slider.press("Home")
    first = episode["segments"][0]["clip"]
    opened.until(f"window.started[0] === '{first}'")
    assert slider.get_attribute("aria-valuetext").startswith("0:00 of 0:")


def test_each_voice_is_drawn_in_its_colour(show_folder: Path, paperledge: Call, tab: Any) -> None:
    Path("voices/ada.toml").write_text(VOICE.replace("Tone", "Ada"))
    ONE.write_text(SCRIPT.replace("- First: it", "**Ada:** I say that it goes on.\n\n- First: it"))
    assert paperledge("preview", ONE).code == 0
    tab.page.goto((show_folder / "preview/index.html").as_uri())
    tab.until("document.querySelectorAll('.sentence').length")
    assert tab.page.locator(".legend li").all_inner_texts() == ["Ernis", "Ada"]
    colours = tab.ask(
        """(() => {
          const canvas = document.querySelector(".slider canvas");
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          const found = new Set();
          for (let n = 0; n < data.length; n += 4) {
            if (data[n + 3] === 255) found.add([...data.slice(n, n + 3)].join());
          }
          const style = getComputedStyle(document.querySelector(".slider"));
          const hex = (name) => style.getPropertyValue(name).trim().slice(1).match(/../g)
            .map((pair) => parseInt(pair, 16)).join();
          return [0, 1, 2].filter((voice) => found.has(hex(`--voice-${voice}`)));
        })()"""
    )
    assert colours == [0, 1]


def test_a_changed_sentence_offers_both_versions(
    repository: Call, show_folder: Path, paperledge: Call, tab: Any
) -> None:
    ONE.write_text(SCRIPT.replace("The tone is the message.", "The tone was the 2nd message."))
    assert paperledge("preview", ONE, "--since", "HEAD").code == 0
    tab.page.goto((show_folder / "preview/index.html").as_uri())
    tab.until("document.querySelectorAll('.change').length === 1")
    tab.ask(LIT)
    assert tab.page.locator(".before .printed del").all_inner_texts() == ["is"]
    assert tab.page.locator(".after .printed ins").all_inner_texts() == ["was", "2nd"]
    assert "second" in tab.page.locator(".after .spoken").inner_text()
    (change,) = tab.document()["episodes"][0]["changes"]
    for side in ("before", "after"):
        tab.page.locator(f".{side} .listen").click()
        tab.until(f"window.started && window.started[0] === '{change[side]['clip']}'")
        tab.until("document.getElementById('audio').ended")
        words = len(change[side]["words"])
        assert_in_order([word for _, word in tab.ask("window.lit")], words)
        tab.ask("window.lit.length = 0")
    assert tab.page.locator(".sentence[role=button]").count() == 1  # the rest was not spoken
    assert tab.page.locator(".sentence").count() > 5


def test_changed_music_offers_both_versions(
    repository: Call, show_folder: Path, paperledge: Call, tab: Any
) -> None:
    """Nothing else changed; there is no sentence to play."""
    toml = Path("scripts/show.toml")
    toml.write_text(f'{toml.read_text()}\n[music]\nintro = "intro.wav"\n')
    noise = np.random.default_rng(1).normal(0, 0.1, 44100)
    soundfile.write("scripts/intro.wav", noise, 44100)
    repository("add", "-A")
    repository("commit", "-qm", "An intro")
    soundfile.write("scripts/intro.wav", noise[:30000], 44100)
    assert paperledge("preview", ONE, "--since", "HEAD").code == 0
    page = (show_folder / "preview/index.html").as_uri()
    tab.page.goto(page)
    tab.until("document.querySelectorAll('.around .side').length === 2")
    tab.ask(LIT)
    (change,) = tab.document()["around"]
    for side, seconds in (("before", 1.0), ("after", 30000 / 44100)):
        name = f"Play {side}: the music in the intro"
        tab.page.get_by_role("button", name=name).click()
        tab.until(f"window.started && window.started[0] === '{change[side]['clip']}'")
        assert tab.page.locator(".side.current").get_attribute("data-side") == side
        tab.until("document.getElementById('audio').ended")
        length = tab.ask("document.getElementById('audio').duration")
        assert length == pytest.approx(seconds, abs=0.06)
    tab.page.goto("about:blank")
    tab.page.goto(f"{page}#{change['before']['clip']}")
    tab.until("document.activeElement.classList.contains('listen')")
    assert tab.ask("document.activeElement.closest('.side').dataset.side") == "before"
    assert tab.complaints == []


HOSTILE = """\
---
title: '</script><script>alert(1)</script> "quoted" <img src=x onerror=alert(2)>'
date: 2025-10-21
paper:
  title: '<svg onload=alert(3)>'
  url: https://paperledge.example/?a='onmouseover='alert(4)
summary: A tone, explained.
---

Say [\\<script\\>alert(5)\\</script\\>](say: "nothing at all") and [\\<!--](say: "this") aloud.

## A [\\<b onclick=alert(6)\\>](say: "bold") heading & more
"""


def test_a_hostile_script_runs_nothing(show_folder: Path, paperledge: Call, tab: Any) -> None:
    Path("scripts/x.md").write_text(HOSTILE)
    ran = paperledge("preview", "scripts/x.md")
    assert ran.code == 0, ran.err
    tab.page.goto((show_folder / "preview/index.html").as_uri())
    tab.until("document.querySelectorAll('.sentence').length")
    title = tab.page.locator("h2").inner_text()
    assert title.startswith('</script><script>alert(1)</script> "quoted" <img')
    assert "<script>alert(5)</script>" in tab.page.locator(".text").inner_text()
    assert tab.page.locator("main script, main img, main svg[onload], main b").count() == 0
    assert tab.ask("document.scripts.length") == 5  # four files and the document
    assert tab.ask("document.querySelectorAll('[onmouseover]').length") == 0


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("javascript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("https://paperledge.example/", True),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(opened: Any, url: str, leads: bool) -> None:
    made = opened.page.evaluate(
        """(url) => {
          const doc = JSON.parse(document.getElementById("document").text);
          const episode = { ...doc.episodes[0], paper: { title: "Paper", url } };
          return Parts.episode(episode, 9).querySelectorAll(".paper a").length;
        }""",
        url,
    )
    assert made == int(leads)


def test_json_in_a_script_element_can_not_end_it() -> None:
    text = embed_json({"title": "</script><!-- & \u2028"})
    assert text == '{"title":"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028"}'


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    repository: Call,
    show_folder: Path,
    paperledge: Call,
    tab: Any,
    axe: str,
    scheme: str,
    width: int,
) -> None:
    ONE.write_text(
        SCRIPT.replace("The tone is", "The tone was")
        .replace("- First: it starts.\n", "")
        .replace("Second: it stops.", "Second: it stops. A Zorblax comes next, all of a sudden.")
    )
    soundfile.write("scripts/intro.wav", np.random.default_rng(1).normal(0, 0.1, 44100), 44100)
    Path("scripts/outro.wav").write_bytes(b"no sound")
    toml = Path("scripts/show.toml")
    music = '[music]\nintro = "intro.wav"\noutro = "outro.wav"'
    toml.write_text(f"{toml.read_text()}\n{music}\n")
    Path("scripts/bad.md").write_text("---\ntitle: Bad\n---\n\nNo date.\n")
    Path("scripts/new.md").write_text(SCRIPT.replace("One Hand", "Another Hand"))
    assert paperledge("preview", "scripts", "--since", "HEAD").code == 1
    tab.page.set_viewport_size({"width": width, "height": 800})
    tab.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    tab.page.goto((show_folder / "preview/index.html").as_uri())
    tab.until("document.querySelectorAll('.change').length > 1")
    assert tab.page.locator(".around .side").count() == 2
    tab.page.locator(".change .listen").first.click()
    tab.until("document.querySelector('.word.on')")
    tab.page.keyboard.press("Space")
    tab.ask("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    tab.ask(axe)
    found = tab.page.evaluate(
        "axe.run({ preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] })"
    )
    assert found["violations"] == []
    assert len(found["passes"]) > 20
    assert tab.ask("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_page_names_each_new_speaker(show_folder: Path, paperledge: Call, tab: Any) -> None:
    turn = "**A & \\<b>:** And I agree.\n\n> The tone"
    text = SCRIPT.replace("> The tone", turn).replace("date:", 'cast:\n  "A & <b>": low\ndate:')
    ONE.write_text(text)
    low = VOICE.replace('title = "Tone"', 'title = "Low"').replace('draft = "tone"\n', "")
    Path("voices/low.toml").write_text(low)
    ran = paperledge("preview", ONE)
    assert ran.code == 0, ran.err
    tab.page.goto((show_folder / "preview/index.html").as_uri())
    tab.until("document.querySelectorAll('.sentence').length")
    assert tab.page.locator(".speaker").all_inner_texts() == ["Ernis", "A & <b>", "Ernis"]
    assert tab.page.locator("h4 .speaker").count() == 0
    assert "low by tone, tone by tone" in tab.page.text_content("dl")


def test_a_page_in_one_file_plays_what_a_link_leads_to(
    repository: Call, show_folder: Path, paperledge: Call, tab: Any
) -> None:
    """Opened at a clip, as from a comment; the browser asks for nothing but the page."""
    ONE.write_text(SCRIPT.replace("it stops", "it ends"))
    assert paperledge("preview", ONE, "--since", "HEAD", "-o", "page.html").code == 0
    assert paperledge("preview", ONE, "--since", "HEAD", "-o", "page.html").code == 0  # it is ours
    assert not (show_folder / "preview").exists()
    page = (show_folder / "page.html").as_uri()
    tab.page.goto(page)
    (episode,) = tab.document()["episodes"]
    (change,) = episode["changes"]
    tab.page.goto("about:blank")
    tab.page.goto(f"{page}#{change['before']['clip']}")
    tab.until("document.activeElement.classList.contains('listen')")
    assert tab.ask("document.activeElement.closest('.side').dataset.side") == "before"
    tab.page.keyboard.press("Enter")
    tab.until("document.getElementById('audio').currentTime > 0")
    assert tab.ask("document.getElementById('audio').duration") == pytest.approx(
        tab.document()["clips"][change["before"]["clip"]]["duration_s"], abs=0.1
    )
    asked = {url.partition("#")[0] for url in tab.requests if not url.startswith("data:")}
    assert asked == {page}
    assert tab.complaints == []
