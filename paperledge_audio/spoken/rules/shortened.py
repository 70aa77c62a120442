"""Words that reports, tables and captions shorten, as "b/w", "min. wage" and "log pts."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_OLD = r"(?:BP|BCE?|CE|AD)\b"
_SHORTENED = {
    # pattern of the printed text: what is said
    rf"(?<!\w)uncal\.?(?=\s(?:yrs?\.?\s|a\s|ka\s|kyr\s)?{_OLD})": "uncalibrated",
    rf"(?<!\w)cal\.?(?=\s(?:yrs?\.?\s|a\s|ka\s|kyr\s)?{_OLD})": "calibrated",
    rf"(?<!\w)yrs?\.?(?=\s{_OLD})": "years",
    r"(?<=\d(?:st|nd|rd|th)[\s-])c(?:ent)?\.(?!\w)": "century",
    r"(?<=\d(?:st|nd|rd|th)\s)Cir\.": "Circuit",
    r"(?<=\d(?:st|nd|rd|th)\s)Amend\.": "Amendment",
    r"(?<=\d\s)Stat\.\s(?=\d)": "Statutes ", r"(?<=U\.S\.\s)Const\.": "Constitution,",
    r"Pub\.\sL\.(?:\sNo\.)?": "Public Law",
    r"Bd\.(?=\sof\s)": "Board", r"(?<=&\s)Co\.?(?!\w)": "Company",
    r"(?<!\.\s)Rev\.(?=\s?\d{1,2}(?:\.\d{1,2})?(?!\w))": "Revision",
    r"Dem\.[–/-]Rep\.": "Democrat Republican", r"Rep\.[–/-]Dem\.": "Republican Democrat",
    r"Dem\.(?=\s(?:Rep\.|[a-z]))": "Democratic", r"Rep\.(?=\sof\s)": "Republic",
    r"Rep\.(?=\s(?!de[l]?\b|di\b|la\b|v[ao]n\b)[a-z]{3})": "Republican",
    r"Rep\.(?=\s(?:[IVX]{1,4}(?!\w)|[3-6]\d\d[a-e]))": "Republic",
    r"[Aa]cc\.(?=\s[Nn]os?\.)": "accession", r"(?<=\d\s)mos\.?(?!\w)": "months",
    r"(?<!\d\s)\b[Pp]t\.(?=\s(?:\d{1,2}|[IVX]{1,4})(?!\w))": "part",
    r"Ep\.(?=\s?\d)": "Episode", r"(?<!\w)ep\.(?=\s?\d)": "episode",
    r"(?<!\w)[Vv]ols\.(?=\s?\d)": "volumes", r"(?<!\w)[Bb]k\.(?=\s?\d|\s[IVXivx])": "book",
    r"(?<!\w)sc\.(?=\s?\d|\s[ivx])|Sc\.(?=\s?\d|\s[ivxIVX]{1,4}(?!\w))": "scene",
    r"(?<!\w)vv\.(?=\s?\d)": "verses", r"(?<!\w)ss\.(?=\s?\d)": "sections",
    r"(?<!\w)para\.(?=\s?\d)": "paragraph", r"(?<!\w)paras\.(?=\s?\d)": "paragraphs",
    r"(?<!\w)reg\.(?=\s?\d)": "regulation", r"(?<!\w)regs\.(?=\s?\d)": "regulations",
    r"(?<!\w)fn\.(?=\s?\d)": "footnote", r"(?<!\w)fns\.(?=\s?\d)": "footnotes",
    r"(?<!\w)nn\.(?=\s?\d)": "notes",
    r"(?:(?<=[,;]\s)|(?<=\()|(?<=cf\.\s))n\.(?=\s\d)": "note",
    r"(?:Rte|Rt)\.(?=\s?\d)": "Route", r"Hwy\.?(?=\s?\d)": "Highway",
    r"Apt\.(?=\s?\d)": "apartment", r"Ste\.(?=\s?\d)": "suite", r"Ste\.(?=\s[A-Z])": "Saint",
    r"(?<!\w)M(?=age\s?[=<>≈])": "mean ", r"(?<!\w)SD(?=age\s?[=<>≈])": "S D ",
    r"(?<!\w)a/k/a(?!\w)": "also known as", r"(?<!\w)d/b/a(?!\w)": "doing business as",
    r"(?<!\w)w/r/t(?!\w)": "with respect to", r"(?<!\w)w/in(?!\w)": "within",
    r"[Ss]td\.\s[Dd]ev\.": "standard deviation",
    r"(?<!\w)[Oo]bs\.(?=\s?[=:,;)]|\s[a-z]|$)": "observations",
    r"(?<!\w)Min\.(?=[,;)]|\s[a-z])": "minimum", r"(?<!\w)Max\.(?=[,;)]|\s[a-z])": "maximum",
    r"(?<!\w)assoc\.?(?=\sw(?:ith\b|/))": "associated", r"(?<!\w)res\.(?=\s?\d)": "resolution",
    r"(?<=\d\s)p\.p\.": "percentage points", r"(?<=\d(?:st|nd|rd|th)\s)Am\.": "Amendment",
    r"(?<=\d\s)eps\.(?!\w)": "episodes", r"(?<=\d\s)vols\.(?!\w)": "volumes",
    r"(?<!\w)op\.(?=\s(?:margin|income|profit|cash|costs?|exp))": "operating",
    r"(?<!\w)pop\.(?=:|\s[=~≈\d])": "population",
    r"(?:(?<=\bon\s)|(?<=\bon\sa\s))Sun\.(?=,|\s[a-z])": "Sunday",
    r"(?:(?<=\bon\s)|(?<=\bon\sa\s))Sat\.(?=,|\s[a-z])": "Saturday",
    r"(?<![\w:.-])std(?![\w:.-]|\slib)": "standard deviation",
    r"(?<=\d\s)cos\.(?!\w)": "companies", r"(?<=\bas\s)am\.(?!\w)": "amended",
    r"Sch\.(?=\s?\d)": "schedule",
    r"(?<![\w.])(?<!\d\s)s\.(?=\s\d{1,3}(?:[(,;)]|\s(?:of|and)\b))": "section",
    r"(?<=\d\s)qtrs?\.?(?!\w)": "quarters", r"(?<=\d\s)pp(?![\w.])": "percentage points",
    r"[Ss]g\./pl\.": "singular, plural", r"[Rr]ev\.(?=\s[$€£])": "revenue",
    r"(?<!\w)maj\.(?=\s(?:2nd|3rd|6th|7th|key|chord|scale))": "major",
    r"(?<!\w)min\.(?=\s(?:2nd|3rd|6th|7th|key|chord|scale))": "minor",
    r"(?<!\w)embs\.?(?!\w)": "embeddings",
    r"(?<=\()lit\.(?=\s)": "literally", r"(?<!\w)nos\.(?=\s?\d)": "numbers",
    r"pctl\.?(?!\w)": "percentile", r"Fdn\.?(?!\w)": "Foundation",
    r"(?<=\d\s)rds\.(?!\w)": "rounds", r"(?<=\d\s)subjs\.(?!\w)": "subjects",
    r"(?<!\w)b/w(?=\s(?:\w+\s)?(?:photo|film|image|print|TV))": "black and white",
    r"(?<![\w/])b/w(?![\w/])": "between", r"(?<!\w)const\.(?=\s[\da-z])": "constant",
    r"(?:(?<=few\s)|(?<=several\s))min\.(?!\w)": "minutes",
    r"(?<!\w)(?<!few\s)(?<!several\s)(?<!per\s)min\.(?=\s(?!later|ago)[\da-z])": "minimum",
    r"(?<!\w)max\.(?=\s[\da-z])": "maximum", r"(?<!\d\s)(?<!\w)equiv\.": "equivalent",
    r"(?<!\w)imgs(?!\w)|(?<!\w)img(?=/)": "images", r"(?<!\w)mkt\.?(?=\s(?:cap|share)\b)": "market",
    r"(?:(?<=\()|(?<=[,;]\s)|(?<=\b(?:[Ss]ee)\s)|(?<=\bunder\s))art\.(?=\s?\d)": "article",
    r"(?<=%\s)[Yy][/-](?:[Oo]-)?[Yy](?!\w)": "year over year",
    r"(?<=%\s)[Qq][/-](?:[Oo]-)?[Qq](?!\w)": "quarter over quarter",
    r"(?<=%\s)[Mm][/-](?:[Oo]-)?[Mm](?!\w)": "month over month",
    r"(?<!\w)h/t(?=\s[A-Z@])": "hat tip",
}  # fmt: skip
_WORDS = {
    "diff": "difference", "perf": "performance", "orig": "original", "prev": "previous",
    "govt": "government", "mgmt": "management", "misc": "miscellaneous", "config": "configuration",
    "prelim": "preliminary", "eval": "evaluation", "vocab": "vocabulary", "arch": "architecture",
    "subj": "subject", "transl": "translated", "demog": "demographic", "distrib": "distribution",
    "pref": "preference", "binom": "binomial", "quant": "quantization", "grad": "gradient",
    "pred": "prediction", "mem": "memory", "agg": "aggregation",
}  # fmt: skip
"""What a dot before a small word or a comma shortens."""
_SHORTENED |= {rf"(?<!\w){word}\.(?=[,;)]|\s[a-z(])": said for word, said in _WORDS.items()}
_FORMS = tuple((re.compile(form), said) for form, said in _SHORTENED.items())


def _say_shortened(match: re.Match[str], _context: Context) -> Saying:
    """The words of the first form that matches here, which is the one that the rule found."""
    text, start = match.string, match.start()
    return next((said for form, said in _FORMS if form.match(text, start)), None)


RULES: tuple[Rule, ...] = (
    rule("abbreviation", "Ul", "|".join(f"(?:{form})" for form in _SHORTENED), _say_shortened),
)
"""They come before abbreviations of papers."""
