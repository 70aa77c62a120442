"""Pronunciations: the lexicon, the phoneme alphabet, and exchange with others."""
