"""PaperLedge's podcast renderer: a finished episode script in, a mastered, tagged MP3 out."""

__version__ = "0.1.0"
