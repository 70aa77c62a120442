"""A block's text as readers see it: without markup, formulas in Unicode."""
