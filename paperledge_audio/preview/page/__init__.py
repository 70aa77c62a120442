"""Preview → the page that plays it, and its summary."""
