"""What a plan says will be made is what the next render makes, and a plan writes nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import soundfile

from paperledge_audio.check.forecast import START_S, Estimate, Forecaster, Workplace
from paperledge_audio.deliver.schemas import load_document_schema
from paperledge_audio.engines.tone import Tone
from paperledge_audio.mix.timeline import HEAD_S, TAIL_S
from paperledge_audio.takes import TakeStore, Work
from tests.samples import ROOT
from tests.tone_show import SCRIPT, VOICE

Call = Callable[..., Any]
SCRIPTS = ("scripts/one-hand.md", "scripts/other.md")
SHOW = Path("scripts/show.toml")


@pytest.fixture
def two(show_folder: Path) -> Path:
    """A show with two scripts that share some of their takes."""
    shutil.copy(SCRIPTS[0], SCRIPTS[1])
    edit(Path(SCRIPTS[1]), "The tone is the message.", "The tone is not the message.")
    return show_folder


@pytest.fixture
def rendered(two: Path, once: Call, paperledge: Call) -> Path:
    """The same show after a render, with its store of takes."""

    def render_all() -> None:
        foreseen = takes(plan(paperledge)["scripts"])
        assert render(paperledge) == (foreseen, {"first render"})

    once(render_all)
    return two


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that is there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def plan(paperledge: Call, *options: str) -> dict[str, Any]:
    """The JSON of a plan, which keeps its schema."""
    ran = paperledge("plan", "scripts", "--json", *options)
    assert ran.code == 0, ran.err
    document: dict[str, Any] = json.loads(ran.out)
    jsonschema.Draft202012Validator(load_document_schema("plan")).validate(document)
    return document


def takes(rows: list[dict[str, Any]]) -> set[str]:
    """The ids of the takes that scripts need, each of which is in one script only."""
    ids = [take["take"] for row in rows for take in row["takes"]["make"]]
    assert len(ids) == len(set(ids))
    return set(ids)


def reasons(rows: list[dict[str, Any]]) -> set[str]:
    return {take["why"] for row in rows for take in row["takes"]["make"]}


def render(paperledge: Call, *options: str) -> tuple[set[str], set[str]]:
    """Render; the takes that were made, and why."""
    # One job: two would speak a take of two scripts side by side.
    ran = paperledge("render", "scripts", "--json", "--jobs", "1", *options)
    assert ran.code == 0, ran.err
    rows = [take for row in json.loads(ran.out)["releases"] for take in row["takes"]["made"]]
    return {row["take"] for row in rows}, {row["why"] for row in rows}


def change_nothing() -> None:
    """Leave all as it is."""


def change_a_sentence() -> None:
    edit(Path(SCRIPTS[0]), "First: it starts.", "First: it begins.")


def change_the_lexicon() -> None:
    SHOW.write_text(SHOW.read_text() + '\n[pronounce]\nheading = "head ing"\n')


def change_the_profile() -> None:
    edit(Path("voices/tone.toml"), "title", "pace = 1.5\ntitle")


def change_the_voice() -> None:
    Path("voices/low.toml").write_text(f"pace = 1.25\n{VOICE}")
    edit(SHOW, 'host = "tone"', 'host = "low"')


def change_the_direction() -> None:
    edit(Path(SCRIPTS[1]), "Second: it stops.", "Second: it *stops*.")


def lose_a_take() -> None:
    next(Path("../cache/takes").rglob("*.flac")).unlink()


def damage_a_take() -> None:
    file = sorted(Path("../cache/takes").rglob("*.flac"))[3]
    file.write_bytes(file.read_bytes()[:-1] + b"?")


CHANGES: dict[Callable[[], None], set[str]] = {
    change_nothing: set(),
    change_a_sentence: {"new text"},
    change_the_lexicon: {"lexicon changed: 'heading'"},
    change_the_profile: {"the voice tone changed"},
    change_the_voice: {"voice was tone"},
    change_the_direction: {"other direction"},
    lose_a_take: {"no longer in the store of takes"},
    damage_a_take: {"no longer in the store of takes"},
}
"""A change → why takes have to be made after it."""


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_plan_names_the_takes_that_the_next_render_makes_and_why(
    rendered: Path, paperledge: Call, change: Callable[[], None]
) -> None:
    change()
    rows = plan(paperledge)["scripts"]
    assert reasons(rows) == CHANGES[change]
    assert render(paperledge) == (takes(rows), CHANGES[change])
    after = plan(paperledge)
    assert (takes(after["scripts"]), after["total"]["make"]) == (set(), 0)


def everything(folder: Path) -> Iterator[tuple[str, bytes, int]]:
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        yield str(path), data, path.stat().st_mtime_ns


def test_a_plan_writes_nothing_and_speaks_nothing(
    two: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tone, "prepare", None)
    monkeypatch.setattr(Tone, "speak", None)
    before = [*everything(two.parent)]
    assert plan(paperledge)["total"]["make"]
    assert [*everything(two.parent)] == before


def test_a_plan_of_what_is_there_writes_nothing(rendered: Path, paperledge: Call) -> None:
    change_a_sentence()
    before = [*everything(rendered.parent)]
    assert plan(paperledge)["total"]["make"] == 1
    assert [*everything(rendered.parent)] == before


def test_a_dry_run_says_what_a_plan_says(rendered: Path, paperledge: Call) -> None:
    change_the_lexicon()
    said = paperledge("plan", "scripts")
    assert paperledge("render", "scripts", "--dry-run") == said
    assert said.out.splitlines()[0] == (
        "scripts/one-hand.md:14: to be spoken (lexicon changed: 'heading'): A heading"
    )
    assert "one-hand: about 0:18 | tone by tone | 1 take to make, 6 to reuse" in said.out
    assert "out/one-hand is replaced\n" in said.out
    assert plan(paperledge) == json.loads(
        paperledge("render", "scripts", "--dry-run", "--json").out
    )


def test_every_script_that_says_a_changed_word_is_named(rendered: Path, paperledge: Call) -> None:
    Path("scripts/third.md").write_text(SCRIPT.replace("## A heading", "## Another"))
    assert plan(paperledge)["lexicon"] == []
    change_the_lexicon()
    found = plan(paperledge)
    assert found["lexicon"] == [{"entry": "heading", "scripts": list(SCRIPTS)}]
    # The second one has the take that is made for the first one, and is named all the same.
    assert [row["takes"]["make"] == [] for row in found["scripts"]] == [False, True, False]
    said = paperledge("plan", "scripts").out
    assert f"the lexicon's entry 'heading' changed: it is said in {', '.join(SCRIPTS)}\n" in said


@pytest.mark.parametrize(
    "change",
    [change_the_voice, change_a_sentence, change_the_direction],
    ids=lambda one: one.__name__,
)
def test_a_changed_word_is_named_whatever_else_changed(
    rendered: Path, paperledge: Call, change: Callable[[], None]
) -> None:
    change()
    change_the_lexicon()
    SHOW.write_text(SHOW.read_text() + 'begins = "be ginz"\nstops = "stoppz"\n')
    found = {row["entry"]: row["scripts"] for row in plan(paperledge)["lexicon"]}
    begins = {"begins": [SCRIPTS[0]]} if change is change_a_sentence else {}
    assert found == {"heading": [*SCRIPTS], "stops": [*SCRIPTS], **begins}


def test_a_plan_says_what_becomes_of_the_folder(rendered: Path, paperledge: Call) -> None:
    assert {row["outcome"] for row in plan(paperledge, "-o", "new")["scripts"]} == {"written"}
    assert {row["outcome"] for row in plan(paperledge)["scripts"]} == {"replaced"}
    ran = paperledge("plan", "scripts", "--quality", "draft", "--json")
    refused = paperledge("render", "scripts", "--quality", "draft", "--json")
    assert (ran.code, json.loads(ran.out)["scripts"]) == (1, [])
    assert json.loads(ran.out)["errors"] == json.loads(refused.out)["errors"]


def test_a_script_at_fault_stops_no_other(two: Path, paperledge: Call) -> None:
    Path(SCRIPTS[0]).write_text("[pause 1s]")
    ran = paperledge("plan", "scripts", "--json")
    document = json.loads(ran.out)
    assert (ran.code, [row["script"] for row in document["scripts"]]) == (1, [SCRIPTS[1]])
    assert [row["script"] for row in document["errors"]] == [SCRIPTS[0]]
    assert document["total"]["scripts"] == 1


def test_lengths_and_times_are_those_that_a_render_measured(two: Path, paperledge: Call) -> None:
    first = plan(paperledge)["total"]
    assert not first["measured"]
    ran = paperledge("render", "scripts", "--json", "--jobs", "1")
    made_s = sum(row["duration_s"] for row in json.loads(ran.out)["releases"])
    assert first["duration_s"] == pytest.approx(made_s, rel=0.1)
    assert first["time_s"] > 0
    then = plan(paperledge)["total"]
    assert then["measured"]
    assert (then["speak_s"], then["reuse"]) == (0.0, first["make"] + first["reuse"])
    assert then["duration_s"] == pytest.approx(made_s, rel=0.1)


def test_the_show_s_music_is_part_of_the_length(two: Path, paperledge: Call) -> None:
    without = plan(paperledge)["total"]["duration_s"]
    for name, length_s in (("intro", 4), ("outro", 8), ("bed", 9)):
        rate = 8000
        soundfile.write(SHOW.parent / f"{name}.wav", np.full(length_s * rate, 0.1), rate)
    SHOW.write_text(f"""{SHOW.read_text()}
[music]
intro = "intro.wav"
outro = "outro.wav"
bed = "bed.wav"
voice_over_intro_s = 1.0
outro_under_voice_s = 2.0
""")
    found = plan(paperledge)["total"]["duration_s"]
    assert found - without == pytest.approx(2 * (4 - 1 - HEAD_S + 8 - 2 - TAIL_S))
    (SHOW.parent / "intro.wav").write_bytes(b"RIFF")
    ran = paperledge("plan", "scripts")
    assert (ran.code, ran.err.count("scripts/intro.wav: ")) == (1, 1)


def test_more_jobs_need_more_memory_and_less_time(tmp_path: Path) -> None:
    def estimate(jobs: int, processors: int = 4) -> Estimate:
        return forecaster.estimate(forecaster.find_here(jobs, processors))

    forecaster = Forecaster(
        TakeStore(tmp_path), 3, 100, duration_s=700, longest_s=9, speak_s={"kokoro/x": 600}
    )
    memory = [estimate(jobs).memory_mb or 0 for jobs in (1, 2, 4, 8)]
    assert memory == sorted(set(memory))
    times = [estimate(jobs).time_s or 0 for jobs in (8, 4, 2, 1)]
    assert times == sorted(times)
    assert len(set(times)) == 3  # there are four processors
    assert estimate(4, 1).time_s == estimate(1).time_s
    forecaster.longest_s = 600  # a single take, which nobody can help with
    assert (estimate(4).time_s or 0) > 600 / 6


def test_a_workplace_goes_as_fast_as_it_was_measured(tmp_path: Path) -> None:
    def estimate(lanes: int, **speeds: float) -> Estimate:
        works = {name: Work(1, speed, 1) for name, speed in speeds.items()}
        return forecaster.estimate(Workplace(lanes, 1, works))

    forecaster = Forecaster(
        TakeStore(tmp_path), 4, 100, duration_s=4000, longest_s=9, speak_s={"tone": 3600}
    )
    assert estimate(1, tone=2, finishing=100).time_s == START_S + 3600 / 2 + 4000 / 100
    assert estimate(2, tone=2, finishing=100).time_s == START_S + 1800 / 2 + 2000 / 100
    assert estimate(100, tone=2, finishing=100).time_s == START_S + 36 / 2 + 1000 / 100
    assert estimate(1, tone=2, finishing=100).measured
    assert not estimate(1, tone=2).measured
    assert estimate(1, finishing=100).memory_mb == estimate(9).memory_mb


def test_an_engine_of_any_speed_is_unknown_until_it_was_measured(tmp_path: Path) -> None:
    store, speaking = TakeStore(tmp_path), {"coqui/x": 60.0}

    def estimate() -> Estimate:
        forecaster = Forecaster(store, 1, 9, duration_s=60, longest_s=9, speak_s=speaking)
        return forecaster.estimate(forecaster.find_here(1, 1))

    unknown = estimate()
    assert (unknown.time_s, unknown.memory_mb, unknown.unknown) == (None, None, ("coqui",))
    store.speeds.add("coqui/x", Work(1000, 60, 30))
    store.speeds.keep()
    known = estimate()
    assert (known.time_s or 0) == pytest.approx(30, abs=2)
    assert known.memory_mb is None


def test_speeds_are_added_up_and_the_last_hour_counts_most(tmp_path: Path) -> None:
    speeds = TakeStore(tmp_path).speeds
    assert speeds.read() == {}
    for work in (Work(160, 10, 2), Work(320, 20, 4)):
        speeds.add("tone/1", work)
    speeds.keep()
    speeds.keep()  # nothing more
    assert speeds.read() == {"tone/1": Work(480, 30, 6)}
    speeds.add("tone/1", Work(0, 7200, 3600))
    speeds.keep()
    assert speeds.read() == {"tone/1": Work(0, 7200, 3600)}


@pytest.mark.parametrize("text", [
    "", "[]", "{", '{"tone/1": 1}', '{"tone/1": [1, 2]}', '{"tone/1": [1, 2, -3]}',
    '{"tone/1": [1, 2, 1e400]}', '{"tone/1": [true, 1, 1]}', '{"tone/1": [1, 0, 0]}',
    '{"tone/1": [' + "9" * 5000 + ", 1, 1]}",
])  # fmt: skip
def test_speeds_that_nobody_measured_are_not_believed(tmp_path: Path, text: str) -> None:
    (tmp_path / "speeds.json").write_text(text)
    speeds = TakeStore(tmp_path).speeds
    assert speeds.read() == {}
    speeds.add("tone/1", Work(160, 10, 2))
    speeds.keep()
    assert speeds.read() == {"tone/1": Work(160, 10, 2)}


def test_a_take_of_a_shared_store_is_reused(
    two: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ("--store", str(two.parent / "shared"))
    render(paperledge, *store)
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(two.parent / "another"))
    assert plan(paperledge)["total"]["make"]
    before = [*everything(two.parent)]
    assert plan(paperledge, *store)["total"]["make"] == 0
    assert [*everything(two.parent)] == before
    assert render(paperledge, *store)[0] == set()


@pytest.mark.parametrize("option", ["", "--json"])
def test_a_store_that_fails_is_one_line(two: Path, paperledge: Call, option: str) -> None:
    Path("file").touch()
    ran = paperledge("plan", "scripts", "--store", "file", *option.split())
    assert (ran.code, ran.out) == (1, "")
    assert ran.line.startswith(f"{Path('file').absolute().as_uri()}: ")


def test_a_show_that_fails_is_told_once(two: Path, paperledge: Call) -> None:
    edit(SHOW, 'host = "tone"', 'host = "nobody"')
    ran = paperledge("plan", "scripts")
    assert ran.code == 1
    assert "nobody" in ran.line


def test_a_plan_takes_the_options_of_a_render(two: Path, paperledge: Call) -> None:
    ran = paperledge("plan", "scripts", "--outbox", "out/one-hand")
    assert ran == paperledge("render", "scripts", "--dry-run", "--outbox", "out/one-hand")
    assert (ran.code, ran.out) == (2, "")
    assert plan(paperledge, "--outbox", "outbox", "--page")["errors"] == []
    assert not Path("outbox").exists()


def test_the_show_of_this_repository_is_foreseen_without_a_model(
    paperledge: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paperledge_audio.engines import sessions

    monkeypatch.setenv("PAPERLEDGE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(sessions, "open_session", None)
    for quality in ("studio", "draft"):
        ran = paperledge(
            "plan", ROOT / "scripts/quickstart.md", "--json", "--quality", quality, "-o", tmp_path
        )
        assert ran.code == 0, ran.err
        assert json.loads(ran.out)["total"]["time_s"] > 0
    assert not [*tmp_path.rglob("*")]
