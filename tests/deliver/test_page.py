"""The page of an episode: what is in it, and what a browser makes of it, opened from a disk."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from paperledge_audio.deliver import Release
from paperledge_audio.deliver.folder import finished
from paperledge_audio.deliver.reading.page import compose_page
from paperledge_audio.errors import DeliveryError
from paperledge_audio.mix.model import Chapter, Timeline
from paperledge_audio.render import make_release
from paperledge_audio.script.model import ChapterLink, Heading, Paper, Script, Speech
from paperledge_audio.show.model import Show
from tests.deliver.making import (
    EPISODE,
    HOSTILE,
    RATE,
    cue,
    jpeg,
    made_edition,
    short_timeline,
    speechlike,
    timeline,
    with_episode,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LINE = short_timeline()
BESIDE = "look/look.mp3"
AT = "document.getElementById('audio').currentTime"
PAUSED = "document.getElementById('audio').paused"
LIT = "[...document.querySelectorAll('.word')].findIndex((word) => word.matches('.on'))"
VOID = {"meta", "link", "img", "source", "input", "br"}


@pytest.fixture(scope="module")
def release(show: Show, tmp_path_factory: pytest.TempPathFactory) -> Release:
    edition = made_edition(show, line=LINE, paged=True)
    return make_release(edition, speechlike(LINE.frames), tmp_path_factory.mktemp("out"))


@pytest.fixture
def opened(release: Release, tab: Any) -> Any:
    """The page in a tab."""
    tab.page.goto((release.folder / "look.html").as_uri())
    tab.until("document.getElementById('audio').readyState > 0")
    return tab


class Outline(HTMLParser):
    """The elements of a page and its text, as a browser without scripts reads them."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.policy = ""
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.text += data


def words_of(release: Release) -> list[dict[str, Any]]:
    """The words of the transcript, in order."""
    document = json.loads((release.folder / "look.transcript.json").read_text("utf-8"))
    return [word for segment in document["segments"] for word in segment["words"]]


def hostile_line(text: str) -> Timeline:
    """Two chapters; that text is said, is the second's title, and who speaks."""
    cues = (
        cue(f"First {text}", 0.2, 1.0, line=3),
        cue(text, 1.2, 2.0, index=1, role="heading", line=5, chapter=1),
        cue("The end.", 2.2, 2.8, index=2, line=7, chapter=1, speaker=text.strip()),
    )
    return timeline(cues, 3.0, (Chapter("One", 0, RATE), Chapter(text, RATE, 3 * RATE)))


def test_the_manifest_lists_it_and_verifying_follows(release: Release, tmp_path: Path) -> None:
    row = next(file for file in release.files if file.name == "look.html")
    assert row.type == "text/html"
    assert finished.read(release.folder).slug == "look"
    page = release.folder / "look.html"
    before = page.read_bytes()
    page.write_bytes(before + b" ")
    with pytest.raises(DeliveryError, match=r"look\.html was changed"):
        finished.read(release.folder)
    page.write_bytes(before)


def test_it_is_one_file_and_the_same_every_time(show: Show, release: Release) -> None:
    page = (release.folder / "look.html").read_bytes()
    assert compose_page(made_edition(show), BESIDE, jpeg()) == compose_page(
        made_edition(show), BESIDE, jpeg()
    )
    addresses = [value for name, value in Outline(page).attributes if name == "src"]
    assert [value for value in addresses if value and not value.startswith("data:")] == ["look.mp3"]
    assert "stylesheet" not in page.decode("utf-8")


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "{data}{scripts}"], ids=[*HOSTILE, "places of the shell"]
)
def test_texts_are_text_wherever_they_stand(show: Show, text: str) -> None:
    script = Script(
        dataclasses.replace(
            EPISODE,
            title=text,
            summary=text,
            authors=(text,),
            paper=Paper(text, "https://papers.example/?a=\"'<b>"),
            chapters=(ChapterLink(text, "https://papers.example/chapter?a='"),),
        ),
        (Speech("First", 3), Heading(text, 5), Speech("The end.", 7)),
    )
    edition = made_edition(show, script=script, line=hostile_line(text))
    found = Outline(compose_page(edition, BESIDE, jpeg()))
    plain = made_edition(show, script=with_episode(chapters=(ChapterLink("A", "https://a.example"),)),
                         line=hostile_line("A"))  # fmt: skip
    harmless = Outline(compose_page(plain, BESIDE, jpeg()))
    assert found.tags == harmless.tags
    assert {name for name, _ in found.attributes} == {name for name, _ in harmless.attributes}
    once = " ".join(text.split())
    # title, h1, summary, paper, author, chapter, first sentence, heading, two lists of speakers
    assert found.text.count(once) >= 10


def test_the_sound_lies_beside_it_or_where_the_feed_says(show: Show) -> None:
    def sources(url: str, slug: str = "look") -> tuple[list[str], str]:
        found = Outline(compose_page(made_edition(show, slug=slug), url, jpeg())).attributes
        policy = next(v for k, v in found if k == "content" and v and "script-src" in v)
        places = [v for k, v in found if k == "src" and v and not v.startswith("data:")]
        return places, policy.split("media-src ")[1].split(";")[0]

    assert sources("look/look.mp3") == (["look.mp3"], "'self' https:")
    far = "https://cdn.example/p/look/look.mp3?v=2"
    assert sources(far) == (["look.mp3", far], "'self' https:")
    near = "http://cdn.example/look.mp3"
    assert sources(near)[1] == "'self' https: http:"
    assert sources(BESIDE, "50% & é#1")[0] == ["50%25%20%26%20%C3%A9%231.mp3"]


def test_a_draft_is_kept_out_of_search_engines(show: Show) -> None:
    draft = compose_page(made_edition(show, quality="draft"), BESIDE, jpeg())
    assert b'content="noindex"' in draft
    assert b"noindex" not in compose_page(made_edition(show), BESIDE, jpeg())


def test_an_episode_of_one_chapter_lists_none(show: Show) -> None:
    line = timeline((cue("Hello crew.", 0.1, 0.5, line=3),), 1.0)
    found = Outline(compose_page(made_edition(show, line=line), BESIDE, jpeg()))
    assert "nav" not in found.tags
    assert "Ernis" in found.text


def test_render_adds_it(show_folder: Path, paperledge: Callable[..., Any]) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "-o", "out", "--page")
    assert ran.code == 0, ran.err
    page = Path("out/one-hand/one-hand.html")
    assert str(page) in ran.out.splitlines()
    assert '<h1 dir="auto">The Sound of One Hand</h1>' in page.read_text("utf-8")
    assert paperledge("verify", "out/one-hand/one-hand.mp3").code == 0
    first = page.read_bytes()
    assert paperledge("render", "scripts/one-hand.md", "-o", "out", "--page").code == 0
    assert page.read_bytes() == first
    assert paperledge("render", "scripts/one-hand.md", "-o", "out").code == 0
    assert not page.exists()


@pytest.mark.browser
def test_words_light_up_at_their_times(opened: Any, release: Release) -> None:
    words = words_of(release)
    assert opened.page.locator(".word").all_inner_texts() == [word["word"] for word in words]
    for n, word in enumerate(words):
        middle = (word["startTime"] + word["endTime"]) / 2
        opened.ask(f"{AT} = {middle}")
        opened.until(f"{LIT} === {n}")
    opened.ask(f"{AT} = 0.5")  # music, before the first word
    opened.until(f"{LIT} === -1")


@pytest.mark.browser
def test_a_word_that_is_clicked_plays_on_from_there(opened: Any, release: Release) -> None:
    words = words_of(release)
    place = [word["word"] for word in words].index("network,")
    opened.page.get_by_text("network,", exact=True).click()
    opened.until(f"{AT} > {words[place]['startTime']} && !{PAUSED}")
    opened.until(f"{LIT} === {place + 2}")  # it goes on
    assert opened.ask(AT) < words[place + 4]["endTime"]
    assert opened.page.locator(".sentence.current").inner_text().startswith("A network, they say")
    opened.page.get_by_role("button", name="Pause").click()
    opened.until(PAUSED)


@pytest.mark.browser
def test_keys_play_and_move(opened: Any) -> None:
    keyboard = opened.page.keyboard
    keyboard.press("Space")
    opened.until(f"!{PAUSED} && {AT} > 0")
    keyboard.press("Space")
    opened.until(PAUSED)
    opened.ask(f"{AT} = 0.5")
    for key, at in (
        ("ArrowRight", 10.5), ("ArrowRight", 12), ("ArrowLeft", 2), ("Shift+ArrowRight", 5.6),
        ("Shift+ArrowRight", 9.2), ("Shift+ArrowLeft", 5.6), ("Shift+ArrowLeft", 0),
        ("ArrowLeft", 0), ("ArrowRight", 10), ("Shift+ArrowLeft", 5.6), ("ArrowRight", 12),
        ("Shift+ArrowRight", 12), ("ArrowLeft", 2),
    ):  # fmt: skip
        keyboard.press(key)
        assert opened.ask(AT) == pytest.approx(at, abs=0.01), key
    seek = opened.page.get_by_role("slider", name="Position")
    assert seek.get_attribute("aria-valuetext") == "0:02 of 0:12, How a model learns to look"
    opened.page.get_by_role("combobox", name="Speed").select_option("1.5×")
    assert opened.ask("document.getElementById('audio').playbackRate") == 1.5


@pytest.mark.browser
def test_chapters_and_times_are_links_that_play(opened: Any, release: Release) -> None:
    opened.page.get_by_role("link", name="0:09 Why it matters").click()
    opened.until(f"{AT} > 9.2 && !{PAUSED}")
    current = opened.page.locator(".chapter[aria-current]")
    assert current.inner_text().endswith("Why it matters")
    opened.page.get_by_role("link", name="0:06, play from here").click()
    opened.until(f"{AT} < 9 && {AT} > 6.8")
    assert opened.page.url.endswith("look.html#s3")
    opened.page.goto("about:blank")
    opened.page.goto((release.folder / "look.html").as_uri() + "#s3")
    opened.until(f"{AT} === 6.8 && {PAUSED}")  # where a friend was sent; nothing plays unasked


@pytest.mark.browser
def test_search_finds_words_across_sentences_accents_and_case(opened: Any) -> None:
    box = opened.page.get_by_role("searchbox", name="Search the transcript")
    count = opened.page.get_by_role("status").first
    box.fill("LÓOK at looking today. it")
    assert count.inner_text() == "1 found"
    found = opened.page.locator(".word.found").all_inner_texts()
    assert found == ["look", "at", "looking", "today.", "It"]
    box.fill("look")
    assert count.inner_text() == "2 found"
    box.press("Enter")
    assert count.inner_text() == "1 of 2"
    box.press("Enter")
    assert opened.page.locator(".word.here").all_inner_texts() == ["looking"]
    opened.page.get_by_role("button", name="Next match").click()
    assert count.inner_text() == "1 of 2"
    opened.page.get_by_role("button", name="Previous match").click()
    assert count.inner_text() == "2 of 2"
    box.fill("zebra")
    assert count.inner_text() == "none found"
    box.press("Escape")
    assert (box.input_value(), count.inner_text()) == ("", "")
    assert opened.page.locator(".word.found, .word.here").count() == 0


@pytest.mark.browser
def test_the_switch_overrules_the_system_and_is_kept(opened: Any) -> None:
    def paper() -> str:
        return str(opened.ask("getComputedStyle(document.body).backgroundColor"))

    light, dark = "rgb(250, 248, 243)", "rgb(23, 22, 20)"
    assert paper() == light
    choose = opened.page.get_by_role("combobox", name="Colours")
    choose.select_option("Dark")
    assert paper() == dark
    opened.page.reload()
    assert paper() == dark
    opened.page.emulate_media(color_scheme="dark")
    choose.select_option("Light")
    assert paper() == light
    choose.select_option("System")
    assert paper() == dark
    opened.page.emulate_media(color_scheme="light")
    assert paper() == light


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    show: Show, tmp_path: Path, tab: Any, axe: str, scheme: str, width: int
) -> None:
    long = "pneumonoultramicroscopic" * 5
    titled = f"Of {HOSTILE['mark-up']} {HOSTILE['arabic, right to left']} {long}"
    line = hostile_line(titled)
    script = Script(
        dataclasses.replace(EPISODE, title=titled, chapters=(ChapterLink(titled, "https://a.example"),)),
        (Speech("First", 3), Heading(titled, 5), Speech("The end.", 7)),
    )  # fmt: skip
    edition = made_edition(show, script=script, line=line, paged=True)
    folder = make_release(edition, speechlike(line.frames), tmp_path).folder
    tab.page.set_viewport_size({"width": width, "height": 800})
    tab.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    tab.page.goto((folder / "look.html").as_uri())
    tab.page.get_by_role("searchbox").fill("the")
    tab.page.keyboard.press("Enter")
    tab.ask(f"{AT} = 2.3")
    tab.until(f"{LIT} >= 0")
    tab.ask(axe)
    found = tab.page.evaluate(
        "axe.run({ preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] })"
    )
    assert found["violations"] == []
    assert len(found["passes"]) > 20
    assert tab.ask("document.documentElement.scrollWidth <= window.innerWidth")
    assert tab.ask("document.scripts.length") == 2  # ours and the document
    assert tab.page.locator(".problem").count() == 0


@pytest.mark.browser
def test_a_sound_that_is_not_there_is_told(release: Release, tmp_path: Path, tab: Any) -> None:
    page = tmp_path / "look.html"
    page.write_bytes((release.folder / "look.html").read_bytes())
    tab.page.goto(page.as_uri())
    tab.until("document.querySelector('[role=alert]')")
    said = tab.page.get_by_role("alert").inner_text()
    assert said == "The sound was not found. It belongs beside this page, as look.mp3."
    assert [text for text in tab.complaints if "ERR_FILE_NOT_FOUND" not in text] == []
    tab.complaints.clear()


@pytest.mark.browser
def test_without_scripts_there_are_a_player_and_the_words(
    release: Release, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((release.folder / "look.html").as_uri())
    assert page.locator("audio").bounding_box()
    assert not page.locator("#player").is_visible()
    assert "It is a short story, told twice." in page.locator("main").inner_text()
    page.get_by_role("link", name="Why it matters").click()
    assert page.locator("#s4").is_visible()
    context.close()
