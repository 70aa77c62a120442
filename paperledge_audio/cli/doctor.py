"""paperledge doctor: what is installed, what is missing, and the command that adds it."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import json_option, print_json, show_here
from paperledge_audio.errors import MissingError, PaperledgeError
from paperledge_audio.sound.ffmpeg import INSTALL


@dataclass(frozen=True, slots=True)
class DoctorLine:
    """One thing looked at. `remedy` is empty where all is well."""

    name: str
    ok: bool
    needed: bool
    """False for what only some features need."""
    facts: str
    remedy: str = ""


@make_command(epilog="Example: paperledge doctor --json")
@json_option
def command(as_json: bool) -> None:
    """Look whether this machine has what a render needs.

    Exits with 3 where something needed is missing.
    """
    findings = examine()
    if as_json:
        print_json({"findings": [asdict(f) for f in findings]})
    else:
        for f in findings:
            mark = "ok     " if f.ok else ("MISSING" if f.needed else "absent ")
            click.echo(f"{mark}  {f.name:<22} {f.facts}")
            if f.remedy:
                click.echo(f"{'':9}add it with: {f.remedy}")
    if any(f.needed and not f.ok for f in findings):
        sys.exit(MissingError.exit_code)


def examine() -> tuple[DoctorLine, ...]:
    """Everything that a render, or one of its options, may need."""
    return (
        DoctorLine("Python", ok=True, needed=True, facts=sys.version.split()[0]),
        _checked("Kokoro's weights", _kokoro),
        _checked("hibari", _hibari),
        _checked("show and voices", _voices),
        _checked("store of takes", _store),
        _checked("ffmpeg", _ffmpeg, needed=False),
        _checked("speaker encoder", _encoder, needed=False),
    )


def _checked(name: str, look: Callable[[], str], *, needed: bool = True) -> DoctorLine:
    try:
        return DoctorLine(name, ok=True, needed=needed, facts=look())
    except MissingError as error:
        return DoctorLine(name, ok=False, needed=needed, facts=error.what, remedy=error.command)
    except (PaperledgeError, OSError) as error:
        return DoctorLine(name, ok=False, needed=needed, facts=str(error))


def _kokoro() -> str:
    from paperledge_audio.engines.kokoro.model import (
        find_fast_graph,
        has_fast_graph,
        make_fast_graph,
        weights,
    )

    size = f"{len(weights()) / 1e6:.0f} MB, sha256 as it should be"
    if not (has_fast_graph() or make_fast_graph()):
        return f"{size}; the faster graph can't be made or kept here, the shipped one serves"
    find_fast_graph()
    return f"{size}; the faster graph is ready"


def _hibari() -> str:
    from paperledge_audio.engines.g2p import hibari_package

    hibari_package()
    return importlib.metadata.version("hibari-tts")


def _voices() -> str:
    from paperledge_audio.voices.finding import find_voice, profile_names, stock_names

    show = show_here()
    names = profile_names(show)
    for name in names:
        find_voice(name, show)
    return f"{show.title}: {', '.join(names)} and {len(stock_names())} stock voices"


def _store() -> str:
    from paperledge_audio.files.resources import cache_folder

    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder):
        free = shutil.disk_usage(folder).free
    return f"{folder}, {free / 1e9:.1f} GB free"


def _encoder() -> str:
    from paperledge_audio.likeness.campplus import weights

    weights()
    return "CAM++, for voices fit"


def _ffmpeg() -> str:
    program = shutil.which("ffmpeg")
    if program is None:
        raise MissingError("only for M4A and for music that libsndfile can't read", INSTALL)
    done = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    return done.stdout.partition("\n")[0]
