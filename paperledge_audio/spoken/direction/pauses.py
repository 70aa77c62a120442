"""The pauses between segments: one table, the show's settings, and what is said around them.

A row has the role before the pause, what comes next, the punctuation before it, and the seconds of
silence. "*" matches anything; the first row that fits counts. Takes are trimmed at their edges, so
these are the silences that a listener hears. Read speech has about 0.3 s between sentences and
twice that between paragraphs.

Speakers pause longer after a long phrase, which took breath, and before one, which takes planning
(Krivokapić, Journal of Phonetics 35, 2007); `vary` follows them, within bounds.
"""

from __future__ import annotations

from typing import NamedTuple

from paperledge_audio.show.model import PauseSettings


class Rest(NamedTuple):
    """One row: after `role`, before `to`, the words having ended on one of `marks`."""

    role: str
    to: str
    """"clause" and "sentence" within a block, the role of the next block, "turn" where that is a
    paragraph of somebody else, or "end"."""
    marks: str
    seconds: float
    kind: str
    """The setting of the show that moves it, in proportion; empty: only the factor does."""
    why: str


TABLE = (
    Rest("*", "end", "*", 0.0, "", "nothing follows; how the music goes out is the mix's business"),
    Rest(
        "*", "clause", "*", 0.15, "", "a breath inside a sentence too long to be said in one piece"
    ),
    Rest("question", "sentence", "?", 0.6, "sentence", "the first half of a question sinks in"),
    Rest("*", "sentence", "?", 0.45, "sentence", "a listener answers in thought"),
    Rest("*", "sentence", "…", 0.5, "sentence", "trailing off takes its time"),
    Rest("*", "sentence", "*", 0.35, "sentence", "a full stop"),
    Rest("opening", "*", "*", 0.9, "", "the show's words stand apart from the episode's"),
    Rest("heading", "heading", "*", 0.7, "heading", "a title and its subtitle belong together"),
    Rest("heading", "*", "*", 0.6, "heading", "a title is heard before its text starts"),
    Rest("*", "heading", "*", 1.1, "heading", "a new chapter: the longest rest inside the episode"),
    Rest("question", "question", "*", 1.2, "question", "a beat to think before the next question"),
    Rest("question", "*", "*", 1.3, "question", "a beat to think before the episode goes on"),
    Rest("*", "question", "*", 0.7, "question", "the question is set off from what leads to it"),
    Rest("quote", "quote", "*", 0.5, "paragraph", "two paragraphs of one quotation"),
    Rest("quote", "*", "*", 0.8, "paragraph", "the other voice has finished; the host takes over"),
    Rest("*", "quote", "*", 0.6, "paragraph", "another voice is about to speak"),
    Rest(
        "*",
        "turn",
        "*",
        0.55,
        "paragraph",
        "somebody else takes their turn, and sooner",
    ),
    Rest("item", "item", "*", 0.5, "item", "items follow each other quicker than paragraphs"),
    Rest("speech", "item", ":", 0.4, "item", "a colon hands over to its list"),
    Rest("*", "item", "*", 0.55, "item", "a list starts without a colon"),
    Rest("credit", "credit", "*", 0.5, "paragraph", "one more line of credit"),
    Rest("*", "credit", "*", 1.0, "paragraph", "the episode is over; now who wrote the paper"),
    Rest("*", "closing", "*", 0.9, "", "the show's words stand apart from the episode's"),
    Rest(
        "*",
        "*",
        "?",
        0.8,
        "paragraph",
        "a paragraph that ends in a question is left hanging",
    ),
    Rest("*", "*", "*", 0.7, "paragraph", "a new paragraph"),
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


USUAL = PauseSettings()
TYPICAL = 90
"""Spoken characters of a sentence around which pauses are as in the table."""
SHORTEST = 40
"""What is shorter counts as that long: a title needs its time, too."""
SPAN = 0.25
"""The power of a length's share: a sentence twice as long has a rest a fifth longer."""
VARIATION = (0.8, 1.35)


def vary(before: int, after: int) -> float:
    """The factor on a pause between so many spoken characters before it and after it.

    >>> vary(90, 90), vary(20, 40), vary(300, 280)
    (1.0, 0.8, 1.35)
    """
    least, most = VARIATION
    product = max(before, SHORTEST) * max(after, SHORTEST)
    return min(max(float((product / TYPICAL**2) ** SPAN), least), most)


def rest_s(row: Rest, settings: PauseSettings, factor: float = 1.0) -> float:
    """The seconds of a row for a show, times `factor`, to the hundredth."""
    if row.kind:
        factor *= float(getattr(settings, row.kind) / getattr(USUAL, row.kind))
    return round(row.seconds * settings.factor * factor, 2)
