"""Web pages: what all of them share, the shell and its style."""
