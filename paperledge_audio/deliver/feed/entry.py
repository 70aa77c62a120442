"""A finished episode as a feed has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    import xml.etree.ElementTree as ET


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A finished episode's item, with the values for sorting."""

    item: ET.Element
    date: datetime.datetime
    season: int
    number: int
    slug: str
    guid: str
    explicit: bool
    kind: str
    """full, trailer or bonus."""

    @property
    def age(self) -> tuple[datetime.datetime, int, int, str]:
        """A sort key, greater for newer episodes; on one day by season, number and name."""
        return self.date, self.season, self.number, self.slug
