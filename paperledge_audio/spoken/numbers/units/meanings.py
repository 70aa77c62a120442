"""Symbols with two meanings, told apart by the text around: bases and bits, angles and inches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.numbers.patterns import TO, N, counts_as_one
from paperledge_audio.spoken.numbers.units import ages
from paperledge_audio.spoken.numbers.units.grammar import read_unit
from paperledge_audio.spoken.numbers.units.table import UNITS
from paperledge_audio.spoken.numbers.words import cardinal, decimal, span_of
from paperledge_audio.spoken.rules.rule import Context, Saying, rule, text_around

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_FINANCE = re.compile(
    r"\b(?:rates?|yields?|spreads?|Fed|ECB|bonds?|inflation|CPI|cuts?|hikes?|fees?|returns?|"
    r"treasur(?:y|ies)|loans?|easing|tightening|mortgages?|margins?|basis|GDP|prices?|"
    r"funds?|charge[sd]?|portfolios?|banks?|markets?|borrow\w*|lend\w*|credit|debt|premiums?|"
    r"equit(?:y|ies)|stocks?|swaps?|Libor|SOFR)\b",
    re.IGNORECASE,
)
_AGED = re.compile(r"\bcal\b|radiocarbon|14C|¹⁴C|C14|\bBCE?\b|dendro|archaeolog|OxCal|\bAMS\b")
_WRITTEN = re.compile(r"LLM|GPU|RTX|tok|decod|GGUF|quanti[sz]|Llama|Qwen|Mistral|GPT|\b\d+B\b")
_BONDS = re.compile(
    r"\b(?:yields?|bonds?|notes?|gilts?|swaps?|[Tt]reasur(?:y|ies)|Bunds?|BTPs?|OATs?|JGBs?|USTs?)\b"
)
_MOVED = re.compile(r"\b(?:by|up|down|rose|fell|another|widened|tightened)\s$")
_GENOME = re.compile(
    r"\b(?:Genom|Assembl|Reads|Sequenc|Contig|Scaffold|Chromosom)|genom|amplicon|primer|\bPCR\b|exon|intron|transcript|contig|chromosom|assembl|N50|sequenc|"
    r"\breads?\b|\bloc(?:us|i)\b|deletion|\bgenes?\b|plasmid|\bchr|base\spairs|nucleotides|scaffold|"
    r"\b(?:[DR]NA|LD|SNPs?|T[SE]S|TADs?|QTLs?|GWAS|CNVs?)\b|haplotype|enhancer|promoter|linkage|chromatin"
)
_CURRENTS = re.compile(
    r"AMOC|overturning|ocean|currents?\b|strait|gyre|transport|Gulf Stream|Drake|m³ ?[s/]",
    re.IGNORECASE,
)
_SKY = re.compile(
    r"\b(?:FOV|FWHM|PSF|[Ss]eeing|field\sof\sview|angles?|pixels\sare|separations?|beam|telescopes?|mirrors?|slit|aperture|galax\w+|stars?|nebula\w*|"
    r"quasars?|lens(?:ed|es|ing)?|Einstein|orbits?|proper\smotion|parallax|sky|"
    r"(?:proto|circum)\w+\sdis[ck]s?|dis[ck]'?s?\sscale|arcs?|RA|Dec|ALMA|JWST|Hubble|HST|VLBI|M\d{1,3})\b|″/"
)
_ACCELERATED = re.compile(
    r"g/√Hz|\b(?:PGA|IMUs?|(?:ac|de)celerat\w+|accelerometers?|brak(?:es?|ed|ing)|lateral|full[\s-]scale|centrifug\w+|g-forces?|g['’]s|m/s²|ground\smotions?|shaking)"
)
_PLANETS = re.compile(
    r"\b(?:planets?|exoplanets?|Jupiters?|RJup|host|brown\sdwarfs?|companions?)\b"
)
_BUILT = re.compile(
    r"\b(?:bolts?|pipes?|truss(?:es)?|lumber|wood|plywood|steel|studs?|joists?|panels?|concrete|"
    r"walls?|slabs?|tiles?|nails?|doors?|windows?|tall)\b"
)
"""What is built, and measured in feet and inches."""
_WATER = re.compile(
    r"\b(?:dams?|reservoirs?|lakes?|rivers?|water|storage|inflows?|runoff|aquifers?|basins?)\b"
)
_PER_THOUSAND = re.compile(
    r"\b(?:transits?|TESS|Kepler|CHEOPS|photometr\w+|light\scurves?|eclips\w+|salin\w+|seawater|"
    r"brackish|estuar\w+|brines?)\b",
    re.IGNORECASE,
)
_PREFIXES = {"k": "kilo", "M": "mega", "G": "giga", "m": "milli", "µ": "micro", "μ": "micro"}
_CONVERTERS = re.compile(
    r"\b(?:[AD][DA]Cs?|SAR|ENOB|S/s|[kMG]SPS|converters?|quanti[sz]\w+|resolution|adders?|multipliers?|"
    r"precision|integers?|registers?|CMOS|weights|activations|ECC)\b"
)
"""What has bits that circuits' designers write with a hyphen, as in "a 12-b ADC"."""
_PACKED = re.compile(
    r"\b(?:MTU|MSS|payloads?|packets?|headers?|cache\slines?|registers?|keys?|hash(?:es)?|nonces?|"
    r"jumbo|UDP|TCP|datagrams?|objects?\sof|records?\sof|ciphertexts?|signatures?|"
    r"Kyber|Dilithium|KEM|ct|pk|sk|proofs?)\b"
)
_WINDS = re.compile(
    r"\b(?:winds?|gusts?|airspeeds?|groundspeed|hurricanes?|cyclones?|typhoons?|storms?|cruis\w+|stalls?|KIAS|KTAS|runway|takeoff|"
    r"aircraft|airplanes?|flight|Mach|ships?|vessels?|knots|Category|FL\d{3})\b"
)
_WINDS = re.compile(
    r"\b(?:\w{0,5}winds?|gust\w*|hurricanes?|typhoons?|cyclones?|storms?|Cat(?:egory)?|landfall|eyewall|"
    r"intensif\w+|\w{0,6}speeds?|ships?|vessels?|currents?|jet|cruis\w+|stalls?|KIAS|KTAS|runway|takeoff|"
    r"aircraft|airplanes?|flight|Mach|knots|FL\d{3})\b",
    re.IGNORECASE,
)
_INFECTED = re.compile(
    r"infect|inoculat|challenge|vir(?:us|al|emi)|titer|PFU|lesion|pathogen|hpi\b|symptom",
    re.IGNORECASE,
)


_COUNTED = (
    r"\s(?:(?!long|tall|high|deep|wide|thick|away|from|of|by|to|and|or|for|in|on|with|the)[a-z-]+\s)?"
    r"(?:people|workers|jobs|refugees|voters|votes|users|households|homes|houses|dwellings|families|"
    r"children|kids|pupils|students|graduates|teachers|adults|women|men|girls|boys|births|deaths|"
    r"patients|cases|infections|doses|vaccinations|migrants|immigrants|emigrants|residents|citizens|"
    r"inhabitants|pensioners|retirees|employees|employers|farmers|members|subscribers|customers|"
    r"consumers|viewers|listeners|readers|visitors|tourists|passengers|commuters|drivers|soldiers|"
    r"slaves|prisoners|displaced|unemployed|firms|companies|businesses|accounts|returns|claims|"
    r"transactions|purchases|sales|orders|loans|mortgages|policies|units|vehicles|cars|trucks|"
    r"barrels|tonnes|tons|acres|hectares|books|copies|documents|articles|papers|pages|records|"
    r"tweets|posts|comments|messages|photos|downloads|streams|views|clicks|visits|trips|flights|"
    r"observations|individuals|participants|respondents|applicants|applications|tax\sreturns|"
    r"smokers|drinkers|speakers|believers|Muslims|Christians|Jews|Hindus|Catholics|"
    r"[A-Z][a-z]+(?:ans|ese|ish|tons|ards|mans))\b"
)
"""People and things that are counted in millions, not measured."""
_MILLIONS_AFTER = re.compile(_COUNTED)
_MILLIONS_BEFORE = re.compile(
    r"(?:\b[nN]\s?[=≈]\s?|\b[Pp]opulation(?:s?\sof|:|\swas|\sis)?\s(?:(?:about|some|over)\s)?[~≈]?|"
    r"[$€£¥₹][\d.,]{1,9}m\s(?:in\s\d{4}\s)?(?:to|and|or|from)\s)$"
)


def is_sky(text: str, place: int) -> bool:
    """Whether the text around a place is about the sky, where seconds and minutes are angles."""
    near = text[max(place - 80, 0) : place + 60]
    return bool(_SKY.search(near)) and not _BUILT.search(near)


def _say_millions(match: re.Match[str], _context: Context) -> Saying:
    """Millions of people or things, as in "12m workers" and "n = 2.3m"; else meters."""
    before = match.string[max(match.start() - 40, 0) : match.start()]
    if not (_MILLIONS_AFTER.match(match.string, match.end()) or _MILLIONS_BEFORE.search(before)):
        return None
    first, second = match.groups()
    return f"{span_of(first, second)} million"


def _say_bases(match: re.Match[str], _context: Context) -> Saying:
    """Bases of a genome, where the sentence is about one; else bits."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 60]
    if not _GENOME.search(near):
        return None
    prefix = _PREFIXES[match[4]]
    one = (match[1] == "1" and not match[2]) or match[3] == "-" or counts_as_one(match)
    words = span_of(match[1], match[2])
    return f"{words} {prefix}base{'' if one else 's'}"


def _say_basis_points(match: re.Match[str], _context: Context) -> Saying:
    """Hundredths of a percent, where the sentence is about rates; else bits or base pairs."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 60]
    moved = _MOVED.search(match.string[max(match.start() - 10, 0) : match.start()])
    if not _FINANCE.search(near) and not (moved and "bps" in match[0]):
        return None
    one = match[1] == "1" or "-" in match[0] or counts_as_one(match)
    return f"{decimal(match[1])} basis point{'' if one else 's'}"


def _say_age(match: re.Match[str], _context: Context) -> Saying:
    """An age before the present, where the text is about dating; else base pairs."""
    near = match.string[max(match.start() - 60, 0) : match.end() + 60]
    if not _AGED.search(near):
        return None
    margin = f" plus or minus {decimal(match[2])}" if match[2] else ""
    return f"{decimal(match[1])}{margin} B P"


def _say_tokens(match: re.Match[str], _context: Context) -> Saying:
    """How fast a language model writes; else tonnes per second."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 60]
    return f"{decimal(match[1])} tokens per second" if _WRITTEN.search(near) else None


def _say_bond(match: re.Match[str], _context: Context) -> Saying:
    """A bond or a rate by its years, as "the Bund 10y", where the sentence is about such."""
    near = match.string[max(match.start() - 60, 0) : match.end() + 60]
    return f"{cardinal(match[1])} year" if _BONDS.search(near) else None


def _say_sverdrups(match: re.Match[str], _context: Context) -> Saying:
    """Millions of cubic metres a second, where the sentence is about currents; else sieverts."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 60]
    if not _CURRENTS.search(near):
        return None
    first, second = match.groups()
    words = span_of(first, second)
    one = (first == "1" and not second) or counts_as_one(match)
    return f"{words} sverdrup{'' if one else 's'}"


def _say_knots(match: re.Match[str], _context: Context) -> Saying:
    """Speeds, where the sentence is about winds or ships; else kilotonnes."""
    if not _WINDS.search(text_around(match, 80)):
        return None
    first, second = match.groups()
    one = first == "1" or "-" in match[0][-3:] or counts_as_one(match)
    words = span_of(first, second)
    return f"{words} knot{'' if one else 's'}"


def _say_patients(match: re.Match[str], _context: Context) -> Saying:
    """People in a trial, where the sentence is about one; else points."""
    changed = _CHANGED.search(match.string[max(match.start() - 16, 0) : match.start()])
    if "." in match[1] or changed or not _TREATED.search(text_around(match, 80)):
        return None
    return f"{decimal(match[1])} patient{'' if match[1] == '1' else 's'}"


def _say_arbitrary(match: re.Match[str], _context: Context) -> Saying:
    """Units of a scale without a name, where something is rated; else distances in space."""
    near = text_around(match, 60)
    scale = "Agatston" if _CALCIUM.search(near) else "arbitrary"
    return f"{decimal(match[1])} {scale} units" if _RATED.search(near) else None


_TREATED = re.compile(
    r"\b(?:S?AEs?|patients?|trial|arms?|randomi[sz]ed|toxicit(?:y|ies)|cohort|grade|ORR|PFS|enrolled|"
    r"placebo|treated|respon(?:se|ded)|dos(?:es?|ed|ing)|relapsed?|died|surviv\w+)\b"
)
_CHANGED = re.compile(
    r"(?:\b(?:by|up|down|rose|fell|another|gain\w*|drop\w*|improv\w*|\w*creased|cut|added|lost|score\w*)"
    r"\s|[+−-])$"
)
"""Before points that something changed by."""
_RATED = re.compile(
    r"\b(?:s?RPE|load|fluorescen\w+|intensity|absorbance|OD|EMG|densitometry|expression|signal|"
    r"CAC|calcium|Agatston)\b"
)
_CALCIUM = re.compile(r"\b(?:CAC|calcium|Agatston)\b")


def _say_days_since(match: re.Match[str], _context: Context) -> Saying:
    """Days after an infection, where the sentence is about one; else dots per inch."""
    if not _INFECTED.search(text_around(match, 100)):
        return None
    return f"{decimal(match[1])} day{'' if match[1] == '1' else 's'} post infection"


def _say_sides(match: re.Match[str], _context: Context) -> Saying:
    """The sides of something before their unit, as in "73.7 × 92.1 cm"."""
    return " by ".join(f"{decimal(side[1])}{_PARTS[side[2]]}" for side in _SIDE.finditer(match[0]))


_SIDE = re.compile(rf"{N}([¼½¾])?")
_PARTS = {None: "", "¼": " and one quarter", "½": " and a half", "¾": " and three quarters"}


def _say_density(match: re.Match[str], _context: Context) -> Saying:
    """What there is for each area or volume, as in "464/km²"."""
    unit = read_unit(match.string, match.end(), match.endpos)
    if not unit:
        return None
    return name_letters(match.string[match.start() : unit.end], f" per {unit.say(one=True)}", "per")


def _say_water(match: re.Match[str], _context: Context) -> Saying:
    """Millions of cubic meters of water; nobody else has cubic megameters."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 60]
    return f"{decimal(match[1])} million cubic meters" if _WATER.search(near) else None


def _say_hubble(match: re.Match[str], _context: Context) -> Saying:
    """A length or a mass in terms of the Hubble constant, as "0.2 h⁻¹ Mpc"."""
    unit = read_unit(match.string, match.end(), match.endpos)
    if not unit:
        return None
    below = all(factor.exponent < 0 for factor in unit.factors)
    name = f"per {unit.factors[0].name.one}" if below else unit.say(one=False)
    words = f"{decimal(match[1]) if match[1] else ''} H {'inverse ' if match[2] else ''}{name}"
    return name_letters(match.string[match.start() : unit.end], words, "unit")


def _say_per_hubble(match: re.Match[str], _context: Context) -> Saying:
    """The same with a slash or behind the length, as "0.2 h/Mpc" and "100 Mpc/h"."""
    number, below, above = match.groups()
    if below:
        return f"{decimal(number)} H per {UNITS[below].one}"
    return f"{decimal(number)} H inverse {UNITS[above].many}"


def _say_gravities(match: re.Match[str], _context: Context) -> Saying:
    """Accelerations, where the sentence is about them; else grams."""
    near = match.string[max(match.start() - 60, 0) : match.end() + 60]
    if not _ACCELERATED.search(near):
        return None
    first, second = match.groups()
    return f"{span_of(first, second)} G"


def _say_jupiters(match: re.Match[str], _context: Context) -> Saying:
    """Masses and radii of Jupiter, where the sentence is about planets; else joules."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 60]
    if not _PLANETS.search(near):
        return None
    name = UNITS[f"{match[2]}Jup"]
    return f"{decimal(match[1])} {name.one if counts_as_one(match) else name.many}"


def _say_parts(match: re.Match[str], _context: Context) -> Saying:
    """Parts per thousand of light or of salt, where the sentence is about them."""
    if not _PER_THOUSAND.search(text_around(match, 80)):
        return None
    first, second = match.groups()
    words = f"{decimal(first)} to {decimal(second)}" if second else decimal(first)
    return f"{words} parts per thousand"


def _say_sampling(match: re.Match[str], _context: Context) -> Saying:
    """Samples or, on a bus, transfers a second, as in "1 GS/s" and "6400 MT/s"."""
    number, prefix, letter = match.groups()
    if letter == "T" and prefix not in {"M", "G"}:
        return None
    one = number == "1" or "-" in match[0]
    name = f"{'sample' if letter == 'S' else 'transfer'}{'' if one else 's'}"
    return f"{decimal(number)} {_PREFIXES.get(prefix, '')}{name} per second"


def _say_bits(match: re.Match[str], _context: Context) -> Saying:
    """Bits of a circuit, where the sentence is about one, as in "a 12-b ADC"."""
    near = match.string[max(match.start() - 40, 0) : match.end() + 40]
    return f"{decimal(match[1])} bit" if _CONVERTERS.search(near) else None


def _say_bytes(match: re.Match[str], _context: Context) -> Saying:
    """Bytes, where the words just before are about them, as in "an MTU of 1,500 B"."""
    near = match.string[max(match.start() - 40, 0) : match.start()]
    if "." in match[1] or not _PACKED.search(near):
        return None
    return f"{decimal(match[1])} byte{'' if match[1] == '1' or counts_as_one(match) else 's'}"


RULES: tuple[Rule, ...] = (
    rule("size", "sl", r"(?<=[½¼¾⅓⅔⅛])\s?[x×]\s?(?=\d)", " by "),
    rule("size", "d", rf"{N}[¼½¾]?(?:\s?[×x]\s?{N}[¼½¾]?){{1,3}}"
         r"(?=[\s-]?(?:cm|mm|in|ft|m|km|px|inch(?:es)?|feet|[µμn]m)(?:³|²|\b))",
         _say_sides),
    rule("per", "p", r"(?<=\d)/(?=(?:[kc]?m|mi|ha|ft|in)(?:[²³]|\^[23](?!\d)))", _say_density),
    rule("millions", "d", rf"{N}(?:m?{TO}{N})?m(?!\w)", _say_millions),
    rule("bases", "d", rf"{N}(?:{TO}{N})?(\s?|-)([kMG])b(?![\w/])", _say_bases),
    rule("patients", "d", rf"{N}\spts(?:\.(?=\s[a-z]|[,;)]))?(?![\w.])", _say_patients),
    rule("arbitrary units", "d", rf"{N}\sAU(?!\w)", _say_arbitrary),
    rule("knots", "d", rf"{N}(?:{TO}{N})?[\s-]?kt(?![\w/])", _say_knots),
    rule("days", "d", rf"{N}\s?dpi(?!\w)", _say_days_since),
    rule("cells", "d", rf"{N}\s?([KkM])/[µμu]L(?!\w)",
         lambda m, _c: f"{decimal(m[1])} {ages.SCALES[m[2].replace('K', 'k')]} per microliter"),
    *ages.RULES,
    rule("water", "d", rf"{N}\s?Mm³(?!\w)", _say_water),
    rule("Hubble units", "ds", rf"(?:{N}|(?<=[⁰¹²³⁴-⁹}}]))\s?h(⁻¹|\^-1|\^\{{-1\}})?\s?"
         r"(?=(?:M[☉⊙_]|[kMG]pc))", _say_hubble),
    rule("Hubble units", "d", rf"{N}\s?(?:h/([kMG]pc)|([kMG]pc)(?:/h|\s?h(?:⁻¹|\^-1)))(?!\w)",
         _say_per_hubble),
    rule("bytes", "d", rf"{N}\s?B(?![\w/'’-])", _say_bytes),
    rule("bytes", "d", r"(\d{1,4})[\s-]?B(?=\s(?:keys?|lines?|values?|blocks?|words?|"
         r"packets?|records?|cache|chunks?|entries)\b)", lambda m, _c: f"{cardinal(m[1])} byte"),
    rule("gravities", "d", rf"{N}(?:{TO}{N})?\s?g(?![\w/'’]|\sof\s(?!PGA))", _say_gravities),
    rule("gravities", "d", rf"{N}\s?([mµμ])g/√Hz(?!\w)",
         lambda m, _c: f"{decimal(m[1])} {_PREFIXES[m[2]]} G per root hertz"),
    rule("revolutions", "d", rf"{N}\s?r(?:ev)?/min(?!\w)",
         lambda m, _c: f"{decimal(m[1])} revolutions per minute"),
    rule("level", "d", rf"{N}\s?dB\(([AC])\)", lambda m, _c: f"{decimal(m[1])} decibels {m[2]}"),
    rule("bits", "d", rf"{N}-b(?![\w/'’-])", _say_bits),
    rule("Jupiters", "d", rf"{N}\s?([MR])J(?!\w)", _say_jupiters),
    rule("parts", "d", rf"{N}(?:{TO}{N})?\s?ppt(?!\w)", _say_parts),
    rule("sampling", "d", rf"{N}[\s-]?([kMG])?([ST])/s(?!\w)", _say_sampling),
    rule("basis points", "d", rf"{N}[\s-]?bps?(?![\w/])", _say_basis_points),
    rule("bonds", "d", r"(?<![\d.,])(2|3|5|7|10|20|30)[Yy](?!\w)", _say_bond),
    rule("age", "d", rf"{N}(?:\s?±\s?{N})?\sbp(?!\w)", _say_age),
    rule("tokens", "d", rf"{N}\s?t/s(?!\w)", _say_tokens),
    rule("chroma", "d", r"4:([024]):([024])(?![:\d])",
         lambda m, _c: f"four {cardinal(m[1])} {cardinal(m[2])}"),
    rule("patients", "d", r"(?:(?<=[nN]\s=\s)|(?<=[nN]=))(\d{1,6})\spts\.?(?!\w)",
         lambda m, _c: f"{cardinal(m[1])} patients"),
    rule("sverdrups", "d", rf"{N}(?:{TO}{N})?\s?Sv(?!\w)", _say_sverdrups),
)  # fmt: skip
