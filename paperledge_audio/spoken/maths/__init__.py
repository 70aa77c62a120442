"""Formulas and signs → the words that a lecturer would say."""
