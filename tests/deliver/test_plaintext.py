"""The plain transcript holds every printed word once, in paragraphs, with its speakers."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.deliver.text.plaintext import compose
from paperledge_audio.script.model import Quote, Script, Speech
from tests.deliver.making import EPISODE, SCRIPT, cue, short_timeline, timeline


def test_blocks_are_paragraphs_and_new_speakers_are_named() -> None:
    assert compose(SCRIPT, short_timeline()) == (
        "Ernis: Hello crew, we look at looking today. It is a short story, told twice.\n\n"
        "The idea\n\n"
        "A network, they say, sees what it must; no more.\n\n"
        "Why it matters\n\n"
        "Emma: Because less can be enough.\n"
    )


def test_the_shows_own_words_are_paragraphs() -> None:
    script = Script(EPISODE, (Speech("Hello.", 3), Quote("Well said.", 5)))
    cues = [
        cue("Welcome.", 0, 1, role="opening", line=0),
        cue("Hello.", 1, 2, line=3),
        cue("Well said.", 2, 3, role="quote", voice="emma", line=5),
        cue("Goodbye.", 3, 4, role="closing", line=0),
    ]
    assert compose(script, timeline(cues, 5)) == (
        "Ernis: Welcome.\n\nHello.\n\nEmma: Well said.\n\nErnis: Goodbye.\n"
    )


@given(st.lists(st.tuples(st.text("ab é漢", min_size=1), st.booleans()), min_size=1, max_size=6))
def test_every_printed_word_is_there_once(texts: list[tuple[str, bool]]) -> None:
    blocks = tuple(Speech(text, 1 + n) for n, (text, _) in enumerate(texts))
    cues = [
        cue(text, n, n + 1, line=1 + n, voice="emma" if guest else "ernis")
        for n, (text, guest) in enumerate(texts)
    ]
    found = compose(Script(EPISODE, blocks), timeline(cues, 9))
    bare = re.sub(r"^(?:Ernis|Emma): ", "", found, flags=re.MULTILINE)
    assert bare.split() == [word for text, _ in texts for word in text.split()]
