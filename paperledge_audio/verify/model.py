"""What a listener gets, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.sound.measuring.loudness import Loudness


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One thing that was looked at."""

    name: str
    """What was looked at, as "true peak"."""
    ok: bool
    detail: str
    """What was found, with figures."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found out about a sound and the files beside it."""

    path: Path
    duration_s: float
    loudness: Loudness
    findings: tuple[ReportLine, ...]

    @property
    def ok(self) -> bool:
        """True where nothing is wrong."""
        return not self.problems

    @property
    def problems(self) -> tuple[ReportLine, ...]:
        """The findings that are not as they should be."""
        return tuple(finding for finding in self.findings if not finding.ok)
