"""Places: states by their two letters, as in "Gary, IN", and towns that are words, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken import english
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_STATES = {
    "AK": "Alaska", "AL": "Alabama", "AR": "Arkansas", "AZ": "Arizona", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii",
    "IA": "Iowa", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MI": "Michigan", "MN": "Minnesota",
    "MO": "Missouri", "MT": "Montana", "NC": "North Carolina", "ND": "North Dakota",
    "NE": "Nebraska", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
    "NV": "Nevada", "NY": "New York", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "ON": "Ontario",
    "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee",
    "TX": "Texas", "UT": "Utah", "VA": "Virginia", "VT": "Vermont", "WA": "Washington",
    "WI": "Wisconsin", "WV": "West Virginia", "WY": "Wyoming",
}  # fmt: skip
"""Without those that are a degree behind a name, as in "Ann Lee, MD"."""
_ALL = _STATES | {"DC": "D C", "DE": "Delaware", "MA": "Massachusetts", "MD": "Maryland",
                  "MS": "Mississippi", "PA": "Pennsylvania"}  # fmt: skip
_SHORT = {
    "Ala": "AL", "Ariz": "AZ", "Ark": "AR", "Calif": "CA", "Colo": "CO", "Conn": "CT",
    "Del": "DE", "Fla": "FL", "Ga": "GA", "Ill": "IL", "Ind": "IN", "Kan": "KS", "Ky": "KY",
    "La": "LA", "Md": "MD", "Me": "ME", "Mass": "MA", "Mich": "MI", "Minn": "MN", "Miss": "MS",
    "Mo": "MO",
    "Mont": "MT", "Neb": "NE", "Nev": "NV", "Okla": "OK", "Ore": "OR", "Pa": "PA",
    "Tenn": "TN", "Tex": "TX", "Va": "VA", "Vt": "VT", "Wash": "WA", "Wis": "WI", "Wyo": "WY",
}  # fmt: skip
"""States as newspapers shorten them."""
_PARTS = (
    "Africa|America|Asia|Europe|Korea|Carolina|Dakota|Virginia|Atlantic|Pacific|Ireland|Sudan|"
    "Hemisphere|African|American|Asian|European|Korean"
)
_WINDS = {"N": "North", "S": "South", "E": "East", "W": "West"}
_CORNERS = {"NE": "northeast", "NW": "northwest", "SE": "southeast", "SW": "southwest"}
_COUNTRIES = (
    "England|Scotland|Wales|France|Germany|Spain|Portugal|Italy|Greece|Turkey|Iran|Iraq|China|Japan|"
    "Brazil|Chile|Mexico|Canada|Greenland|Iceland|Norway|Sweden|Finland|Poland|Pakistan|Madagascar|"
    "Ocean|Coast|[A-Z][a-z]{2,8}ia|US"
)
"""What a corner of the compass is mostly before; there are others."""
_OF_STATES = {"Va": "Virginia", "Dak": "Dakota", "Car": "Carolina"}
_PARTIES = {"D": "Democrat", "R": "Republican", "I": "Independent"}
_WORDS = frozenset({"HI", "ID", "IN", "LA", "ME", "OK", "ON", "OR", "PA"})
_TOWN = re.compile(r"(?<![\w.'’-])(?P<more>(?:[A-Z][a-z]+\.?\s){0,2})(?P<name>[A-Z][a-z]+),\s$")
_FOLLOWS = re.compile(
    r"\s?[.,;:)\]]|\s\(|\s\d{5}(?!\d)|\s(?:is|was|has|had|are|were|where|to|on|at|who|which|that|and|"
    r"from|with|for|by|metropolitan|metro|area|school|police|hospital|factory|plant)\b|$"
)


def _say_state(match: re.Match[str], _context: Context) -> Saying:
    """A state behind a town and a comma; "Well, OK" is none."""
    town = _TOWN.search(match.string[max(match.start() - 48, 0) : match.start()])
    if not town or not _FOLLOWS.match(match.string, match.end()):
        return None
    alone = not town["more"] and match[0] in _WORDS
    if alone and english.is_common(town["name"].lower()):
        return None
    return _STATES[match[0]]


def _say_party(match: re.Match[str], _context: Context) -> Saying:
    """A party and a shortened state with the bracket behind them: "(I-Vt.)", "(D-N.Y.)"."""
    short = match[2].replace(".", "").replace(" ", "")
    state = _ALL.get(_SHORT.get(short, short))
    if not state:
        return None
    pause = "," if re.match(r"\s*\w", match.string[match.end() : match.end() + 2]) else ""
    return f"{_PARTIES[match[1]]} of {state}{pause}"


def _say_short(match: re.Match[str], _context: Context) -> Saying:
    """A shortened state behind a town, as in "Salem, Ore."."""
    town = _TOWN.search(match.string[max(match.start() - 48, 0) : match.start()])
    return _ALL[_SHORT[match[1]]] if town else None


def _say_dotted(match: re.Match[str], _context: Context) -> Saying:
    """A state of two words behind a town, as in "Taos, N.M."."""
    town = _TOWN.search(match.string[max(match.start() - 48, 0) : match.start()])
    return _ALL.get(match[1] + match[2]) if town else None


RULES: tuple[Rule, ...] = (
    rule("party", "U", rf"(?<=\()([DRI])[-–]({'|'.join(_ALL)})(?=\))",
         lambda m, _c: f"{_PARTIES[m[1]]} of {_ALL[m[2]]}"),
    rule("party", "U", rf"(?<=\()([DRI])[-–]({'|'.join(_SHORT)})\.\)",
         _say_party),
    rule("party", "U", r"(?<=\()([DRI])[-–]([NSRW]\.\s?[A-Z])\.\)", _say_party),
    rule("state", "U", r"(?<=,\s)([NSRW])\.\s?([A-Z])\.(?!\w)", _say_dotted),
    rule("part", "U", rf"(?<!\w)([NSEW])\.(?=\s(?:{_PARTS})s?\b)", lambda m, _c: _WINDS[m[1]]),
    rule("part", "U", rf"(?<![\w.-])(NE|NW|SE|SW)(?=\s(?:{_PARTS}|{_COUNTRIES})\b)",
         lambda m, _c: _CORNERS[m[1]]),
    rule("state", "U", r"(?<!\w)([NSW])\.\s(Va|Dak|Car)\.(?!\w)",
         lambda m, _c: f"{_WINDS[m[1]]} {_OF_STATES[m[2]]}"),
    rule("state", "U", r"(?<!\w)N\.\sMex\.(?!\w)", "New Mexico"),
    rule("state", "U", rf"(?<=,\s)({'|'.join(_SHORT)})\.(?!\w)", _say_short),
    rule("town", "U", r"Reading(?=,\s(?:Pennsylvania|PA|England|Berkshire|UK)(?!\w))",
         lambda m, _c: (Span(m[0], m[0], "town", "ɹˈɛdɪŋ"),)),
    rule("town", "U", r"Nice(?=,\sFrance(?!\w))",
         lambda m, _c: (Span(m[0], m[0], "town", "nˈis"),)),
    rule("state", "U", rf"(?<=,\s)(?:{'|'.join(_STATES)})(?!\w)", _say_state),
)  # fmt: skip
