"""Masters and encodes until the decoded file meets the target."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.errors import DeliveryError, MasterError
from paperledge_audio.master.mastering import master
from paperledge_audio.sound.measuring.meter import measure
from paperledge_audio.sound.resampling import convert_rate
from paperledge_audio.sound.scratch import map_full_disk

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.deliver.encode.settings import EncoderSettings
    from paperledge_audio.deliver.formats import Format
    from paperledge_audio.master.model import Bounce, Master
    from paperledge_audio.master.targets import Target
    from paperledge_audio.sound.measuring.loudness import Loudness
    from paperledge_audio.sound.measuring.meter import Measurement

log = logging.getLogger(__name__)

TOLERANCE_LU = 0.1
"""The decoded file's tolerance: a tenth of what the platforms allow."""

_ROUNDS = 5
_PEAK_MARGIN_DB = 0.05


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file's master, and the measurement of the decoded file."""

    path: Path
    master: Master
    measurement: Measurement
    frames: int
    """Decoded: the mix's, at the format's rate."""

    @property
    def loudness(self) -> Loudness:
        """Of the decoded file."""
        return self.measurement.loudness


def master_and_encode(
    mix: Bounce, target: Target, form: Format, settings: EncoderSettings, path: Path
) -> Encoded:
    """Master `mix` and encode it to `path` so that the decoded file meets `target`.

    It is then within 0.1 LU of the target's loudness, at or under its true peak, and exactly as
    long as the mix: its frames, rescaled to the format's rate by the rounding rule of `units`.
    Encoders soften the sound and raise its peaks, each time a little differently, so each round
    measures the decoded file and corrects the aim. Raises MasterError with the
    figures where that does not converge, DeliveryError where the disk is full, and what the
    format's `check` and `encode` raise.
    """
    form.check(settings.kbps, mix.sound.channels)
    aim = target.level + form.find_attenuation_db(settings.kbps)
    ceiling_dbtp = target.true_peak_dbtp - form.find_overshoot_db(settings.kbps, mix.sound.channels)
    for number in range(1, _ROUNDS + 1):
        mastered = master(
            mix.sound, target, before=mix.loudness, ceiling_dbtp=ceiling_dbtp, aim=aim
        )
        with map_full_disk("the sound"):
            form.encode(convert_rate(mastered.sound, form.rate), path, settings)
        encoded = _measure(path, form, mastered)
        wrong_lu = target.level_of(encoded.loudness) - target.level
        over_db = encoded.loudness.true_peak_dbtp - target.true_peak_dbtp
        log.info(
            "%s, round %d: aiming at %.2f %s under %.2f dBTP takes a gain of %.2f dB and limits "
            "%.2f dB; decoded it has %.2f %s and %.2f dBTP",
            *(path.name, number, aim, target.unit, ceiling_dbtp),
            *(mastered.gain_db, mastered.limited_db, target.level_of(encoded.loudness)),
            *(target.unit, encoded.loudness.true_peak_dbtp),
        )
        if abs(wrong_lu) <= TOLERANCE_LU and over_db <= 0.0:
            return encoded
        aim -= wrong_lu
        ceiling_dbtp -= over_db + _PEAK_MARGIN_DB if over_db > 0.0 else 0.0
    at = "" if form.lossless else f"at {settings.kbps} kb/s "
    raise MasterError(
        f"{at}the {form.name} reaches {target.level_of(encoded.loudness):.2f} {target.unit} and "
        f"{encoded.loudness.true_peak_dbtp:.2f} dBTP, not {target.level:g} {target.unit} under "
        f"{target.true_peak_dbtp:g} dBTP",
        "choose a quieter loudness target" if form.lossless else "choose a higher bitrate",
    )


def _measure(path: Path, form: Format, mastered: Master) -> Encoded:
    sound = mastered.sound
    frames = units.rescale(sound.frames, sound.rate, form.rate)
    with map_full_disk("the sound"), form.open_sound(path) as decoded:
        if (decoded.rate, decoded.frames, decoded.channels) != (form.rate, frames, sound.channels):
            raise DeliveryError(
                f"the {form.name} decodes to {decoded.frames} frames, not {frames}",
                "run: paperledge doctor",
            )
        return Encoded(path, mastered, measure(decoded), frames)
