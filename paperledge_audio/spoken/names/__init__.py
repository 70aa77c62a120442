"""Words and names → how they are said: acronyms, compound names, titles, places, stars, music."""
