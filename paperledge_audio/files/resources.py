"""Files of the package, the cache folder, installed packages, and the memory and processors."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import shlex
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from paperledge_audio.errors import MissingError, explain

if TYPE_CHECKING:
    from collections.abc import Mapping


def bundled_folder() -> Path:
    """The folder holding `voices/` and `scripts/`: inside a wheel, else the source tree's root."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent


def read_bundled_text(*names: str) -> str:
    """Read a file of that folder, as text; `names` are folders, then the file's name."""
    return bundled_folder().joinpath(*names).read_text("utf-8")


def cache_folder() -> Path:
    """`PAPERLEDGE_CACHE`, by default the platform's cache folder for paperledge."""
    import platformdirs  # noqa: PLC0415 - only needed where the variable is not set

    given = os.environ.get("PAPERLEDGE_CACHE")
    return Path(given) if given else Path(platformdirs.user_cache_dir("paperledge"))


def read_packaged_bytes(package: str, *names: str) -> bytes:
    """Read a file of `package`; `names` are folders, then the file's name."""
    return resources.files(package).joinpath(*names).read_bytes()


def read_packaged_text(package: str, *names: str) -> str:
    """The same, as text."""
    return read_packaged_bytes(package, *names).decode("utf-8")


def find_package(name: str) -> Path | None:
    """The folder of an installed package, found without importing it; None if there is none."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def require_package(package: str, command: str) -> Path:
    """The folder of an installed package; raises MissingError, naming the command that adds it."""
    folder = find_package(package)
    if folder is None:
        raise MissingError(f"{package} is not installed", command)
    return folder


PROGRAM = "paperledge-audio"
"""What this program is called where packages are installed from."""


def compose_install(extra: str) -> str:
    """The command that adds an extra of this program, from where it was installed."""
    found = _read_origin()
    if "dir_info" in found:
        from urllib.request import url2pathname  # noqa: PLC0415 - it imports servers and ciphers

        folder = url2pathname(urlsplit(str(found.get("url", ""))).path)
        editable = "-e " if found["dir_info"].get("editable") else ""
        return f"pip install {editable}{shlex.quote(f'{folder}[{extra}]')}"
    return f"pip install {shlex.quote(f'{PROGRAM}[{extra}]{_name_address(found)}')}"


def name_source() -> str:
    """What pip installs on another machine to have this program: its name, with any address."""
    found = _read_origin()
    return PROGRAM if "dir_info" in found else f"{PROGRAM}{_name_address(found)}"


def _read_origin() -> dict[str, Any]:
    """Where this program was installed from; empty if it came from an index, or was not installed.

    pip records a folder or an address in direct_url.json (PEP 610), and nothing for an index.
    """
    try:
        record = importlib.metadata.distribution(PROGRAM).read_text("direct_url.json")
        found: dict[str, Any] = json.loads(record) if record else {}
    except (importlib.metadata.PackageNotFoundError, ValueError):
        found = {}
    return found


def _name_address(found: Mapping[str, Any]) -> str:
    """` @ ADDRESS`, as PEP 508 has it; empty without one."""
    address, vcs = str(found.get("url", "")), found.get("vcs_info", {})
    return f" @ {vcs['vcs'] + '+' if vcs else ''}{address}" if address else ""


LEAST_ADDRESS_SPACE = 512 << 20
"""Bytes without which no sound is made: a render in tones, the least of all, needs 550 MB."""


def check_memory() -> None:
    """Raise MissingError where a limit of the system leaves too little memory to make sound.

    OpenBLAS, which needs 32 MB a thread, would end or crash the process in the middle of the work.
    """
    if importlib.util.find_spec("resource") is None:  # which Unix has
        return
    limits = importlib.import_module("resource")
    limit = limits.getrlimit(limits.RLIMIT_AS)[0]
    if limit != limits.RLIM_INFINITY and limit < LEAST_ADDRESS_SPACE:
        raise explain(MemoryError())


def count_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
