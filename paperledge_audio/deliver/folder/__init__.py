"""The finished folder: its manifest, and how it appears whole or not at all."""
