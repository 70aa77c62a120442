"""Files of the package, the cache folder, installed packages, and the number of processors."""

from __future__ import annotations

import importlib.util
import os
from importlib import resources
from pathlib import Path

from paperledge_audio.errors import MissingError


def bundled_folder() -> Path:
    """The folder holding `voices/` and `scripts/`: inside a wheel, else the source tree's root."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent


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


def count_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
