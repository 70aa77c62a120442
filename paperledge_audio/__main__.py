"""`python -m paperledge_audio`: the same as `paperledge`."""

from paperledge_audio.cli import entry

entry()
