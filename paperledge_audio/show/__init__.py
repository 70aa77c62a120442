"""show.toml → Show: title, voices, music, loudness."""
