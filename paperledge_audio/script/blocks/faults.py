"""The faults of a script's body: each block tells its own, and reading goes on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from paperledge_audio.errors import PaperledgeError

if TYPE_CHECKING:
    from collections.abc import Iterator


class BodyFaults:
    """Gathers the faults of `source`, a body with `above` lines above it in its file.

    Each gets its column in the file, from 1. Readers count columns in the rows that they see, which
    have no margin, such as a quotation's `>`; where notes were left out of a row, the fault is at
    its start.
    """

    def __init__(self, source: str, above: int) -> None:
        self.found: list[PaperledgeError] = []
        self._rows = source.split("\n")
        self._above = above

    @contextmanager
    def gather(self, text: str = "", line: int = 0) -> Iterator[None]:
        """Add an error from inside, and its others, and go on.

        `text` is what is read inside, and begins on `line` of the file.
        """
        try:
            yield
        except PaperledgeError as error:
            rows = dict(enumerate(text.split("\n"), line))
            self.found += [
                one.located(column=self._find_column(one, rows.get(one.line or 0, "")))
                for one in error.all
            ]

    def _find_column(self, fault: PaperledgeError, row: str) -> int:
        number = (fault.line or 0) - self._above - 1
        source = self._rows[number] if 0 <= number < len(self._rows) else ""
        start = source.find(row) if row and fault.column else -1
        margin = len(source) - len(source.lstrip())
        return (start if start >= 0 else margin) + (fault.column or 1 if start >= 0 else 1)
