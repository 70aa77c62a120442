"""What made a release, by name and version: the programs whose sums end up in its bytes."""

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
        except PackageNotFoundError:  # vendored, or not wanted by this installation
            continue
    return found
