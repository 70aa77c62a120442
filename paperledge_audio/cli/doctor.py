"""paperledge doctor: what is installed, what is missing, and the command that adds it."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import json_option, load_local_show
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.errors import MissingError, PaperledgeError
from paperledge_audio.sound.ffmpeg import check_machine


@dataclass(frozen=True, slots=True)
class DoctorLine:
    """One thing that was checked. `remedy` is empty if all is well."""

    name: str
    ok: bool
    needed: bool
    """False if only some features need it."""
    facts: str
    remedy: str = ""


@make_command(epilog="Example: paperledge doctor --json")
@json_option
def command(as_json: bool) -> None:
    """Check that this machine has what a render needs.

    Exits with 3 if something that every render needs is missing.
    """
    findings = examine()
    if as_json:
        print_json({"findings": [asdict(f) for f in findings]})
    else:
        for f in findings:
            mark = "ok     " if f.ok else ("MISSING" if f.needed else "absent ")
            say(f"{mark}  {f.name:<22} {f.facts}")
            if f.remedy:
                say(f"{'':9}add it with: {f.remedy}")
    if any(f.needed and not f.ok for f in findings):
        sys.exit(MissingError.exit_code)


def examine() -> tuple[DoctorLine, ...]:
    """Check everything that a render, or one of its options, may need."""
    return (
        DoctorLine("Python", ok=True, needed=True, facts=sys.version.split()[0]),
        _examine_one("Kokoro's weights", _examine_kokoro),
        _examine_one("hibari", _examine_hibari),
        _examine_one("show and voices", _examine_voices),
        _examine_one("store of takes", _examine_store),
        _examine_one("ffmpeg", _examine_ffmpeg, needed=False),
        _examine_one("speech recogniser", _examine_recogniser, needed=False),
        _examine_one("speaker encoder", _examine_encoder, needed=False),
        _examine_one("quality net", _examine_quality_net, needed=False),
        _examine_one("Coqui TTS", _examine_coqui, needed=False),
    )


def _examine_one(name: str, look: Callable[[], str], *, needed: bool = True) -> DoctorLine:
    try:
        return DoctorLine(name, ok=True, needed=needed, facts=look())
    except MissingError as error:
        return DoctorLine(name, ok=False, needed=needed, facts=error.what, remedy=error.command)
    except (PaperledgeError, OSError) as error:
        return DoctorLine(name, ok=False, needed=needed, facts=str(error))


def _examine_kokoro() -> str:
    from paperledge_audio.engines.kokoro.model import (
        find_fast_graph,
        has_fast_graph,
        load_weights,
        make_fast_graph,
    )

    size = f"{len(load_weights()) / 1e6:.0f} MB, sha256 correct"
    if not (has_fast_graph() or make_fast_graph()):
        return f"{size}; the faster graph can't be made or kept here; the shipped one is used"
    find_fast_graph()
    return f"{size}; the faster graph is ready"


def _examine_hibari() -> str:
    from paperledge_audio.engines.g2p import import_hibari

    import_hibari()
    return importlib.metadata.version("hibari-tts")


def _examine_voices() -> str:
    from paperledge_audio.voices.finding import find_voice, profile_names, stock_names

    show = load_local_show()
    names = profile_names(show)
    for name in names:
        find_voice(name, show)
    return f"{show.title}: {', '.join(names)} and {len(stock_names())} stock voices"


def _examine_store() -> str:
    from paperledge_audio.files.resources import cache_folder

    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        free = shutil.disk_usage(folder).free
    return f"{folder}, {free / 1e9:.1f} GB free"


def _examine_recogniser() -> str:
    from paperledge_audio.verify.recogniser import describe_recogniser

    return describe_recogniser()


def _examine_coqui() -> str:
    from paperledge_audio.engines.coqui.package import describe_versions

    return describe_versions().replace("/", ", ")


def _examine_encoder() -> str:
    from paperledge_audio.verify.encoder.campplus import CHECKPOINT

    CHECKPOINT.check()
    return "CAM++, for voices fit and render --verified"


def _examine_quality_net() -> str:
    from paperledge_audio.likeness.quality.network import CHECKPOINT

    CHECKPOINT.check()
    return "DistillMOS, for voices fit"


def _examine_ffmpeg() -> str:
    return check_machine("M4A, M4B, a line as MP3, or music that libsndfile can't read")
