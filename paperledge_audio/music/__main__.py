"""`python -m paperledge_audio.music OUT_DIR`: render the show's music."""

from __future__ import annotations

import sys
from pathlib import Path

from paperledge_audio.errors import PaperledgeError
from paperledge_audio.music.playing import played, write
from paperledge_audio.music.theme import pieces
from paperledge_audio.sound.measuring.meter import measure
from paperledge_audio.sound.reading import read_clip


def main(arguments: list[str]) -> int:
    """Render every piece into the folder, and say what each measures as a listener gets it."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m paperledge_audio.music OUT_DIR\n")
        return 2
    folder = Path(arguments[0])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for score in pieces():
            path = folder / f"{score.name}.ogg"
            write(played(score), path, f"PaperLedge {score.name}")
            clip = read_clip(path)
            found = measure(clip)
            sys.stdout.write(
                f"{path}: {clip.duration_s:.2f} s, {path.stat().st_size / 1000:.0f} kB, "
                f"{found.integrated_lufs:.1f} LUFS, {found.true_peak_dbtp:.1f} dBTP\n"
            )
    except PaperledgeError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
