"""Releases → the show's feed, and the item of each episode."""
