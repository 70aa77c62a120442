"""Sound → a file whose decoded sound meets the loudness target."""
