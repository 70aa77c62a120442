"""The pauses between segments, as one table.

A row has the role before the pause, what comes next, the punctuation before it, and the seconds of
silence. "*" matches anything; the first row that fits counts. Takes are trimmed at their edges, so
these are the silences that a listener hears. Read speech has about 0.3 s between sentences and
twice that between paragraphs.
"""

from __future__ import annotations

from typing import NamedTuple


class Rest(NamedTuple):
    """One row: after `role`, before `to`, the words having ended on one of `marks`."""

    role: str
    to: str
    """"clause" and "sentence" within a block, the role of the next block, "turn" where that is a
    paragraph of somebody else, or "end"."""
    marks: str
    seconds: float
    why: str


TABLE = (
    Rest("*", "end", "*", 0.0, "nothing follows; how the music goes out is the mix's business"),
    Rest("*", "clause", "*", 0.15, "a breath inside a sentence too long to be said in one piece"),
    Rest("question", "sentence", "?", 0.6, "the first half of a question sinks in"),
    Rest("*", "sentence", "?", 0.45, "a listener answers in thought"),
    Rest("*", "sentence", "…", 0.5, "trailing off takes its time"),
    Rest("*", "sentence", "*", 0.35, "a full stop"),
    Rest("opening", "*", "*", 0.9, "the show's words stand apart from the episode's"),
    Rest("heading", "heading", "*", 0.7, "a title and its subtitle belong together"),
    Rest("heading", "*", "*", 0.6, "a title is heard before its text starts"),
    Rest("*", "heading", "*", 1.1, "a new chapter: the longest rest inside the episode"),
    Rest("question", "question", "*", 1.2, "a beat to think before the next question"),
    Rest("question", "*", "*", 1.3, "a beat to think before the episode goes on"),
    Rest("*", "question", "*", 0.7, "the question is set off from what leads to it"),
    Rest("quote", "quote", "*", 0.5, "two paragraphs of one quotation"),
    Rest("quote", "*", "*", 0.8, "the other voice has finished; the host takes over"),
    Rest("*", "quote", "*", 0.6, "another voice is about to speak"),
    Rest("*", "turn", "*", 0.55, "somebody else takes their turn, sooner than one goes on alone"),
    Rest("item", "item", "*", 0.5, "items follow each other quicker than paragraphs"),
    Rest("speech", "item", ":", 0.4, "a colon hands over to its list"),
    Rest("*", "item", "*", 0.55, "a list starts without a colon"),
    Rest("credit", "credit", "*", 0.5, "one more line of credit"),
    Rest("*", "credit", "*", 1.0, "the episode is over; now who wrote the paper"),
    Rest("*", "closing", "*", 0.9, "the show's words stand apart from the episode's"),
    Rest("*", "*", "?", 0.8, "a paragraph that ends in a question is left hanging for a moment"),
    Rest("*", "*", "*", 0.7, "a new paragraph"),
)


def find_rest(role: str, to: str, mark: str) -> Rest:
    """The first row that fits `role`, then `to`, after words that ended on `mark`."""
    return next(
        row
        for row in TABLE
        if row.role in {"*", role}
        and row.to in {"*", to}
        and (row.marks == "*" or (mark and mark in row.marks))
    )
