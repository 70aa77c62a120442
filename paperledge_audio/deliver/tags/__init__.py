"""Tags: a table of facts, and how each format stores them."""
