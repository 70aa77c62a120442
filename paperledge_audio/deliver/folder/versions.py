"""The versions of the programs that affect a release's bytes."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

PACKAGES = (
    "hibari-tts", "lameenc", "mutagen", "numpy", "onnxruntime", "pillow", "scipy", "soundfile",
    "soxr",
)  # fmt: skip
"""Those that speak, compute, encode, draw or tag."""


@cache
def list_versions() -> dict[str, str]:
    """Python's and each installed package's version, by name."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # vendored, or not installed
            continue
    return found
