"""Scholarly furniture: citations, references to parts of a paper, abbreviations, addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers import cardinal, spelled
from paperledge_audio.spoken.rule import Context, Saying, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperledge_audio.spoken.rule import Rule

_PARTS = {
    "Fig": "figure", "Figs": "figures", "Eq": "equation", "Eqs": "equations", "Eqn": "equation",
    "Eqns": "equations", "Sec": "section", "Secs": "sections", "Sect": "section",
    "Tab": "table", "Tabs": "tables", "Alg": "algorithm", "Thm": "theorem", "Def": "definition",
    "App": "appendix", "Ch": "chapter", "Chap": "chapter", "Ref": "reference", "Refs": "references",
    "Vol": "volume", "No": "number", "Nos": "numbers", "pp": "pages", "p": "page", "Prop": "proposition",
    "Lem": "lemma", "Cor": "corollary", "Ex": "example", "Suppl": "supplementary",
}  # fmt: skip
_ABBREVIATIONS = {
    r"et al\.?": "and colleagues", r"e\.\s?g\.,?": "for example,", r"i\.\s?e\.,?": "that is,",
    r"cf\.": "compare", r"[Ee]tc\.": "et cetera", r"[Vv]s\.?": "versus", r"viz\.": "namely",
    r"approx\.": "approximately", r"w\.?r\.?t\.?": "with respect to", r"resp\.": "respectively",
    r"s\.t\.": "such that", r"a\.k\.a\.|aka": "also known as", r"i\.i\.d\.|iid": "I I D",
    r"w/o": "without", r"w/": "with", r"incl\.": "including", r"est\.": "estimated",
    r"avg\.": "average", r"[Dd]ept\.": "department", r"[Uu]niv\.": "university", r"ca\.": "circa",
    r"E\.\s?g\.,?": "For example,", r"I\.\s?e\.,?": "That is,", r"Cf\.": "Compare",
    r"N\.B\.": "note well", r"P\.S\.": "P S", r"Ph\.\s?D\.?": "P H D", r"M\.Sc\.?": "M S C",
    r"B\.Sc\.?": "B S C", r"ibid\.": "ibid", r"et seq\.": "and following",
}  # fmt: skip
_TITLES = {
    "Dr": "Doctor", "Prof": "Professor", "Profs": "Professors", "Mr": "Mister", "Mrs": "Missus", "Ms": "Miz",
    "St": "Saint", "Md": "Mohammad", "Mt": "Mount", "Gen": "General", "Sen": "Senator",
    "Rep": "Representative", "Gov": "Governor",
}  # fmt: skip
_SUFFIXES = {
    "Jr": "Junior",
    "Sr": "Senior",
    "Inc": "Incorporated",
    "Ltd": "Limited",
    "Corp": "Corporation",
}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NUMBERED = (
    "Part|Chapter|Section|Type|Phase|Volume|War|Level|Table|Figure|Act|Class|Appendix|Grade|Book|"
    "Stage|Theorem|Tier|Mark|Generation|Lemma|Category|Title|Schedule"
)
_AUTHORS = r"[A-ZÀ-Þ][\w'’-]+(?:,?\s(?:and|&)\s[A-ZÀ-Þ][\w'’-]+|,?\set\sal\.?|,\s[A-ZÀ-Þ][\w'’-]+)*"
_CITED = rf"(?:(?:e\.g\.,?|see(?:\salso)?|cf\.)\s)?{_AUTHORS},?\s\(?(?:19|20)\d\d[a-z]?\)?(?:,\s?(?:19|20)\d\d[a-z]?)*"


def _part(match: re.Match[str], _context: Context) -> Saying:
    name = _PARTS[match[1]]
    return f"{name.capitalize() if match[1][0].isupper() and _first(match) else name} "


_BEFORE_NUMBER = re.compile(r"\b(?:[Ee]qs?\.|[Ee]quations?|[Ff]igs?\.|[Ff]igures?|[Tt]able|[Ss]ec\.)\s?$")


def _equation(match: re.Match[str], _context: Context) -> Saying:
    """The number of an equation in its brackets."""
    if not _BEFORE_NUMBER.search(match.string[: match.start()]):
        return None
    return f"{cardinal(match[1])} {match[2].upper()}".strip()


def _first(match: re.Match[str]) -> bool:
    before = match.string[: match.start()].rstrip()
    return not before or before[-1] in ".?!"


def _abbreviation(words: str) -> Callable[[re.Match[str], Context], Saying]:
    def say(match: re.Match[str], _context: Context) -> Saying:
        after = match.string[match.end() :]
        ends = match[0].endswith(".") and (not after.strip() or re.match(r"\s+[A-Z]", after))
        return words + "." if ends and words in {"and colleagues", "et cetera"} else words

    return say


def _title(match: re.Match[str], _context: Context) -> Saying:
    return _TITLES[match[1]]


def _suffix(match: re.Match[str], _context: Context) -> Saying:
    return _SUFFIXES[match[1]]


def _roman(match: re.Match[str], _context: Context) -> Saying:
    values = [_ROMAN[letter] for letter in match[2]]
    total = 0
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < after else value
    return f"{match[1]} {cardinal(str(total))}"


def _host(address: str) -> str:
    """A host's name as words: its dots are said."""
    name = re.sub(r"^www\.", "", address.split("/")[0].split(":")[0], flags=re.IGNORECASE)
    return " dot ".join(_label(part) for part in name.split(".") if part)


_KNOWN = {"arxiv": "archive", "github": "git hub", "huggingface": "hugging face", "youtube": "you tube",
          "openai": "open A I", "io": "I O", "ai": "A I", "edu": "E D U", "uk": "U K", "de": "D E", "tv": "T V",
          "openreview": "open review", "doi": "D O I", "acm": "A C M", "ieee": "I triple E",
          "linkedin": "linked in", "eu": "E U", "us": "U S", "fr": "F R", "cn": "C N", "jp": "J P",
          "ch": "C H", "nih": "N I H", "mit": "M I T", "co": "C O", "ly": "L Y", "me": "me",
          "gmail": "G mail", "wikipedia": "wikipedia", "pytorch": "pie torch"}  # fmt: skip


def _label(part: str) -> str:
    """One label of a host name or one piece of an e-mail address."""
    words = []
    for piece in re.findall(r"[A-Za-z]+|\d+", part):
        low = piece.lower()
        if piece.isdigit():
            words.append(cardinal(piece) if len(piece) < 4 else spelled(piece))
        elif low in _KNOWN:
            words.append(_KNOWN[low])
        elif len(low) == 1 or (len(low) < 5 and not re.search("[aeiouy]", low)):
            words.append(" ".join(low.upper()))
        else:
            words.append(low)
    return " ".join(words)


def _address(match: re.Match[str], _context: Context) -> Saying:
    """A web address: its host is said, the rest is left to the reader."""
    return _host(match["host"]) or None


def _mail(match: re.Match[str], _context: Context) -> Saying:
    user = re.split(r"[._+-]+", match[1])
    return f"{' dot '.join(filter(None, map(_label, user)))} at {_host(match[2])}"


_END_OF_URL = r"(?:[^\s<>\"“”)\]]*[^\s<>\"“”)\].,;:!?'’])?"
RULES: tuple[Rule, ...] = (
    rule("web address", "l", rf"(?:https?|ftp)://(?P<host>[\w.-]*\w)(?::\d+)?{_END_OF_URL}", _address),
    rule("web address", "l", rf"(?P<host>www\.[\w.-]*\w){_END_OF_URL}", _address),
    rule("e-mail address", "Uld", r"([\w+-]+(?:\.[\w+-]+)*)@([A-Za-z][\w-]*(?:\.[\w-]+)*\.[A-Za-z]{2,})(?!\w)", _mail),
    rule("identifier left out", "Ul", r"[Aa]r[Xx]iv:\s?(?:[\w.-]+/)?\d[\d.]*\d(?:v\d+)?(?:\s\[[\w.-]+\])?", "archive"),
    rule("identifier left out", "Ul", r"(?:doi|DOI):?\s?10\.\d{4,}/[^\s]*[^\s.,;:)\]]", "D O I"),
    rule("identifier left out", "d", r"10\.\d{4,}/[^\s]*[^\s.,;:)\]]", "D O I"),
    rule("web address", "Uld",
         r"(?P<host>(?:[A-Za-z][\w-]*\.)+(?:com|org|net|edu|gov|io|ai|dev|co|uk|de|eu|ch|fr|info))"
         rf"(?![\w-])(?:/{_END_OF_URL})?", _address),
    rule("citation left out", "sp", r"\s*\[\^?[A-Za-z]*\d+[a-z]?(?:\s?[,;–-]\s?\^?[A-Za-z]*\d+)*\]", ""),
    rule("citation left out", "sp", rf"\s*[(\[]{_CITED}(?:;\s{_CITED})*[)\]]", ""),
    rule("year of citation left out", "s", r"(?<=\bal\.)\s\((?:19|20)\d\d[a-z]?\)|(?<=\bal)\s\((?:19|20)\d\d[a-z]?\)"
         r"|(?<=[a-z])\s\((?:19|20)\d\d[a-z]\)", ""),
    rule("section sign", "p", r"§§?\s?(?=\d)", "section "),
    rule("footnote mark left out", "p", r"[†‡§¶*※](?=[\s.,;:)†‡§¶*]|$)", ""),
    rule("footnote mark left out", "p", r"(?<=[A-Za-z]{4})(?<![A-Z])[¹²³⁴-⁹](?!\w)(?=[\s,;:]|$)|(?<=[.,;])[¹²³⁴-⁹]+", ""),
    rule("reference", "Ul", rf"({'|'.join(sorted(_PARTS, key=len, reverse=True))})\.\s?(?=\(?\d|[A-Z]\.?\d|[A-Z](?!\w))", _part),
    rule("reference", "p", r"\((\d+)([a-z]?)\)", _equation),
    *(rule("abbreviation", "Ul", rf"(?:{pattern})(?!\w)", _abbreviation(words))
      for pattern, words in _ABBREVIATIONS.items()),
    rule("title", "U", rf"({'|'.join(sorted(_TITLES, key=len, reverse=True))})\.?(?=\s[A-Z])(?<!Gen)(?<!Rep)(?<!Sen)", _title),
    rule("title", "U", rf"({'|'.join(_SUFFIXES)})\.(?=\s?[a-z,;)]|$)", _suffix),
    rule("Roman number", "U", rf"({_NUMBERED})\s([IVX]{{1,5}})(?![\w.’'-])", _roman),
    rule("and colleagues", "Ul", r"and co\.", "and company"),
)  # fmt: skip
