"""A sentence as it sounds + the draft engine's reading of it → what differs, and how fast it is."""
