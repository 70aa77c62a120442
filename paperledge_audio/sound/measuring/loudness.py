"""The loudness of a sound, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loudness:
    """Measured after ITU-R BS.1770-4, EBU Tech 3341 and 3342; the RMS is unweighted."""

    integrated_lufs: float
    """Gated; minus infinity for silence."""
    true_peak_dbtp: float
    range_lu: float
    short_term_max_lufs: float
    """Of the loudest 3 s; minus infinity for silence."""
    rms_dbfs: float
    """Of all samples of all channels, pauses included; a full square wave has 0."""
