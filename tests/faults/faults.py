"""What can go wrong around a render, as a table: a fault is a row."""

from __future__ import annotations

import io
import resource
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

import soundfile

from tests.faults import disturbing
from tests.faults.scene import MUSIC, Ended, Scene
from tests.sound.making import RATE, sound
from tests.tone_show import SCRIPT

Disturb = Callable[[Scene, Random], Sequence[Ended]]
STAGES = ("speaking", "mixing", "mastering", "writing")
KB = 1 << 10
MB = 1 << 20
INTERRUPTED, TERMINATED, HUNG_UP = 130, 143, 129
"""128 and the signal's number, as shells have it."""


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong."""

    do: Disturb
    """Renders while it goes wrong, and puts right what a render can't."""
    codes: frozenset[int] = frozenset({0, 1})
    """What the render may end with."""
    killed: bool = False
    """Whether nobody was left to tidy up."""
    removes: bool = False
    """Whether the release is removed by it."""
    renders: bool = True
    """Whether all that ends well is a render."""
    form: str = "mp3"
    mounts: bool = False
    """Whether it needs the right to mount."""


def _wav() -> bytes:
    out = io.BytesIO()
    soundfile.write(out, sound(RATE // 2), RATE, format="WAV", subtype="PCM_16")
    return out.getvalue()


FAKES = {
    "missing": "",
    "fails at once": "exit 1",
    "fails half way": "head -c 20000 >/dev/null; echo 'Conversion failed!' >&2; exit 1",
    "is killed half way": "head -c 20000 >/dev/null; kill -9 $$",
    "ends half way as if all were well": "head -c 20000 >/dev/null; exit 0",
    "complains without end": "yes 'a complaint' | head -c 3000000 >&2; exit 1",
    "complains in another script": "printf '\\377\\033]0;x\\007' >&2; exit 1",
}
SURROUNDINGS: dict[str, dict[str, str | None]] = {
    "no HOME": {"HOME": None},
    "no HOME, no cache": {"HOME": None, "PAPERLEDGE_CACHE": None, "XDG_CACHE_HOME": None},
    "LANG=C": {"LANG": "C", "LC_ALL": "C"},
    "POSIX without UTF-8": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Latin-1": {"PYTHONIOENCODING": "latin-1"},
    "ASCII": {"PYTHONIOENCODING": "ascii"},
    "SOURCE_DATE_EPOCH": {"SOURCE_DATE_EPOCH": "315532800"},
    "SOURCE_DATE_EPOCH=x": {"SOURCE_DATE_EPOCH": "x"},
    "no PATH": {"PATH": None},
    "TZ": {"TZ": "Pacific/Kiritimati"},
}
DAMAGES = {
    "flipped": disturbing.flip,
    "truncated": disturbing.truncate,
    "emptied": disturbing.empty,
    "a folder": disturbing.replace_by_folder,
    "a pipe": disturbing.replace_by_pipe,
    "removed": disturbing.remove,
}
OTHER_SCRIPT = SCRIPT.replace("One Hand", "Two Hands").encode()
OTHERS = {
    "script": OTHER_SCRIPT,
    "settings": (
        'title = "Another"\nhost = "X"\nauthor = "X"\n[voices]\nhost = "tone"\n' + MUSIC
    ).encode(),
    "music": _wav(),
}
LIMITS = {
    **{f"ulimit -n {count}": (resource.RLIMIT_NOFILE, count) for count in (32, 16)},
    **{
        f"ulimit -v {room} MB": (resource.RLIMIT_AS, room * MB)
        for room in (150, 250, 350, 500, 700, 1000, 1500)
    },
    **{f"ulimit -f {size} KB": (resource.RLIMIT_FSIZE, size * KB) for size in (1, 50, 300, 2000)},
}
SIGNALS = {
    "SIGTERM": (signal.SIGTERM, TERMINATED),
    "SIGINT": (signal.SIGINT, INTERRUPTED),
    "SIGHUP": (signal.SIGHUP, HUNG_UP),
}
COMMANDS = {
    "render": (),
    "check": ("check", "scripts/ep.md"),
    "spoken": ("spoken", "scripts/ep.md"),
    "verify": ("verify", "out/ep/ep.mp3"),
    "voices list": ("voices", "list"),
    "takes info": ("takes", "info", "--json"),
    "doctor": ("doctor",),
    "help": ("--help",),
}
PIPE_CODES = frozenset({0, 1, 141})

FAULTS = {
    **{
        f"{name} {'twice' if times > 1 else 'once'}": Fault(
            partial(disturbing.signalled, number, times), frozenset({0, code})
        )
        for name, (number, code) in SIGNALS.items()
        for times in (1, 2)
    },
    "SIGINT while another writes": Fault(disturbing.signalled_waiting, frozenset({INTERRUPTED})),
    **{
        f"{place}: {room // KB} KB left": Fault(partial(disturbing.full, place, room), mounts=True)
        for place in ("out", "cache", "temporary")
        for room in (0, 64 * KB, 400 * KB, 2 * MB)
    },
    **{
        f"{place}: read-only": Fault(partial(disturbing.read_only, place), mounts=True)
        for place in ("out", "cache", "temporary")
    },
    **{
        f"{place}: removed while {stage}": Fault(
            partial(disturbing.removed, place, stage), removes=place == "out"
        )
        for place in ("out", "cache", "temporary")
        for stage in STAGES
    },
    **{
        f"{place}: edited while {stage}": Fault(partial(disturbing.edited, place, data, stage))
        for place, data in OTHERS.items()
        for stage in STAGES
    },
    **{
        f"takes: {suffix} {name}": Fault(
            partial(disturbing.damaged, suffix, damage, ""), frozenset({0})
        )
        for suffix in (".json", ".flac")
        for name, damage in DAMAGES.items()
    },
    **{
        f"takes: .flac {name} while {stage}": Fault(
            partial(disturbing.damaged, ".flac", damage, stage)
        )
        for name, damage in DAMAGES.items()
        for stage in ("speaking", "mixing", "mastering")
    },
    "two at once": Fault(disturbing.at_once, frozenset({0})),
    **{
        f"ffmpeg {name}": Fault(
            partial(disturbing.by_ffmpeg, text), frozenset({3 if not text else 1}), form="m4a"
        )
        for name, text in FAKES.items()
    },
    **{
        f"surroundings: {name}": Fault(partial(disturbing.surrounded, env))
        for name, env in SURROUNDINGS.items()
    },
    **{
        name: Fault(partial(disturbing.limited, *limit), frozenset({0, 1, 3}))
        for name, limit in LIMITS.items()
    },
    **{
        f"unheard: {name}": Fault(
            partial(disturbing.unheard, arguments), PIPE_CODES, renders=not arguments
        )
        for name, arguments in COMMANDS.items()
    },
}


def rows(kills: int) -> dict[str, Fault]:
    """Every fault, with so many kills at random instants."""
    kill = Fault(disturbing.killed, frozenset({0, -signal.SIGKILL}), killed=True)
    return {**{f"SIGKILL {number + 1}": kill for number in range(kills)}, **FAULTS}
