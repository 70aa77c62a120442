"""Where sentences end: cases from papers and from a host's speech."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.spoken.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [  # "|" marks each border
        "One. |Two.",
        "Smith et al. show it. |We agree.",
        "Shown by Smith et al. |The rest is new.",
        "It works, i.e. it runs. |It is fast.",
        "See e.g. Lee and Kim. |They agree.",
        "Fig. 3 shows it. |Eq. 2 proves it.",
        "It is v2.0.1 now. |Use it.",
        "Dr. Smith met Prof. Lee. |They spoke.",
        "J. R. Smith wrote it. |Good.",
        "by A. N. Gomez and others. |Then more.",
        "The U.S. team won. |The U.K. team lost.",
        "They live in the U.S. |They like it.",
        "Really?! |Yes!",
        "Wow! she said. |Then she left.",
        'He said "stop." |Then he left.',
        "He said “why?” |Nobody knew.",
        "Wait… what? |Nothing.",
        "Well… |Maybe so.",
        "It costs $3.50. |Cheap!",
        "It rose by 3.5 percent. |Then it fell.",
        "We chose plan B. |Then we won.",
        "X is less than Y. |Claude agrees.",
        "It is best on G P T. |Then it falls.",
        "Simon A. A. Kohl and Andrew J. Ballard wrote it. |Good.",
        "We met at 3 p.m. Tuesday. |It rained.",
        "It is called VERA-V. |Think of it.",
        "Compare cats vs. dogs. |Both are fine.",
        "It has 5 layers. |3 of them are new.",
        "Read the paper. |arXiv has it.",
        "At 3 p.m. we met. |It rained.",
        "no capital here. but there it is",
        "A list: one; two; three. |Done.",
        "(It was fun.) |Then it ended.",
        "Approx. 30 percent. |Right.",
        "See Sec. 4.1 for more. |Or not.",
        "The results? |Pretty amazing!",
    ],
)
def test_sentences_end_where_a_reader_hears_it(text: str) -> None:
    if text == "no capital here. but there it is":
        assert split(text) == [text]
    else:
        assert split(text.replace("|", "")) == [part.strip() for part in text.split("|")]


@given(st.text(alphabet="aB. ?!…\"'()1\n", max_size=60))
def test_only_white_space_lies_between_sentences(text: str) -> None:
    place = 0
    for start, end in split_sentences(text):
        assert text[place:start].strip() == ""
        assert start < end
        place = end
    assert text[place:].strip() == ""


@pytest.mark.parametrize(
    "text",
    [  # "|" marks each border
        "She lives in St. Louis now. |It rains.",
        "We met at 3:45 p.m. EST today. |It rained.",
        "It began at 9 p.m. |Nobody came.",
        "Only you and I. |Nobody else.",
        "She has a Ph.D. |Her lab is new.",
        "Gen. Smith met Lt. Col. Ray. |They spoke.",
        "It is from c. 3300 BCE. |It broke.",
        "In Phys. Rev. Lett. they printed it. |Good.",
        "Use min. 3 layers. |It ran for 22 min. |Then it stopped.",
    ],
)
def test_a_dot_of_an_abbreviation_ends_no_sentence_unless_one_begins(text: str) -> None:
    assert split(text.replace("|", "")) == [part.strip() for part in text.split("|")]
