"""Reports → a web page, one file: the sentences that aren't right, to be heard and judged.

It asks no server and changes nothing by itself: what a producer decides is a command to copy.
"""

from __future__ import annotations

import base64
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio import GENERATOR_NOTE, units
from paperledge_audio.deliver.encode import mp3
from paperledge_audio.deliver.folder.finished import is_draft
from paperledge_audio.deliver.formats import FORMATS
from paperledge_audio.deliver.model import DRAFT
from paperledge_audio.deliver.reading.elements import make, to_html
from paperledge_audio.files.pages.shell import UNLISTED, fill_shell, list_hashes, read_shared
from paperledge_audio.files.reading import real_path
from paperledge_audio.files.resources import read_packaged_bytes
from paperledge_audio.show.loading import find_local_show, find_show
from paperledge_audio.show.scripts import find_script
from paperledge_audio.sound.clip import Clip, convert_channels, lower_to_full_scale
from paperledge_audio.verify.sidecars import find_manifest
from paperledge_audio.verify.speech.verdicts import ACCEPTED, RIGHT, VERDICTS, count_verdicts
from paperledge_audio.verify.speech.words import NAME, is_number, is_stressed

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator, Mapping, Sequence

    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.verify.model import Report
    from paperledge_audio.verify.speech.verdicts import ReadSentence

TITLE = "Heard back"
KBPS = 64
"""One voice, mono."""
AROUND_S = 0.4
"""That is played before and after a sentence."""
NO_SCRIPT = (
    "The script {}.md was found neither where verify ran nor beside the folder of releases, so "
    "there are no commands about its sentences; run verify where it lies."
)
POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; media-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True, slots=True)
class CommandPlace:
    """What the commands about a release have to name, where `verify` ran."""

    script: str
    """Empty where it wasn't found."""
    options: tuple[str, ...]
    """By which `again` finds the release."""
    show: str
    """The folder in which `lexicon` finds its show; empty for this one."""


def compose_page(reports: Sequence[Report]) -> bytes:
    """The page of some reports, which holds the sound of what it shows.

    Raises SoundError for a file that can't be read any more.
    """
    style = (
        read_shared("page.css").decode()
        + read_packaged_bytes(__package__, "assets", "heard.css").decode()
    )
    script = (
        read_shared("elements.js") + read_packaged_bytes(__package__, "assets", "heard.js")
    ).decode()
    body = make("main", {}, *map(_make_report, reports))
    head = make("header", {}, make("h1", {}, TITLE), make("p", {"class": "quiet"}, _count(reports)))
    return fill_shell(
        body="\n".join(map(to_html, (head, body))) + "\n",
        title=TITLE,
        document={},
        styles=f"<style>{style}</style>",
        scripts=f"<script>{script}</script>",
        policy=POLICY.format(script=list_hashes([script]), style=list_hashes([style])),
        about=f"<!-- {GENERATOR_NOTE} -->\n{UNLISTED}",
    )


def _count(reports: Sequence[Report]) -> str:
    verdicts = [sentence.verdict for report in reports for sentence in report.sentences]
    return f"{units.count_of(len(verdicts), 'sentence')}: {count_verdicts(verdicts)}"


def _make_report(report: Report) -> ET.Element:
    shown = [one for one in report.sentences if one.verdict not in (RIGHT, ACCEPTED)]
    shown.sort(key=lambda one: -VERDICTS.index(one.verdict))
    parts = [make("h2", {}, report.path.stem)]
    if not report.sentences:
        parts.append(make("p", {"class": "problem"}, "It was not read back."))
    elif not shown:
        parts.append(make("p", {}, "Nothing is left to hear."))
    if shown:
        place = _find_place(report)
        if not place.script:
            parts.append(make("p", {"class": "problem"}, NO_SCRIPT.format(report.path.stem)))
        form = FORMATS[report.path.suffix.removeprefix(".")]
        with form.open_sound(report.path) as sound:
            parts += [_make_sentence(one, place, sound) for one in shown]
    return make("section", {}, *parts)


def _make_sentence(sentence: ReadSentence, place: CommandPlace, sound: Sound) -> ET.Element:
    line = f"line {sentence.line}" if sentence.line else "the show's words"
    about = f"{line}, {units.clock(sentence.start_s)}"
    start, end = (
        min(units.frames(max(at_s, 0.0), sound.rate), sound.frames)
        for at_s in (sentence.start_s - AROUND_S, sentence.end_s + AROUND_S)
    )
    clip = convert_channels(Clip(sound.read(start, end), sound.rate), 1)
    data = base64.b64encode(mp3.encode_bytes(lower_to_full_scale(clip), KBPS)).decode()
    source = f"data:audio/mpeg;base64,{data}"
    rows = {"meant": sentence.meant}
    if sentence.heard is not None:
        rows["heard"] = sentence.heard or "nothing"
    return make(
        "article",
        {"class": sentence.verdict},
        make("p", {"class": "eyebrow"}, make("span", {"class": "pill"}, sentence.verdict), about),
        make("p", {"class": "printed", "dir": "auto"}, sentence.printed),
        make("audio", {"controls": "controls", "src": source, "aria-label": sentence.printed}),
        make("dl", {}, *(part for row in rows.items() for part in _make_row(*row))),
        make("ul", {}, *_list_differences(sentence)),
        *_list_actions(sentence, place),
    )


def _make_row(name: str, text: str) -> tuple[ET.Element, ET.Element]:
    return make("dt", {}, name), make("dd", {"dir": "auto"}, text)


def _list_differences(sentence: ReadSentence) -> Iterator[ET.Element]:
    for fault in sentence.faults:
        yield make("li", {}, f"{units.clock(fault.at_s)} {fault.described}")
    for one in sentence.differences:
        meant, heard = make("b", {}, one.meant), make("b", {}, one.heard)
        said: tuple[ET.Element | str, ...] = (meant, " was heard as ", heard)
        if not (one.meant and one.heard):
            said = (meant, " was not heard") if one.meant else (heard, " was added")
        yield make("li", {}, f"{units.clock(one.at_s)} ", *said)
    if lost := [word.text for word in sentence.key_words if not word.heard]:
        yield make("li", {}, "Numbers and names not heard: ", make("b", {}, ", ".join(lost)))


def _list_actions(sentence: ReadSentence, place: CommandPlace) -> Iterator[ET.Element]:
    """What a producer may do, each with its command, which the page's script adds buttons to."""
    again = ("paperledge", "again", place.script, _find_middle(sentence), *place.options)
    word = next(_list_suspects(sentence), "")
    if place.script:
        accept = shlex.join((*again, "--accept"))
        yield _make_action("It sounds right", accept, {"data-name": "Accept"})
    if word:
        command = shlex.join(("paperledge", "lexicon", "try", word))
        data = {"data-word": word}
        if place.show:
            command = f"(cd {shlex.quote(place.show)} && {command})"
            data["data-show"] = place.show
        yield _make_action(f"{word} is said wrongly", command, data)
    if place.script:
        yield _make_action("Hear other readings", shlex.join(again), {"data-name": "Again"})


def _make_action(about: str, command: str, data: Mapping[str, str]) -> ET.Element:
    line = make("code", {"class": "command"}, command)
    return make("div", {"class": "action", **data}, make("p", {"class": "quiet"}, about), line)


def _list_suspects(sentence: ReadSentence) -> Iterator[str]:
    """The words that may be said wrongly: names that were not heard, then what was replaced."""
    yield from (one.text for one in sentence.key_words if one.kind == NAME and not one.heard)
    replaced = (word for one in sentence.differences if one.heard for word in one.meant.split())
    yield from (word for word in replaced if is_stressed(word) and not is_number(word))


def _find_middle(sentence: ReadSentence) -> str:
    """A time within a sentence, to a tenth of a second."""
    minutes, tenths = divmod(int(5 * (sentence.start_s + sentence.end_s)), 600)
    return f"{minutes}:{tenths / 10:04.1f}"


def _find_place(report: Report) -> CommandPlace:
    manifest = find_manifest(report.path).manifest
    here, releases = real_path(Path()), real_path(report.path).parent.parent
    script = find_script(report.path.stem, manifest.get("script_sha256", ""), releases)
    if releases.is_relative_to(here):
        releases = releases.relative_to(here)
    options = () if releases == Path("out") else ("--release", str(releases))
    if is_draft(manifest):
        options = (*options, "--quality", DRAFT)
    if script is None:
        return CommandPlace("", options, "")
    is_here = find_show(script) == find_local_show()
    named = f"./{script}" if str(script).startswith("-") else str(script)  # no option
    return CommandPlace(named, options, "" if is_here else str(script.parent))
