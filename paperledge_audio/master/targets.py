"""Loudness targets of platforms and standards, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.errors import UsageError, suggest

if TYPE_CHECKING:
    from paperledge_audio.sound.measuring.loudness import Loudness


@dataclass(frozen=True, slots=True)
class Target:
    """What a finished file should measure: loudness or RMS, one of the two, and peaks."""

    name: str
    integrated_lufs: float | None
    rms_dbfs: float | None
    true_peak_dbtp: float
    """At most."""
    tolerance_lu: float
    """How far the loudness or the RMS may be off, to either side."""
    floor_dbfs: float | None
    """The highest RMS of the quietest half second; None if there is no limit."""

    @property
    def level(self) -> float:
        """What is aimed at, in `unit`."""
        level = self.rms_dbfs if self.integrated_lufs is None else self.integrated_lufs
        if level is None:
            raise ValueError(f"the target {self.name} asks for no level")
        return level

    @property
    def unit(self) -> str:
        """LUFS or dB RMS; a gain of 1 dB moves either by 1."""
        return "dB RMS" if self.integrated_lufs is None else "LUFS"

    def level_of(self, loudness: Loudness) -> float:
        """The figure of a measurement to which this target applies."""
        return loudness.rms_dbfs if self.integrated_lufs is None else loudness.integrated_lufs


@dataclass(frozen=True, slots=True)
class _Row:
    stereo_lufs: float | None
    mono_lufs: float | None
    true_peak_dbtp: float
    tolerance_lu: float
    rms_dbfs: float | None = None
    floor_dbfs: float | None = None
    least_kbps: int = 0


# Apple asks for -16 LKFS ±1 and at most -1 dB true peak (Apple Podcasts, audio requirements).
# Spotify plays at -14 LUFS and recommends at most -1 dBTP. AES TD1008: -18 LUFS for speech,
# -1 dBTP. These three are about what a listener hears, and a mono file leaves two loudspeakers
# 3 dB louder than its one channel measures: hence their mono figures. EBU R 128 v4 (2020) is about
# the file as it measures: -23 LUFS, ±0.2 LU once it is finished, -1 dBTP. Where a source names no
# tolerance, it is Apple's. ACX (audio submission requirements) asks for an RMS from -23 to -18 dB:
# the aim leaves 2 dB to the nearer end. Peaks at most -3 dB, which a true peak under that always
# meets; a noise floor of at most -60 dB RMS; CBR of 192 kb/s or more.
_TARGETS = {
    # LUFS in stereo, LUFS in mono, the most dBTP, ± LU
    "apple": _Row(-16.0, -19.0, -1.0, 1.0),
    "spotify": _Row(-14.0, -17.0, -1.0, 1.0),
    "ebu-r128": _Row(-23.0, -23.0, -1.0, 0.2),
    "aes-td1008": _Row(-18.0, -21.0, -1.0, 1.0),
    "acx": _Row(None, None, -3.0, 2.0, rms_dbfs=-20.0, floor_dbfs=-60.0, least_kbps=192),
}

TARGETS = tuple(_TARGETS)
"""Their names."""


def target_for(name: str, channels: int, kbps: int | None = None) -> Target:
    """The loudness target of that name for a file of 1 or 2 channels, at `kbps` if it is an MP3.

    Raises UsageError for an unknown name, another number of channels, or a bitrate below what the
    target asks for.
    """
    row = _TARGETS.get(name)
    if row is None:
        raise UsageError(f"loudness target {name!r} is unknown", suggest(name, TARGETS))
    if channels not in (1, 2):
        raise UsageError(f"no loudness target is for {channels} channels", "use 1 or 2")
    if kbps is not None and kbps < row.least_kbps:
        raise UsageError(
            f"the loudness target {name} asks for {row.least_kbps} kb/s or more, not {kbps}",
            f"set output.bitrate_kbps = {row.least_kbps} in show.toml",
        )
    return Target(
        name=name,
        integrated_lufs=row.mono_lufs if channels == 1 else row.stereo_lufs,
        rms_dbfs=row.rms_dbfs,
        true_peak_dbtp=row.true_peak_dbtp,
        tolerance_lu=row.tolerance_lu,
        floor_dbfs=row.floor_dbfs,
    )
