"""The rules of speech, their order, and the scanner that tries them."""
