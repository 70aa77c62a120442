"""Music under the speech takes no word from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.deliver.folder.finished import read_json
from paperledge_audio.engines import make_pool
from paperledge_audio.orders import Order, ProgressCallbacks
from paperledge_audio.render import render
from paperledge_audio.takes import TakeStore
from paperledge_audio.verify.recogniser import read_back
from paperledge_audio.verify.speech import list_spoken_words
from paperledge_audio.verify.wording import count_word_errors
from tests.samples import ROOT

pytestmark = pytest.mark.model
PARAGRAPHS = 8
CUES = {"without": [], "bed": ["[music: bed]"]}


def heard_errors(script: Path, folder: Path, store: TakeStore) -> tuple[int, int]:
    """Words heard otherwise, and words said, in a draft of `script`."""
    with make_pool() as pool:
        release = render(
            Order(script, folder, "draft"), script.read_bytes(), store, ProgressCallbacks(), pool
        ).release
    sound = release.folder / f"{release.slug}.mp3"
    said = list_spoken_words(read_json(sound.with_suffix(".transcript.json")))
    wrong, words = count_word_errors(said, read_back(mp3.decode(sound.read_bytes())))
    return wrong, words


def test_the_recogniser_hears_as_much_over_a_bed_as_without(tmp_path: Path) -> None:
    show = tmp_path / "show"
    (show / "scripts").mkdir(parents=True)
    (show / "voices").symlink_to(ROOT / "voices")
    (show / "scripts" / "music").symlink_to(ROOT / "scripts" / "music")
    toml = (ROOT / "scripts" / "show.toml").read_text("utf-8")
    (show / "scripts" / "show.toml").write_text(toml, "utf-8")
    text = (ROOT / "scripts" / "deep-residual-learning.md").read_text("utf-8")
    header, _, body = text.partition("\n---\n")
    opening, *rest = body.strip().split("\n\n")[:PARAGRAPHS]
    scripts = {name: "\n\n".join([opening, *cue, *rest]) for name, cue in CUES.items()}
    store = TakeStore(tmp_path / "cache")
    errors = {}
    for name, content in scripts.items():
        file = show / "scripts" / f"{name}.md"
        file.write_text(f"{header}\n---\n\n{content}\n", "utf-8")
        errors[name] = heard_errors(file, tmp_path / "out", store)
    words = errors["without"][1]
    assert words > 300
    assert errors["without"][0] < 0.05 * words, errors
    assert errors["bed"][0] - errors["without"][0] <= 0.01 * words, errors
