"""Formulas and signs in → the words that a lecturer would say."""
