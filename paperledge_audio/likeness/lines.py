"""The lines that voices say here, with all sounds of English and no words that need a lexicon."""

from paperledge_audio.spoken.model import Segment, Span

SEARCH = (
    "The jury of five may never agree, yet each voyage through the data begins with a question.",
    "How loud was the old boiler, when both of them pushed it up to the garage roof?",
)
"""Lines for the search of blends and manner."""

TRIED = (
    (
        "She measured each shadow at noon, and again when the bell rang.",
        "My cousin joined a choir, and now he hears every wrong note.",
    ),
    (
        "Put the blue cup by the window, please, for whoever comes first.",
        "You guess, you check, and you throw out most of what you had.",
    ),
    (
        "The jury may never agree, yet each voyage begins with a question.",
        "How loud was the boiler, when both of them pushed it uphill?",
    ),
    (
        "A young fox ran through the garden, over the wall and away.",
        "Would you rather have ten small answers, or a single large one?",
    ),
    (
        "Their mother thought about treasure; their father only of dinner.",
        "It works, as a rule, but nobody could tell us why it should.",
    ),
    (
        "He took his boots off, sighed, and sat down close to the fire.",
        "What we found there, in June, changed how these machines learn.",
    ),
)
"""Lines for the search beyond the blends, which come in turn."""

CHOICE = (
    "The huge cathedral was empty, but for a boy with a violin and his three old teachers.",
    "Is it fair, then, to judge a whole method by one picture that happened to turn out well?",
    "Above the harbour, eight white gulls circled, dived, and came up again with nothing.",
)
"""Lines for the choice between the best voices of the search."""

PROOF = (
    "They threw the usual measure away, kept every failure in view, and chose a cheaper model.",
    "Why would anyone push a heavy theory uphill, while a lighter one rolls there by itself?",
    "So the last chapter is short: some figures, a table, and honest thanks to those who shared.",
)
"""Lines for the measurement, which neither a search nor a choice uses."""


def make_line(text: str) -> Segment:
    """A line as an engine takes it."""
    return Segment(0, "speech", (Span(text, text),), "line", 0, 0, 0.0)
