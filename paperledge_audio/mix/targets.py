"""Loudness targets, as a table: what a platform or a standard asks a finished file to measure."""

from __future__ import annotations

from dataclasses import dataclass

from paperledge_audio.errors import UsageError, near


@dataclass(frozen=True, slots=True)
class Target:
    """What a finished file should measure."""

    name: str
    integrated_lufs: float
    true_peak_dbtp: float
    """At most."""
    tolerance_lu: float
    """How far the integrated loudness may be off, to either side."""


@dataclass(frozen=True, slots=True)
class _Profile:
    stereo_lufs: float
    mono_lufs: float
    true_peak_dbtp: float
    tolerance_lu: float


# Apple asks for -16 LKFS ±1 and at most -1 dB true peak (Apple Podcasts, audio requirements).
# Spotify plays at -14 LUFS and recommends at most -1 dBTP. AES TD1008: -18 LUFS for speech,
# -1 dBTP. These three are about what a listener hears, and a mono file leaves two loudspeakers
# 3 dB louder than its one channel measures: hence their mono figures. EBU R 128 v4 (2020) is about
# the file as it measures: -23 LUFS, ±0.2 LU once it is finished, -1 dBTP. Where a source names no
# tolerance, it is Apple's. ACX is not here: its rule is about RMS and noise floor.
_PROFILES = {
    "apple": _Profile(-16.0, -19.0, -1.0, 1.0),
    "spotify": _Profile(-14.0, -17.0, -1.0, 1.0),
    "ebu-r128": _Profile(-23.0, -23.0, -1.0, 0.2),
    "aes-td1008": _Profile(-18.0, -21.0, -1.0, 1.0),
}

PROFILES = tuple(_PROFILES)
"""The names of all loudness profiles."""


def target_for(profile: str, channels: int) -> Target:
    """The target of a loudness profile for a file of 1 or 2 channels.

    Raises UsageError for an unknown profile or another number of channels.
    """
    row = _PROFILES.get(profile)
    if row is None:
        raise UsageError(f"loudness profile {profile!r} is unknown", near(profile, PROFILES))
    if channels not in (1, 2):
        raise UsageError(f"no loudness target is for {channels} channels", "use 1 or 2")
    lufs = row.mono_lufs if channels == 1 else row.stereo_lufs
    return Target(profile, lufs, row.true_peak_dbtp, row.tolerance_lu)
