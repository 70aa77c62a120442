"""A preview → the page that shows and plays it, and its summary."""
