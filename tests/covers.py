"""A cover is drawn once for its texts; test_cover.py holds that it is the same again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperledge_audio.deliver.pictures import cover
from paperledge_audio.deliver.pictures.cover import Cover, draw_cover
from paperledge_audio.script.model import Episode
from paperledge_audio.show.model import Show


@pytest.fixture(scope="session", autouse=True)
def draw_covers_once() -> Iterator[None]:
    """A third of what the render of a short script takes is its cover."""
    drawn: dict[tuple[Episode, str, str], Cover] = {}

    def recall(episode: Episode, show: Show, artwork: Path | None) -> Cover:
        if artwork is not None:
            return draw_cover(episode, show, artwork)
        key = episode, show.title, show.host
        if key not in drawn:
            drawn[key] = draw_cover(episode, show, None)
        return drawn[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "draw_cover", recall)
        yield
