"""The table of pauses: every row can be heard, and greater borders have longer rests."""

from __future__ import annotations

from itertools import product

from paperledge_audio.spoken.direction.pauses import TABLE, find_rest

ROLES = ("opening", "heading", "speech", "quote", "item", "question", "credit", "closing")
NEXT = ("clause", "sentence", "turn", "end", *ROLES)
MARKS = (".", "?", "!", "…", ":", ",", "—", "")


def test_every_row_is_the_first_that_fits_something() -> None:
    heard = {find_rest(*case) for case in product(ROLES, NEXT, MARKS)}
    assert heard == set(TABLE)


def test_every_row_says_why() -> None:
    assert all(row.why and 0 <= row.seconds <= 2 for row in TABLE)


def test_the_greater_the_border_the_longer_the_rest() -> None:
    lengths = [
        find_rest("speech", "clause", ",").seconds,
        find_rest("speech", "sentence", ".").seconds,
        find_rest("speech", "turn", ".").seconds,
        find_rest("speech", "speech", ".").seconds,
        find_rest("speech", "credit", ".").seconds,
        find_rest("speech", "heading", ".").seconds,
        find_rest("question", "question", "?").seconds,
    ]
    assert lengths == sorted(set(lengths))


def test_a_question_leaves_time_to_think() -> None:
    assert find_rest("question", "speech", "?").seconds > find_rest("speech", "speech", "?").seconds
