"""The lines that voices say here, with all sounds of English and no words that need a lexicon."""

from paperledge_audio.spoken.model import Segment, Span

SEARCH = (
    "The jury of five may never agree, yet each voyage through the data begins with a question.",
    "How loud was the old boiler, when both of them pushed it up to the garage roof?",
)
"""Lines for the search of blends and manner."""

TRIED = (
    SEARCH,
    (
        "She measured each shadow at noon, and again when the church bell rang a third time.",
        "My cousin joined a choir in Boston, and now he hears every wrong note on the radio.",
    ),
    (
        "Put the blue cup by the window, please; the other one is for whoever comes first.",
        "Nothing about this method is magic: you guess, you check, and you throw most of it out.",
    ),
)
"""Lines for the search beyond the blends, which come in turn."""

PROOF = (
    "They threw the usual measure away, kept every failure in view, and chose a cheaper model.",
    "Why would anyone push a heavy theory uphill, while a lighter one rolls there by itself?",
    "So the last chapter is short: some figures, a table, and honest thanks to those who shared.",
)
"""Lines for the measurement, which no search uses."""


def make_line(text: str) -> Segment:
    """A line as an engine takes it."""
    return Segment(0, "speech", (Span(text, text),), "line", 0, 0, 0.0)
