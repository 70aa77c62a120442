"""Timeline → captions, transcripts and chapters."""
