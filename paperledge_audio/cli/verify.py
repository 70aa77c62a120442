"""paperledge verify: check finished sounds and the files beside them."""

from __future__ import annotations

import shlex
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperledge_audio.cli.support.common import PATH, force_option, json_option
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.units import clock, count_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.verify import ReadSentence, Report
    from paperledge_audio.verify.speech.suggesting import MisheardWord


@make_command(
    epilog="""\b
Examples:
  paperledge verify out
  paperledge verify out/quickstart/quickstart.mp3 --speech --json
  paperledge verify out --speech --page heard.html"""
)
@click.argument("files", metavar="SOUND...", nargs=-1, required=True, type=PATH)
@click.option(
    "--speech",
    is_flag=True,
    help="Read each sentence back with a recogniser, which takes a while; name the words that were "
    "heard otherwise.",
)
@click.option(
    "--page",
    type=PATH,
    metavar="FILE",
    help="With --speech: write a web page that plays each sentence that isn't right.",
)
@force_option
@verbose_option
@json_option
def command(
    files: tuple[Path, ...], speech: bool, page: Path | None, force: bool, as_json: bool
) -> None:
    """Decode each finished sound and measure it; read its tags and the files beside it.

    A folder means each finished release in it. Checks loudness, peaks, silence, music, the sound of
    each sentence, tags, chapters, captions and the manifest. Exits with 1 if something is wrong.
    """
    from paperledge_audio.deliver.folder.finished import list_sounds
    from paperledge_audio.files.ownership import check_file
    from paperledge_audio.files.reading import is_folder
    from paperledge_audio.files.writing import deliver_files
    from paperledge_audio.verify import verify
    from paperledge_audio.verify.speech.page import compose_page
    from paperledge_audio.verify.speech.suggesting import find_misheard

    if page and not speech:
        raise click.UsageError("--page needs --speech")
    if page:
        check_file(page, force=force)
    reports = []
    for file in [f for path in files for f in (list_sounds(path) if is_folder(path) else [path])]:
        reports.append(verify(file, speech=speech))
        if not as_json:
            _print(reports[-1])
    if page:
        deliver_files({page: compose_page(reports)}, force=force)
        if not as_json:
            say(f"{page}: the sentences to hear")
    suggestions = [_describe_misheard(word) for word in find_misheard(reports)]
    if as_json:
        rows = [_describe(report) for report in reports]
        print_json({"reports": rows, "suggestions": suggestions})
    else:
        for row in suggestions:
            say(_suggest(row))
    if not all(report.ok for report in reports):
        sys.exit(1)


def _print(report: Report) -> None:
    for sentence in report.sentences:
        if sentence.explanations:
            _print_sentence(report, sentence)
    for finding in report.findings:
        mark = "ok     " if finding.ok else "PROBLEM"
        say(f"{mark}  {finding.name:<20} {finding.detail}")
    say(
        f"{report.path}: {clock(report.duration_s)}, "
        f"{report.loudness.integrated_lufs:.1f} LUFS, {report.loudness.true_peak_dbtp:.1f} dBTP, "
        + ("all well" if report.ok else count_of(len(report.problems), "problem"))
    )


def _print_sentence(report: Report, sentence: ReadSentence) -> None:
    """A sentence that is not right, with what is at fault and what was heard otherwise."""
    place = f"line {sentence.line}" if sentence.line else "the show's words"
    at = clock(sentence.start_s)
    say(f"{sentence.verdict:<8} {report.path.stem}, {place}, {at}: {sentence.printed}")
    say(f"         meant  {sentence.meant}")
    if sentence.heard is not None:
        say(f"         heard  {sentence.heard or 'nothing'}")
    for fault in sentence.faults:
        say(f"         {clock(fault.at_s)}  {fault.described}")
    for one in sentence.differences:
        say(f"         {clock(one.at_s)}  {one.explanation} ({one.verdict})")
    if lost := [word.text for word in sentence.key_words if not word.heard]:
        say(f"         numbers and names not heard: {', '.join(lost)}")


def _describe_misheard(misheard: MisheardWord) -> dict[str, Any]:
    command = shlex.join(("paperledge", "lexicon", "try", misheard.word))
    return {**asdict(misheard), "command": command}


def _suggest(row: Mapping[str, Any]) -> str:
    heard = ", ".join(repr(one) if one else "nothing" for one in row["heard"])
    return (
        f"{row['word']!r} was misheard in {len(row['episodes'])} episodes "
        f"({', '.join(row['episodes'])}), as {heard}; it may be said otherwise: {row['command']}"
    )


def _describe(report: Report) -> dict[str, Any]:
    return {
        "path": str(report.path),
        "ok": report.ok,
        "duration_s": round(report.duration_s, 6),
        "loudness": {name: round(value, 2) for name, value in asdict(report.loudness).items()},
        "findings": [asdict(finding) for finding in report.findings],
        "sentences": [asdict(sentence) for sentence in report.sentences],
    }
