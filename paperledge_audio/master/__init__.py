"""Mix → Master: the target's loudness, with its true peak under the ceiling."""
