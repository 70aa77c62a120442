"""Texts of the humanities: centuries, lives and reigns, ministers, verses of scripture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken import english
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.numbers.roman import read_roman
from paperledge_audio.spoken.numbers.words import cardinal, label, ordinal, pairs
from paperledge_audio.spoken.rules.rule import Context, Saying, rule
from paperledge_audio.spoken.sentences import is_full_stop

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_BOOKS = {
    "Gen": "Genesis", "Exod": "Exodus", "Lev": "Leviticus", "Num": "Numbers",
    "Deut": "Deuteronomy", "Josh": "Joshua", "Judg": "Judges", "Sam": "Samuel", "Kgs": "Kings",
    "Chron": "Chronicles", "Neh": "Nehemiah", "Ps": "Psalm", "Pss": "Psalms",
    "Prov": "Proverbs", "Eccl": "Ecclesiastes", "Isa": "Isaiah", "Jer": "Jeremiah",
    "Ezek": "Ezekiel", "Dan": "Daniel", "Hos": "Hosea", "Mic": "Micah", "Hab": "Habakkuk",
    "Zech": "Zechariah", "Mal": "Malachi", "Matt": "Matthew", "Mt": "Matthew", "Mk": "Mark",
    "Lk": "Luke", "Jn": "John", "Rom": "Romans", "Cor": "Corinthians", "Gal": "Galatians",
    "Eph": "Ephesians", "Phil": "Philippians", "Col": "Colossians", "Thess": "Thessalonians",
    "Tim": "Timothy", "Tit": "Titus", "Heb": "Hebrews", "Jas": "James", "Pet": "Peter",
    "Rev": "Revelation", "Qur'an": "Qur'an", "Qur’an": "Qur'an", "Quran": "Quran",
    "Koran": "Koran", "Surah": "Surah", "Sura": "Sura",
}  # fmt: skip
_WHOLE_ROW = """
    Exodus Ruth Ezra Esther Job Psalm Psalms Amos Jonah Joel Luke Mark John Acts Jude Matthew
    Revelations Ecclesiasticus Lamentations
"""
_NAMES = _BOOKS | {name: name for name in (*_WHOLE_ROW.split(), *_BOOKS.values())}
_BOOK = "|".join(sorted(_NAMES, key=len, reverse=True))
_PLACES = {"1": "First ", "2": "Second ", "3": "Third ", "I": "First ", "II": "Second ",
           "III": "Third "}  # fmt: skip
_SOUNDS = {
    "Job": "ʤˈOb", "Jude": "ʤˈud", "Luke": "lˈuk", "Matthew": "mˈæθju", "Ephesians": "əfˈiʒᵊnz",
    "Philippians": "fəlˈɪpiənz", "Colossians": "kəlˈɑʃᵊnz", "Qur'an": "kəɹˈɑn", "Quran": "kəɹˈɑn",
    "Thessalonians": "θˌɛsəlˈOniənz",
}  # fmt: skip
"""Books that are another word, or in no dictionary."""
_OF_A_PAPER = (
    r"(?:Methods?|Results?|Discussions?|Introduction|Experiments?|Related|Background|Appendix|"
    r"Supplement\w*|Conclusions?|Limitations?|Materials?|Data|Analysis|Evaluation|The|On|In|A|An)\b"
)
"""Sections, which are no ministers."""
_OFFICES = (
    r"(?:State|Defen[cs]e|War|Labor|Commerce|Energy|Education|Agriculture|Transportation|Health|"
    r"Homeland|Housing|the\s(?:Treasury|Interior|Navy|Army))\b"
)


def _say_verse(match: re.Match[str], _context: Context) -> Saying:
    """A verse, as "Gen. 1:1", "1 Cor. 13:4–7" and "Job 1:21"; a chapter only behind "2 Tim."."""
    place, book, dot, chapter, verse, last = match.groups()
    if not verse and not (place and dot and book in _BOOKS):
        return None
    words = f" {cardinal(chapter)}{f', {cardinal(verse)}' if verse else ''}"
    words += f" to {cardinal(last)}" if last else ""
    name, at = _NAMES[book], match.start(2) - match.start()
    spans = (
        Span(match[0][:at], _PLACES.get(place or "", ""), "verse"),
        Span(book, name, "verse", _SOUNDS.get(name, "")),
        Span(match[0][at + len(book) :], words, "verse"),
    )
    return spans if at else spans[1:]


def _say_inner_ordinal(match: re.Match[str], _context: Context) -> Saying:
    """An ordinal behind hyphens, as in "mid-19th-century" and "turn-of-the-20th-century"."""
    return f"{match[1].replace('-', ' ')}{ordinal(match[2])}"


def _say_point(match: re.Match[str], _context: Context) -> Saying:
    """A cape, as in "Pt. Reyes"; at the end of a sentence platinum."""
    return None if is_full_stop(match.string, match.end() - 1) else "Point"


def _say_grade(match: re.Match[str], _context: Context) -> Saying:
    """A mark or a rating, as "an average of A–" and "rated BBB-"."""
    near = match.string[max(match.start() - 60, 0) : match.end() + 40]
    return f"{' '.join(match[1])} minus" if _GRADED.search(near) else None


def _say_case(match: re.Match[str], _context: Context) -> Saying:
    """Between the parties of a case or a match, as in "Donoghue v Stevenson"."""
    before = match.string[max(match.start() - 24, 0) : match.start()]
    return "versus" if _PARTY.search(before) else None


_PARTY = re.compile(r"(?:^|[\s(“\"])(?:[A-Z][a-z][\w’'-]{0,20}|R)\s$")


def _say_degree(match: re.Match[str], _context: Context) -> Saying:
    """A degree with dots, as "M.Ed."."""
    parts = (" ".join(part) if part.isupper() else part for part in match[0].split(".") if part)
    return " ".join(parts)


def _say_article(match: re.Match[str], _context: Context) -> Saying:
    """A part of a constitution, as "amend. XIV"."""
    value = read_roman(match[2])
    kind = "article" if match[1] == "art" else "amendment"
    return f"{kind} {cardinal(str(value))}" if value else None


_REPORTS = (
    r"[NS]\.[EW]\.(?:[23]d)?|F\.(?:[234](?:d|th))?|[AP]\.[23]d|So\.\s[23]d|S\.\s?Ct\.|L\.\s?Ed\.\s2d|"
    r"F\.\sSupp\.(?:\s[23]d)?|Cal\.(?:\s?[2345](?:d|th))?|N\.Y\.[23]d"
)
"""Series of law reports between volume and page, as in "123 F.3d 456"."""
_WINDS = {"N": "North", "S": "South", "E": "East", "W": "West"}
_REGIONS = (
    "Korea|America|Africa|Asia|Europe|Carolina|Dakota|Virginia|Ireland|Atlantic|Pacific|Sudan|"
    "Germany|Vietnam|Wales|Australia|London|Bengal|Sea|Pole|Macedonia|Island"
)
_SERIES = {"Ct": "Court", "Ed": "edition", "Supp": "Supplement", "Cal": "Cal", "So": "Southern"}


def _say_reports(match: re.Match[str], _context: Context) -> Saying:
    volume, series, page = match.groups()
    parts = re.findall(r"[23]d|[45]th|[A-Z][a-z]*", series)
    said = (ordinal(part[0]) if part[0].isdecimal() else _SERIES.get(part, part) for part in parts)
    return f"{cardinal(volume)} {' '.join(said)} {cardinal(page)}"


def _say_page_count(match: re.Match[str], _context: Context) -> Saying:
    """How long a text is, as in "304 pp."; else percentage points."""
    before = match.string[max(match.start() - 40, 0) : match.start()]
    if match[2] == "-":
        return f"{cardinal(match[1])} page"
    if "%" in before or _CHANGED.search(before):
        return None
    return f"{cardinal(match[1])} page{'s' * (match[1] != '1')}"


_CHANGED = re.compile(
    r"(?:[+−–~≈±-]|\b(?:by|of|up|down|about|rose|fell|drops?|dropped|gains?|gained|lost|to|from))\s?$"
)
"""Before a difference of two percentages."""


def _say_senor(match: re.Match[str], _context: Context) -> Saying:
    """A Spanish gentleman; behind a name "Sr." is senior, as it is in "Sr. Engineer"."""
    if re.search(
        r"[A-Z][\w'’-]{1,20},?\s$", match.string[max(match.start() - 24, 0) : match.start()]
    ):
        return None
    post = english.is_common(match[1].lower())
    first = Span("Sr.", "Senior", "title") if post else Span("Sr.", "Senor", "title", "sɛnjˈɔɹ")
    return (first, Span(match[0][3:], " "))


_PENSIONS = {"401": "oh one", "403": "oh three", "457": "fifty seven"}
_GRADED = re.compile(
    r"\b(?:grade[sd]?|GPA|averag\w+|rat(?:ed|ing|ings)|students?|S&P|Moody|Fitch|scored?|scores|got|"
    r"earn\w*|essays?|exams?|transcripts?|bonds?|credit|downgrad\w+|upgrad\w+|A{2,3}|B{2,3})\b"
)
_CHANGES = {"yoy": "year over year", "qoq": "quarter over quarter", "mom": "month over month"}
_LIVED = r"\s(?:c(?:a|irca)?\.\s)?\d{2,4}(?!\w|[.,]\d)"
_DAY = r"\s\d{1,2}\s[A-Z][a-z]{2,8}"
RULES: tuple[Rule, ...] = (
    rule("verse", "Ud", rf"(?:(?<![\w.:-])([1-3]|I{{1,3}})\s)?\b({_BOOK})(\.?)\s(\d{{1,3}})"
         r"(?::(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?)?(?![\d:\w]|[.,]\d|\s?[ap]\.?m|"
         r"\s(?:ratio|odds|draw|win|lead|loss|meeting|slot|split|majority|victory|defeat)\b)",
         _say_verse),
    rule("year", "d", r"(?<![\d.,])(\d{1,4})\s?A\.\s?D\.(?!\w)",
         lambda m, _c: f"{pairs(m[1]) if len(m[1]) == 4 else cardinal(m[1])} A D"),
    rule("year", "d", r"1066(?![\w–-]|[.,]\d|\s[a-z]+s\b)", "ten sixty six"),
    rule("ordinal", "Ul", r"(?<![\w-])((?:[A-Za-z]{2,12}-){1,4})(\d{1,2})(?:st|nd|rd|th)(?!\w)",
         _say_inner_ordinal),
    rule("reign", "l", rf"(?:(?<=\()|(?<=[,;]\s))r\.(?={_LIVED})(?!\s\d\d(?!\s?[–\dBCA-]))",
         "reigned"),
    rule("life", "l", rf"(?:(?<=\()|(?<=[,;]\s))b\.(?={_LIVED}|{_DAY}|\sin\s)", "born"),
    rule("life", "l", rf"(?:(?<=\()|(?<=[,;–]\s))d\.(?={_LIVED}|{_DAY}|\sin\s)",
         "died"),
    rule("life", "l", rf"(?<!\w)fl\.(?={_LIVED})", "flourished"),
    rule("minister", "U", r"Sec\.?[-‐‑\s]Gen\.?\s(?=[A-Z])", "Secretary General "),
    rule("minister", "U", r"Sec\.?[-‐‑]Gen\.?(?!\w)", "Secretary General"),
    rule("minister", "U", rf"Sec\.(?=\sof\s{_OFFICES}|\s(?!{_OF_A_PAPER})[A-Z][a-z]{{2,}})",
         "Secretary"),
    rule("point", "U", r"Pt\.(?=\s[A-Z][a-z]{2,})", _say_point),
    rule("grade", "U", r"(?<![\w–-])(A{1,3}|B{1,3}|C{1,3}|D)[–−-](?![\w–-])"
         r"(?!(?:,\s\w{1,10}-){0,3},?\s(?:and|or|to)\s\w{1,12}-\w)", _say_grade),
    rule("degree", "U", r"(?<![\w.])(?:[MB]\.Ed\.|Ed\.D\.|LL\.[MBD]\.|[MD]\.Phil\.|Psy\.D\.)",
         _say_degree),
    rule("pension", "d", r"(?<![\w.,])(401|403|457)(?:\(([kb])\)|"
         r"(k)(?=\s(?:plan|account|contrib)))(s)?(?!\w)",
         lambda m, _c: f"four {_PENSIONS[m[1]]} {(m[2] or m[3]).upper()}{m[4] or ''}"),
    rule("reports", "d", rf"(\d{{1,4}})\s({_REPORTS})\s(\d{{1,5}})(?!\w)", _say_reports),
    rule("direction", "U", rf"([NSEW])\.\s(?=(?:{_REGIONS})\b)", lambda m, _c: f"{_WINDS[m[1]]} "),
    rule("letters", "d", r"(\d{1,2})-s\.([de])\.(?!\w)",
         lambda m, _c: f"{cardinal(m[1])} S {m[2].upper()}"),
    rule("letters", "l", r"(?<=-)s\.([de])\.(?!\w)", lambda m, _c: f"S {m[1].upper()}"),
    rule("share", "l", r"(?<!\w)sh\.?(?=/)|(?<=/)sh\.?(?!\w)",
         lambda m, _c: "share" if m.string[m.start() - 1] == "/" else "shares"),
    rule("pages", "d", r"(\d{1,4})([\s-])pp\.(?!\w)", _say_page_count),
    rule("charity", "d", r"(?<![\w.,])501\(?c\)?\(?(\d{1,2})\)?(s?)(?!\w)",
         lambda m, _c: f"five oh one C {cardinal(m[1])}{m[2]}"),
    rule("law", "d", r"(?:(?<=Pub\.\sL\.\s)|(?<=L\.\sNo\.\s))(\d{2,3})[-–](\d{1,3})(?!\w)",
         lambda m, _c: f"{label(m[1])} {label(m[2])}"),
    rule("constitution", "l", r"(?:(?<=Const\.\s)|(?<=,\s))(art|amend)\.\s([IVX]{1,6})(?![\w])",
         _say_article),
    rule("case", "l", r"(?<!\w)v(?=\s[A-Z][a-z])", _say_case),
    rule("rate", "l", r"(?<=%\s)(?:yoy|qoq|mom)(?![\w'’-])", lambda m, _c: _CHANGES[m[0]]),
    rule("part of a word", "sp",
         r"(?:(?<![\w)])|(\s))\(([A-Za-z][a-z]{1,6})\)(-?[a-z]{3,20})(?![\w(])",
         lambda m, _c: f"{m[1] or ''}{m[2]}{m[3]}"),  # "(un)supervised"
    rule("plural", "Ul", r"(?<![\w-])([A-Za-z][a-z]{2,20})\((e?s)\)(?!\w)",
         lambda m, _c: f"{m[1]}{m[2]}"),
    rule("page of citation left out", "p",
         r"(?<=\((?:1[89]|20)\d\d):\s?\d{1,4}(?:[–-]\d{1,4}|ff?\.)?(?=\))", ""),
    rule("footnote mark", "p", r"[†‡](?=\s?[=:])",
         lambda m, _c: "a dagger" if m[0] == "†" else "a double dagger"),
    rule("points", "l", r"(?:(?<=percentage\s)|(?<=pct\s)|(?<=log\s)|(?<=index\s)|(?<=data\s))"
         r"pts?\.?(?!\w)", "points"),
    rule("title", "U", r"Sr\.\s(?=([A-Z][a-z]+))", _say_senor),
)  # fmt: skip
