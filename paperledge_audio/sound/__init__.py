"""Sounds, in files and in memory: reading, measuring and converting them."""
