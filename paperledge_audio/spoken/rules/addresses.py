"""Addresses, of which only the host is said, and the numbers of networks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken import english
from paperledge_audio.spoken.names.words import read_name
from paperledge_audio.spoken.numbers.words import cardinal, label, spell_digits
from paperledge_audio.spoken.rules.rule import SPACES, Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_KNOWN = {
    "arxiv": "archive", "github": "git hub", "huggingface": "hugging face",
    "youtube": "you tube", "openai": "open A I", "openreview": "open review",
    "linkedin": "linked in", "gmail": "G mail", "pytorch": "pie torch", "ieee": "I triple E",
    "doi": "D O I", "acm": "A C M", "nih": "N I H", "mit": "M I T", "io": "I O", "ai": "A I",
    "edu": "E D U", "uk": "U K", "de": "D E", "tv": "T V", "eu": "E U", "us": "U S",
    "fr": "F R", "cn": "C N", "jp": "J P", "ch": "C H", "ly": "L Y", "it": "I T",
    "nl": "N L", "se": "S E", "es": "E S", "ca": "C A", "au": "A U", "xyz": "X Y Z",
}  # fmt: skip
"""Parts of addresses with their own words."""
_TAIL = r"(?:[^\s<>\"“”)\]]*[^\s<>\"“”)\].,;:!?'’])?"
_DOMAINS = (
    "com|org|net|edu|gov|io|ai|dev|co|uk|de|eu|ch|fr|info|app|me|pub|it|jp|cn|nl|se|es|ca|au|tv|"
    "xyz|blog|google|page|cloud|tech|science|news|wiki|studio|chat"
)
_ARXIV = r"[Aa]r[Xx]iv(?::\s?(?:[\w.-]+/)?|\s(?=\d{4}\.\d{4}))\d[\d.]*\d(?:v\d+)?(?:\s\[[\w.-]+\])?"
_DOI = r"10\.\d{4,}/[^\s]*[^\s.,;:)\]]"
_MAIL = (
    r"([\w+-]{1,64}+(?:\.[\w+-]{1,64}+){0,9})"
    r"@([A-Za-z][\w-]{0,62}(?:\.[\w-]{1,63}){0,9}\.[A-Za-z]{2,63})(?!\w)"
)
"""Labels have at most 63 characters (RFC 1035, 2.3.4), mailboxes 64 (RFC 5321, 4.5.3.1.1)."""


def _say_label(part: str) -> str:
    """One label of a host's name, or one piece of a mailbox's."""
    words = []
    for piece in re.findall(r"[A-Za-z]+|[0-9]+", part):
        low = piece.lower()
        if piece.isdecimal():
            words.append(cardinal(piece) if len(piece) < 4 else spell_digits(piece))
        elif low in _KNOWN:
            words.append(_KNOWN[low])
        elif len(low) == 1 or (len(low) < 5 and not re.search("[aeiouy]", low)) or _is_acronym(low):
            words.append(" ".join(low.upper()))
        else:
            words.append(low)
    return " ".join(words)


def _is_acronym(low: str) -> object:
    """Whether a short label is no word: "iit" is letters, "meta" a word."""
    return len(low) < 4 and re.match("[aeiou]{2}", low) and not english.is_known(low)


def _say_dotted(name: str) -> str:
    return " dot ".join(filter(None, map(_say_label, name.split("."))))


def _say_url(match: re.Match[str], _context: Context) -> Saying:
    """A web address: the host."""
    return _say_dotted(re.sub(r"^www\.", "", match["host"], flags=re.IGNORECASE)) or None


_ENDINGS = (
    "csv|json|jsonl|yaml|yml|toml|md|txt|pdf|py|ipynb|js|ts|html|css|xml|zip|tar|gz|exe|png|jpe?g|"
    "gif|svg|mp[34]|wav|flac|parquet|onnx|pth?|bin|log|cfg|ini|sh|cpp|rs|tex|bib"
)


def _say_file(match: re.Match[str], _context: Context) -> Saying:
    """A file's name, or its ending alone, as ".csv"."""
    name, ending = match.groups()
    return f"{_say_dotted(name)} dot {_say_label(ending)}" if name else f"dot {_say_label(ending)}"


_SIGNS = {"_": " underscore ", "-": " dash ", "+": " plus "}
"""Signs in a mailbox, where each one tells it from another."""


def _say_mail(match: re.Match[str], _context: Context) -> Saying:
    pieces = re.split(r"([_+-])", match[1])
    box = "".join(_SIGNS.get(piece) or _say_dotted(piece) for piece in pieces).strip()
    host = _say_dotted(match[2])
    return f"{box} at {host}" if box and host else None


_LAYOUT = frozenset({"b", "br", "div", "em", "i", "p", "span", "strong", "sub", "sup", "u"})


def _say_tag(match: re.Match[str], context: Context) -> Saying:
    """A tag by its name, as "<think>"; one that closes has a slash. What marks text is left out."""
    if match[2].lower() in _LAYOUT:
        return ", " if match[2].lower() in {"br", "p"} else " "
    words = "".join(span.said for span in read_name(match[2], context))
    return f", {'slash ' if match[1] else ''}{words}, "


def _say_ip(match: re.Match[str], _context: Context) -> Saying:
    """An IPv4 address: one of its numbers is large, or the words around say so."""
    numbers = match[1].split(".")
    near = match.string[max(match.start() - 60, 0) : match.end() + 30]
    named = match[2] or _NETWORK.search(near)
    if any(int(one) > 255 for one in numbers) or not (named or max(map(int, numbers)) > 99):
        return None
    words = " dot ".join(label(one) for one in numbers)
    return f"{words} slash {cardinal(match[2])}" if match[2] else words


def _say_ipv6(match: re.Match[str], _context: Context) -> Saying:
    """An IPv6 address that is shortened, sign by sign, as "2001:db8::/32"."""
    address, slash, size = match[0].partition("/")
    signs = (
        cardinal(one) if one.isdecimal() else {":": "colon"}.get(one, one.upper())
        for one in address
    )
    return " ".join(signs) + (f" slash {cardinal(size)}" if slash else "")


def _say_status(match: re.Match[str], _context: Context) -> Saying:
    """A status of HTTP, as in "HTTP 200" and "the API returns a 404"."""
    before = match.string[max(match.start() - 60, 0) : match.start()]
    named = re.search(r"\bHTTP\s$", before)
    counted = not match[2] and not re.search(r"\b(?:[Aa]n?|code|status|error)\s$", before)
    met = match[1] in _MET and _ENDS.match(match.string, match.end())
    if not named and (counted or not (met or _WEB.search(match.string))):
        return None
    return label(match[1]) + (match[2] or "")


def _say_region(match: re.Match[str], _context: Context) -> Saying:
    """A data center's region, as "us-east-1" and "ap-southeast-2a"."""
    country, side, number, zone = match.groups()
    return f"{' '.join(country.upper())} {side} {cardinal(number)} {zone.upper()}".rstrip()


_SIDE = "(?:north|south)?(?:east|west|central)|north|south"
_REGION = rf"(us|eu|ap|sa|ca|me|af|il|cn)-({_SIDE})-?(\d)([a-f]?)"
_GRAMMARS = {"k": "K", "*": "star"}
"""What stands in the bracket of a kind of grammar, as LL(k), beside the number of LALR(1)."""
_MET = frozenset({"403", "404", "429", "502", "503"})
"""Statuses that everybody meets."""
_ENDS = re.compile(
    r"[.,;:!?)]|$|\s(?:errors?|status|responses?|pages?|and|or|from|on|in|for|with|when|because|b/c|after)\b"
)
_NETWORK = re.compile(
    r"\b(?:IP|DNS|address(?:es)?|hosts?|servers?|subnets?|network|malware|traffic|resolvers?|ping\w*|"
    r"ICMP|TTL|routers?|gateways?|LAN|Cloudflare)\b"
)
_WEB = re.compile(r"\b(?:API|HTTP|servers?|requests?|responses?|endpoints?|web|pages?|URLs?)\b")
RULES: tuple[Rule, ...] = (
    rule("tag", "sp", rf"{SPACES}<\|?(/?)([A-Za-z]\w{{0,20}})\s?/?\|?>", _say_tag),
    rule("web address", "l", rf"(?:https?|ftp)://(?P<host>[\w.-]*\w)(?::\d+)?{_TAIL}", _say_url),
    rule("web address", "l", rf"(?P<host>www\.[\w.-]*\w){_TAIL}", _say_url),
    rule("e-mail address", "Uld", _MAIL, _say_mail),
    rule("file name", "Uldp",
         rf"(?<![\w.])([A-Za-z][\w-]{{0,99}}(?:\.[\w-]{{1,99}}){{0,9}})?\.({_ENDINGS})(?![\w/])",
         _say_file),
    rule("identifier left out", "Ul", _ARXIV, "archive"),
    rule("identifier left out", "Uld", rf"(?<=\bat\s)(?:(?:doi|DOI):?\s?)?{_DOI}", "the D O I"),
    rule("identifier left out", "Uld", rf"(?:(?:doi|DOI):?\s?)?{_DOI}", "D O I"),
    rule("web address", "Uld",
         rf"(?P<host>(?:[A-Za-z][\w-]{{0,62}}\.){{1,9}}(?:{_DOMAINS}))(?![\w-])(?:/{_TAIL})?",
         _say_url),
    rule("IP address", "dl", r"(?<![\w:.])(?=[\da-f:]{0,40}::)"
         r"[\da-f]{1,4}(?::{1,2}[\da-f]{1,4}){0,7}(?:::)?(?:/\d{1,3})?(?![\w:])", _say_ipv6),
    rule("IP address", "d", r"(\d{1,3}(?:\.\d{1,3}){3})(?:/(\d{1,2}))?(?!\w|\.\d)", _say_ip),
    rule("prefix", "sp",
         r"(?:(?<![\w/\s])|\s)/(\d{1,3})(?=\s(?:prefix|block|subnet|network|range|IPv)|s\b)",
         lambda m, _c: f" slash {cardinal(m[1])}"),
    rule("prefix", "s", r"(?:(?<=\bIPv[46])|(?<=\b[Aa])|(?<=\b[Tt]he))\s/(\d{1,3})(?=[\s.,;:)]|$)",
         lambda m, _c: f" slash {cardinal(m[1])}"),
    rule("region", "l", rf"(?<![\w-]){_REGION}(?![\w-])", _say_region),
    rule("call", "p", r"(?<=[a-z_]{2})\(\)(?!\w)", ""),
    rule("manual", "p", r"(?<=[a-z]{2})\(([1-9])\)(?!\w)", lambda m, _c: f" {cardinal(m[1])}"),
    rule("grammar", "p", r"(?<=[A-Z]{2})\(([0-9k*])\)(?!\w)",
         lambda m, _c: f" {_GRAMMARS.get(m[1]) or cardinal(m[1])}"),
    rule("home", "p", r"(?<!\w)~/\.?(?=\w)",
         lambda m, _c: "tilde slash dot " if m[0][-1] == "." else "tilde slash "),
    rule("port", "d", r"(?<=\b[Pp]ort\s)\d{4,5}(?!\w)", lambda m, _c: label(m[0])),
    rule("status", "d", r"([1-5]\d\d)(s?)(?![\w-]|[.,]\d)", _say_status),
)  # fmt: skip
