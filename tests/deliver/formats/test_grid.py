"""Every loudness target in every format, at every rate, measured by ffmpeg."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path

import pytest
import soundfile

from paperledge_audio.deliver import FORMATS
from paperledge_audio.deliver.encode.settings import EncoderSettings
from paperledge_audio.deliver.encode.to_target import TOLERANCE_LU, master_and_encode
from paperledge_audio.master.targets import TARGETS, target_for
from paperledge_audio.sound.measuring.meter import measure_loudness
from tests.deliver.formats.forms import usable
from tests.deliver.formats.programs import Program, heard_by_ffmpeg
from tests.deliver.making import RATE, bounced, speechlike

RATES_KBPS = (64, 96, 128, 192)
AIMS = tuple(aim for aim in TARGETS if target_for(aim, 2).integrated_lufs is not None)
GRID = [
    (aim, name, 0 if FORMATS[name].lossless else RATES_KBPS[(number + channels) % 4], channels)
    for number, aim in enumerate(AIMS)
    for name in FORMATS
    if name != "m4b"  # its sound is M4A's
    for channels in (1, 2)
]
"""All that has a loudness target: every target in every format, mono and stereo, at rates that
take turns, so that every format is also tried at every rate, mono and stereo."""


def test_every_rate_of_every_format_is_tried_in_mono_and_stereo() -> None:
    lossy = [name for name, form in FORMATS.items() if not form.lossless and name != "m4b"]
    tried = {(name, kbps, channels) for _, name, kbps, channels in GRID if kbps}
    assert tried == set(product(lossy, RATES_KBPS, (1, 2)))


@pytest.mark.parametrize(("aim", "name", "kbps", "channels"), GRID)
def test_every_target_is_met_at_every_rate_as_ffmpeg_measures_it(
    aim: str, name: str, kbps: int, channels: int, tmp_path: Path, program: Program
) -> None:
    form, target = usable(FORMATS[name]), target_for(aim, channels)
    file = tmp_path / f"x{form.suffix}"
    mix = bounced(speechlike(2 * RATE, channels))
    made = master_and_encode(mix, target, form, EncoderSettings(kbps), file)
    assert abs(target.level_of(made.loudness) - target.level) <= TOLERANCE_LU
    lufs, peak = heard_by_ffmpeg(program, file)
    # ffmpeg plays a mono file as one channel too, and prints tenths.
    assert lufs == pytest.approx(target.level, abs=TOLERANCE_LU + 0.051)
    assert peak <= target.true_peak_dbtp + 0.05
    with form.open_sound(file) as heard:
        assert measure_loudness(heard) == made.loudness
    assert math.isfinite(made.loudness.true_peak_dbtp)
    assert soundfile.__libsndfile_version__ >= "1.2"
