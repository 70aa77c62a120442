"""Which voices an audition hears."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paperledge_audio.audition.choosing import choose_voices, sample_line
from paperledge_audio.errors import VoiceError
from paperledge_audio.show.model import Show
from paperledge_audio.voices.finding import stock_names, voice_names

AMERICAN_WOMEN = [name for name in stock_names() if name.startswith("af_")]


def test_without_names_it_is_everybody_the_host_first(show: Show) -> None:
    host = "michael"
    found = choose_voices((), replace(show, voices=replace(show.voices, host=host)))
    assert sorted(found) == sorted(voice_names(show))
    assert next(iter(found)) == host
    assert not any(found.values())


def test_patterns_are_a_shells_and_names_count_as_named(show: Show) -> None:
    assert len(AMERICAN_WOMEN) == 11  # of Kokoro's 28 English voices
    found = choose_voices(("af_*", "emma", "b[fm]_l*", "af_bella"), show)
    assert list(found) == [*AMERICAN_WOMEN, "emma", "bf_lily", "bm_lewis"]
    assert [name for name, named in found.items() if named] == ["af_bella", "emma"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("af_bela", "no voice is called 'af_bela'; did you mean 'af_bella'?"),
        ("erniss*", "no voice is called like 'erniss*'; did you mean 'ernis'?"),
        ("../ernis", "no voice is called '../ernis'"),
    ],
)
def test_a_name_of_nobody_is_an_error(show: Show, name: str, message: str) -> None:
    with pytest.raises(VoiceError) as caught:
        choose_voices(("emma", name), show)
    assert str(caught.value).startswith(message)


def test_the_line_is_the_hosts_own(show: Show) -> None:
    assert sample_line(show).startswith("Alright learning crew, Ernis here")
