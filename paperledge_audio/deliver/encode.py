"""Encode until what a listener decodes meets the target, not what went into the encoder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.deliver import mp3
from paperledge_audio.errors import DeliveryError, MasterError
from paperledge_audio.mix import master, measure

if TYPE_CHECKING:
    from paperledge_audio.audio import Sound
    from paperledge_audio.mix import Target
    from paperledge_audio.mix.model import Loudness, Master

TOLERANCE_LU = 0.1
"""How near the decoded file comes to its target; a tenth of what the platforms allow."""

_ROUNDS = 5
_HEADROOM_DB = 0.5
_NARROW_HEADROOM_DB = 1.0
"""First guess of how far an encoder's peaks overshoot; twice that at 96 kb/s stereo and below."""

_PEAK_MARGIN_DB = 0.05


@dataclass(frozen=True, slots=True)
class Encoded:
    """An MP3 without tags, the master that it came from, and what it measures when decoded."""

    data: bytes
    master: Master
    measured: Loudness
    frames: int
    """Decoded; the same as the mix's."""


def encode_to_target(mix: Sound, target: Target, kbps: int) -> Encoded:
    """Master and encode `mix` so that the decoded MP3 meets `target`.

    It is then within 0.1 LU of the target's loudness, at or under its true peak, and has exactly
    the mix's frames. Encoders soften the sound and raise its peaks, each time a little
    differently, so each round measures the decoded file and aims that much beside the target.
    Raises MasterError with the figures where that does not converge, and what `mp3.encode` raises.
    """
    mp3.check_format(kbps, mix.channels)
    narrow = kbps / mix.channels <= 48
    aim_lufs = target.integrated_lufs + mp3.ATTENUATION_DB[kbps]
    ceiling_dbtp = target.true_peak_dbtp - (_NARROW_HEADROOM_DB if narrow else _HEADROOM_DB)
    before = measure(mix)
    for _ in range(_ROUNDS):
        mastered = master(mix, target, before=before, ceiling_dbtp=ceiling_dbtp, aim_lufs=aim_lufs)
        data = mp3.encode(mastered.sound, kbps)
        heard = mp3.Decoded(data)
        if (heard.frames, heard.channels) != (mix.frames, mix.channels):
            raise DeliveryError(
                f"the MP3 decodes to {heard.frames} frames, not {mix.frames}",
                "install the soundfile version that this package names",
            )
        measured = measure(heard)
        wrong_lu = measured.integrated_lufs - target.integrated_lufs
        over_db = measured.true_peak_dbtp - target.true_peak_dbtp
        if abs(wrong_lu) <= TOLERANCE_LU and over_db <= 0.0:
            return Encoded(data, mastered, measured, heard.frames)
        aim_lufs -= wrong_lu
        ceiling_dbtp -= over_db + _PEAK_MARGIN_DB if over_db > 0.0 else 0.0
    raise MasterError(
        f"at {kbps} kb/s the MP3 reaches {measured.integrated_lufs:.2f} LUFS and "
        f"{measured.true_peak_dbtp:.2f} dBTP, not {target.integrated_lufs:g} LUFS under "
        f"{target.true_peak_dbtp:g} dBTP",
        "choose a higher bitrate",
    )
