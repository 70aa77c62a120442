"""What a fitted voice came from is written into its pack's file, and read again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from paperledge_audio.voices.finding import stock_voice
from paperledge_audio.voices.origins import BLEND, STOCK, describe_blend, find_origins
from paperledge_audio.voices.packs import compose_pack, read_pack
from paperledge_audio.voices.profiles import Voice

PARTS = (("af_heart", 0.55), ("bf_emma", 0.45))


def fitted(folder: Path, about: dict[str, str]) -> Voice:
    heart = stock_voice("af_heart")
    pack = folder / "me.safetensors"
    pack.write_bytes(compose_pack(read_pack(heart.packs[0][0]), about))
    return replace(heart, name="me", title="Me", pace=1.1, packs=((pack, 1.0),))


def test_the_stock_voice_and_the_blend_are_found_again(tmp_path: Path) -> None:
    stock, blend = find_origins(fitted(tmp_path, {STOCK: "bf_emma", BLEND: describe_blend(PARTS)}))
    assert stock == stock_voice("bf_emma")
    assert (blend.name, blend.title) == ("me-blend", "Me, the blend")
    assert [(path.stem, weight) for path, weight in blend.packs] == [*PARTS]
    assert blend.pace == 1.0


@pytest.mark.parametrize(
    "blend",
    ["", "af_heart", "af_heart 0.5", "af_heart 2, bf_emma -1", "af_heart nan", "../x 1", ", , 1"],
)
def test_what_tells_of_no_blend_has_none(tmp_path: Path, blend: str) -> None:
    assert find_origins(fitted(tmp_path, {STOCK: "../../x", BLEND: blend})) == ()


def test_a_voice_that_is_not_fitted_came_from_nothing() -> None:
    assert find_origins(stock_voice("af_heart")) == ()
