"""The page of what was heard in a real browser: what it plays, and the commands that it gives."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.sound.clip import Sound
from paperledge_audio.verify.speech import PlacedSentence, ReadSentence
from paperledge_audio.verify.speech.judging import judge
from paperledge_audio.verify.speech.verdicts import respect_choice

pytestmark = pytest.mark.browser

Call = Callable[..., Any]
SCRIPT = "scripts/one-hand.md"
MISHEARD = ("The tone is the message.", "What comes after a tone?")


def mishear(_sound: Sound, sentences: Sequence[PlacedSentence]) -> Iterator[ReadSentence]:
    """Hear a horn for a tone in some sentences, and all others right."""
    for one in sentences:
        heard = one.said.replace("tone", "horn") if one.said in MISHEARD else one.said
        yield respect_choice(judge(one, heard), one)


@pytest.fixture
def opened(
    show_folder: Path, once: Call, paperledge: Call, tab: Any, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """The page of a rendered episode, whose clipboard a test can read."""
    monkeypatch.setattr("paperledge_audio.verify.read_sentences", mishear)

    def render_and_verify() -> None:
        assert paperledge("render", SCRIPT).code == 0
        assert paperledge("verify", "out", "--speech", "--page", "heard.html").code == 1

    once(render_and_verify)
    tab.page.goto((show_folder / "heard.html").as_uri())
    tab.ask("void (navigator.clipboard.writeText = async (text) => { window.copied = text; })")
    return tab


def copy(tab: Any, name: str) -> list[str]:
    """The command that the first button of that name copies, as a shell reads it: its arguments."""
    tab.ask("void (window.copied = '')")
    tab.page.get_by_role("button", name=name).first.click()
    command = tab.until("window.copied")
    shell = "paperledge() { printf '%s\\0' \"$@\"; }; " + command
    ran = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=True)
    return ran.stdout.split("\0")[:-1]


def test_a_click_plays_a_sentence_and_stops_the_others(opened: Any) -> None:
    first, second = (f"document.querySelectorAll('audio')[{n}]" for n in (0, 1))
    opened.page.locator(".printed").nth(0).click()
    opened.until(f"{first}.currentTime > 0.1 && !{first}.paused")
    opened.page.locator(".printed").nth(1).click()
    opened.until(f"{second}.currentTime > 0.1 && {first}.paused")


def test_what_is_accepted_is_not_called_wrong_again(opened: Any, paperledge: Call) -> None:
    command = copy(opened, "Accept")
    assert command[:2] == ["again", SCRIPT]
    assert paperledge(*command).code == 0
    assert f"readings:\n  {MISHEARD[0]}: plain\n" in Path(SCRIPT).read_text()
    assert paperledge("render", SCRIPT).code == 0
    ran = paperledge("verify", "out", "--speech")
    assert "5 right, 1 accepted, 0 doubtful, 1 wrong" in ran.out


def test_other_readings_are_made(opened: Any, paperledge: Call) -> None:
    assert paperledge(*copy(opened, "Again")).code == 0
    assert Path("again/2.wav").exists()


def test_a_word_is_said_otherwise(opened: Any, paperledge: Call) -> None:
    row = opened.page.locator(".action").nth(1)
    assert row.get_by_label("Word").input_value() == "tone"
    assert copy(opened, "Try") == ["lexicon", "try", "tone"]
    assert not row.get_by_role("button", name="Keep").is_visible()
    row.get_by_label("Say it as").fill("the tune")
    assert copy(opened, "Try") == ["lexicon", "try", "tone", "the tune"]
    command = copy(opened, "Keep")
    assert command == ["lexicon", "add", "tone", "the tune"]
    assert paperledge(*command).code == 0
    assert 'tone = "the tune"' in Path("scripts/show.toml").read_text()


@pytest.mark.parametrize("word", ["-x", "it's", '$(touch "x")', "a\\\\b", "*;`touch y`", "Łódź !1"])
def test_any_text_is_one_word_of_the_command(opened: Any, show_folder: Path, word: str) -> None:
    opened.page.get_by_label("Word").first.fill(word)
    opened.page.get_by_label("Say it as").first.fill("/kwˈɛn/")
    command = copy(opened, "Keep")
    assert [one for one in command if one != "--"] == ["lexicon", "add", word, "/kwˈɛn/"]
    assert sorted(path.name for path in show_folder.iterdir()) == [
        "heard.html", "out", "scripts", "voices",
    ]  # fmt: skip


def test_where_nothing_may_be_copied_the_command_is_selected(opened: Any) -> None:
    opened.ask("void (navigator.clipboard.writeText = async () => { throw new Error(); })")
    opened.page.get_by_role("button", name="Accept").first.click()
    opened.until("String(getSelection()).startsWith('paperledge again scripts/one-hand.md 0:')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    opened: Any, axe: str, scheme: str, width: int
) -> None:
    opened.page.set_viewport_size({"width": width, "height": 800})
    opened.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    opened.page.get_by_label("Say it as").first.fill("the tune")
    copy(opened, "Keep")
    opened.ask(axe)
    found = opened.page.evaluate(
        "axe.run({ preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] })"
    )
    assert found["violations"] == []
    assert opened.ask("document.documentElement.scrollWidth <= window.innerWidth")
