"""Playing a file through a player that this machine has."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from paperledge_audio.errors import MissingError, map_errors

PLAYERS = (
    ("afplay",),
    ("pw-play",),
    ("paplay",),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    ("aplay", "--quiet"),
)
"""Programs that play a WAV file, with their options; the first that is installed plays."""


def find_player() -> tuple[str, ...]:
    """The player of this machine, with its options; raises MissingError where there is none."""
    found = next((player for player in PLAYERS if shutil.which(player[0])), None)
    if not found:
        names = ", ".join(player[0] for player in PLAYERS)
        raise MissingError(
            f"no player is installed ({names})",
            "install one: apt-get install ffmpeg; or open the file with another program",
        )
    return found


def play(path: Path) -> None:
    """Play a sound file to its end.

    Raises MissingError where there is no player, or the player finds no loudspeaker.
    """
    found = find_player()
    remedy = f"open {path} with another program"
    with map_errors(MissingError, f"{found[0]} can't be started", remedy):
        done = subprocess.run(
            [*found, str(path.absolute())],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
    silent = found[0] == "ffplay" and done.stderr  # it exits with 0 where there is no loudspeaker
    if done.returncode or silent:
        raise MissingError(f"{found[0]} can't play here", remedy)
