"""File names for scripts: lower-case ASCII, the date first."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from paperledge_audio.script.model import Script

_LONGEST = 60
_LETTER = re.compile(r"(?:GREEK|LATIN) SMALL (?:LETTER|LIGATURE) (?:FINAL |DOTLESS )?(\w+)")


def make_slug(title: str, date: datetime.date) -> str:
    """`2025-10-21-latentlm`: the date and the title's part before a colon, in [a-z0-9-].

    >>> make_slug("σ-VAE: a fix", datetime.date(2025, 10, 21))
    '2025-10-21-sigma-vae'
    """
    name = make_file_name(title.partition(":")[0]) or make_file_name(title) or "episode"
    return f"{date.isoformat()}-{name}"


def make_file_name(text: str) -> str:
    """At most 60 characters of [a-z0-9-] for a text; empty where it has no letters or digits.

    >>> make_file_name("Dr. Zoë Ångström"), make_file_name("語")
    ('dr-zoe-angstrom', '')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = re.sub(r"[\u0300-\u036f'’]", "", plain)
    name = "-".join(re.findall(r"[a-z0-9]+", "".join(map(_to_ascii, plain))))
    if len(name) > _LONGEST:
        name = name[: _LONGEST + 1].rpartition("-")[0] or name[:_LONGEST]
    return name


def _to_ascii(char: str) -> str:
    """A letter spelled by its Unicode name: "sigma" for σ, "o" for ø, "ae" for æ."""
    match = None if char.isascii() else _LETTER.match(unicodedata.name(char, ""))
    return match[1].lower() if match else char


def make_slugs(scripts: Iterable[Script]) -> tuple[str, ...]:
    """A slug for each script, all different: the second "x" is "x-2"."""
    names: dict[str, None] = {}
    reached: Counter[str] = Counter()
    for script in scripts:
        name = slug = make_slug(script.episode.title, script.episode.day)
        while name in names:
            reached[slug] += 1
            name = f"{slug}-{reached[slug] + 1}"
        names[name] = None
    return tuple(names)
