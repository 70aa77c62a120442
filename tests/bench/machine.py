"""What machine the figures are of."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

WORTH_NAMING = ("avx2", "avx512f", "avx512_vnni", "amx_int8", "asimddp", "i8mm")
"""Processor features that decide how fast a speech model runs."""


def describe() -> dict[str, str]:
    """The machine and the versions that matter for speed, in words."""
    cpu = _cpu_facts()
    features = cpu.get("flags", cpu.get("Features", "")).split()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "processor": cpu.get("model name") or platform.processor() or platform.machine(),
        "features": ", ".join(name for name in WORTH_NAMING if name in features) or "unknown",
        "cores": str(cores),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "onnxruntime", "soundfile")},
    }


def _cpu_facts() -> dict[str, str]:
    """Linux's own description of its first processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").partition("\n\n")[0].splitlines()
    except OSError:
        return {}
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
