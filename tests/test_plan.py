"""A plan is made once, before anybody speaks, and all that follows can be read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio import engines
from paperledge_audio.engines import Take, make_pool
from paperledge_audio.engines.tone import Tone
from paperledge_audio.errors import EngineError, ScriptError, SpokenError, VoiceError
from paperledge_audio.plan import ScriptPlan, plan_line, plan_script
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from paperledge_audio.spoken.model import Segment
from paperledge_audio.synthesis import synthesize
from paperledge_audio.takes import TakeStore
from paperledge_audio.voices.finding import find_voice
from paperledge_audio.voices.profiles import Voice
from tests.tone_show import SCRIPT, VOICE

HEADER = "---\ntitle: T\ndate: 2025-10-21\n---\n\n"


@pytest.fixture
def tones(show_folder: Path) -> Show:
    """A show that speaks in tones, and may speak in quicker ones."""
    Path("voices/quick.toml").write_text(f"pace = 2.0\n{VOICE}")
    return load_show(show_folder / "scripts" / "show.toml")


@pytest.fixture
def store(tmp_path: Path) -> TakeStore:
    return TakeStore(tmp_path / "takes")


@pytest.fixture
def pool() -> Iterator[Executor]:
    with make_pool(2) as threads:
        yield threads


def planned(text: str, show: Show, store: TakeStore | None = None, **more: Any) -> ScriptPlan:
    return plan_script(text.encode(), "x.md", show, quality="draft", store=store, **more)


def spoken(plan: ScriptPlan, store: TakeStore, pool: Executor) -> tuple[Take, ...]:
    return synthesize(plan, store, lambda take: take, pool=pool)


def test_a_plan_that_is_made_twice_is_the_same(
    tones: Show, store: TakeStore, pool: Executor
) -> None:
    assert planned(SCRIPT, tones) == planned(SCRIPT, tones)
    first = planned(SCRIPT, tones, store)
    assert first == planned(SCRIPT, tones, store)
    spoken(first, store, pool)
    then = planned(SCRIPT, tones, store)
    assert then == planned(SCRIPT, tones, store)
    assert (then.segments, then.take_ids) == (first.segments, first.take_ids)


def test_an_edited_sentence_changes_its_own_id_and_no_other(tones: Show, store: TakeStore) -> None:
    before = planned(SCRIPT, tones, store)
    after = planned(SCRIPT.replace("it stops", "it has stopped"), tones, store)
    assert len(before.take_ids) == len(set(before.take_ids)) == len(before.segments)
    (changed,) = (
        segment
        for segment, old, new in zip(after.segments, before.take_ids, after.take_ids, strict=True)
        if old != new
    )
    assert changed.text == "Second: it has stopped."


def test_what_is_kept_and_what_is_missing_are_the_whole(
    tones: Show, store: TakeStore, pool: Executor
) -> None:
    nothing_kept = planned(SCRIPT, tones, store)
    assert (nothing_kept.kept, nothing_kept.missing) == ((), nothing_kept.segments)
    some = {1, 3}
    takes = spoken(nothing_kept.select(some), store, pool)
    plan = planned(SCRIPT, tones, store)
    assert [take.segment.index for take in plan.kept] == [1, 3]
    assert [take.id for take in plan.kept] == [plan.take_ids[n] for n in (1, 3)]
    assert plan.kept == takes
    kept = [take.segment for take in plan.kept]
    assert sorted([*kept, *plan.missing], key=lambda one: one.index) == list(plan.segments)
    spoken(plan, store, pool)
    assert planned(SCRIPT, tones, store).missing == ()


def test_a_part_of_a_plan_has_what_belongs_to_its_segments(
    tones: Show, store: TakeStore, pool: Executor
) -> None:
    spoken(planned(SCRIPT, tones, store).select({0, 2}), store, pool)
    plan = planned(SCRIPT, tones, store)
    part = plan.select({2, 4})
    assert part.segments == (plan.segments[2], plan.segments[4])
    assert part.take_ids == (plan.take_ids[2], plan.take_ids[4])
    assert part.kept == (plan.kept[1],)
    assert part.missing == (plan.segments[4],)
    assert planned(SCRIPT, tones).select({2}).take_ids == ()


def test_only_what_is_missing_is_spoken(
    tones: Show, store: TakeStore, pool: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    speak = Tone.speak

    def listened(self: Tone, segment: Segment, voice: Voice) -> Take:
        said.append(segment.spoken)
        return speak(self, segment, voice)

    monkeypatch.setattr(Tone, "speak", listened)
    spoken(planned(SCRIPT, tones, store), store, pool)
    said.clear()
    plan = planned(SCRIPT.replace("it stops", "it has stopped"), tones, store)
    spoken(plan, store, pool)
    assert said == [segment.spoken for segment in plan.missing] == ["Second: it has stopped."]


def test_the_plan_of_a_line_has_one_chapter_and_none_of_the_shows_words(show: Show) -> None:
    # This show opens its episodes, and says at their end that its voice is synthetic.
    assert show.disclosure.spoken
    host = find_voice(show.voices.host, show)
    plan = plan_line("Hello crew. It gains 18.18%.", show, host, quality="studio")
    assert "".join(segment.text for segment in plan.segments) == "Hello crew. It gains 18.18%."
    assert {(one.role, one.chapter, one.voice) for one in plan.segments} == {
        ("speech", 0, host.name)
    }
    assert len(plan.chapter_titles) == 1
    assert dict(plan.voices) == {host.name: host}


def test_a_line_needs_no_take_of_its_own_where_a_script_has_it(
    tones: Show, store: TakeStore
) -> None:
    line = "Hello, learning crew! Today we listen to a tone, and then to another one."
    script = planned(SCRIPT, tones, store)
    alone = plan_line(line, tones, script.voices["tone"], quality="draft", store=store)
    (place,) = (one.index for one in script.segments if one.text == line)
    assert alone.take_ids == (script.take_ids[place],)


def test_another_host_speaks_where_one_is_named(tones: Show, store: TakeStore) -> None:
    plan, usual = planned(SCRIPT, tones, store, host="quick"), planned(SCRIPT, tones, store)
    assert list(plan.voices) == list(plan.engines) == ["quick"]
    assert plan.script.episode.voice == "quick"
    assert [one.spoken for one in plan.segments] == [one.spoken for one in usual.segments]
    assert not set(plan.take_ids) & set(usual.take_ids)
    with pytest.raises(VoiceError, match="no voice is called 'nobody'"):
        planned(SCRIPT, tones, host="nobody")


def test_every_block_that_is_at_fault_is_in_the_error(tones: Show) -> None:
    text = (
        f"{HEADER}[pause 1s]\n\nThis 日本 is not.\n\n[music: sting]\n\nThis is.\n\n"
        "[music: stop]\n\n[music: stop]\n\nThat 語 is not.\n"
    )
    with pytest.raises(ScriptError) as caught:
        planned(text, tones)
    error = caught.value
    assert [(type(e), e.path, e.line) for e in (error, *error.others)] == [
        (ScriptError, "x.md", 6),  # nothing to pause after
        (SpokenError, "x.md", 8),  # and the music after it belongs to what can't be spoken
        (ScriptError, "x.md", 16),  # music twice in a place
        (SpokenError, "x.md", 18),
    ]


def test_every_name_of_nobody_is_in_the_error_once(tones: Show) -> None:
    names = "".join(f"**{name}:** Hello.\n\n" for name in ("Xaver", "Yves", "Xaver"))
    with pytest.raises(ScriptError, match=r"^x.md:6: no voice is called 'Xaver'") as caught:
        planned(HEADER + names, tones)
    assert [(e.line, e.what) for e in caught.value.others] == [(8, "no voice is called 'Yves'")]


def test_what_an_engine_can_not_speak_is_placed_in_the_script(
    tones: Show, store: TakeStore, pool: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Tone, segment: Segment, _voice: Voice) -> Take:
        raise EngineError("can't be spoken", line=segment.line)

    monkeypatch.setattr(Tone, "speak", refuse)
    with pytest.raises(EngineError, match=r"^x.md:6: can't be spoken"):
        spoken(planned(f"{HEADER}Hello.\n", tones, store), store, pool)


def test_check_and_spoken_open_no_engine(
    show_folder: Path, paperledge: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> None:
        raise EngineError(f"the engine {name} is opened")

    monkeypatch.setattr(engines, "_open", refuse)
    assert paperledge("check", "scripts/one-hand.md").code == 0
    assert paperledge("spoken", "scripts/one-hand.md").code == 0
    assert paperledge("spoken", "scripts/one-hand.md", "--voice", "af_bella").code == 0
    said = paperledge("say", "Hello.", "-o", "line.wav")  # as everything that speaks
    assert (said.code, said.line) == (1, "the engine tone is opened")
    assert paperledge("render", "scripts/one-hand.md").err.endswith("the engine tone is opened\n")


SPEAKERS = ("ernis", "emma", "michael", "af_bella", "am_adam", "bf_alice", "bm_george")


def test_each_voice_has_drafts_of_its_own(show: Show, store: TakeStore) -> None:
    names = (*SPEAKERS, "af_heart")
    ids = {
        name: plan_line(
            "Hello.", show, find_voice(name, show), quality="draft", store=store
        ).take_ids
        for name in names
    }
    assert ids.pop("af_heart") == ids["ernis"]  # the same voice by another name
    assert len(set(ids.values())) == len(SPEAKERS)


@pytest.mark.model
def test_drafts_let_one_hear_who_speaks(show: Show, store: TakeStore, pool: Executor) -> None:
    said = {}
    for name in SPEAKERS:
        voice = find_voice(name, show)
        plan = plan_line("Hello, learning crew.", show, voice, quality="draft", store=store)
        (take,) = synthesize(plan, store, lambda take: take, pool=pool)
        said[name] = take.clip.samples.tobytes()
    assert len(set(said.values())) == len(SPEAKERS)
