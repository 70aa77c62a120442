from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio.preview.history.diff import Change, ChangeKind, PlannedSegment, compare
from paperledge_audio.spoken.model import Span
from tests.samples import plain_segment

SENTENCES = (
    "The first one is about speed.",
    "Word fifty has to wait for word forty nine.",
    "So the authors proposed something bold!",
    "Imagine a dinner party with every guest talking.",
    "Imagine a dinner party with every guest silent.",
    "Why?",
    "And that was the page of today.",
)


def version(*texts: str, sound: str = "") -> tuple[PlannedSegment, ...]:
    """Segments that sound as they are printed."""
    return tuple(
        PlannedSegment(plain_segment(text, index), sound or text)
        for index, text in enumerate(texts)
    )


versions = st.lists(
    st.tuples(st.sampled_from(SENTENCES), st.sampled_from(["", " otherwise"])), max_size=12
).map(
    lambda rows: tuple(
        PlannedSegment(plain_segment(text, index), text + how)
        for index, (text, how) in enumerate(rows)
    )
)


def kinds(changes: tuple[Change, ...]) -> list[ChangeKind]:
    return [change.kind for change in changes]


def applied(old: tuple[PlannedSegment, ...], changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    """What old becomes: text and sound from the change only where it says that they are new."""
    out = []
    for change in changes:
        if change.kind is ChangeKind.REMOVED:
            continue
        if change.kind in {ChangeKind.UNCHANGED, ChangeKind.MOVED} and not change.why:
            assert change.before is not None
            kept = old[change.before.segment.index]
            out.append((kept.text, kept.take_id))
        else:
            assert change.after is not None
            out.append((change.after.text, change.after.take_id))
    return out


@settings(max_examples=150)
@given(versions, versions)
def test_applied_to_old_it_gives_new(
    old: tuple[PlannedSegment, ...], new: tuple[PlannedSegment, ...]
) -> None:
    assert applied(old, compare(old, new)) == [(side.text, side.take_id) for side in new]


@settings(max_examples=150)
@given(versions, versions)
def test_every_segment_of_both_appears_once(
    old: tuple[PlannedSegment, ...], new: tuple[PlannedSegment, ...]
) -> None:
    changes = compare(old, new)
    assert tuple(c.after for c in changes if c.after) == new
    befores = [c.before.segment.index for c in changes if c.before]
    assert sorted(befores) == list(range(len(old)))
    in_order = [
        c.before.segment.index for c in changes if c.before and c.kind is not ChangeKind.MOVED
    ]
    assert in_order == sorted(in_order)


@settings(max_examples=150)
@given(versions, versions)
def test_kinds_mean_what_they_say(
    old: tuple[PlannedSegment, ...], new: tuple[PlannedSegment, ...]
) -> None:
    for change in compare(old, new):
        before, after = change.before, change.after
        assert (before is None) == (change.kind is ChangeKind.ADDED)
        assert (after is None) == (change.kind is ChangeKind.REMOVED)
        if before and after:
            assert (before.text == after.text) == (change.kind is not ChangeKind.CHANGED)
        if change.kind is ChangeKind.UNCHANGED:
            assert (before and before.take_id) == (after and after.take_id)
        if change.kind is ChangeKind.RESAID:
            assert change.why


@given(versions)
def test_of_a_version_with_itself_there_is_nothing(one: tuple[PlannedSegment, ...]) -> None:
    assert set(kinds(compare(one, one))) <= {ChangeKind.UNCHANGED}


def test_a_moved_paragraph_is_moved() -> None:
    old = version("One two three.", "Four five.", "Six seven eight.", "Nine ten.")
    new = version("Four five.", "Six seven eight.", "Nine ten.", "One two three.")
    changes = compare(old, new)
    assert kinds(changes) == [ChangeKind.UNCHANGED] * 3 + [ChangeKind.MOVED]
    assert changes[-1].before == old[0]
    assert changes[-1].after == new[3]


def test_an_edited_sentence_is_changed_and_its_neighbours_are_not() -> None:
    old = version("One two three.", "The cat sat on the mat.", "Nine ten.")
    new = version("One two three.", "The dog sat on the mat.", "Nine ten.")
    assert kinds(compare(old, new)) == [
        ChangeKind.UNCHANGED,
        ChangeKind.CHANGED,
        ChangeKind.UNCHANGED,
    ]


def test_what_shares_too_few_words_was_removed_and_added() -> None:
    changes = compare(version("The cat sat."), version("Nobody knows anything else."))
    assert sorted(kinds(changes)) == [ChangeKind.ADDED, ChangeKind.REMOVED]


def test_of_two_edited_sentences_each_finds_its_own() -> None:
    old = version("The cat sat on the mat.", "A whisper went round the whole table.")
    new = version("A whisper went round the big table.", "The cat lay on the mat.")
    changes = [c for c in compare(old, new) if c.kind is ChangeKind.CHANGED]
    assert len(changes) == 1  # in order only one of them can be; the other is removed and added
    before, after = changes[0].before, changes[0].after
    assert {before and before.text.split()[1], after and after.text.split()[1]} == {"whisper"}


def test_another_pronunciation_is_said_otherwise_and_why() -> None:
    old = (PlannedSegment(replace(plain_segment("Qwen"), spans=(Span("Qwen", "quen"),)), "a"),)
    spans = (Span("Qwen", "Qwen", "lexicon", "kwˈɛn"),)
    new = (PlannedSegment(replace(plain_segment("Qwen"), spans=spans), "b"),)
    (change,) = compare(old, new)
    assert change.kind is ChangeKind.RESAID
    assert change.why == ("Qwen: as printed → /kwˈɛn/",)
    assert change.is_new_sound


def test_another_voice_and_another_profile_are_said_otherwise() -> None:
    (change,) = compare(
        (PlannedSegment(plain_segment("Hello there.", voice="ernis"), "a"),),
        (PlannedSegment(plain_segment("Hello there.", voice="emma"), "b"),),
    )
    assert (change.kind, change.why) == (ChangeKind.RESAID, ("voice ernis → emma",))
    (change,) = compare(version("Hello.", sound="a"), version("Hello.", sound="b"))
    assert (change.kind, change.why) == (ChangeKind.RESAID, ("the voice's profile or engine",))


def test_another_name_for_the_same_voice_is_told_and_not_spoken_anew() -> None:
    (one,) = version("Hello there.")
    lee = PlannedSegment(replace(one.segment, speaker="Dr. Lee"), one.take_id)
    zoe = PlannedSegment(replace(one.segment, speaker="Zoë"), one.take_id)
    (change,) = compare((lee,), (zoe,))
    assert (change.kind, change.why) == (ChangeKind.RESAID, ("speaker Dr. Lee → Zoë",))
    assert not change.is_new_sound


def test_another_pause_is_told_where_both_neighbours_stayed() -> None:
    one, two = version("Hello there.", "And goodbye.")
    longer = PlannedSegment(replace(one.segment, pause_after=1.5), one.take_id)
    first, second = compare((one, two), (longer, two))
    assert (first.kind, first.why) == (ChangeKind.RESAID, ("pause after it: 0.5 s → 1.5 s",))
    assert not first.is_new_sound
    assert second.kind is ChangeKind.UNCHANGED
    (only,) = (c for c in compare((one,), (longer, two)) if c.before)
    assert only.kind is ChangeKind.UNCHANGED  # something else follows now: that is the change
