"""Music: time signatures, notes, chords and their progressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.roman import read_roman
from paperledge_audio.spoken.numbers.words import cardinal, label
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_RHYTHM = re.compile(
    r"\b(?:waltz(?:es)?|jigs?|reels?|polkas?|ballads?|shuffle|march|beats?|tempo|BPM|bpm|groove|rhythms?|"
    r"drum\w*|sonata|symphony|melody|majors?|minors?|maj|adagio|Adagio|Allegro|Andante|Presto|music\w*|songs?|tunes?|time\ssignatures?|meters?|cut\stime|"
    r"backbeat|bassline|albums?|blues|jazz|concertos?|orchestra\w*|composers?|fugues?|semitones?|swing|riff|chorus|verse|bars|downbeat|metronome)\b"
)
_HARMONY = re.compile(
    r"\b(?:chords?|majors?|minors?|keys?|scales?|melod\w+|harmon\w+|progressions?|tonic|dominant|"
    r"arpeggio\w*|guitar\w*|piano\w*|jazz|blues|tun(?:ed?|ing)|notes?|song\w*|musi\w+|cadence|"
    r"resolv\w+|octaves?|sonatas?|concert\w+|symphon\w+|clarinet|trumpet|sax\w*|horn|modulat\w+)\b"
)
_COMPASS = re.compile(
    r"\b(?:rang\w+|spans?|span\w+|compass|notes?|pitch\w*|sing\w*|vocal\w*|voices?|soprano|alto|tenor|"
    r"bass|octaves?|keys?|strings?|piano|guitar|F0)\b"
)
_CHORD = "[IViv]{1,3}(?:maj|°|ø)?7?"
_WORKS = re.compile(
    r"\b(?:Mozart\w*|Schubert\w*|BWV|[Oo]p\.|sonatas?|[Cc]oncertos?|arias?|symphon\w+|quartets?|Mass)"
)
_REACH = 60
_SIGNS = {"b": "flat", "♭": "flat", "#": "sharp", "♯": "sharp"}
_QUALITIES = {
    "maj": "major", "M": "major", "min": "minor", "m": "minor", "dim": "diminished",
    "aug": "augmented", "sus": "sus", "add": "add", "°": "diminished", "ø": "half diminished",
}  # fmt: skip


_NAMED = frozenset({"maj", "min", "dim", "aug", "sus"})
_CALLED = re.compile(r"\schords?\b")


def _is_about(words: re.Pattern[str], match: re.Match[str]) -> bool:
    text = match.string
    near = text[max(match.start() - _REACH, 0) : match.start()] + " " + text[match.end() :][:_REACH]
    return bool(words.search(near))


def _say_signature(match: re.Match[str], _context: Context) -> Saying:
    """A time signature, where the words around are about music: "a 6/8 ballad"."""
    return f"{cardinal(match[1])} {cardinal(match[2])}" if _is_about(_RHYTHM, match) else None


def _say_chord(match: re.Match[str], _context: Context) -> Saying:
    """A chord or a key, as "B♭7", "F#m7b5" and "Db major"."""
    root, sign, quality, number, altered, bass = match.groups()
    if not (sign or number or quality in _NAMED or _CALLED.match(match.string, match.end())):
        return None
    if not (sign or quality or altered):
        return None  # "C7" may be anything
    printed = {sign, (altered or "")[:1]} & {"♯", "♭"}
    if not printed and not _is_about(_HARMONY, match):
        return None
    words = [root, _SIGNS.get(sign or "", ""), _QUALITIES.get(quality or "", ""),
             cardinal(number) if number else ""]  # fmt: skip
    if altered:
        words += [_SIGNS[altered[0]], cardinal(altered[1:])]
    if bass:
        words += ["over", bass[0], _SIGNS.get(bass[1:], "")]
    return " ".join(filter(None, words))


def _say_measure(match: re.Match[str], _context: Context) -> Saying:
    """What counts the measures of a piece, as in "mm. 21–24"."""
    if match[0].startswith("mm"):
        return "measures "
    return "measure " if _is_about(_RHYTHM, match) or _is_about(_HARMONY, match) else None


_DEGREE = re.compile(r"([IViv]{1,3})(maj|°|ø)?(7)?")


def _say_progression(match: re.Match[str], _context: Context) -> Saying:
    """Chords by their degrees, as "I–V–vi–IV" and "ii7–V7–Imaj7"."""
    chords = [_DEGREE.fullmatch(part) for part in re.split("[–-]", match[0])]
    values = [read_roman(chord[1].upper()) if chord else 0 for chord in chords]
    if not all(values):
        return None
    return " ".join(
        " ".join(
            filter(None, (cardinal(str(value)), _QUALITIES.get(chord[2]), chord[3] and "seven"))
        )
        for value, chord in zip(values, filter(None, chords), strict=True)
    )


def _say_chords(match: re.Match[str], _context: Context) -> Saying:
    """Chords by their names, one of which is more than a letter, as "G–D–Em–C"."""
    chords = [(part[0], part[1:]) for part in re.split("[–-]", match[0])]
    if not any(quality for _, quality in chords):
        return None
    return ", ".join(f"{root} {_QUALITIES.get(quality, '')}".rstrip() for root, quality in chords)


def _say_catalog(match: re.Match[str], _context: Context) -> Saying:
    """A work by its number in Köchel's or Deutsch's catalog, as "K. 331"."""
    return f"{match[1]} {label(match[2])}" if _is_about(_WORKS, match) else None


def _say_compass(match: re.Match[str], _context: Context) -> Saying:
    """From the lowest note to the highest, as "A2–E5"."""
    if not _is_about(_COMPASS, match):
        return None
    ends = (
        f"{note} {_SIGNS.get(sign, '')} {cardinal(octave)}"
        for note, sign, octave in re.findall(r"([A-G])([b#♭♯]?)(\d)", match[0])
    )
    return re.sub(" +", " ", " to ".join(ends))


RULES: tuple[Rule, ...] = (
    rule("time signature", "d",
         r"(?<![\d/.,])(2|3|4|5|6|7|9|12)/(2|4|8|16)(?![\d/\w]|[.,]\d|\s(?:of|the|as|majority|vote)\b|\s?[\"”″])",
         _say_signature),
    rule("progression", "Ul", rf"(?<![\w–-]){_CHORD}(?:[–-]{_CHORD}){{2,7}}(?![\w–-])",
         _say_progression),
    rule("progression", "U", r"(?<![\w–-])[A-G](?:m|dim)?(?:[–-][A-G](?:m|dim)?){2,7}(?![\w–-])",
         _say_chords),
    rule("compass", "U", r"(?<![\w–-])[A-G][b#♭♯]?[0-8][–-][A-G][b#♭♯]?[0-8](?![\w–-])",
         _say_compass),
    rule("catalog", "U", r"(?<!\w)(K|D)\.\s?(\d{1,3})(?![\w.]\w)", _say_catalog),
    rule("chord", "U", r"(?<![\w.♭♯-])([A-G])([b#♭♯])?(maj|min|dim|aug|sus|add|m|M|°|ø)?"
         r"(6|7|9|11|13|2|4)?([b♭#♯](?:5|9|11|13))?(?:/([A-G][b#♭♯]?))?(?![\w'’/]|[-‐‑]\w)",
         _say_chord),
    rule("part", "l", r"(?<!\w)mvts?\.?(?!\w)",
         lambda m, _c: "movements" if "s" in m[0] else "movement"),
    rule("part", "l", r"(?<![\w.])(?<!\d\s)mm?\.\s?(?=\d)", _say_measure),
    rule("flat", "sp", r"\s?♭(?=\d)", " flat "),
    rule("quarter note", "sp", r"\s?([♩♪])(?=\s?=)",
         lambda m, _c: " quarter note" if m[1] == "♩" else " eighth note"),
    rule("quality", "l", r"(?:(?<=\b[A-G]\s)|(?<=\b[A-G][b#♭♯]\s))(maj|min)\.?(?![\w])",
         lambda m, _c: _QUALITIES[m[1]]),
)  # fmt: skip
