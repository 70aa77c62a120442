"""Episode → the tag of its file: one table of facts, and each format's way to hold them."""
