"""`python -m paperledge_audio.music OUT_DIR [--force]`: render the show's music."""

from __future__ import annotations

import sys
from pathlib import Path

from paperledge_audio.errors import PaperledgeError
from paperledge_audio.files.ownership import check_file
from paperledge_audio.files.writing import deliver_files
from paperledge_audio.music.playing import encode, play
from paperledge_audio.music.theme import compose_theme
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.sound.measuring.meter import measure_loudness
from paperledge_audio.sound.reading import read_clip


def main(arguments: list[str]) -> int:
    """Render every piece into the folder, and say what each measures as a listener gets it.

    Files that are there are replaced only with --force.
    """
    names = [argument for argument in arguments if argument != "--force"]
    force = names != arguments
    if len(names) != 1:
        sys.stderr.write("usage: python -m paperledge_audio.music OUT_DIR [--force]\n")
        return 2
    files = {Path(names[0]) / f"{score.name}.ogg": score for score in compose_theme()}
    try:
        for path in files:
            check_file(path, force=force)
        for path, score in files.items():
            data = encode(play(score), f"PaperLedge {score.name}")
            deliver_files({path: data}, force=force)
            clip = read_clip(path)
            found = measure_loudness(clip)
            sys.stdout.write(
                f"{path}: {duration_s(clip):.2f} s, {path.stat().st_size / 1000:.0f} kB, "
                f"{found.integrated_lufs:.1f} LUFS, {found.true_peak_dbtp:.1f} dBTP\n"
            )
    except PaperledgeError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
