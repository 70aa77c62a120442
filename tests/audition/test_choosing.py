"""Which voices an audition hears."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from paperledge_audio.audition.choosing import choose_origins, choose_voices, sample_line
from paperledge_audio.errors import VoiceError
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from paperledge_audio.voices.finding import stock_names, voice_names
from paperledge_audio.voices.origins import BLEND, STOCK
from paperledge_audio.voices.profiles import compose
from tests.voices.test_origins import fitted

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


def test_what_a_fitted_voice_came_from_is_heard_beside_it(show_folder: Path) -> None:
    voice = fitted(show_folder / "voices", {STOCK: "bf_emma", BLEND: "af_heart 0.55, bf_emma 0.45"})
    profile = replace(voice, path=show_folder / "voices" / "me.toml")
    profile.path.write_text(compose(profile, profile.path.parent))
    (show_folder / "voices" / "torn.toml").write_text("pace = 9")
    show = load_show(show_folder / "scripts" / "show.toml")
    assert list(choose_origins(["torn", "tone", "me"], show)) == ["bf_emma", "me-blend"]
    assert list(choose_origins(["me", "bf_emma"], show)) == ["me-blend"]
