"""Sound: its one shape in memory, files of it in and out, and what it measures."""
