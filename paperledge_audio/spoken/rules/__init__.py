"""The rules of speech: what a rule is, their order, and the scanner that tries them."""
