"""Every format that an episode can be delivered in, one after another."""

from __future__ import annotations

import pytest

from paperledge_audio.deliver import FORMATS
from paperledge_audio.deliver.formats import Format
from tests.deliver.formats.forms import usable


@pytest.fixture(params=tuple(FORMATS))
def form(request: pytest.FixtureRequest) -> Format:
    """Each row."""
    return usable(FORMATS[request.param])
