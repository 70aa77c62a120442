"""What the bench of directions says. In each sentence the word between asterisks is stressed."""

from __future__ import annotations

VOICES = (
    "af_heart",
    "am_michael",
    "bf_emma",
    "bm_george",
    "af_bella",
    "am_puck",
    "bf_isabella",
    "bm_lewis",
)
"""Sentences are dealt out to them in turn."""

STRESSED = (
    "This is a really *big* problem for anybody who repairs clocks.",
    "The second lamp was *brighter* than the first one by far.",
    "Nobody had *ever* measured the river at that hour before.",
    "She found the *smallest* error in a table of nine pages.",
    "We need *fewer* rules, and we need them to be shorter.",
    "Their model reads the *whole* page before it says a word.",
    "It was not the weather that failed, it was the *forecast*.",
    "A network like this can *remember* what it saw in March.",
    "The answer came from a *garden* and from no laboratory.",
    "You could run the same test on an *ordinary* telephone.",
    "The team was *amazed* that the bridge had moved at all.",
    "Every gram of it has to be *carried* up by a rocket.",
    "What they measured is the *shadow* of a very small moon.",
    "In the end the *simple* method won by a wide margin.",
    "He asked for one example and got a *thousand* of them.",
    "The birds *always* come back to the same four trees.",
    "We trained it on *silence* for the first three days.",
    "Their map of the harbour is *wrong* in two places.",
    "The robot *never* touched the glass, and still it broke.",
    "A good question is *worth* more than a clever reply.",
    "The paper is short, and the *appendix* is enormous.",
    "Nothing in the *recipe* says how warm the oven was.",
    "The old bell rings *twice* when the tide is coming in.",
    "They doubled the data and *halved* the number of errors.",
    "My neighbour painted the *inside* of the letter box green.",
    "The drone looks at the *leaves* and not at the fruit.",
    "That is the *only* number in the table that matters.",
    "The children could *hear* the difference in a moment.",
    "We all agreed that the *middle* chapter was the best one.",
    "The engine is so quiet that you can hear the *tyres*.",
    "Reading it aloud made the *mistake* easy to notice.",
    "The colours are *beautiful* and mean nothing whatever.",
    "It learned to open the door by *watching* a cat do it.",
    "The summer was dry, and the *winter* will be drier.",
    "They wrote the program in a *weekend* and used it for years.",
    "This algorithm is *slower* at first and faster later on.",
    "Her drawing shows the *roots* of a tree in the desert.",
    "Please put the *yellow* cable into the upper socket.",
    "We know where the signal ends, but not where it *begins*.",
    "The whole village was *invited* to look through the lens.",
    "Most of the energy is *lost* on the way to the lamp.",
    "A tiny change of the *angle* moved the beam by a mile.",
    "The machine can name the song, but it can't *enjoy* it.",
    "There was a *reason* for the noise in the second room.",
    "The doctors *trusted* the graph more than the patient.",
    "It takes a *minute* to learn and a life to master.",
    "The smell of *rain* on the dry road woke all of us.",
    "He answered every letter that *children* had sent him.",
    "The new lens is *thinner* than a hair and just as long.",
    "They looked for gold in the hills and found *water*.",
    "The first draft was *terrible*, and that is quite normal.",
    "Our guess was *close* enough to land the probe safely.",
    "You will *love* the trick in the fourth paragraph.",
    "The fish swim *around* the light and never under it.",
    "The library is *open* on the evening of the eclipse.",
    "A *single* grain of sand stopped the entire printer.",
    "The reviewers wanted *proof* and received a picture.",
    "It works in the *kitchen*, and it fails in the car.",
    "The judge had *read* all of the letters in the box.",
    "They let the metal *cool* for a month and a half.",
    "The pattern is *hidden* in the order of the commas.",
    "We thank the *pilots* who flew into the storm for us.",
    "The moon was *lower* than the chimney when it started.",
    "Her idea was *older* than the journal that printed it.",
)

DELIVERED = (
    "The river carried the letter to the other end of the valley.",
    "All of the lamps along the harbour were lit before eleven.",
    "Many of the memories were only numbers in a long column.",
    "We are going to look at an animal that none of us has seen.",
)
"""Each in every delivery and by each of the voices."""

ANSWERED = (
    "Is it really such a mess?",
    "Did anybody measure the room?",
    "Can a machine be lonely?",
    "Would you have believed it?",
    "Are we alone in the valley?",
    "Does the moon have a name?",
    "Was the answer in the drawer?",
    "Could it be a memory?",
    "Is the letter worth more?",
    "Does the machine learn from this?",
    "Can a machine really learn to read?",
    "Will it rain in London tomorrow?",
    "Has the ice begun to melt?",
    "Do you keep a spare key?",
    "Were both of the windows shut?",
    "Is there a mathematician in the orchestra?",
    "Did the second group get the same result?",
    "Should a telescope be so heavy?",
    "Have they found another fossil?",
    "Does it matter how we ask?",
    "Are the two curves identical?",
    "Was the whole thing a joke?",
    "Would a bigger network notice?",
    "Can you hear it from the kitchen?",
)
"""Questions to be answered with yes or no, of all kinds of endings; the sentence that only states
it has a full stop."""

EXPLAINED = (
    "Where did the river go?",
    "Who is going to read the manual?",
    "How long was the line?",
    "When will the model be ready?",
)
"""Questions that need not rise."""

PARAGRAPHS = (
    (
        "The old observatory stood on a hill above the town. Every evening one of the students "
        "carried the lamp up the stairs. They wrote the numbers into a large brown ledger. In the "
        "morning nobody remembered who had written them."
    ),
    (
        "A neural network learns in a way that is easy to describe. It makes a guess and looks at "
        "the answer. Then it moves a million small numbers a little. After many weeks the guesses "
        "are nearly always right."
    ),
    (
        "My grandmother kept bees behind the railway line. She said that they knew the hour of "
        "the noon train. We never really believed her. Then one day the train was late, and so "
        "were they."
    ),
    (
        "Nobody had planned to measure the ocean by its noise. A microphone had been left on a "
        "mooring over the winter. When they listened to it they heard the ice and the rain. Now "
        "there are eleven of them along the line."
    ),
    (
        "Imagine a library in which the books move at night. You remember the shelf, but the "
        "shelf remembers nothing. So the readers leave a mark on every volume. The model in this "
        "paper does the same with a memory."
    ),
)
