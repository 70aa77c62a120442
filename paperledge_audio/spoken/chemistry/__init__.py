"""Chemical formulas, ions, isotopes and bonds → the words that a chemist would say."""
