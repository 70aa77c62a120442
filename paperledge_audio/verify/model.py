"""Reports as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.sound.measuring.loudness import Loudness
    from paperledge_audio.verify.speech.verdicts import ReadSentence


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One check."""

    name: str
    """What was checked, such as "true peak"."""
    ok: bool
    detail: str
    """What was found, with figures."""


@dataclass(frozen=True, slots=True)
class Report:
    """All checks of a sound and the files beside it."""

    path: Path
    duration_s: float
    loudness: Loudness
    findings: tuple[ReportLine, ...]
    sentences: tuple[ReadSentence, ...] = ()
    """What was read back, if it was asked for."""

    @property
    def ok(self) -> bool:
        """Whether all checks passed."""
        return not self.problems

    @property
    def problems(self) -> tuple[ReportLine, ...]:
        """The checks that failed."""
        return tuple(finding for finding in self.findings if not finding.ok)
