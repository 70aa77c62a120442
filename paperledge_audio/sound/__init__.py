"""Sound in memory, sound files, and measuring."""
