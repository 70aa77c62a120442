"""Reports → a web page, one file without scripts: the sentences that aren't right, to be heard."""

from __future__ import annotations

import base64
import shlex
from typing import TYPE_CHECKING

from paperledge_audio import GENERATOR_NOTE, units
from paperledge_audio.deliver.encode import mp3
from paperledge_audio.deliver.formats import FORMATS
from paperledge_audio.deliver.reading.elements import make, to_html
from paperledge_audio.files.pages.shell import UNLISTED, fill_shell, list_hashes, read_shared
from paperledge_audio.files.resources import read_packaged_bytes
from paperledge_audio.sound.clip import Clip, convert_channels, lower_to_full_scale
from paperledge_audio.verify.speech.judging import RIGHT, VERDICTS
from paperledge_audio.verify.speech.words import NAME

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator, Sequence

    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.verify.model import Report
    from paperledge_audio.verify.speech.judging import ReadSentence

TITLE = "Heard back"
KBPS = 64
"""One voice, mono."""
AROUND_S = 0.4
"""That is played before and after a sentence."""
POLICY = (
    "default-src 'none'; style-src {style}; media-src data:; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)


def compose_page(reports: Sequence[Report]) -> bytes:
    """The page of some reports, which holds the sound of what it shows.

    Raises SoundError for a file that can't be read any more.
    """
    style = (
        read_shared("page.css").decode()
        + read_packaged_bytes(__package__, "assets", "heard.css").decode()
    )
    body = make("main", {}, *(_make_report(report) for report in reports))
    head = make("header", {}, make("h1", {}, TITLE), make("p", {"class": "quiet"}, _count(reports)))
    return fill_shell(
        body="\n".join(map(to_html, (head, body))) + "\n",
        title=TITLE,
        document={},
        styles=f"<style>{style}</style>",
        scripts="",
        policy=POLICY.format(style=list_hashes([style])),
        about=f"<!-- {GENERATOR_NOTE} -->\n{UNLISTED}",
    )


def _count(reports: Sequence[Report]) -> str:
    verdicts = [sentence.verdict for report in reports for sentence in report.sentences]
    parts = ", ".join(f"{verdicts.count(one)} {one}" for one in VERDICTS)
    return f"{units.count_of(len(verdicts), 'sentence')}: {parts}"


def _make_report(report: Report) -> ET.Element:
    shown = [one for one in report.sentences if one.verdict != RIGHT]
    shown.sort(key=lambda one: -VERDICTS.index(one.verdict))
    parts = [make("h2", {}, report.path.stem)]
    if not report.sentences:
        parts.append(make("p", {"class": "problem"}, "It was not read back."))
    elif not shown:
        parts.append(make("p", {}, "Every sentence is right."))
    if shown:
        form = FORMATS[report.path.suffix.removeprefix(".")]
        with form.open_sound(report.path) as sound:
            parts += [_make_sentence(one, report, sound) for one in shown]
    return make("section", {}, *parts)


def _make_sentence(sentence: ReadSentence, report: Report, sound: Sound) -> ET.Element:
    place = f"line {sentence.line}" if sentence.line else "the show's words"
    about = f"{place}, {units.clock(sentence.start_s)}"
    start, end = (
        min(units.frames(max(at_s, 0.0), sound.rate), sound.frames)
        for at_s in (sentence.start_s - AROUND_S, sentence.end_s + AROUND_S)
    )
    clip = convert_channels(Clip(sound.read(start, end), sound.rate), 1)
    data = base64.b64encode(mp3.encode_bytes(lower_to_full_scale(clip), KBPS)).decode()
    source = f"data:audio/mpeg;base64,{data}"
    rows = {"meant": sentence.meant, "heard": sentence.heard or "nothing"}
    return make(
        "article",
        {"class": sentence.verdict},
        make("p", {"class": "eyebrow"}, make("span", {"class": "pill"}, sentence.verdict), about),
        make("p", {"class": "printed", "dir": "auto"}, sentence.printed),
        make("audio", {"controls": "controls", "src": source, "aria-label": sentence.printed}),
        make("dl", {}, *(part for row in rows.items() for part in _make_row(*row))),
        make("ul", {}, *_list_differences(sentence)),
        make("p", {"class": "quiet"}, "If it sounds right, leave it. If a word is said wrongly:"),
        *(make("code", {"class": "command"}, line) for line in _list_commands(sentence, report)),
    )


def _make_row(name: str, text: str) -> tuple[ET.Element, ET.Element]:
    return make("dt", {}, name), make("dd", {"dir": "auto"}, text)


def _list_differences(sentence: ReadSentence) -> Iterator[ET.Element]:
    for one in sentence.differences:
        meant, heard = make("b", {}, one.meant or "nothing"), make("b", {}, one.heard or "nothing")
        yield make("li", {}, f"{units.clock(one.at_s)} ", meant, " was heard as ", heard)
    if lost := [word.text for word in sentence.key_words if not word.heard]:
        yield make("li", {}, "Numbers and names not heard: ", make("b", {}, ", ".join(lost)))


def _list_commands(sentence: ReadSentence, report: Report) -> Iterator[str]:
    """Where it stands in the script, and how a name may be said otherwise."""
    at_s = sentence.differences[0].at_s if sentence.differences else sentence.start_s
    yield shlex.join(("paperledge", "locate", str(report.path), units.clock(at_s)))
    for word in sentence.key_words:
        if word.kind == NAME and not word.heard:
            yield shlex.join(("paperledge", "lexicon", "try", word.text))
