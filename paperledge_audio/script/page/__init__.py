"""A saved show page → one script an episode."""
