"""Which questions rise: sentences of our own, each with what a speaker does."""

from __future__ import annotations

import pytest

from paperledge_audio.spoken.direction.questions import rises

RISE = (
    "Does it work?",
    "So, does it work?",
    "A mess?",
    "Really?",
    "You think so?",
    "Is this the end of the story?",
    "Isn't that odd?",
    "Can a machine be polite?",
    "Have you ever lost a word to a train?",
    "But is it fast enough?",
    "It is fast, right?",
    "That's a lot, isn't it?",
    "They checked, didn't they?",
    "Ready?",
    "If the model fails, does it know?",
    "When the model fails, does anyone notice?",
    "And would you trust it?",
    "Fifty percent?",
    "The catch?",
    "Ever wonder why the sky is blue?",
    "Should we care, or not?",
    "Could two or three examples be enough?",
    "Won't it forget?",
    "Are you with me so far?",
    "So you want a model that learns on its own?",
    "Do you see what happened?",
    "Is it clear how the pieces fit?",
    "Remember the coin from before?",
    "Now, has anyone tried this in a hospital?",
    "Makes sense, yeah?",
    "Did they test it where it matters?",
    "Could this change how we teach?",
)
FALL = (
    "What does it mean?",
    "Why not?",
    "How does it work?",
    "So how do they do it?",
    "Which half is really you?",
    "Who pays for it?",
    "When did it start?",
    "Where does the data come from?",
    "If so, what happens next?",
    "But in the end, who decides?",
    "Is it a bug or a feature?",
    "Tea or coffee?",
    "What's the catch?",
    "Who's counting?",
    "To what extent can we trust it?",
    "By how much?",
    "You did what?",
    "How many layers do you need?",
    "And why does this matter to you?",
    "When the model fails, what do we do?",
    "So what?",
    "In which cases does it break?",
    "What if it is wrong?",
    "How about the costs?",
    "Do we need more data, or better models?",
    "Why should a doctor, of all people, care?",
    "What would you build, if you had the tools?",
    "Whose idea was it?",
    "This works.",
    "Or what?",
    "Is the glass half full or half empty?",
    "What happens when it is wrong, is it still useful?",
)


def test_almost_all_sentences_are_heard_as_speakers_say_them() -> None:
    wrong = [words for words in RISE + FALL if rises(words) != (words in RISE)]
    assert len(wrong) <= 0.05 * len(RISE + FALL), wrong


@pytest.mark.parametrize("words", ["", "?", "...?", "Stop.", "What", ", ?", "or?", "A. B. C?"])
def test_any_words_have_an_answer(words: str) -> None:
    assert rises(words) is (words[-2:] in {"?", "..?", "C?", ".?", " ?", "r?"})


def test_only_the_last_sentence_counts() -> None:
    assert rises("Why is that? Is it the data?")
    assert not rises("Is it the data? Why is that?")
    assert not rises("Is it the data? It is.")
