"""Words and names → how they are said: acronyms, compound names, people, credits."""
