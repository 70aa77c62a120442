"""Voices: profiles, packs, blends and casting."""
