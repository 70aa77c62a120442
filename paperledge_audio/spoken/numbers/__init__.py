"""Numbers → words: alone, with units and money, as dates and times."""
