"""Sound → a file of a format that measures what its target asks when it is decoded."""
