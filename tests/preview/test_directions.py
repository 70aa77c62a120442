"""Stress and delivery in a preview: shown in the transcript, and heard with and without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.engines import make_pool
from paperledge_audio.engines.tone import Tone
from paperledge_audio.preview import PreviewRequest
from paperledge_audio.preview.directions import (
    describe_delivery,
    describe_direction,
    is_directed,
    list_stresses,
)
from paperledge_audio.preview.history.diff import ChangeKind, PlannedSegment, compare
from paperledge_audio.preview.page.clips import Recorder
from paperledge_audio.preview.watch import Watch
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.takes import TakeStore
from paperledge_audio.voices.deliveries import DELIVERIES, PLAIN, Delivery
from tests.tone_show import SCRIPT

Call = Callable[..., Any]
ONE = Path("scripts/one-hand.md")
CHARMING = SCRIPT.replace("- ", "- [charm] ").replace("- [charm] Ada", "- Ada")
SPOKEN = CHARMING.replace("listen to a tone,", "**listen** to a *really* tone,")


def segment(*spans: Span, **more: Any) -> Segment:
    return Segment(0, "speech", spans, "tone", line=1, chapter=0, pause_after=0.0, **more)


def test_stresses_are_those_of_printed_words() -> None:
    found = segment(
        Span("A ", "A "),
        Span("really big", "really big", emphasis=1),
        Span(" problem, ", " problem, "),
        Span("AgenTracer-", "agen tracer "),
        Span("8B", "eight", emphasis=2),
        Span("", " bee", emphasis=2),
        Span(".", "."),
    )
    assert list_stresses(found) == [(1, 1), (2, 1), (4, 2)]
    assert list_stresses(segment(Span("Plain words.", "Plain words."))) == []
    assert describe_direction(found)["stress"] == "really, big, AgenTracer-8B. strongly"


@pytest.mark.parametrize(
    ("delivery", "told"),
    [
        (PLAIN, ""),
        *((DELIVERIES[name], name) for name in DELIVERIES if name != "plain"),
        (Delivery(pace=0.9, pitch_st=1.0), "slower, higher"),
        (Delivery(range=1.3, energy_db=-2.0), "livelier, softer"),
        (Delivery(pace=0.99, pitch_st=0.2), ""),  # nobody notices
        (Delivery(pauses=2.0), ""),
    ],
)
def test_a_delivery_is_told_by_its_name_or_by_what_one_hears(delivery: Delivery, told: str) -> None:
    assert describe_delivery(delivery) == told


def test_what_is_emphasised_or_delivered_is_directed() -> None:
    words = Span("One two.", "One two.")
    assert not is_directed(segment(words))
    assert is_directed(segment(replace(words, emphasis=1)))
    assert is_directed(segment(words, delivery=DELIVERIES["wonder"], delivery_name="wonder"))
    assert not is_directed(segment(words, delivery=DELIVERIES["wonder"]))  # an arc of its place


def test_a_comparison_tells_of_what_directs() -> None:
    words = Span("A big one?", "A big one?")
    stressed = [Span("A ", "A "), Span("big", "big", emphasis=2), Span(" one?", " one?")]
    plain = PlannedSegment(segment(words), "a")
    wonder = segment(*stressed, delivery=DELIVERIES["wonder"], rises=True)
    (change,) = compare([plain], [PlannedSegment(wonder, "b")])
    assert change.kind is ChangeKind.RESAID
    assert change.why == (
        "stress: none → big strongly",
        "delivery: plain → wonder",
        "the end: as its words ask → rises",
    )
    (change,) = compare([plain], [PlannedSegment(segment(words), "b")])
    assert change.why == ("the voice's profile or engine",)


@pytest.fixture
def directed(show_folder: Path) -> None:
    """`listen` and `really` are stressed, and items are said with charm."""
    ONE.write_text(SPOKEN)


def document(paperledge: Call, *more: str) -> Any:
    from paperledge_audio.preview.page import files

    kept: dict[str, Any] = {}
    build = files.build_page
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "build_page", lambda d, s: kept.update(d) or build(d, s))
        ran = paperledge("preview", ONE, *more)
    assert ran.code == 0, ran.err
    return kept


@pytest.mark.usefixtures("directed")
def test_each_directed_sentence_has_a_plain_take_and_no_other_has(paperledge: Call) -> None:
    (episode,) = document(paperledge)["episodes"]
    found = {one["text"]: one for one in episode["segments"]}
    with_plain = [text for text, one in found.items() if one["plain"]]
    assert with_plain == [
        "Hello, learning crew! Today we listen to a really tone, and then to another one.",
        "First: it starts.",
        "Second: it stops.",
    ]
    first = found[with_plain[0]]
    assert first["stresses"] == [(5, 2), (8, 1)]
    assert first["plain"]["clip"] != first["clip"]
    assert len(first["plain"]["words"]) == len(first["words"])
    assert found["First: it starts."]["delivery"] == "charm"
    written = {file.name for file in Path("preview").glob("*.mp3")}
    takes = [*episode["segments"], *(found[text]["plain"] for text in with_plain)]
    assert written == {take["clip"] for take in takes}


@pytest.mark.usefixtures("directed")
def test_an_engine_that_follows_nothing_speaks_nothing_twice(
    paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tone, "direction", lambda _self, _segment: "")
    (episode,) = document(paperledge)["episodes"]
    assert {one["plain"] for one in episode["segments"]} == {None}
    assert [one["delivery"] for one in episode["segments"]].count("charm") == 2  # it is shown


@pytest.mark.usefixtures("directed")
def test_a_comparison_speaks_only_what_changed_plain(
    repository: Callable[..., str], paperledge: Call
) -> None:
    ONE.write_text(SPOKEN.replace("another one", "*really* another one"))
    (episode,) = document(paperledge, "--since", "HEAD")["episodes"]
    (change,) = episode["changes"]
    assert change["after"]["plain"]
    assert change["before"]["plain"] is None
    assert [bool(one["plain"]) for one in episode["segments"]].count(True) == 1


@pytest.mark.usefixtures("directed")
def test_a_watched_page_has_the_plain_takes_too(show_folder: Path) -> None:
    store = TakeStore(show_folder / "takes")
    with make_pool(2) as pool:
        watch = Watch(PreviewRequest((ONE,)), Recorder(store, pool), Path.read_bytes)
        document, files = watch.refresh()
        (episode,) = document["episodes"]
        plain = {one["plain"]["clip"] for one in episode["segments"] if one["plain"]}
        assert len(plain) == 3
        assert plain < set(files)
        ONE.write_text(CHARMING)  # without stress, and the items as they were
        _, files = watch.refresh()
        assert len(plain & set(files)) == 2


@pytest.mark.browser
@pytest.mark.usefixtures("directed")
def test_a_button_switches_between_with_and_without(
    paperledge: Call, show_folder: Path, tab: Any, axe: str
) -> None:
    assert paperledge("preview", ONE).code == 0
    tab.page.goto((show_folder / "preview/index.html").as_uri())
    tab.until("document.querySelectorAll('.sentence').length")
    row = next(one for one in tab.document()["episodes"][0]["segments"] if one["plain"])
    sentence = tab.page.locator(".sentence", has_text="listen")
    assert sentence.locator("strong").all_inner_texts() == ["listen"]
    assert sentence.locator("em").all_inner_texts() == ["really"]
    assert tab.page.locator(".text .delivery").all_text_contents() == ["Delivery: charm"]
    button = tab.page.get_by_role("button", name="plain").first
    source = "document.getElementById('audio').getAttribute('src')"
    for clip, pressed in ((row["plain"]["clip"], "true"), (row["clip"], "false")):
        button.click()
        tab.until(f"{source} === '{clip}'")
        assert button.get_attribute("aria-pressed") == pressed
        tab.until("document.querySelector('.sentence.current .word.on')")
    tab.page.keyboard.press("p")
    assert button.get_attribute("aria-pressed") == "true"
    tab.page.keyboard.press("Space")
    for scheme in ("light", "dark"):
        for width in (390, 1280):
            tab.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            tab.page.set_viewport_size({"width": width, "height": 900})
            tab.ask(axe)
            run = "axe.run({ preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })"
            found = tab.page.evaluate(run)["violations"]
            assert found == []
            assert tab.ask("document.documentElement.scrollWidth <= window.innerWidth")
