"""Text as in papers: references to parts of a paper, abbreviations, titles, streets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.roman import read_roman
from paperledge_audio.spoken.numbers.words import cardinal, decimal, label
from paperledge_audio.spoken.rules.rule import SPACES, Context, Saying, rule
from paperledge_audio.spoken.sentences import is_full_stop

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_PARTS = {
    "Fig": "figure", "Figs": "figures", "Eq": "equation", "Eqs": "equations", "Eqn": "equation",
    "Eqns": "equations", "Sec": "section", "Secs": "sections", "Sect": "section",
    "Tab": "table", "Tabs": "tables", "Alg": "algorithm", "Thm": "theorem", "Def": "definition",
    "App": "appendix", "Ch": "chapter", "Chap": "chapter", "Ref": "reference",
    "Refs": "references", "Vol": "volume", "No": "number", "Nos": "numbers", "pp": "pages",
    "p": "page", "Prop": "proposition", "Lem": "lemma", "Cor": "corollary", "Ex": "example",
    "Exp": "experiment", "Art": "article", "Arts": "articles", "Rm": "room",
    "Bldg": "building", "Sched": "schedule", "cl": "clause",
    "Suppl": "supplementary", "Supp": "supplementary", "Cat": "category",
    "fig": "figure", "figs": "figures", "eq": "equation",
    "eqs": "equations", "sec": "section", "ch": "chapter", "vol": "volume", "no": "number",
}  # fmt: skip
_NEVER_WORDS = "Figs?|Eqn?s?|Secs?|Sect|Thm|Lem|Suppl?|figs?|eqs?"
"""Parts whose names are said even without a number."""
_NO_DAY = r"(?=\.(?!\s?['’]?\d|[-–]))"
_ABBREVIATIONS = {
    # pattern of the printed text: what is said
    r"et al\.?['’]s": "and colleagues'", r"et al\.?": "and colleagues",
    r"e\.\s?g\.,?": "for example,", r"i\.\s?e\.,?": "that is,",
    r"cf\.": "compare", r"[Ee]tc\.": "et cetera",
    r"vs\.?|Vs\.|(?<=[a-z]\s)Vs(?=\s[A-Z][a-z])|(?<=[\d%]\s)Vs(?=\s\d)": "versus",
    r"viz\.": "namely",
    r"[Aa]pprox\.": "approximately", r"w\.?r\.?t\.?": "with respect to", r"resp\.": "respectively",
    r"s\.t\.": "such that", r"w\.\s?p\.": "with probability",
    r"a\.k\.a\.|aka": "also known as", r"i\.i\.d\.|iid": "I I D",
    r"yrs\.?": "years", r"hrs\.?": "hours", r"wks\.?": "weeks",
    r"p\.a\.": "per annum", r"est\.(?=\s(?:1[5-9]|20)\d\d\b)": "established",
    r"(?:(?<=PISA\s)|(?<=NAEP\s)|(?<=\bIQ\s)|(?<=\bSAT\s)|(?<=TIMSS\s))pts\.?": "points",
    r"pts\.?": "patients", r"ad lib\.": "ad lib",
    r"[Ee]duc\.": "education", r"(?:m\.\s?)?a\.s\.l\.": "above sea level",
    r"(?<=[a-z]\s)Fm\.?(?![\w-])": "Formation", r"acre-ft": "acre-feet",
    r"sens\.(?=\s[\d=])": "sensitivity", r"spec\.(?=\s[\d=])": "specificity",
    r"(?<=[\d%]\s)v\.?(?=\s\d)": "versus", r"(?<=[a-z]\s)v\.(?=\s[a-z]{2})": "versus",
    r"Gr\.(?=\s?\d)": "Grade", r"(?<!\d\s)gr\.(?=\s\d)": "grade",
    r"gen\.(?=\s\d)": "generation", r"pls": "please", r"f/u": "follow up", r"idk": "I don't know",
    r"tbh": "to be honest", r"[Tt]hx": "thanks",
    r"(?<=IEEE\s)Std\.?": "standard", r"(?<=[a-z]\s)Mts\.?": "Mountains",
    r"Mts\.(?=\s[A-Z])": "Mounts", r"Sat\.(?![-–])": "Saturday",
    r"Sun\.(?=,|\s[A-Z][a-z]{2,8}\.?\s\d)": "Sunday",
    r"a\.m\.s\.l\.": "above mean sea level", r"[Ee]sp\.": "especially",
    r"aa(?=\s\d{1,4}\s?[-–])": "amino acids", r"cv\.(?=\s[‘'“\"A-Z])": "cultivar",
    r"int['’]l": "international", r"gov['’]t": "government",
    r"nat['’]l": "national", r"dep['’]t": "department", r"Op\.(?=\s?\d)": "opus",
    r"[Pp]rob\.": "probability",
    r"k_?cat(?=\s?/\s?K[_]?[mM])": "K cat over", r"kcat": "K cat",
    r"v/v": "by volume", r"w/w": "by weight", r"w/v": "weight by volume",
    r"w/o": "without", r"w/": "with", r"(?<!\d\s)W/o": "Without", r"(?<!\d\s)W/(?=\s[a-z])": "With",
    r"(?<!/)b/c": "because", r"incl\.": "including", r"est\.": "estimated",
    r"b\.(?=\s?(?:1\d|20)\d\d\b)": "born", r"d\.(?=\s?(?:1\d|20)\d\d\b)": "died",
    r"fl\.(?=\s?1\d\d\d\b)": "flourished", r"Ph\.\s?D\.?s": "P H Ds",
    r"[Pp]h\.\s?[Dd]\.?": "P H D",
    r"[Aa]dj\.": "adjusted", r"w/cm(?=\s(?:ratio|of|was|is|[=≤<]))": "W over C M",
    r"l\.(?=\s\d)": "line", r"ll\.(?=\s\d)": "lines", r"col\.(?=\s?\d)": "column",
    r"cols\.(?=\s?\d)": "columns", r"[Cc]hr\.?(?=\s?(?:\d|[XY]\b))": "chromosome ",
    r"[Cc]oeffs?\.": "coefficient", r"params\.": "parameters", r"dim\.(?=\s\d)": "dimension",
    r"temp\.": "temperature",
    r"freq\.": "frequency", r"[Ss]eq\.": "sequence", r"len\.": "length", r"Tbl\.": "table",
    r"[Rr]el\.": "relative", r"err\.": "error", r"[Ee]xcl\.": "excluding",
    r"[Ii]ntl\.": "international", r"[Nn]atl\.": "national", r"Inst\.": "institute",
    r"[Cc]onf\.(?=\s[a-z])": "conference", r"Proc\.(?=\sof\b)": "proceedings", r"Mdn": "median",
    r"[Ss]upp\.": "supplementary", r"[Aa]ppx\.": "appendix", r"[Aa]vg\.": "average",
    r"acc\.": "accuracy",
    r"[Dd]ept\.": "department", r"[Uu]niv\.": "university",
    r"ca\.|ca(?=\s\d)": "circa", r"E\.\s?g\.,?": "For example,", r"I\.\s?e\.,?": "That is,",
    r"Cf\.": "Compare", r"N\.\s?[Bb]\.": "note well", r"P\.S\.": "P S",
    r"M\.Sc\.?": "M S C", r"B\.Sc\.?": "B S C", r"ibid\.": "ibid",
    r"et seq\.": "and following", r"and co\.": "and company",
    r"a\.m\.": "A M", r"p\.m\.": "P M", r"std\. dev\.": "standard deviation",
    r"c\.(?=\s?\d|\sA\.?D\b)": "circa",
    r"[Aa]ssoc\.": "associate", r"bldgs?\.": "building",
    r"ver\.(?=\s?\d)": "version", r"rev\.(?=\s?\d)": "revision",
    r"sat\.(?=\s(?:aq\b|brine|NaCl|NaHCO|Na2|Na₂|NH4|NH₄|K2|K₂))": "saturated",
    r"aq\.": "aqueous", r"anhyd\.": "anhydrous", r"dil\.": "dilute", r"soln\.": "solution",
    r"conc\.(?=\s(?:of|in|was|is|were)\b|\s[(\[])": "concentration", r"conc\.": "concentrated",
    r"(?<=\d\s)ind(?:s|iv)?\.": "individuals",
    r"(?<=%\s)sel\.": "selectivity", r"s/p(?=\s[A-Za-z])": "status post",
    r"hx(?=\sof\b)": "history", r"mol\.\s?wt\.?": "molecular weight",
    r"(?<=[a-z%]\s)wt\.": "weight", r"(?<=by\s)vol\.": "volume",
    r"(?<=%\s)pred\.": "predicted", r"(?<=%\s)conv\.": "conversion",
    r"(?<=\d\s)eqs?\.(?!\s?[\d(])": "equivalents", r"(?<=\d\s)equiv\.?": "equivalents",
    rf"Jan{_NO_DAY}": "January", rf"Feb{_NO_DAY}": "February", rf"Mar{_NO_DAY}": "March",
    rf"Apr{_NO_DAY}": "April", rf"Jun{_NO_DAY}": "June", rf"Jul{_NO_DAY}": "July",
    rf"Aug{_NO_DAY}": "August",
    rf"Sept?{_NO_DAY}": "September", rf"Oct{_NO_DAY}": "October", rf"Nov{_NO_DAY}": "November",
    rf"Dec{_NO_DAY}": "December", r"s/he": "he or she",
    r"Mon\.(?![-–])": "Monday", r"Tues?\.(?![-–])": "Tuesday", r"Wed\.(?![-–])": "Wednesday",
    r"Thu(?:rs?)?\.(?![-–])": "Thursday", r"Fri\.(?![-–])": "Friday",
}  # fmt: skip
_FORMS = tuple((re.compile(form), said) for form, said in _ABBREVIATIONS.items())
_TITLES = {
    "Rev": "Reverend", "Pres": "President",
    "Dr": "Doctor", "Prof": "Professor", "Profs": "Professors", "Mr": "Mister",
    "Mrs": "Missus", "Ms": "Miz", "St": "Saint", "Md": "Mohammad", "Mt": "Mount", "Ft": "Fort",
    "Sen": "Senator", "Gov": "Governor", "Gen": "General", "Rep": "Representative",
    "Adm": "Admiral", "Cmdr": "Commander", "Cdr": "Commander", "Cpl": "Corporal",
    "Pvt": "Private", "Hon": "Honorable", "Drs": "Doctors", "Sens": "Senators",
    "Reps": "Representatives", "Govs": "Governors", "Mme": "Madame", "Mlle": "Mademoiselle",
    "Amb": "Ambassador", "Asst": "Assistant", "Msgr": "Monsignor", "Supt": "Superintendent",
    "Det": "Detective", "Brig": "Brigadier",
    "Lt": "Lieutenant", "Col": "Colonel", "Capt": "Captain", "Sgt": "Sergeant", "Maj": "Major",
}  # fmt: skip
_NAMES_TOO = frozenset({"Sen", "Gov", "Gen", "Rep", "Col", "Maj", "Pres", "Rev", "Mt", "Ft"})
"""Titles that are names of people as well."""
_STANDARD = re.compile(
    r"\b(?:ISO|IEC|FIPS|EN|DIN|BS|ANSI|IEEE|ASTM|ASCE|ACI|AISC|ASHRAE|ETSI|NIST|SP|SOC|NAICS|"
    r"IS|JIS|NZS|CSA|SAE|API|NFPA)"
    r"(?:/[A-Z]{2,4})?\s(?:Std\.?\s|SP\s)?$"
)
_DOTTED_ROW = "Adm Cdr Hon Drs Sens Reps Govs Amb Asst Supt Det Brig Mme"
_DOTTED = frozenset(_DOTTED_ROW.split())
"""Titles only with their dot."""
_LETTERS = r"\s[A-Z]s?(?!\w)"
"""Behind the first letter of an acronym that is said letter by letter."""
_STREETS = {
    "St": "Street", "Rd": "Road", "Ave": "Avenue", "Blvd": "Boulevard", "Sq": "Square",
    "Ln": "Lane", "Hwy": "Highway", "Pkwy": "Parkway", "Dr": "Drive",
}  # fmt: skip
"""What follows the name of a street or a place."""
_LETTERED_ST = re.compile(r"(?:\d|\b(?:on|off|along|near))\s[A-Z]\s$")
_STREET_NAME = re.compile(r"(?:(?<![\w.'’-])(?!I\s)[A-Z][\w'’-]{0,15}\.?|\d(?:st|nd|rd|th))\s$")
_SUFFIXES = {
    "Jr": "Junior", "Sr": "Senior", "Inc": "Incorporated", "Ltd": "Limited",
    "Corp": "Corporation",
}  # fmt: skip
_LABELLED = re.compile(
    r"\b(?:eqs?\.|equations?|figs?\.|figures?|table|sec\.|section|app\.|appendix|panels?|parts?)\s?$",
    re.IGNORECASE,
)
"""Before the number or letter of a part in brackets."""
_PARTY = re.compile(r"(?:^|\W)[A-Z][\w.'’&-]{0,20}\)?\s$")
_JOURNAL = re.compile(r"(?:^|\W)[A-Z][a-z]{2,4}\.\s$")
"""A shortened word of a journal's name, as in "Phys. Rev."."""


_GENERATION = re.compile(r"\s(?:[XYZ](?![a-z])|[XYZ]-?ers?\b|Zs\b|Alpha\b|Beta\b|A ?I\b)")
"""Behind "Gen" for a generation, or for what generates."""


def _say_part(match: re.Match[str], _context: Context) -> Saying:
    name = _PARTS[match[1]]
    if match[1] == "no" and re.match(r"I(?!\w)", match.string[match.end() :][:2]):
        return None  # "she said no. I asked again"
    return f"{name.capitalize() if match[1][0].isupper() and _starts_sentence(match) else name} "


def _starts_sentence(match: re.Match[str]) -> bool:
    """Whether the match starts a sentence."""
    before = match.string[: match.start()].rstrip()
    return not before or before[-1] in ".?!"


def _say_bracketed(match: re.Match[str], _context: Context) -> Saying:
    """The number of an equation, or the letter of a panel, in its brackets."""
    number, beside, letter = match.groups()
    if not _LABELLED.search(match.string[max(match.start() - 20, 0) : match.start()]):
        return None
    if number:
        return f" {cardinal(number)} {(beside or '').upper()}".rstrip()
    roman = read_roman(letter.upper()) if letter in "ivx" else 0
    return f" {cardinal(str(roman)) if roman else letter.upper()}"


def _say_versus(match: re.Match[str], _context: Context) -> Saying:
    """Between the parties of a case, as in "Brown v. Board"; else a variable."""
    before = match.string[max(match.start() - 24, 0) : match.start()]
    named = _PARTY.search(before)
    return "versus" if named and not is_full_stop(match.string, match.end() - 1) else None


def _say_locus(match: re.Match[str], _context: Context) -> Saying:
    """A place in a genome, as "chr7:140,453,136"."""
    name, *places = match.groups()
    said = " to ".join(cardinal(one.replace(",", "")) for one in places if one)
    return f"chromosome {cardinal(name) if name.isdecimal() else name}, position {said}"


def _say_abbreviation(match: re.Match[str], _context: Context) -> Saying:
    text, start = match.string, match.start()
    found = ((form.match(text, start), said) for form, said in _FORMS)
    return next((said for one, said in found if one and one.end() == match.end()), None)


def _say_title(match: re.Match[str], context: Context) -> Saying:
    """A title; "St." at the end of a sentence is a street."""
    dotted = match[0].endswith(".")
    ends = dotted and is_full_stop(match.string, match.end() - 1)
    if not _is_title(match, context, ends=ends):
        return None
    return "Street" if ends and match[1] == "St" else _TITLES[match[1]]


def _is_title(match: re.Match[str], context: Context, *, ends: bool) -> bool:
    """Whether a title's short form is one: "Rev." in a journal's name, "Sen. He" and "Gen Z" not.

    In a credit a word without a full stop is a name: Sen Song. `ends`: a sentence ends behind it.
    """
    name, dotted = match[1], match[0].endswith(".")
    before = match.string[max(match.start() - 12, 0) : match.start()]
    after = match.string[match.end() : match.end() + 3]
    return not any((
        context.role == "credit" and not dotted and name in _NAMES_TOO,
        name in {"Mt", "Ft"} and not dotted and re.match(r"\s[A-Z](?![a-z])", after),
        name in {"Rev", "Pres"} and (not dotted or _JOURNAL.search(before)),
        name in _DOTTED and not (dotted and re.match(r"\s[A-Z]", after)),
        name == "Gen" and _GENERATION.match(match.string, match.end()),
        ends and name in {"Sen", "Gen"},
    ))  # fmt: skip


def _say_standard(match: re.Match[str], _context: Context) -> Saying:
    """The number of a standard, as in "ISO 9241-11:2018"."""
    first, parts, year = match.groups()
    before = match.string[max(match.start() - 24, 0) : match.start()]
    if not (parts or year) or not _STANDARD.search(before):
        return None
    said = [label(part) for part in (first, *parts.split("-")[1:])]
    return " ".join(said) + (f", {label(year)}" if year else "")


def _say_street(match: re.Match[str], _context: Context) -> Saying:
    """What a name or an ordinal makes a street, as in "Fleet St." and "5th Ave."."""
    before = match.string[max(match.start() - 20, 0) : match.start()]
    name = _STREET_NAME.search(before)
    letter = name and len(name[0]) == 2
    if not name or (letter and (match[1] not in {"St", "Ave"} or not _LETTERED_ST.search(before))):
        return None  # "on A St." is a street, "X Dr." is none
    return _STREETS[match[1]]


def _say_court(match: re.Match[str], _context: Context) -> Saying:
    """The last word of "Elm Ct." and "Park Pl."."""
    before = match.string[max(match.start() - 20, 0) : match.start()]
    return {"Ct": "Court", "Pl": "Place"}[match[1]] if _STREET_NAME.search(before) else None


def _say_suffix(match: re.Match[str], _context: Context) -> Saying:
    return _SUFFIXES[match[1]]


def _match_any(names: dict[str, str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


RULES: tuple[Rule, ...] = (
    rule("pages", "d", r"(\d{1,5})ff\.?(?!\w)",
         lambda m, _c: f"{cardinal(m[1])} and following"),
    rule("standard", "d", r"(\d{1,5})((?:-\d{1,4}){0,3})(?::(\d{4}))?(?![\w-])", _say_standard),
    rule("code", "U", r"(I?Q)(\d)_([A-Z0-9])(?:_([A-Z]{1,3}))?(?!\w)",  # how weights are rounded
         lambda m, _c: f"{' '.join(m[1])} {cardinal(m[2])} {m[3]} {' '.join(m[4] or '')}".rstrip()),
    rule("degrees of freedom", "l", r"d\.o\.f\.(?!\w)", "degrees of freedom"),
    rule("dose", "l", r"(?<=\d\sm[gL]\s)(?:bid|tid|qid|qd|po|iv)(?!\w)",
         lambda m, _c: " ".join(m[0].upper())),
    rule("approximation", "l", r"(?<=[-‐‑])approx\.?(?![\w.])", "approximation"),
    rule("section sign", "p", r"(§§?)\s?(?=[A-Z]?\d|[IVX]{1,5}(?!\w)|[A-Z](?!\w))",
         lambda m, _c: "sections " if len(m[1]) > 1 else "section "),
    rule("paragraph sign", "p", r"¶\s?(?=\d)", "paragraph "),
    rule("algorithm", "p", r"(?:(?<=\b(?:IDA|LPA|SMA|RRT|BIT|FMT|MIP))|(?<=\bD))\*(?=[\s.,;:)]|$)",
         " star"),
    rule("pages", "d", r"(\d{1,4})\spp\.?(?=\))|(\d{3}|\d,\d{3})\spp(?!\w)\.?(?=[,;)\s]|$)",
         lambda m, _c: f"{decimal(m[1] or m[2])} pages"),
    rule("footnote mark left out", "p", r"[†‡§¶*※](?=[\s.,;:)†‡§¶*]|$)", ""),
    rule("footnote mark left out", "p", r"(?<=[A-Za-z][a-z]{3})[¹²³⁴-⁹](?!\w)(?=[\s,;:]|$)", ""),
    rule("footnote mark left out", "p", r"(?<=[.,;])[¹²³⁴-⁹]+", ""),
    rule("footnote mark left out", "p", r"(?<!\S)[¹²³⁴-⁹](?=[A-Z][A-Za-z]{2})", ""),
    rule("reference", "Ul", rf"({_match_any(_PARTS)})\.\s?"
         rf"(?=\(?\d|[A-Z]\.?\d|[IVXLC]+\b(?!{_LETTERS})|\([a-z]{{1,4}}\))", _say_part),
    rule("reference", "l", r"(?<!\w)(pp?|ch|vol|sec)\.\s(?=[ivxl]{1,7}(?![\w.’'-]\w|\w))",
         _say_part),
    rule("reference", "U", r"(App|Fig|Figs|Tab|Sec|Alg|Thm)\.\s?"
         rf"(?=[A-Z](?![^\W₀-₉]|{_LETTERS})|\$\w)", _say_part),
    rule("reference", "sp", rf"{SPACES}\((?:(\d+)([a-z])?|([a-z]))\)", _say_bracketed),
    rule("reference", "p", r"(?<=\))[–-]\(([a-z]|\d{1,2})\)",
         lambda m, _c: f" to {cardinal(m[1]) if m[1].isdecimal() else m[1].upper()}"),
    rule("reference", "p", r"(?<=\d)\(([a-z])\)(?!\w)", lambda m, _c: f" {m[1].upper()}"),
    rule("case", "l", r"v\.(?=\s(?:the\s)?[A-Z])", _say_versus),
    rule("locus", "l", r"(?<!\w)chr(\d{1,2}|[XY]):(\d{1,3}(?:,?\d{3}){1,3})"
         r"(?:[-–](\d{1,3}(?:,?\d{3}){1,3}))?(?!\w|,\d)", _say_locus),
    rule("chromosome", "l", r"(?<!\w)chr(?=(?:\d{1,2}|[XYM])(?:[pq]\d|(?!\w)))", "chromosome "),
    rule("abbreviation", "Ul", rf"(?:{'|'.join(_ABBREVIATIONS)})(?!\w)", _say_abbreviation),
    rule("title", "U", rf"({_match_any(_TITLES)})\.?(?=\s(?:[A-Z]|\d{{1,4}}[./-]\d))", _say_title),
    rule("street", "U", rf"(?<=\s)({_match_any(_STREETS)})(?=\.?(?:[,;:)]|\s[a-z(!=<>]|$)|\.\s)",
         _say_street),
    rule("street", "U", r"(?<=\s)(Ct|Pl)(?=\.(?!\w))", _say_court),
    rule("title", "U", rf"({_match_any(_SUFFIXES)})\.(?=\s?[a-z,;)]|$)", _say_suffix),
    rule("title", "U", rf"({_match_any(_TITLES)})\.(?=\s\S)", _say_title),
    rule("title", "U", r"(?<!\w)[DM]r(?![\w.'’/-])",
         lambda m, _c: "Doctor" if m[0] == "Dr" else "Mister"),
    rule("title", "U", rf"({_match_any(_SUFFIXES)})\.(?!\w)", lambda m, _c: f"{_SUFFIXES[m[1]]}."),
    rule("reference", "Ul", rf"({_NEVER_WORDS})\.(?=\s)", _say_part),
)  # fmt: skip
