"""Checks before any speech is made: of scripts, and of voices on this machine."""
