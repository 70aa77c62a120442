"""Takes and music → Timeline → Mix: pauses, ducking, the voice chain."""
