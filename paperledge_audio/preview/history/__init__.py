"""What scripts were at a commit, and what has changed since."""
