"""The page of an audition in a real browser, opened from a disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.tone_show import VOICE

pytestmark = pytest.mark.browser

Call = Callable[..., Any]
LINE = "The first tone is slower, and the second of the tones has a quicker pace."
WORDS = LINE.split()
NAMES = ("tone", "slow", "quick")
AUDIO = "document.getElementById('audio')"
PLAYING = f"!{AUDIO}.paused"
WATCH = """
window.started = [];
document.getElementById("audio").addEventListener("playing", ({ target }) => {
  window.started.push([target.getAttribute("src"), target.currentTime]);
});
"""
LIT = "[...document.querySelectorAll('#line .word')].findIndex((word) => word.matches('.on'))"


@pytest.fixture
def opened(show_folder: Path, once: Call, paperledge: Call, tab: Any) -> Any:
    """Three voices of three paces, in a tab that notes what starts."""

    def audition() -> None:
        for name, pace in (("quick", 1.6), ("slow", 0.5)):
            profile = f"pace = {pace}\n{VOICE}".replace('"Tone"', f'"{name.title()} One"')
            Path(f"voices/{name}.toml").write_text(profile)
        assert paperledge("voices", "audition", *NAMES, "--line", LINE).code == 0

    once(audition)
    tab.page.goto((show_folder / "audition/index.html").as_uri())
    tab.until("document.querySelectorAll('.voice').length === 3")
    tab.ask(WATCH)
    return tab


def titles(tab: Any) -> list[str]:
    """What the rows are called, from the top."""
    found: list[str] = tab.page.locator(".title").all_inner_texts()
    return [title.split("\n")[0].split("  ")[0] for title in found]


def source(tab: Any) -> str:
    """The file that plays, or would."""
    found: str = tab.ask(f"{AUDIO}.getAttribute('src')")
    return found


def started(tab: Any, clip: str) -> float:
    """Wait until a file plays; where it began, in seconds."""
    tab.until(f"window.started.length && window.started.at(-1)[0] === '{clip}' && {PLAYING}")
    at: float = tab.ask("window.started.at(-1)[1]")
    return at


def test_another_voice_goes_on_with_the_word_that_sounds(opened: Any) -> None:
    words = {voice["name"]: voice["words"] for voice in opened.document()["voices"]}
    opened.page.keyboard.press("2")
    started(opened, "slow.mp3")
    for key, name in (("3", "quick"), ("ArrowUp", "slow"), ("ArrowDown", "quick"), ("1", "tone")):
        opened.until(f"{LIT} >= 1")
        opened.ask("window.started.length = 0")
        was = opened.ask(LIT)
        opened.page.keyboard.press(key)
        at = started(opened, f"{name}.mp3")
        begins = [start for start, _ in words[name]]
        # the word that was lit; or the next one, where it began while we asked
        assert min(abs(at - begins[n]) for n in (was, was + 1)) < 0.1
    assert opened.page.locator(".voice[aria-current]").get_by_role("heading").count() == 1


def test_from_the_end_another_voice_begins_at_the_start(opened: Any) -> None:
    opened.page.keyboard.press("3")
    opened.until(f"{AUDIO}.ended")
    opened.page.keyboard.press("1")
    first = opened.document()["voices"][0]["words"][0][0]
    assert started(opened, "tone.mp3") == pytest.approx(first - 0.15, abs=0.05)


def test_keys_play_pause_and_go_from_word_to_word(opened: Any) -> None:
    begins = [start for start, _ in opened.document()["voices"][0]["words"]]
    keyboard = opened.page.keyboard
    keyboard.press("Space")
    started(opened, "tone.mp3")
    opened.until(f"{LIT} >= 0")
    keyboard.press("Space")
    opened.until(f"{AUDIO}.paused")
    was = opened.ask(LIT)
    keyboard.press("ArrowRight")
    opened.until(PLAYING)
    assert opened.ask(f"{AUDIO}.currentTime") == pytest.approx(begins[was + 1], abs=0.2)
    opened.page.locator("#line .word").nth(9).click()
    opened.until(f"{LIT} === 9")
    keyboard.press("Home")
    opened.until(f"{AUDIO}.currentTime < {begins[1]}")
    assert opened.page.get_by_role("button", name="Pause", exact=True).count() == 1


def test_a_click_leaves_the_space_bar_to_the_player(opened: Any) -> None:
    opened.page.get_by_role("button", name="Play Slow One").click()
    started(opened, "slow.mp3")
    opened.until("document.activeElement === document.body")
    opened.page.keyboard.press("3")
    started(opened, "quick.mp3")
    opened.page.keyboard.press("Space")
    opened.until(f"{AUDIO}.paused")
    assert source(opened) == "quick.mp3"


def test_after_the_line_it_repeats_or_the_next_voice_speaks(opened: Any) -> None:
    opened.page.get_by_text("All in turn").click()
    opened.page.keyboard.press("3")
    started(opened, "quick.mp3")
    opened.page.keyboard.press("2")  # at the same word; then the end, and the third again
    started(opened, "slow.mp3")
    opened.page.locator("#line .word").last.click()
    started(opened, "quick.mp3")
    opened.page.get_by_text("Repeat").click()
    opened.page.locator("#line .word").last.click()
    opened.until(f"{AUDIO}.currentTime > 2.5")
    opened.until(f"{AUDIO}.currentTime < 1 && {PLAYING}")
    assert source(opened) == "quick.mp3"


def test_what_is_kept_can_be_heard_alone(opened: Any) -> None:
    opened.page.keyboard.press("2")
    opened.page.keyboard.press("k")
    opened.page.get_by_role("button", name="Keep Quick One").click()
    assert opened.page.locator("#kept").inner_text() == "(2)"
    opened.page.get_by_label("Only those I keep").check()
    assert titles(opened) == ["Slow One", "Quick One"]
    opened.page.keyboard.press("1")
    started(opened, "slow.mp3")
    opened.page.keyboard.press("k")
    assert titles(opened) == ["Quick One"]
    opened.page.get_by_role("button", name="Keep Quick One").click()
    assert "None is kept yet" in opened.page.locator("#voices").inner_text()
    opened.page.get_by_label("Only those I keep").uncheck()
    assert titles(opened) == ["Tone", "Slow One", "Quick One"]


def test_blind_hides_who_it_is_and_keeps_the_verdict(opened: Any) -> None:
    opened.page.keyboard.press("1")
    opened.page.keyboard.press("k")
    opened.ask("void (Math.random = () => 0)")
    opened.page.get_by_label("Blind").check()
    assert titles(opened) == ["Voice 1", "Voice 2", "Voice 3"]
    seen = opened.ask("document.querySelector('main').innerText") + " ".join(
        opened.ask("[...document.querySelectorAll('[aria-label]')].map((e) => e.ariaLabel)")
    )
    for secret in ("Tone", "Slow One", "Quick One", "quick", "pace 0.5"):
        assert secret not in seen.replace(LINE, "")
    assert opened.page.locator("#kept").inner_text() == ""  # the star would tell
    # Fisher and Yates, always with the first: 0 1 2 → 2 1 0 → 1 2 0
    opened.page.keyboard.press("1")
    started(opened, "slow.mp3")
    opened.page.keyboard.press("3")
    started(opened, "tone.mp3")
    opened.page.keyboard.press("k")
    opened.page.get_by_label("Only those I keep").check()
    assert titles(opened) == ["Voice 3"]  # it keeps the name that it has
    opened.page.keyboard.press("k")
    opened.page.get_by_label("Only those I keep").uncheck()
    opened.page.keyboard.press("1")
    opened.page.keyboard.press("k")
    opened.page.get_by_label("Blind").uncheck()
    opened.page.get_by_label("Only those I keep").check()
    assert titles(opened) == ["Slow One"]  # and no longer the one that was kept before


def test_the_line_for_show_toml_is_copied(opened: Any) -> None:
    opened.ask("void (navigator.clipboard.writeText = async (text) => { window.copied = text; })")
    opened.page.get_by_role("button", name='Copy host = "quick"').click()
    assert opened.until("window.copied") == 'host = "quick"'
    opened.ask("void (navigator.clipboard.writeText = async () => { throw new Error(); })")
    opened.page.get_by_role("button", name='Copy host = "slow"').click()
    opened.until("""String(getSelection()) === 'host = "slow"'""")


def test_what_all_share_is_said_once(opened: Any) -> None:
    assert "All: American English · tone · host, quote, guest · Apache-2.0" in (
        opened.page.locator("#head").inner_text()
    )
    assert opened.page.locator(".facts").all_inner_texts() == ["", "pace 0.5", "pace 1.6"]


def test_texts_stay_texts(show_folder: Path, paperledge: Call, tab: Any) -> None:
    title = "<img src=x onerror=alert(1)></script><b>Tone"
    Path("voices/tone.toml").write_text(VOICE.replace('"Tone"', f"'{title}'"))
    Path("voices/toneless.toml").write_text("<i>pace</i>")
    line = r'Is 1 < 2? It [</script>\<!--](say: "ends here") at last.'
    ran = paperledge("voices", "audition", "tone*", "--line", line)
    assert ran.code == 0, ran.err
    tab.page.goto((show_folder / "audition/index.html").as_uri())
    tab.until("document.querySelectorAll('.voice').length === 1")
    assert titles(tab) == [title]
    assert tab.page.locator("#line").inner_text() == " ".join(tab.document()["words"])
    assert tab.page.locator("main img, main b, main i, main script").count() == 0
    assert tab.ask("document.scripts.length") == 5  # four files and the document


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_page_and_nothing_is_cut_off(
    opened: Any, paperledge: Call, axe: str, scheme: str, width: int
) -> None:
    Path("voices/torn.toml").write_text("pace = 9\n" + VOICE)
    assert paperledge("voices", "audition", *NAMES, "t*", "--line", LINE).code == 0
    opened.page.set_viewport_size({"width": width, "height": 800})
    opened.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    opened.page.reload()
    opened.until("document.querySelectorAll('#silent .problem').length === 1")
    for blind in (False, True):
        opened.page.get_by_label("Blind").set_checked(blind)
        opened.page.keyboard.press("2")
        opened.page.keyboard.press("k")
        opened.until(f"{LIT} >= 0")
        opened.page.keyboard.press("Space")
        opened.ask(axe)
        found = opened.page.evaluate(
            "axe.run({ preload: false,"
            " runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] })"
        )
        assert found["violations"] == []
        assert len(found["passes"]) > 20
        assert opened.ask("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_voice_is_heard_whatever_its_file_is_called(
    show_folder: Path, paperledge: Call, tab: Any
) -> None:
    Path("voices/tone.toml").rename("voices/a#b?%41.toml")
    assert paperledge("voices", "audition", "a#b?%41", "--line", LINE).code == 0
    tab.page.goto((show_folder / "audition/index.html").as_uri())
    tab.until("document.querySelectorAll('.voice').length === 1")
    tab.ask(WATCH)
    tab.page.keyboard.press("1")
    started(tab, "a%23b%3F%2541.mp3")


def test_beside_a_recording_it_begins_blind(show_folder: Path, paperledge: Call, tab: Any) -> None:
    soundfile.write("host.wav", 0.02 * np.random.default_rng(1).normal(size=2 * 16000), 16000)
    ran = paperledge("voices", "audition", "tone", "--line", LINE, "--recording", "host.wav")
    assert ran.code == 0, ran.err
    tab.page.goto((show_folder / "audition/index.html").as_uri())
    tab.until("document.querySelectorAll('.voice').length === 2")
    tab.ask(WATCH)
    assert titles(tab) == ["Voice 1", "Voice 2"]
    assert "host.wav" not in tab.ask("document.querySelector('main').innerText")
    tab.page.get_by_label("Blind").uncheck()
    assert titles(tab) == ["Tone", "The person, host.wav"]
    tab.page.keyboard.press("1")
    tab.until(f"{LIT} >= 1")
    tab.page.keyboard.press("2")  # which says other words
    assert started(tab, "the%20recording.mp3") == pytest.approx(0, abs=0.1)
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("1")
    started(tab, "tone.mp3")
