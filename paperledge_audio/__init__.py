"""PaperLedge's podcast renderer: a finished episode script in, a mastered, tagged MP3 out."""

from paperledge_audio.telemetry import switch_off

__version__ = "0.1.0"

switch_off()  # here, since no module of ours, and so no library that one of them loads, is earlier
