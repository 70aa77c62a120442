"""Scripts at a commit, and what has changed since."""
