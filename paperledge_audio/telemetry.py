"""Switches off the telemetry of libraries, before any of them is imported."""

from __future__ import annotations

import os

SWITCHES = {
    # From 1.29: it looks its maker's host up some 10 s after its import, keeps a device's number
    # in the user's cache folder, and opens TMPDIR/.ses for writing, through a link if that is one.
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",  # the user agent of what fetches models and recognisers
}
"""Variable → value that switches a library's reports off; read once, when it is imported."""


def switch_off() -> None:
    """Set the switches for this process and its children."""
    os.environ.update(SWITCHES)
