"""Words and names in → how they are said: acronyms, glued names, people, credits."""
