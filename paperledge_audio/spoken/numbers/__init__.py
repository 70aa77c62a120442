"""Numbers in → number words out: alone, with units and money, as dates and times."""
