"""Voices: profiles, packs, blends, and who speaks what."""
